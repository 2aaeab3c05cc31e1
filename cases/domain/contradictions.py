"""What in the facts of a case cannot be, as warnings for the desk: the table of the rules and their checks.

A warning is given only when every reading of the partial dates contradicts, with one exception: stays that may overlap.
"""

from collections.abc import Callable, Iterable
from datetime import date

from cases.domain import contradiction_checks
from cases.domain.case_facts import CaseFacts
from cases.domain.contradiction_rules import Contradiction, ContradictionRule

__all__ = ["CHECKS", "Contradiction", "ContradictionRule", "contradictions"]

CHECKS: dict[ContradictionRule, Callable[[CaseFacts, date], Iterable[Contradiction]]] = {
    ContradictionRule.OVERLAPPING_STAYS: contradiction_checks.overlapping_stays,
    ContradictionRule.STAYS_MAY_OVERLAP: contradiction_checks.stays_may_overlap,
    ContradictionRule.TWO_OPEN_STAYS: contradiction_checks.two_open_stays,
    ContradictionRule.STAY_ENDS_BEFORE_IT_STARTS: contradiction_checks.stay_ends_before_it_starts,
    ContradictionRule.RELEASE_BEFORE_ARREST: contradiction_checks.release_before_arrest,
    ContradictionRule.RELEASED_TWICE: contradiction_checks.released_twice,
    ContradictionRule.HELD_WHILE_RELEASED: contradiction_checks.held_while_released,
    ContradictionRule.DEATH_BEFORE_BIRTH: contradiction_checks.death_before_birth,
    ContradictionRule.DEATHS_DIFFER: contradiction_checks.deaths_differ,
    ContradictionRule.EVENT_AFTER_DEATH: contradiction_checks.event_after_death,
    ContradictionRule.DECISION_BEFORE_BIRTH: contradiction_checks.decision_before_birth,
    ContradictionRule.IMPROBABLE_AGE: contradiction_checks.improbable_age,
    ContradictionRule.APPEAL_BEFORE_FIRST_INSTANCE: contradiction_checks.appeal_before_first_instance,
    ContradictionRule.IN_FORCE_BEFORE_DECIDED: contradiction_checks.in_force_before_decided,
    ContradictionRule.ACQUITTED_BUT_HELD: contradiction_checks.acquitted_but_held,
    ContradictionRule.SENTENCE_WITHOUT_CONVICTION: contradiction_checks.sentence_without_conviction,
    ContradictionRule.IN_THE_FUTURE: contradiction_checks.in_the_future,
    ContradictionRule.UNKNOWN_BUT_HELD: contradiction_checks.unknown_but_held,
}


def contradictions(facts: CaseFacts, on: date) -> tuple[Contradiction, ...]:
    """Return what cannot be in the facts, seen from the day, in the order of the rules."""
    return tuple(found for check in CHECKS.values() for found in check(facts, on))
