"""The facts of custody, read from the records."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.domain.custody import standing
from cases.domain.partial_dates import parse
from cases.enums import DecisionOutcome, EventKind, StayKind
from cases.models import Decision, Prisoner, Sentence
from cases.publication.document import build_case
from cases.published.custody import case_facts
from cases.queries.custody import contradictions_told, custody_facts, with_facts
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)


def read(prisoner: Prisoner) -> Prisoner:
    return with_facts(Prisoner.objects.filter(pk=prisoner.pk)).get()


def test_the_facts_are_those_of_the_case() -> None:
    prisoner = factories.case()
    facts = custody_facts(read(prisoner))
    assert [(stay.kind, str(stay.started), stay.site) for stay in facts.stays] == [
        (StayKind.SITE, "2018-05-21", str(prisoner.stays.get().site))
    ]
    assert [event.kind for event in facts.events] == [EventKind.ARREST]
    assert [(one.outcome, one.custodial) for one in facts.decisions] == [(DecisionOutcome.CONVICTED, True)]
    assert str(facts.born) == "1980-02-03"
    assert standing(facts, TODAY).status.in_custody


def test_a_decision_about_another_defendant_is_left_out() -> None:
    prisoner = factories.case()
    proceeding = prisoner.defendants.get().proceeding
    other = factories.DefendantFactory(proceeding=proceeding)
    factories.DecisionFactory(proceeding=proceeding, defendant=other, outcome="acquitted")
    assert [one.outcome for one in custody_facts(read(prisoner)).decisions] == [DecisionOutcome.CONVICTED]
    assert {one.outcome for one in custody_facts(read(other.prisoner)).decisions} == {
        DecisionOutcome.CONVICTED,
        DecisionOutcome.ACQUITTED,
    }


@pytest.mark.parametrize(
    ("sentence", "custodial"),
    [
        ({"years": 3}, True),
        ({"years": 3, "suspended": True}, False),
        ({"years": None, "fine_amount": 100, "fine_currency": "RUB"}, False),
        ({"years": None, "life": True}, True),
    ],
)
def test_a_fine_or_a_suspended_term_does_not_hold_a_person(sentence: dict[str, object], custodial: bool) -> None:
    made = factories.SentenceFactory(**sentence)
    (decision,) = custody_facts(read(made.defendant.prisoner)).decisions
    assert decision.custodial is custodial


def _two_years_then_a_release(prisoner: Prisoner) -> None:
    Sentence.objects.update(years=2)
    Decision.objects.update(decided_on="2018-09-16", in_force_from="2018-10-01")


def _a_term_counted_from_an_appeal(prisoner: Prisoner) -> None:
    Sentence.objects.update(years=2)
    for decision in Decision.objects.all():
        decision.instance, decision.decided_on, decision.in_force_from = "appeal", parse("2018-09"), None
        decision.save()


def _a_sentence_known_by_its_regime_alone(prisoner: Prisoner) -> None:
    Sentence.objects.update(years=None)
    factories.SentenceSegmentFactory(sentence=Sentence.objects.get())


def _an_acquittal(prisoner: Prisoner) -> None:
    Decision.objects.update(outcome="acquitted")


def _a_release(prisoner: Prisoner) -> None:
    factories.EventFactory(prisoner=prisoner, kind="release", release_kind="term_served", happened="2021-05-21")


@pytest.mark.parametrize(
    "story",
    [
        lambda _prisoner: None,
        _two_years_then_a_release,
        _a_term_counted_from_an_appeal,
        _a_sentence_known_by_its_regime_alone,
        _an_acquittal,
        _a_release,
    ],
)
def test_the_desk_and_the_public_say_the_same_of_a_case(story: Callable[[Prisoner], None]) -> None:
    prisoner = factories.case()
    story(prisoner)
    desk, public = custody_facts(read(prisoner)), case_facts(build_case(prisoner))
    assert [one.term_ends for one in desk.decisions] == [one.term_ends for one in public.decisions]
    assert replace(standing(desk, TODAY), refs=()) == replace(standing(public, TODAY), refs=())
    assert [(stay.kind, stay.started, stay.ended) for stay in desk.stays] == [
        (stay.kind, stay.started, stay.ended) for stay in public.stays
    ]


def test_a_term_that_has_run_out_is_known_at_the_desk() -> None:
    prisoner = factories.case()
    _a_term_counted_from_an_appeal(prisoner)
    (decision,) = custody_facts(read(prisoner)).decisions
    assert decision.term_ends == parse("../2020-09-29")


def test_a_contradiction_names_its_rows() -> None:
    prisoner = factories.case()
    first = prisoner.stays.get()
    second = factories.StayFactory(prisoner=prisoner, started="2018-06", ended="2019")
    (warned,) = contradictions_told(custody_facts(read(prisoner)), TODAY)
    assert set(warned.refs) == {f"stay-{first.pk}", f"stay-{second.pk}"}


def test_many_cases_are_read_in_as_many_queries_as_one() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            for prisoner in with_facts(Prisoner.objects.all()):
                custody_facts(prisoner)
        return len(asked)

    factories.case()
    one = queries()
    factories.case("Taras Vydumanyi")
    factories.case("Danylo Vydumanyi")
    assert queries() == one
