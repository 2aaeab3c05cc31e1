"""The facts of custody, read from the records."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.domain.custody import standing
from cases.enums import DecisionOutcome, EventKind, StayKind
from cases.models import Prisoner
from cases.queries.custody import custody_facts, with_facts
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
