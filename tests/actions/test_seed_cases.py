import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cases.actions.fixture_accounts import fixture_author, fixture_reviewer
from cases.actions.fixture_rows import FixtureError
from cases.actions.permissions import ActionRefused
from cases.actions.seed_cases import Loaded, load_seed_cases
from cases.domain.custody import contradictions, standing
from cases.enums import PublicationState, Status
from cases.models import Citation, Event, PersonName, Prisoner, Publication, Submission
from cases.published.models import PublishedCase
from cases.queries.custody import custody_facts
from tests.reference_data import load_small_reference

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ON = date(2026, 11, 22)
MUSTAFAYEV, RADCHENKO, KOZLOVSKYI = "7RKWD4", "XM3H9T", "P6ZJ2V"


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    load_small_reference(tmp_path)
    return load_seed_cases(fixture_author(), fixture_reviewer(), at=AT)


def test_three_cases_are_loaded_and_published_with_four_eyes(loaded: Loaded) -> None:
    assert {prisoner.code for prisoner in loaded.added} == {MUSTAFAYEV, RADCHENKO, KOZLOVSKYI}
    assert set(PublishedCase.objects.values_list("code", flat=True)) == {MUSTAFAYEV, RADCHENKO, KOZLOVSKYI}
    assert set(Publication.objects.values_list("state", flat=True)) == {PublicationState.PUBLISHED.value}
    eyes = set(Submission.objects.values_list("submitted_by__username", "decided_by__username"))
    assert eyes == {("fixture-author", "fixture-reviewer")}


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
    again = load_seed_cases(fixture_author(), fixture_reviewer(), at=AT)
    prisoner.refresh_from_db()
    assert again.added == []
    assert set(again.kept) == {MUSTAFAYEV, RADCHENKO, KOZLOVSKYI}
    assert prisoner.summary_en == "Reworded at the desk."
    assert Citation.objects.count() == citations
    assert Submission.objects.count() == 3


CASE = {
    "prisoner": {"code": "222222", "consent": "full", "consent_given_by": "public_record", "summary_en": "A person."},
    "names": [{"text": "Somebody Else", "language": "en"}],
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stays": [{"kind": "site"}]}, "bad.json, stays 1, field"),
        ({"events": [{"kind": "arrest", "happened": "soon"}]}, "bad.json, events 1, field happened:"),
        ({"jokes": []}, "bad.json, jokes: a case has no such part"),
        ({"prisoner": {"kind": "contemporary"}}, "bad.json, prisoner, field code: is missing"),
        ({"proceedings": [{"join": "nothing"}]}, "field join: no proceeding 'nothing' was written before"),
        (
            {"proceedings": [{"decisions": [{"outcome": "fried"}]}]},
            "bad.json, proceedings 1, decisions 1, field outcome:",
        ),
    ],
)
def test_a_bad_case_is_named_and_no_case_is_written(tmp_path: Path, change: dict[str, object], message: str) -> None:
    (tmp_path / "a-good.json").write_text(json.dumps(CASE))
    other = {**CASE, "prisoner": {**CASE["prisoner"], "code": "333333"}}
    (tmp_path / "bad.json").write_text(json.dumps({**other, **change}))
    with pytest.raises(FixtureError) as refusal:
        load_seed_cases(fixture_author(), fixture_reviewer(), at=AT, folder=tmp_path)
    assert message in str(refusal.value)
    assert not Prisoner.objects.exists()


def test_a_case_that_may_not_be_published_is_refused_whole(tmp_path: Path) -> None:
    withheld = {**CASE, "prisoner": {**CASE["prisoner"], "consent": "none"}}
    (tmp_path / "case.json").write_text(json.dumps(withheld))
    with pytest.raises(ActionRefused):
        load_seed_cases(fixture_author(), fixture_reviewer(), at=AT, folder=tmp_path)
    assert not Prisoner.objects.exists()
