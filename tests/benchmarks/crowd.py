"""Making an invented crowd, beside the same rows written by the database's own quickest way, ready-made.

On PostgreSQL that is COPY of rows that stand ready in memory, on SQLite executemany; what `make_demo` takes beyond it
is making people up, and what publication computes of them. Rows are thrown away after each round.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import router, transaction
from django.utils import timezone

from cases.actions.demo import invented_body, invented_sources, read_world
from cases.actions.fixture_accounts import fixture_author
from cases.domain.counted_days import changes_of, sums_of
from cases.domain.crowd_cases import BLOCK, OWN_LIVES
from cases.publication.crowd import read_reference
from cases.publication.crowd_lives import TABLES, LifeRows, Rows
from cases.publication.crowd_rows import Crowd, rows_of
from cases.publication.crowd_writing import Lives, write_range
from cases.published.case_tables import CASE_TABLES
from cases.published.courses import course_of, course_row, span_rows
from cases.published.engine import insert_rows
from cases.published.models import PublishedCase, PublishedVersion
from cases.published.projections import rebuild, show_case, shown_case
from tests.benchmarks.measuring import PROCESSOR, say, take_turns
from tests.reference_data import load_small_reference

ROUNDS = 7
#: A whole block of those who share lives, as `make_demo` writes them.
NUMBERS = range(OWN_LIVES + 1, OWN_LIVES + BLOCK + 1)
AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
OWN = {"version": 1, "sha256": "0" * 64, "show_until": None, "published_at": AT}


@pytest.fixture
def crowd(db: None, tmp_path) -> Crowd:
    load_small_reference(tmp_path)
    author = fixture_author()
    world, sources = read_world(), invented_sources(author)
    invented_body(author)
    return Crowd(seed=3, on=timezone.localdate(AT), at=AT, reference=read_reference(world, sources))


def _undone(work: Callable[[str], object]) -> Callable[[], None]:
    """Return the work followed by a rollback, so that every round begins with the same tables."""

    def done() -> None:
        alias = router.db_for_write(PublishedCase)
        with transaction.atomic(using=alias):
            work(alias)
            transaction.set_rollback(True, using=alias)

    return done


def test_rows_a_second(crowd: Crowd) -> None:
    alias, lives = router.db_for_write(PublishedCase), Lives(crowd)
    left_out = {table.model for table in CASE_TABLES if not table.is_kept(alias)}
    made: Rows = {model: [] for model in TABLES if model not in left_out}
    for number in NUMBERS:
        lives.of(number).add(number, made)
    ready = [(model, TABLES[model], some) for model, some in made.items()]

    def copied(alias: str) -> None:
        for model, columns, rows in ready:
            insert_rows(model, columns, rows, using=alias)

    ways = {"rows ready-made": _undone(copied), "crowd": _undone(lambda _alias: write_range(Lives(crowd), NUMBERS))}
    measured, rows = take_turns(ways, rounds=3), sum(len(rows) for _model, _columns, rows in ready)
    say(measured.tell(f"{len(NUMBERS)} cases in {rows} rows"))
    for way in ways:
        seconds = measured.median(way)
        say(f"{way}: {len(NUMBERS) / seconds:.0f} cases and {rows / seconds:.0f} rows a second")


def _own(crowd: Crowd, number: int) -> None:
    LifeRows(crowd, number).add(number, {model: [] for model in TABLES})


def _shared(crowd: Crowd) -> None:
    """Make the rows of a whole block, lives and all, without keeping them."""
    lives = Lives(crowd)
    for number in NUMBERS:
        lives.of(number).add(number, {model: [] for model in TABLES})


def test_processor_time_of_one_case(crowd: Crowd) -> None:
    numbers = range(1, 301)
    rows = [rows_of(crowd, number) for number in numbers]
    documents = [one.shown.document for one in rows if one.shown is not None]
    told = [(one.shown.code, [(AT.date(), one.shown.document)]) for one in rows if one.shown is not None]
    courses = [course for one in rows if (course := one.course) is not None]
    ways = {
        "all rows of a case": lambda: [_own(crowd, number) for number in numbers],
        "all rows of one who shares a life": lambda: _shared(crowd),
        "what publication computes of it": lambda: [shown_case(document, crowd.on, own=OWN) for document in documents],
        "its statuses day by day": lambda: [course_of(code, versions, crowd.on) for code, versions in told],
        "its rows and sums": lambda: [
            (course_row(one), span_rows(one), sums_of(changes_of(one.editions))) for one in courses
        ],
    }
    measured = take_turns(ways, rounds=ROUNDS, clock=PROCESSOR)
    for way in ways:
        made = len(NUMBERS) if "shares" in way else len(numbers)
        say(f"{way}: {measured.median(way) / made * 1e6:.0f} µs of the processor a case")


def test_rebuilding(crowd: Crowd) -> None:
    """Compare `rebuild_published`, which writes many at once, with showing the same cases one after another."""
    write_range(Lives(crowd), range(1, 301))
    last = {one.key: one for one in PublishedVersion.objects.open().filter(kind="case").order_by("number")}

    def one_by_one(alias: str) -> None:
        for version in last.values():
            show_case(json.loads(version.text), version, on=crowd.on, changed_at=None, using=alias)

    ways = {
        "rebuilt at once": _undone(lambda alias: rebuild(on=crowd.on, using=alias)),
        "one after another": _undone(one_by_one),
    }
    say(take_turns(ways, rounds=3, clock=PROCESSOR).tell("300 cases and the reference pages"))
