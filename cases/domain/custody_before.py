"""How a person was held before a sentence entered force, read from the dated facts of the case, as article 72 asks it.

Custody is unbroken from the fact that opens it to the fact that ends it (`custody_periods`): days in transit, at a place
not known and between two stays are days of detention. House arrest and punishment cells are cut out of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.domain.case_facts import CaseFacts, Decision, Event, Fact
from cases.domain.custody_periods import Period, custody_periods
from cases.domain.partial_dates import Certainty, PartialDate, add_days, from_day, parse
from cases.domain.term_law import CustodyKind
from cases.domain.turns import ADMINISTRATIVE_ARREST_LONGEST
from cases.enums import DecisionOutcome, EventKind, StayKind

STRICT = frozenset({EventKind.PUNISHMENT_CELL, EventKind.STRICT_CONDITIONS})
ORDERS = frozenset({DecisionOutcome.REMANDED, DecisionOutcome.HOUSE_ARREST})


class Note(StrEnum):
    """What was taken for granted, or left aside, when the custody was read."""

    FROM_ORDER = "from_order"
    OTHER_CASE = "other_case"
    PERHAPS_OTHER_CASE = "perhaps_other_case"
    ADMINISTRATIVE = "administrative"
    END_UNKNOWN = "end_unknown"
    CELL_END_UNKNOWN = "cell_end_unknown"


@dataclass(frozen=True, slots=True)
class Piece:
    """A time of custody of one kind; `end` is None where it lasted until the sentence entered force."""

    kind: CustodyKind
    start: PartialDate
    end: PartialDate | None


@dataclass(frozen=True, slots=True)
class CustodyBefore:
    """The custody that counts, what was taken for granted, and the facts that it was read from.

    `is_known` is False where no fact tells when the person was taken into custody.
    """

    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    refs: tuple[str, ...]
    is_known: bool


def custody_before(facts: CaseFacts, in_force: PartialDate, *, began: PartialDate | None) -> CustodyBefore:
    """Return the custody before the day on which a sentence entered force; `in_force` has a first and a last day.

    `began`: when the proceeding began, None where that is not recorded. What ended before it belongs to another case.
    """
    assert in_force.earliest is not None and in_force.latest is not None  # noqa: S101, PT018 - the caller has looked
    periods = [
        period
        for period in custody_periods(facts, add_days(in_force.latest, -1))
        if period.start is None or period.start.before(in_force) is not Certainty.NO
    ]
    reading = _Reading(facts, in_force, began)
    pieces = [piece for period in periods for piece in reading.pieces(period)]
    return CustodyBefore(
        tuple(pieces),
        tuple(dict.fromkeys(reading.notes)),
        tuple(dict.fromkeys(reading.refs)),
        is_known=bool(periods) and not reading.lacks_start,
    )


class _Reading:
    """Reads one period of custody after the other, and gathers what was noted on the way."""

    def __init__(self, facts: CaseFacts, in_force: PartialDate, began: PartialDate | None) -> None:
        self.facts, self.in_force, self.began = facts, in_force, began
        self.notes: list[Note] = []
        self.refs: list[str] = []
        self.lacks_start = False

    def pieces(self, period: Period) -> Iterator[Piece]:
        self.refs += [*period.refs, *_refs_of_day(self.facts, period.end)]
        arrest = self._administrative(period)
        if arrest is not None:
            self.notes.append(Note.ADMINISTRATIVE)
            if period.end is not None and not period.continuing:
                return
        start, end = period.start, self._end(period)
        opens = self._fact(period.refs[0]) if period.refs else None
        if arrest is not None:
            start = _after_arrest(arrest, start)
        elif isinstance(opens, Decision) and opens.outcome in ORDERS:
            self.notes.append(Note.FROM_ORDER)
        elif opens is None or isinstance(opens, Decision):
            start = None
        if start is None or start.earliest is None or start.latest is None:
            self.lacks_start = True
            return
        belongs = self._belongs(end)
        if belongs is Certainty.NO:
            self.notes.append(Note.OTHER_CASE)
            return
        if belongs is Certainty.POSSIBLY and end is not None and end.latest is not None:
            self.notes.append(Note.PERHAPS_OTHER_CASE)
            start = _between(start.earliest, add_days(end.latest, 1))
        yield from self._cut(period, start, end)

    def _fact(self, ref: str) -> Fact | None:
        every: tuple[Fact, ...] = (*self.facts.stays, *self.facts.events, *self.facts.decisions, *self.facts.hearings)
        return next((fact for fact in every if fact.ref == ref), None)

    def _end(self, period: Period) -> PartialDate | None:
        if period.continuing or period.start is None or period.start.earliest is None:
            return period.end
        end, last = period.end, self.in_force.latest
        if end is not None and end.earliest is not None and end.latest is not None:
            return end
        self.notes.append(Note.END_UNKNOWN)
        first = end.earliest if end is not None and end.earliest is not None else period.start.earliest
        until = end.latest if end is not None and end.latest is not None else last
        assert until is not None  # noqa: S101 - the sentence entered force by some day
        return _between(first, max(first, until))

    def _belongs(self, end: PartialDate | None) -> Certainty:
        """Tell whether custody that has ended was custody in this proceeding."""
        if end is None or end.after(self.in_force) is not Certainty.NO:
            return Certainty.YES
        if self.began is None:
            return Certainty.POSSIBLY
        before = end.before(self.began)
        return {Certainty.YES: Certainty.NO, Certainty.NO: Certainty.YES}.get(before, Certainty.POSSIBLY)

    def _administrative(self, period: Period) -> Decision | None:
        return next(
            (
                decision
                for decision in self.facts.decisions
                if decision.outcome == DecisionOutcome.ADMINISTRATIVE_ARREST and decision.ref in period.refs
            ),
            None,
        )

    # House arrest and punishment cells ------------------------------------------------------------------------------

    def _cut(self, period: Period, start: PartialDate, end: PartialDate | None) -> Iterator[Piece]:
        """Yield the period in pieces: detention, and between it what counts otherwise."""
        cursor: PartialDate | None = start
        for kind, first, last in sorted(
            self._otherwise(period, start, end), key=lambda one: one[1].earliest or date.min
        ):
            if cursor is None or (last is not None and last.before(cursor) is Certainty.YES):
                continue
            if first.after(cursor) is not Certainty.NO:
                yield Piece(CustodyKind.SIZO, cursor, _shifted(first, -1))
            yield Piece(kind, first, last)
            after = _shifted(last, 1) if last is not None else None
            is_inside = after is not None and after.before(cursor) is Certainty.YES  # a cell within another time of one
            cursor = cursor if is_inside else after
        if cursor is not None and (end is None or cursor.after(end) is not Certainty.YES):
            yield Piece(CustodyKind.SIZO, cursor, end)

    def _otherwise(
        self, period: Period, start: PartialDate, end: PartialDate | None
    ) -> Iterator[tuple[CustodyKind, PartialDate, PartialDate | None]]:
        for stay in self.facts.stays:
            if stay.kind == StayKind.HOUSE_ARREST and stay.ref in period.refs:
                first = stay.started or start
                yield CustodyKind.HOUSE_ARREST, first, stay.ended or self._next(first, stay.ref) or end
        at_home = [one.started for one in self.facts.stays if one.kind == StayKind.HOUSE_ARREST]
        for order in self.facts.decisions:
            is_order = order.outcome == DecisionOutcome.HOUSE_ARREST and order.ref in period.refs
            if is_order and order.on is not None and not at_home:
                yield CustodyKind.HOUSE_ARREST, order.on, self._next(order.on, order.ref) or end
        for event in self.facts.events:
            if event.kind in STRICT and event.on is not None and _is_within(event, start, end, self.in_force):
                self.refs.append(event.ref)
                yield CustodyKind.STRICT_CONDITIONS, event.on, event.ended or self._cell_end(event, end)

    def _next(self, first: PartialDate, ref: str) -> PartialDate | None:
        """Return the eve of the next stay or order of detention after a house arrest whose end is not recorded."""
        stays = [one.started for one in self.facts.stays if one.ref != ref and one.kind != StayKind.HOUSE_ARREST]
        orders = [one.on for one in self.facts.decisions if one.outcome == DecisionOutcome.REMANDED]
        later = [on for on in (*stays, *orders) if on is not None and on.earliest and on.after(first) is Certainty.YES]
        following = min(later, key=lambda on: on.earliest or date.max, default=None)
        return _shifted(following, -1) if following is not None else None

    def _cell_end(self, event: Event, end: PartialDate | None) -> PartialDate | None:
        self.notes.append(Note.CELL_END_UNKNOWN)
        last = (end or self.in_force).latest
        first = event.on.earliest if event.on is not None else None
        return _between(first, last) if first is not None and last is not None and first <= last else event.on


def _refs_of_day(facts: CaseFacts, on: PartialDate | None) -> list[str]:
    """Return the events and decisions that ended a custody: those of the day on which it ended."""
    dated: Iterable[tuple[PartialDate | None, str]] = (
        *((one.on, one.ref) for one in facts.events),
        *((one.on, one.ref) for one in facts.decisions),
    )
    return [ref for day, ref in dated if on is not None and day == on]


def _is_within(event: Event, start: PartialDate, end: PartialDate | None, in_force: PartialDate) -> bool:
    on = event.on
    if on is None or on.earliest is None or on.latest is None or on.before(in_force) is Certainty.NO:
        return False
    return on.before(start) is not Certainty.YES and (end is None or on.after(end) is not Certainty.YES)


def _after_arrest(arrest: Decision, start: PartialDate | None) -> PartialDate | None:
    """Return when custody in a criminal case can have begun that followed an administrative arrest without a break."""
    ends = arrest.term_ends.latest if arrest.term_ends is not None else None
    if ends is not None:
        return from_day(add_days(ends, 1))
    first = start.earliest if start is not None else None
    latest = arrest.on.latest if arrest.on is not None else None
    return _between(first, latest + ADMINISTRATIVE_ARREST_LONGEST) if first is not None and latest is not None else None


def _shifted(on: PartialDate, days: int) -> PartialDate:
    if on.earliest is None or on.latest is None:
        return on
    return _between(add_days(on.earliest, days), add_days(on.latest, days))


def _between(first: date, last: date) -> PartialDate:
    return from_day(first) if first == last else parse(f"{first.isoformat()}/{last.isoformat()}")
