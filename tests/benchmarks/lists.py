"""Time in the database of a page, a count and the numbers beside options, against `SELECT 1` and a look-up by key.

LISTS_CASES=350000 says how many people; made up at random from a seed, they exist in a PostgreSQL server of this run alone.
What is timed is the time on the wire and in the database: every query that a page makes, run as Django sends it.
"""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from statistics import median, quantiles

import pytest
from django.db import connection
from django.http import QueryDict

from cases.domain.alphabets import sort_key
from cases.enums import CUSTODY_STATUSES, Ethnicity, Role, Status
from cases.published.cells import CELL_FACETS, CELL_FIELDS, cell_of, words_of
from cases.published.counts import Counts
from cases.published.filters import CaseFilter
from cases.published.lists import Page, page_of
from cases.published.lists_index import totals_of
from cases.published.marks import marks_of
from cases.published.measures import BANDS
from cases.published.models import Facet, PublishedCase

CASES = int(os.environ.get("LISTS_CASES", "20000"))
ON = date(2026, 1, 1)
ROUNDS = int(os.environ.get("LISTS_ROUNDS", "5"))
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SYLLABLES = [f"{one}{other}" for one in "bdgklmnrstvz" for other in "aeiou"]
ARTICLES = ["205.5", "205.5(2)", "278", "275", "280.1", "207.3", "54-10", "58-10", "58-1", *map(str, range(100, 400))]
REGIONS = [
    "UA-43",
    "UA-40",
    "RU-ROS",
    "RU-MOW",
    "UA-65",
    "UA-23",
    *(f"RU-{one}" for one in ("KDA", "VLA", "TAM", "SAM")),
]

#: What a reader may ask for: alone and together, frequent and rare, frequent ones that hardly meet.
ASKED = {
    "nothing": "",
    "frequent": "ethnicity=ukrainian",
    "in the middle": "status=pretrial",
    "rare": "status=missing&sex=female",
    "several of one": "status=serving&status=pretrial&status=on_trial",
    "an article": "article=205.5",
    "a rare article": "article=347",
    "two that meet often": "article=58-10&ethnicity=ukrainian",
    "two that hardly meet": "article=58-10&status=serving",
    "three": "status=serving&region=UA-43&article=205.5",
    "four": "status=in_custody&region=UA-43&role=citizen_journalist&ethnicity=crimean_tatar",
    "two of several values that hardly meet": "role=journalist&article=347&region=RU-TAM",
    "two middling roles and regions": "role=journalist&region=UA-65",
    "never together": "kind=historical&status=pretrial",
    "arrested lately": "arrested_after=2025-06",
    "arrested, surely": "arrested_after=2018&arrested_before=2018&certainty=certain",
    "long sentences": "sentence_at_least=25",
    "women before trial": "sex=female&status=pretrial",
    "minors": "age=under_18&kind=contemporary",
    "changed lately": "updated_since=2025-12-30",
    "a site ever": "site_ever=site-7",
    "a year and a region": "arrest_year=1937&home_region=UA-43",
    "long and a region": "sentence_at_least=10&region=UA-43&status=serving",
}
ORDERS = ("name", "-arrested", "-updated", "-sentence", "-held")


def people(count: int) -> Iterator[tuple[dict[str, object], set[tuple[str, str]]]]:
    """Yield the columns and facets of made-up people, in the proportions of the field: nine in ten are historical."""
    draw = random.Random(1944)  # noqa: S311 - the same people each time
    for number in range(count):
        historical = draw.random() < 0.9
        status = (
            Status.DEAD
            if historical
            else draw.choices(list(Status), weights=[1, 1, 4, 9, 6, 5, 60, 25, 9, 2, 2, 3, 1, 2])[0]
        )
        year = draw.randint(1928, 1952) if historical else 2014 + min(int(draw.expovariate(0.25)), 11)
        arrest = date(year, draw.randint(1, 12), draw.randint(1, 28))
        width = draw.choice([0, 0, 0, 30, 364])
        age = min(max(int(draw.gauss(38, 12)), 15), 85)
        facets: set[tuple[str, str]] = {
            (Facet.ALL.value, "all"),
            (Facet.STATUS.value, status.value),
            (Facet.KIND.value, "historical" if historical else "contemporary"),
            (Facet.SEX.value, "female" if draw.random() < 0.12 else "male"),
            (Facet.ETHNICITY.value, draw.choices(list(Ethnicity), weights=[12, 50, *([1] * 17), 8, 2, 1])[0].value),
            (Facet.SENTENCE.value, draw.choices(["term", "life", "death"], weights=[80, 2, 18])[0]),
            *((Facet.ARREST_YEAR.value, str(one.year)) for one in (arrest, arrest + timedelta(days=width))),
            *((Facet.AGE.value, band.value) for band, (first, last) in BANDS.items() if first <= age <= last),
            (Facet.ROLE.value, draw.choices(list(Role), weights=[3, 2, 1, 3, 1, 1, 1, 2, *([4] * 14)])[0].value),
        }
        law = ["58-10", "54-10", "58-1"] if historical else ARTICLES
        for _charge in range(draw.choice([1, 1, 2])):
            article = draw.choice(law[:6]) if draw.random() < 0.8 else draw.choice(law)
            facets |= {(Facet.ARTICLE.value, article), (Facet.PROVISION.value, f"ru-uk-{article}")}
        for facet in (Facet.HOME_REGION, Facet.ARREST_REGION):
            region = draw.choices(REGIONS, weights=[30, 5, 10, 10, 8, 8, 2, 2, 1, 1])[0]
            facets |= {(facet.value, region), (Facet.REGION.value, region)}
        held = status in CUSTODY_STATUSES
        sites = [f"site-{int(draw.expovariate(0.05)) % 300}" for _stay in range(draw.choice([1, 2]))]
        facets |= {(Facet.SITE.value if held else Facet.PAST_SITE.value, site) for site in sites[:1]}
        facets |= {(Facet.PAST_SITE.value, site) for site in sites[1:]} - {(Facet.PAST_SITE.value, sites[0])}
        name = " ".join("".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))).title() for _part in range(3))
        words, (first, second) = words_of(facets), marks_of(facets)
        months = draw.choice([36, 60, 84, 120, 120, 144, 180, 300])
        changed = f"2025-{draw.randint(1, 12):02}-{draw.randint(1, 28):02} {draw.randint(0, 23):02}:00:00+00"
        yield (
            {
                "code": "".join(draw.choices(LETTERS, k=6)) + f"{number:06}"[-6:].translate(str.maketrans("01", "XY")),
                "state": "published",
                "version": 1,
                "sha256": "0" * 64,
                "document": json.dumps({"summary": "x" * 900}),
                "card": json.dumps({"names": [[name, "en"]] * 4, "provisions": [], "sentence": None, "periods": []}),
                "slug": "someone",
                "first_published_at": changed,
                "published_at": changed,
                "kind": words["kind"],
                "is_invented": True,
                "sex": words["sex"],
                "ethnicity": words["ethnicity"],
                "status": words["status"],
                "in_custody": held,
                "arrested_earliest": arrest,
                "arrested_latest": arrest + timedelta(days=width),
                "held_from": arrest if held else None,
                "sentence_days": months * 30,
                "age_least": age,
                "age_most": age,
                "cell": cell_of(words),
                "marks_1": first,
                "marks_2": second,
                "name_en": name,
                "name_uk": name,
                "sort_en": sort_key(name, "en"),
                "sort_uk": sort_key(name, "uk"),
            },
            facets,
        )


def load(count: int) -> None:
    """Copy the people in, with every total that publication would keep."""
    totals, cells, inside = Counter(), Counter(), Counter()
    words_by_cell = {}
    rows = []
    with connection.cursor() as cursor:
        for columns, facets in people(count):
            rows.append((columns, facets))
            cell = columns["cell"]
            cells[cell] += 1
            words_by_cell[cell] = [columns[field] for field in CELL_FIELDS]
            totals.update(facets)
            inside.update(totals_of(cell, facets))
            if len(rows) == 20_000:
                _copy_people(cursor, rows)
                rows = []
        _copy_people(cursor, rows)
        _copy(
            cursor,
            "cases_publishedtotal",
            ["facet", "value", "people", "in_custody", "invented"],
            ([*pair, number, 0, 0] for pair, number in totals.items()),
        )
        _copy(
            cursor,
            "cases_publishedcell",
            ["id", *CELL_FIELDS, "people"],
            ([cell, *words_by_cell[cell], number] for cell, number in cells.items()),
        )
        _copy(
            cursor,
            "cases_publishedcelltotal",
            ["facet", "value", "cell", "people"],
            ([*key, number] for key, number in inside.items()),
        )
    say(f"\n{count} people, {sum(totals.values())} facets, {len(cells)} cells, {len(inside)} totals of cells")


def _copy_people(cursor, rows) -> None:
    if not rows:
        return
    _copy(cursor, "cases_publishedcase", list(rows[0][0]), (list(columns.values()) for columns, _facets in rows))
    _copy(
        cursor,
        "cases_publishedfacet",
        ["case_id", "facet", "value", "cell"],
        ([columns["code"], *pair, columns["cell"]] for columns, facets in rows for pair in facets),
    )


def _copy(cursor, table: str, columns: list[str], rows) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copying:
        for row in rows:
            copying.write_row(row)


def timed(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of milliseconds that the queries of an act take."""
    took = []
    for _round in range(rounds):
        spent = 0.0

        def watch(execute, sql, params, many, context):
            nonlocal spent
            start = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                spent += time.perf_counter() - start

        with connection.execute_wrapper(watch):
            act()
        took.append(spent * 1000)
    return median(took)


def select_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def asked(query: str, order: str) -> CaseFilter:
    found = CaseFilter(QueryDict(f"{query}&ordering={order}"), on=ON)
    assert found.is_valid(), found.problems
    return found


def read(query: str, order: str, cursor: str = "") -> Page[PublishedCase]:
    """Read one page as the list does: checks of the parameters, the plan, the rows."""
    found = asked(query, order)
    return page_of(found.qs, ordering=found.ordering, cursor=cursor)


def measured(query: str) -> tuple[list[float], float, float, str]:
    """Return the milliseconds of the third page in each order, of the count and of the numbers, and what was counted."""
    pages = []
    for order in ORDERS:
        cursor = read(query, order).next_cursor
        cursor = read(query, order, cursor).next_cursor or cursor
        pages.append(timed(partial(read, query, order, cursor)))
    wanted = asked(query, "name").asked
    counting = timed(lambda: Counts(wanted, ON).people())
    facets = [Facet.ROLE, Facet.REGION, Facet.AGE, Facet.ARTICLE]
    beside = timed(lambda: [Counts(wanted, ON).beside(CELL_FACETS, ""), Counts(wanted, ON).beside(facets, "")])
    people = Counts(wanted, ON).people()
    told = [Counts(wanted, ON).beside(one, "") is not None for one in (CELL_FACETS, facets)]
    return pages, counting, beside, f"{people.how.value} {people.number}, told {told}"


def measure() -> None:
    """Print a line for each thing that may be asked, and what they come to."""
    code = PublishedCase.objects.order_by("pk").values_list("pk", flat=True)[100]
    bare = timed(select_one, 100)
    by_key = timed(lambda: list(PublishedCase.objects.filter(pk=code).defer("document")), 100)
    say(f"SELECT 1: {bare:.2f} ms; a case by its code: {by_key:.2f} ms; a page in the orders {', '.join(ORDERS)}:")
    pages, counts, tallies = [], [], []
    for words, query in ASKED.items():
        line, counting, beside, told = measured(query)
        pages, counts, tallies = [*pages, *line], [*counts, counting], [*tallies, beside]
        took = " ".join(f"{one:6.2f}" for one in line)
        say(f"{words:40} {took}  count {counting:6.2f}  beside {beside:6.2f}  {told}")
    for name, took in (("page", pages), ("count", counts), ("beside", tallies)):
        late = quantiles(took, n=20)[18]
        ratio = median(took) / by_key
        say(f"{name}: median {median(took):.2f} ms ({ratio:.1f} look-ups), p95 {late:.2f} ms, most {max(took):.2f} ms")


def say(text: str) -> None:
    print(text)  # noqa: T201 - what it is for


@pytest.mark.django_db(transaction=True)
def test_lists():
    load(CASES)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    measure()
