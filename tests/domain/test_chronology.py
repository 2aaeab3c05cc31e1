"""Which facts are turns: the tables are complete, and rehabilitation never is one."""

import pytest

from cases.domain.chronology import EVENT_TURNS, OUTCOME_TURNS, Turn, moments_of
from cases.domain.turns import CHANGES
from cases.enums import DecisionOutcome, EventKind, Instance
from tests.domain.custody_facts import decided, facts, happened


def test_every_outcome_says_which_turn_it_is_or_that_it_is_none() -> None:
    assert set(OUTCOME_TURNS) == set(DecisionOutcome)


def test_every_turn_changes_the_picture_and_comes_from_a_fact() -> None:
    from_decisions = {turn for turn in OUTCOME_TURNS.values() if turn is not None}
    by_rule = {Turn.STAY_BEGAN, Turn.HEARD, Turn.IN_FORCE, Turn.CONVICTED_AT_LIBERTY}
    assert set(CHANGES) == set(Turn) == set(EVENT_TURNS.values()) | from_decisions | by_rule


@pytest.mark.parametrize("outcome", DecisionOutcome, ids=str)
def test_no_decision_on_rehabilitation_is_a_turn(outcome: DecisionOutcome) -> None:
    assert moments_of(facts(decided(outcome, "1991", instance=Instance.REHABILITATION))) == ()


@pytest.mark.parametrize("kind", [kind for kind in EventKind if kind not in EVENT_TURNS], ids=str)
def test_other_events_leave_liberty_as_it_was(kind: EventKind) -> None:
    assert moments_of(facts(happened(kind, "1991"))) == ()


def test_a_decision_of_an_extrajudicial_body_is_in_force_at_once() -> None:
    moments = moments_of(facts(decided(DecisionOutcome.CONVICTED, "1937-10", instance=Instance.EXTRAJUDICIAL)))
    assert [(moment.turn, str(moment.on)) for moment in moments] == [(Turn.IN_FORCE, "1937-10")]
