from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cases.actions.fixture_accounts import fixture_author, fixture_reviewer
from cases.actions.seed_cases import Loaded, load_seed_cases
from cases.domain.custody import contradictions, standing
from cases.enums import PublicationState, Status
from cases.models import Citation, Event, PersonName, Prisoner, Publication, Submission
from cases.published.models import PublishedCase
from cases.queries.custody import custody_facts
from tests.lasting import lasting
from tests.reference_data import load_small_reference

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ON = date(2026, 11, 22)
MUSTAFAYEV, RADCHENKO, KOZLOVSKYI = "7RKWD4", "XM3H9T", "P6ZJ2V"


#: How many cases were written whenever the clock was read.
WRITTEN: list[int] = []


def clock() -> datetime:
    WRITTEN.append(Prisoner.objects.count())
    return AT


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    with lasting(django_db_blocker):
        load_small_reference(tmp_path_factory.mktemp("reference"))
        yield load_seed_cases(fixture_author(), fixture_reviewer(), now=clock)


def test_three_cases_are_loaded_and_published_with_four_eyes(loaded: Loaded) -> None:
    assert {prisoner.code for prisoner in loaded.added} == {MUSTAFAYEV, RADCHENKO, KOZLOVSKYI}
    assert set(PublishedCase.objects.values_list("code", flat=True)) == {MUSTAFAYEV, RADCHENKO, KOZLOVSKYI}
    assert set(Publication.objects.values_list("state", flat=True)) == {PublicationState.PUBLISHED.value}
    eyes = set(Submission.objects.values_list("submitted_by__username", "decided_by__username"))
    assert eyes == {("fixture-author", "fixture-reviewer")}


@pytest.mark.usefixtures("loaded")
def test_cases_are_dated_after_they_were_written_so_that_none_seems_changed_since() -> None:
    assert WRITTEN == [3]


@pytest.mark.parametrize(
    ("code", "status"),
    [(MUSTAFAYEV, Status.SERVING), (RADCHENKO, Status.RELEASED), (KOZLOVSKYI, Status.DEAD)],
)
def test_the_status_follows_from_what_the_sources_tell(loaded: Loaded, code: str, status: Status) -> None:
    facts = custody_facts(Prisoner.objects.get(code=code))
    assert standing(facts, ON).status == status
    assert list(contradictions(facts, ON)) == []


def test_both_assertions_about_the_beginning_are_on_the_public_page(loaded: Loaded) -> None:
    document = PublishedCase.objects.get(code=MUSTAFAYEV).document
    arrest = next(event for event in document["events"] if event["kind"] == "arrest")
    assert arrest["happened"] == "2018-05-21"
    assert [(said["field"], said["value"]) for said in arrest["assertions"]] == [("happened", "2020")]
    assert "imprisoned by Russian authorities since 2020" in arrest["assertions"][0]["quote"]


def test_names_stand_in_every_form_of_the_field_notes(loaded: Loaded) -> None:
    forms = set(PersonName.objects.filter(prisoner__code=MUSTAFAYEV).values_list("text", flat=True))
    romanised = {f"Server {family}" for family in ("Mustafayev", "Mustafaiev", "Mustafaev", "Mustafajev")}
    assert forms == romanised | {"Сервер Мустафаєв", "Сервер Мустафаев"}


def test_every_row_of_the_cases_is_cited_in_the_database(loaded: Loaded) -> None:
    cited = set(Citation.objects.values_list("content_type__model", "object_id"))
    for event in Event.objects.all():
        assert ("event", event.pk) in cited, event
    for name in PersonName.objects.all():
        assert ("personname", name.pk) in cited, name
    assert not Citation.objects.filter(prisoner=None, content_type__model="event").exists()


def test_loading_again_keeps_what_was_changed_at_the_desk(loaded: Loaded) -> None:
    prisoner = Prisoner.objects.get(code=MUSTAFAYEV)
    prisoner.summary_en = "Reworded at the desk."
    prisoner.save()
    citations = Citation.objects.count()
    again = load_seed_cases(fixture_author(), fixture_reviewer(), now=lambda: AT)
    prisoner.refresh_from_db()
    assert again.added == []
    assert set(again.kept) == {MUSTAFAYEV, RADCHENKO, KOZLOVSKYI}
    assert prisoner.summary_en == "Reworded at the desk."
    assert Citation.objects.count() == citations
    assert Submission.objects.count() == 3
