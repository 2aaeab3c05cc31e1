"""What changed in a case, and when: facts become turns, and dates known in part are compared.

A turn is one change in a person's liberty or in the proceedings. Which facts are turns is said in the tables here;
what a turn changes is said in `cases.domain.turns`, and which can follow which in `cases.domain.course`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from cases.domain.case_facts import CaseFacts, Decision, Fact
from cases.domain.partial_dates import PartialDate
from cases.enums import DecisionOutcome, EventKind, Instance


class Turn(IntEnum):
    """A change, numbered in the order in which changes of the same date usually come."""

    VANISHED = 1
    FOUND = 2
    ARRESTED = 3
    ADMINISTRATIVE = 4
    REMANDED = 5
    CONFINED_AT_HOME = 6
    STAY_BEGAN = 7
    HEARD = 8
    CONVICTED = 9
    CONVICTED_AT_LIBERTY = 10
    ACQUITTED = 11
    AFFIRMED = 12
    IN_FORCE = 13
    UNDONE = 14
    DROPPED = 15
    FREED = 16
    EXCHANGED = 17
    EXILED = 18
    ESCAPED = 19
    DIED = 20


@dataclass(frozen=True, slots=True)
class Moment:
    """One turn, when it came (None: not known), and the fact that says so; a death given as a date has no fact."""

    turn: Turn
    on: PartialDate | None
    fact: Fact | None = None

    @property
    def ref(self) -> str:
        return self.fact.ref if self.fact else ""


EVENT_TURNS: dict[EventKind, Turn] = {
    EventKind.ABDUCTION: Turn.VANISHED,
    EventKind.DISAPPEARANCE: Turn.VANISHED,
    EventKind.FOUND: Turn.FOUND,
    EventKind.ARREST: Turn.ARRESTED,
    EventKind.RELEASE: Turn.FREED,
    EventKind.EXCHANGE: Turn.EXCHANGED,
    EventKind.EXILE: Turn.EXILED,
    EventKind.DEPORTATION_1944: Turn.EXILED,
    EventKind.ESCAPE: Turn.ESCAPED,
    EventKind.EXECUTION: Turn.DIED,
    EventKind.DEATH: Turn.DIED,
}
"""Every other event (a search, a letter, an award, rehabilitation ...) leaves liberty as it was."""

REVIEW = frozenset({Instance.APPEAL, Instance.CASSATION, Instance.SUPERVISION})
AT_ONCE_IN_FORCE = REVIEW | {Instance.EXTRAJUDICIAL}

OUTCOME_TURNS: dict[DecisionOutcome, Turn | None] = {
    DecisionOutcome.CONVICTED: Turn.CONVICTED,
    DecisionOutcome.ACQUITTED: Turn.ACQUITTED,
    DecisionOutcome.UPHELD: Turn.AFFIRMED,
    DecisionOutcome.REDUCED: Turn.AFFIRMED,
    DecisionOutcome.INCREASED: Turn.AFFIRMED,
    DecisionOutcome.QUASHED: Turn.UNDONE,
    DecisionOutcome.SENT_BACK: Turn.UNDONE,
    DecisionOutcome.REMANDED: Turn.REMANDED,
    DecisionOutcome.HOUSE_ARREST: Turn.CONFINED_AT_HOME,
    DecisionOutcome.CLOSED: Turn.DROPPED,
    DecisionOutcome.ADMINISTRATIVE_ARREST: Turn.ADMINISTRATIVE,
    DecisionOutcome.FINED: None,
    DecisionOutcome.REHABILITATED: None,
    DecisionOutcome.REHABILITATION_REFUSED: None,
    DecisionOutcome.REHABILITATION_RESCINDED: None,
    DecisionOutcome.UNKNOWN: None,
}


def _decision_moments(decision: Decision) -> list[Moment]:
    turn = OUTCOME_TURNS[decision.outcome]
    if turn is None or decision.instance == Instance.REHABILITATION:
        return []
    if turn is Turn.CONVICTED and not decision.custodial:
        return [Moment(Turn.CONVICTED_AT_LIBERTY, decision.on, decision)]
    if turn is Turn.CONVICTED and decision.instance in AT_ONCE_IN_FORCE:
        return [Moment(Turn.IN_FORCE, decision.on or decision.in_force, decision)]
    moments = [Moment(turn, decision.on, decision)]
    if turn is Turn.CONVICTED and decision.in_force is not None:
        moments.append(Moment(Turn.IN_FORCE, decision.in_force, decision))
    return moments


def moments_of(facts: CaseFacts) -> tuple[Moment, ...]:
    """Return every change that the facts tell of, in no order."""
    moments = [Moment(Turn.STAY_BEGAN, stay.started, stay) for stay in facts.stays]
    moments += [Moment(EVENT_TURNS[event.kind], event.on, event) for event in facts.events if event.kind in EVENT_TURNS]
    moments += [
        Moment(Turn.HEARD, hearing.on, hearing)
        for hearing in facts.hearings
        if hearing.instance in (Instance.FIRST, Instance.RETRIAL)
    ]
    for decision in facts.decisions:
        moments += _decision_moments(decision)
    if facts.died is not None:
        moments.append(Moment(Turn.DIED, facts.died))
    return tuple(moments)


def has_come(on: PartialDate | None, day: date) -> bool:
    """Tell whether a recorded fact is taken to have happened by `day`: from the first day of its date on.

    Without a date: always. Open towards the past ('../2019'): only once the last day has passed.
    """
    if on is None:
        return True
    if on.earliest is None:
        return on.latest is None or on.latest <= day
    return on.earliest <= day


def may_differ(on: PartialDate | None, day: date) -> bool:
    """Tell whether another reading of the date would put the fact on the other side of the end of `day`."""
    if on is None:
        return False
    begun = on.earliest is None or on.earliest <= day
    return begun and (on.latest is None or on.latest > day)


def certainly_before(first: PartialDate | None, second: PartialDate | None) -> bool:
    """Tell whether every reading of `first` lies before every reading of `second`; never where a date is not known."""
    if first is None or second is None or first.latest is None or second.earliest is None:
        return False
    return first.latest < second.earliest


def ready(waiting: Iterable[Moment]) -> list[Moment]:
    """Return the moments that none of the others certainly precedes, in their usual order."""
    waiting = tuple(waiting)
    over = min((one.on.latest for one in waiting if one.on is not None and one.on.latest is not None), default=date.max)
    first = [one for one in waiting if one.on is None or one.on.earliest is None or one.on.earliest <= over]
    return sorted(first, key=_usual_order)


def _usual_order(moment: Moment) -> tuple[int, date]:
    """Of two turns of one kind, the one that is sooner over comes first: so a vague second arrest follows a release."""
    if moment.on is None:
        return moment.turn, date.min
    return moment.turn, moment.on.latest or date.max
