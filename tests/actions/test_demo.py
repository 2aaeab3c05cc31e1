import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cases.actions.demo import make_demo, read_world
from cases.actions.fixture_accounts import fixture_author, fixture_reviewer
from cases.domain.custody import contradictions, standing
from cases.domain.demo_cases import demo_cases
from cases.enums import CaseKind, Consent, DateDetail, Sex, Status, StayKind, SubmissionState
from cases.models import (
    Citation,
    Defendant,
    FindingTick,
    Household,
    Need,
    PersonName,
    Prisoner,
    Proceeding,
    Relative,
    SentenceSegment,
    Source,
    Stay,
    Submission,
)
from cases.published.models import PublishedCase, PublishedVersion
from cases.queries.custody import custody_facts
from tests.lasting import lasting
from tests.reference_data import load_small_reference

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module", autouse=True)
def reference(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    with lasting(django_db_blocker):
        load_small_reference(tmp_path_factory.mktemp("reference"))
        yield


def make(count: int, seed: int = 1944, today: date = TODAY) -> tuple[int, int]:
    made = make_demo(fixture_author(), fixture_reviewer(), count=count, seed=seed, today=today, now=lambda: AT)
    return made.added, made.kept


def test_sixty_cases_show_everything_that_the_desk_and_the_pages_can() -> None:
    assert make(60) == (60, 0)
    invented = Prisoner.objects.filter(is_invented=True)
    assert invented.count() == Prisoner.objects.count() == 60
    facts = {prisoner.code: custody_facts(prisoner) for prisoner in invented}
    assert {standing(fact, TODAY).status for fact in facts.values()} == set(Status)
    assert {code: list(contradictions(fact, TODAY)) for code, fact in facts.items()} == {code: [] for code in facts}
    assert set(invented.values_list("kind", flat=True)) == {kind.value for kind in CaseKind}
    assert {Sex.FEMALE.value, Sex.MALE.value} == set(invented.values_list("sex", flat=True))
    assert set(invented.values_list("consent", flat=True)) == {consent.value for consent in Consent}
    assert set(invented.values_list("born_detail", flat=True)) == {detail.value for detail in DateDetail}
    assert set(Stay.objects.values_list("kind", flat=True)) == {kind.value for kind in StayKind}
    assert PersonName.objects.filter(is_public=False).exists()
    assert SentenceSegment.objects.filter(regime="prison").exists()
    groups = Counter(Defendant.objects.values_list("proceeding", flat=True))
    assert max(groups.values()) == 3
    several = Counter(Defendant.objects.values_list("prisoner", flat=True))
    assert max(several.values()) == 2
    states = Counter(Submission.objects.values_list("state", flat=True))
    assert states[SubmissionState.WAITING.value] == 2
    assert states[SubmissionState.SENT_BACK.value] == 1
    assert Counter(PublishedCase.objects.values_list("state", flat=True)) == {"published": 54, "withdrawn": 1}
    ticked = Counter(FindingTick.objects.values_list("prisoner__code", flat=True))
    assert len(ticked) == 3
    assert min(ticked.values()) > 1
    answers = {
        finding["answer"]
        for code in ticked
        for finding in json.loads(PublishedVersion.objects.get(key=code).text)["findings"]
    }
    assert answers == {"yes", "possibly", "no", "figure"}
    assert Household.objects.count() == 12
    assert (Relative.objects.count(), Need.objects.count()) == (24, 36)


def test_everything_invented_says_so() -> None:
    make(5)
    cited = Source.objects.filter(citations__prisoner__isnull=False).distinct()
    assert set(cited.values_list("is_invented", flat=True)) == {True}
    assert all(title.startswith("Invented source ") for title in cited.values_list("title", flat=True))
    assert set(PublishedCase.objects.values_list("is_invented", flat=True)) == {True}
    assert Citation.objects.filter(prisoner__isnull=False).count() > 20


def test_invented_records_obey_the_rules_of_the_desk() -> None:
    make(1)
    prisoner = Prisoner.objects.get()
    proceeding = Proceeding.objects.get()
    rows = [prisoner, proceeding, *proceeding.decisions.all(), *proceeding.hearings.all()]
    for relation in ("names", "roles", "citizenships", "stays", "events", "defendants"):
        rows += getattr(prisoner, relation).all()
    for defendant in prisoner.defendants.all():
        rows += [*defendant.charges.all(), *defendant.sentences.all()]
    for row in rows:
        row.full_clean()
    assert len(rows) > 20


def test_a_minor_at_arrest_is_among_them() -> None:
    make(8)
    young = [prisoner for prisoner in Prisoner.objects.all() if prisoner.born and prisoner.born.latest]
    arrests = {event.prisoner_id: event.happened for p in young for event in p.events.filter(kind="arrest")}
    ages = [(arrests[p.pk].earliest - p.born.latest).days / 365.25 for p in young if p.pk in arrests]
    assert min(ages) < 18


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    world = read_world()
    one = demo_cases(count=60, seed=1, today=TODAY, world=world)
    assert one == demo_cases(count=60, seed=1, today=TODAY, world=world)
    assert one[:20] == demo_cases(count=20, seed=1, today=TODAY, world=world)
    other = demo_cases(count=60, seed=2, today=TODAY, world=world)
    assert {case.code for case in one}.isdisjoint({case.code for case in other})


def test_making_again_keeps_every_case_and_adds_what_is_missing() -> None:
    assert make(5) == (5, 0)
    assert make(5, today=date(2026, 12, 24)) == (0, 5)
    assert make(8) == (3, 5)
    assert Source.objects.filter(is_invented=True).count() == 5


def test_codefendants_join_a_case_that_an_earlier_run_wrote() -> None:
    world = read_world()
    cases = demo_cases(count=60, seed=1944, today=TODAY, world=world)
    joining = [
        (position, row["join"])
        for position, case in enumerate(cases)
        for row in case.document.get("proceedings", [])
        if "join" in row
    ]
    first, leader = joining[0]
    make(first)
    make(first + 1)
    shared = Proceeding.objects.get(defendants__prisoner__code=leader, kind="criminal")
    assert shared.defendants.count() == 2
    assert [defendant.sentences.count() for defendant in shared.defendants.all()] == [2, 2]
