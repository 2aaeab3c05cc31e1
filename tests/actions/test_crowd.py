"""A crowd in the public copy: as publishing each of its people would have left it, whole, and known to be invented."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.db import connections, router, transaction
from django.db.models import QuerySet

from cases.actions import crowd as crowd_action
from cases.actions.crowd import make_crowd
from cases.actions.demo import invented_sources, read_world
from cases.actions.fixture_accounts import fixture_author
from cases.actions.permissions import ActionRefused
from cases.domain.crowd_cases import BLOCK, LIVES_OF_BLOCK, OWN_LIVES, code_of, life_of
from cases.domain.custody import contradictions
from cases.enums import AuditAction, PublicationState
from cases.models import AuditEntry
from cases.models.base import CODE_ALPHABET
from cases.publication import crowd_writing
from cases.publication.crowd import read_reference
from cases.publication.crowd_lives import TABLES, LifeRows, Rows
from cases.publication.crowd_rows import Crowd, rows_of
from cases.publication.crowd_writing import Lives, Written
from cases.published import courses
from cases.published.case_tables import CASE_TABLES, CASE_TOTALS
from cases.published.course_models import PublishedCourse, PublishedSpan
from cases.published.custody import case_facts
from cases.published.documents import CaseDocument, canonical, sha256
from cases.published.models import PublishedCase, PublishedVersion
from cases.published.name_models import PublishedNameChange, PublishedNameMiss, PublishedNameWord
from cases.published.name_vocabulary import is_complete, rebuild_vocabulary
from cases.published.projections import hide_case, rebuild, show_case
from cases.published.search import find
from cases.published.subject_models import PublishedSubject
from cases.queries.crowds import crowd_size
from cases.queries.published_copies import strange_copies
from tests import factories
from tests.lasting import lasting
from tests.published.test_blocks import check as check_bits
from tests.reference_data import load_small_reference
from tests.typed_documents import faults

pytestmark = pytest.mark.django_db(databases="__all__")

AT = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
TODAY = AT.date()
SIZE, COUNT, SEED = 100, 260, 7  # two whole batches and a part of one
#: What misspelt names and the places of cases are looked for in; made anew by a rebuild.
WORDS = [PublishedNameWord, PublishedNameMiss]


@pytest.fixture(scope="module", autouse=True)
def crowd(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    with lasting(django_db_blocker):
        load_small_reference(tmp_path_factory.mktemp("reference"))
        with mock.patch.object(crowd_action, "BATCH", SIZE):
            yield make_crowd(fixture_author(), count=COUNT, seed=SEED, at=AT)


def author() -> User:
    return fixture_author()


def rows(model: Any) -> list[tuple[Any, ...]]:
    """Return all rows of a table without their numbers, sorted."""
    names = [field.attname for field in model._meta.concrete_fields if field.name != "id"]
    return sorted(tuple(map(_text, row)) for row in model.objects.values_list(*names))


def _text(value: Any) -> str:
    return canonical(value) if isinstance(value, dict) else str(value)


def tables() -> list[Any]:
    """Return the tables of rows and of sums that this database keeps."""
    of_cases = [one.model for one in CASE_TABLES if one.is_kept(alias())]
    return [*of_cases, *(one.model for one in CASE_TOTALS), *courses.TABLES]


def subjects() -> list[tuple[Any, ...]]:
    return sorted(PublishedSubject.objects.values_list("kind", "key", "name__en", "terms__term"))


def alias() -> str:
    return router.db_for_write(PublishedCase)


def test_every_document_has_the_shape_that_the_door_gives_and_tells_a_possible_life() -> None:
    shown = PublishedCase.objects.filter(state=PublicationState.PUBLISHED.value)
    documents = list(shown.values_list("document", flat=True))
    assert [fault for document in documents for fault in faults(document, CaseDocument, document["code"])] == []
    told = Counter(one.rule for document in documents for one in contradictions(case_facts(document), TODAY))
    assert told == {}


def test_everything_says_that_it_is_invented_and_cites_what_is_invented() -> None:
    assert set(PublishedCase.objects.filter(state="published").values_list("is_invented", flat=True)) == {True}
    for text in PublishedVersion.objects.open().filter(kind="case").values_list("text", flat=True):
        document = json.loads(text)
        assert document["invented"]
        numbers = {source["number"] for source in document["sources"] if source["invented"]}
        assert numbers == set(range(1, len(document["sources"]) + 1))


def test_rows_are_those_that_rebuilding_from_the_versions_gives(crowd: Written) -> None:
    before = {model: rows(model) for model in (PublishedCase, *tables(), *WORDS)}
    assert all(before.values())
    of_cases = (
        *(PublishedCase, PublishedCourse, PublishedSpan),
        *(one.model for one in CASE_TABLES if one.is_kept(alias())),
    )
    written = sum(len(before[model]) for model in of_cases)
    assert crowd.rows == written + PublishedVersion.objects.filter(kind="case").count()
    known = subjects()
    rebuild(on=TODAY, using=alias())
    rebuild_vocabulary(at=AT, using=alias())
    assert {model: rows(model) for model in before} == before
    assert subjects() == known
    assert {kind for kind, *_rest in known} == {"place"}


def test_bits_count_what_the_rows_of_facets_say() -> None:
    check_bits()


def led_by(life: int) -> list[int]:
    """Return the numbers of the first four people who lead a shared life."""
    block, place = divmod(life - OWN_LIVES - 1, LIVES_OF_BLOCK)
    return [OWN_LIVES + block * BLOCK + place + 1 + LIVES_OF_BLOCK * who for who in range(4)]


def test_people_who_share_a_life_have_the_rows_that_are_computed_for_each_of_them(crowd: Written) -> None:
    world, sources = read_world(), invented_sources(author())
    made = Crowd(seed=SEED, on=TODAY, at=AT, reference=read_reference(world, sources))
    shared: Rows = {model: [] for model in TABLES}
    each: Rows = {model: [] for model in TABLES}
    terms: list[Sequence[str]] = []
    coming = [made.life(number) for number in range(OWN_LIVES + 1, OWN_LIVES + 1 + 3 * LIVES_OF_BLOCK)]
    withheld = next(life for life in coming if not life.is_named)
    withdrawn = next(life for life in coming if life.withdrawn is not None)
    several = next(life for life in coming if len(life.published) == 3)
    chosen = [life.number for life in (*coming[:4], withheld, withdrawn, several)]
    numbers, lives = [number for life in chosen for number in led_by(life)], Lives(made)
    for number in numbers:
        terms.append(lives.of(number).add(number, shared))
        LifeRows(made, life_of(number)).add(number, each)
    assert [life_of(number) for number in numbers] == [life for life in chosen for _who in range(4)]
    for model in TABLES:
        assert [tuple(row) for row in shared[model]] == [tuple(row) for row in each[model]], model
    told = [rows_of(made, number).shown for number in numbers]
    assert [tuple(one) for one in terms] == [one.terms if one else () for one in told]


def test_no_change_of_the_vocabulary_waits_to_be_counted() -> None:
    assert not PublishedNameChange.objects.exists()
    assert is_complete(alias())


def test_people_of_the_crowd_are_found_by_their_names_and_misspelt_ones() -> None:
    everybody = PublishedCase.objects.visible(TODAY)
    for case in everybody.order_by("pk")[:20]:
        asked = case.name_en.split()
        misspelt = " ".join([*asked[:-1], f"{asked[-1][:2]}{asked[-1][3:]}"])
        assert case.code in {hit.code for hit in find(case.name_en, everybody).hits}
        assert case.code in {hit.code for hit in find(misspelt, everybody).hits}, misspelt


def test_rows_are_those_that_publishing_each_case_gives() -> None:
    codes = list(PublishedCase.objects.filter(state="published").values_list("pk", flat=True)[:20])
    before = {model: rows(model) for model in (PublishedCase, *tables(), *WORDS)}
    for code in codes:
        version = PublishedVersion.objects.filter(key=code).latest("number")
        show_case(json.loads(version.text), version, on=TODAY, changed_at=None, using=alias())
    assert {model: rows(model) for model in before} == before


def test_versions_follow_one_another_with_hashes_of_their_texts() -> None:
    by_case: dict[str, list[PublishedVersion]] = {}
    for version in PublishedVersion.objects.filter(kind="case").order_by("key", "number"):
        by_case.setdefault(version.key, []).append(version)
    assert len(by_case) == COUNT
    for code, versions in by_case.items():
        assert [version.number for version in versions] == list(range(1, len(versions) + 1))
        assert all(sha256(version.text) == version.sha256 for version in versions if version.closed_at is None)
        assert len({version.sha256 for version in versions}) == len(versions)
        times = [version.published_at for version in versions]
        assert times == sorted(set(times))
        assert times[-1] < AT
        case = PublishedCase.objects.get(pk=code)
        assert (case.version, case.sha256) == (versions[-1].number, versions[-1].sha256)
        assert (case.first_published_at, case.published_at) == (times[0], times[-1])
        if case.state == PublicationState.PUBLISHED.value:
            assert canonical(case.document) == versions[-1].text
    assert any(version.closed_at for versions in by_case.values() for version in versions[:-1])


def test_a_withdrawn_case_keeps_what_withdrawing_leaves() -> None:
    withdrawn = PublishedCase.objects.filter(state=PublicationState.WITHDRAWN.value)
    codes = list(withdrawn.values_list("pk", flat=True))
    assert codes
    assert not PublishedVersion.objects.open().filter(key__in=codes).exists()
    before = rows(PublishedCase)
    for code, at in withdrawn.values_list("pk", "withdrawn_at"):
        hide_case(code, at=at, using=alias())
    assert rows(PublishedCase) == before


def test_run_again_it_keeps_what_is_there_and_goes_on_where_it_was_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    assert make_crowd(author(), count=COUNT, seed=SEED, at=AT) == Written(cases=0, kept=COUNT, rows=0)
    whole = crowd_writing.count_many

    def stopped(words: Any, *, using: str) -> None:
        if PublishedCase.objects.count() > COUNT + SIZE:
            raise KeyboardInterrupt
        whole(words, using=using)

    monkeypatch.setattr(crowd_action, "BATCH", SIZE)
    monkeypatch.setattr(crowd_writing, "count_many", stopped)
    with pytest.raises(KeyboardInterrupt):
        make_crowd(author(), count=COUNT, seed=8, at=AT)
    assert PublishedCase.objects.count() == COUNT + SIZE
    before = {model: rows(model) for model in tables()}
    rebuild(on=TODAY, using=alias())
    assert {model: rows(model) for model in tables()} == before
    monkeypatch.setattr(crowd_writing, "count_many", whole)
    assert [make_crowd(author(), count=COUNT, seed=8, at=AT).cases, crowd_size()] == [COUNT - SIZE, 2 * COUNT]


def test_a_batch_takes_its_turn_before_it_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that lock sums first and the mark after could each wait for the other."""
    steps: list[str] = []

    def noted(name: str) -> Any:
        real = getattr(crowd_writing, name)

        def step(*args: Any, **more: Any) -> Any:
            steps.append(name)
            return real(*args, **more)

        return step

    for name in ("renew", "count_many", "show_places"):
        monkeypatch.setattr(crowd_writing, name, noted(name))
    make_crowd(author(), count=10, seed=11, at=AT)
    assert steps == ["renew", "count_many", "show_places"]


def test_the_audit_knows_the_crowd_and_what_stands_beside_it_is_named() -> None:
    assert AuditEntry.objects.get(action=AuditAction.CROWD_MADE.value).payload == {"seed": SEED, "count": COUNT}
    assert list(strange_copies(on=TODAY)) == []
    code = PublishedCase.objects.filter(state="published").order_by("pk").values_list("pk", flat=True)[0]
    version = PublishedVersion.objects.filter(key=code).latest("number")
    real = canonical({**json.loads(version.text), "invented": False})
    QuerySet(PublishedVersion).filter(pk=version.pk).update(text=real, sha256=sha256(real))
    QuerySet(PublishedCase).filter(pk=code).update(is_invented=False)
    elsewhere = code_of(SEED, COUNT + 1, CODE_ALPHABET)
    beyond = PublishedVersion(
        kind="case", key=elsewhere, number=1, text=version.text, sha256=sha256(version.text), published_at=AT
    )
    beyond.save()
    assert sorted(strange_copies(on=TODAY)) == sorted(
        [
            f"case {elsewhere}, version 1: nobody approved this text",
            f"case {code}, version {version.number}: nobody approved this text",
            f"case {code}: is shown, and the desk says that it is not public",
        ]
    )


def test_beside_real_cases_it_is_made_only_when_told_so() -> None:
    factories.case(is_invented=False)
    with pytest.raises(ActionRefused, match="say --beside-real-cases"):
        make_crowd(author(), count=10, seed=9, at=AT)
    assert make_crowd(author(), count=10, seed=9, at=AT, beside_real_cases=True).cases == 10


@pytest.mark.parametrize(
    ("count", "seed", "said"),
    [
        (0, 1, "--cases: ask for 1 to 14348906"),
        (14_348_907, 1, "--cases: ask for 1 to 14348906"),
        (1, 531_441, "--seed: give a number from 0 to 531440"),
        (1, -1, "--seed: give a number from 0 to 531440"),
    ],
)
def test_more_than_codes_have_room_for_is_refused(count: int, seed: int, said: str) -> None:
    with pytest.raises(ActionRefused, match=said):
        make_crowd(author(), count=count, seed=seed, at=AT)


def test_a_batch_that_cannot_be_written_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_sums: Any, *, using: str) -> int:
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT 1 FROM nowhere")
        return 0

    monkeypatch.setattr(crowd_writing.Sums, "write", full)
    before = rows(PublishedVersion)
    with pytest.raises(Exception, match="nowhere"), transaction.atomic():
        make_crowd(author(), count=10, seed=10, at=AT)
    assert rows(PublishedVersion) == before
