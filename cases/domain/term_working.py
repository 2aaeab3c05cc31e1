"""The working of a count, step by step: the rule, what went into it, and how many days it takes off the end.

Where the day of entry into force is known, the steps add up: the end of the term without any credit, less the days of all
steps, is the last day (the most of each for the earliest, the least of each for the latest).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from cases.domain.partial_dates import add_days, add_months
from cases.domain.term_case import TermCase
from cases.domain.term_credit import DAY, Credit, Stretch, listed_in, regimes_of
from cases.domain.term_law import CustodyKind, Listed, Row, TermLaw
from cases.domain.terms import Term


class StepKind(StrEnum):
    """What a step of the working says."""

    IN_FORCE = "in_force"
    TERM = "term"
    REGIME_UNKNOWN = "regime_unknown"
    REGIMES_DIFFER = "regimes_differ"
    EXCLUDED = "excluded"
    PERHAPS_EXCLUDED = "perhaps_excluded"
    OFFENCES_UNKNOWN = "offences_unknown"
    CREDIT = "credit"
    NO_CUSTODY = "no_custody"
    NOT_HELD = "not_held"
    PERHAPS_NOT_HELD = "perhaps_not_held"
    ONCE = "once"
    AFTERWARDS = "afterwards"
    ROUNDING = "rounding"
    BOUNDARY = "boundary"
    DEPENDENT = "dependent"
    UNBROKEN = "unbroken"
    CALENDAR = "calendar"
    SERVED = "served"
    PERHAPS_SERVED = "perhaps_served"
    LAST_DAY = "last_day"
    LIFE = "life"


@dataclass(frozen=True, slots=True)
class Days:
    """A day known to lie between two others, both included."""

    earliest: date
    latest: date

    @property
    def pair(self) -> list[str]:
        """The first and the last possible day as documents write them."""
        return [self.earliest.isoformat(), self.latest.isoformat()]


@dataclass(frozen=True, slots=True)
class Custody:
    """What a step credits: how the person was held, from when to when, for how many days, and what one of them counts for.

    Numbers are pairs of the least and the most.
    """

    kind: CustodyKind
    begun: Days
    ended: Days
    held: tuple[int, int]
    ratio: tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: by which rules, and how many days it takes off the end of the term: `least` for the latest day that is
    possible, `most` for the earliest. Steps that set a sum right may take off less for the earliest, or add a day.

    `total`: how many days all steps of credit together take off.
    """

    kind: StepKind
    rows: tuple[Row, ...]
    least: int = 0
    most: int = 0
    days: Days | None = None
    term: Term | None = None
    custody: Custody | None = None
    total: tuple[int, int] | None = None


def working(case: TermCase, law: TermLaw, worth: Sequence[Credit], last_day: Days | None) -> Iterator[Step]:
    """Yield the steps of a count; `worth` is every reading of the custody, `last_day` None for life."""
    own = (law.term,)
    in_force = Days(worth[0].in_force, worth[-1].in_force)
    yield Step(StepKind.IN_FORCE, own, days=in_force)
    ends = Days(_end(in_force.earliest, case.term), _end(in_force.latest, case.term))
    if last_day is not None:
        yield Step(StepKind.TERM, own, days=ends, term=case.term)
    yield from _readings(case, law, in_force.latest)
    credited = list(_credited(law, worth))
    yield from credited
    yield from (Step(kind, own) for kind in _remarks(case, worth))
    rounding = _rounding(law, worth, credited)
    if rounding is not None:
        yield rounding
    if last_day is None:
        yield Step(StepKind.LIFE, (law.life.row,))
        return
    taken = [*credited, rounding] if rounding is not None else credited
    unequal = _unequal(law, worth, taken, ends, last_day)
    if unequal is not None:
        yield unequal
    if last_day.earliest < in_force.latest - DAY:
        is_sure = last_day.latest < in_force.earliest - DAY
        yield Step(StepKind.SERVED if is_sure else StepKind.PERHAPS_SERVED, own, days=in_force)
    yield Step(StepKind.LAST_DAY, own, days=last_day)


def _end(start: date, term: Term) -> date:
    months = 12 * (term.years or 0) + (term.months or 0)
    return add_days(add_months(start, months), (term.days or 0) - 1)


def _readings(case: TermCase, law: TermLaw, day: date) -> Iterator[Step]:
    """Tell which regimes and lists the credit goes by."""
    listed, rows = listed_in(case, law)
    one_to_one = listed is Listed.YES
    ratios = [law.ratio(CustodyKind.SIZO, one, day, one_to_one=one_to_one) for one in regimes_of(case)]
    if not case.segments or len({ratio.days for ratio in ratios}) > 1:
        kind = StepKind.REGIMES_DIFFER if case.segments else StepKind.REGIME_UNKNOWN
        yield Step(kind, tuple(dict.fromkeys(row for ratio in ratios for row in ratio.rows)))
    if not case.offences_known:
        yield Step(StepKind.OFFENCES_UNKNOWN, rows)
    elif listed is not Listed.NO:
        yield Step(StepKind.EXCLUDED if listed is Listed.YES else StepKind.PERHAPS_EXCLUDED, rows)


# What is credited ----------------------------------------------------------------------------------------------------


def _credited(law: TermLaw, worth: Sequence[Credit]) -> Iterator[Step]:
    """Yield each time of custody, in each period of the law, with what it takes off the term."""
    found: dict[tuple[int, int], list[Step | None]] = {}
    keys = sorted({_key(one, law) for credit in worth for one in credit.stretches})
    for credit in worth:
        told: dict[tuple[int, int], list[Stretch]] = {}
        for one in credit.stretches:
            told.setdefault(_key(one, law), []).append(one)
        for key in keys:
            found.setdefault(key, []).append(_of_one(law, credit, told[key]) if key in told else None)
    steps = [_merged(readings) for readings in found.values()]
    yield from sorted(steps, key=lambda step: step.custody.begun.earliest if step.custody else date.min)


def _key(stretch: Stretch, law: TermLaw) -> tuple[int, int]:
    """Return the row of the case and the period of the law that days of custody belong to."""
    return stretch.place, sum(day <= stretch.first for day in law.changes)


def _of_one(law: TermLaw, credit: Credit, stretches: Sequence[Stretch]) -> Step:
    """Return the step of one time of custody by one reading."""
    first, last = stretches[0], stretches[-1]
    ratio = law.ratio(first.kind, credit.regime, first.first, one_to_one=credit.one_to_one)
    held = sum(one.days for one in stretches)
    custody = Custody(
        first.kind, Days(first.first, first.first), Days(last.last, last.last), (held, held), (ratio.days, ratio.days)
    )
    worth = held * ratio.days
    return Step(StepKind.CREDIT, ratio.rows, floor(worth), ceil(worth), custody=custody)


def _merged(readings: Sequence[Step | None]) -> Step:
    """Return one step for all readings of the same custody; None where a reading has none of its days."""
    steps = list(dict.fromkeys(one for one in readings if one is not None))
    told = [one.custody for one in steps if one.custody is not None]
    lacks = None in readings
    custody = Custody(
        told[0].kind,
        Days(min(one.begun.earliest for one in told), max(one.begun.latest for one in told)),
        Days(min(one.ended.earliest for one in told), max(one.ended.latest for one in told)),
        (0 if lacks else min(one.held[0] for one in told), max(one.held[1] for one in told)),
        (min(one.ratio[0] for one in told), max(one.ratio[1] for one in told)),
    )
    rows = tuple(dict.fromkeys(row for one in steps for row in one.rows))
    least = 0 if lacks else min(one.least for one in steps)
    return replace(steps[0], rows=rows, least=least, most=max(one.most for one in steps), custody=custody)


def _remarks(case: TermCase, worth: Sequence[Credit]) -> Iterator[StepKind]:
    """Tell what of the custody is not as it seems: none, interrupted, written twice, or longer than what counts."""
    if not any(credit.stretches for credit in worth):
        yield StepKind.NO_CUSTODY
    elif not any(credit.is_held_on_the_eve for credit in worth):
        yield StepKind.NOT_HELD
    elif not all(credit.is_held_on_the_eve for credit in worth):
        yield StepKind.PERHAPS_NOT_HELD
    spans = [(one.start.latest, one.end.earliest if one.end else date.max) for one in case.custody]
    pairs = ((one, other) for number, one in enumerate(spans) for other in spans[:number])
    if any(one[0] and one[1] and other[0] and other[1] and _meet(one, other) for one, other in pairs):
        yield StepKind.ONCE
    last = worth[-1].in_force
    if any(one.end is not None and one.end.latest is not None and one.end.latest > last for one in case.custody):
        yield StepKind.AFTERWARDS


def _meet(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    assert one[0] and one[1] and other[0] and other[1]  # noqa: S101, PT018 - the caller has looked
    return one[0] <= other[1] and other[0] <= one[1]


# What makes the sum come out -----------------------------------------------------------------------------------------


def _rounding(law: TermLaw, worth: Sequence[Credit], credited: Sequence[Step]) -> Step | None:
    """Return what rounding, the day of entry into force, or times that depend on one another change in the sum."""
    total = min(floor(one.total) for one in worth), max(ceil(one.total + one.boundary) for one in worth)
    least, most = total[0] - sum(one.least for one in credited), total[1] - sum(one.most for one in credited)
    differs = bool(least or most)
    has_halves = any(ratio.denominator > 1 for step in credited if step.custody for ratio in step.custody.ratio)
    kinds = (
        (StepKind.BOUNDARY, any(one.boundary for one in worth)),
        (StepKind.ROUNDING, any(one.total.denominator > 1 for one in worth) or (differs and has_halves)),
        (StepKind.DEPENDENT, differs),
    )
    return next((Step(kind, (law.term,), least, most, total=total) for kind, holds in kinds if holds), None)


def _unequal(law: TermLaw, worth: Sequence[Credit], taken: Sequence[Step], ends: Days, last_day: Days) -> Step | None:
    """Return what years and months of unequal length change, or that custody was unbroken and they change nothing."""
    least = most = 0
    if ends.earliest == ends.latest:
        least = (ends.latest - last_day.latest).days - sum(one.least for one in taken)
        most = (ends.earliest - last_day.earliest).days - sum(one.most for one in taken)
    firsts = [credit.first for credit in worth if credit.first is not None]
    if firsts and all(credit.is_unbroken for credit in worth):
        return Step(StepKind.UNBROKEN, (law.term,), least, most, days=Days(min(firsts), max(firsts)))
    return Step(StepKind.CALENDAR, (law.term,), least, most) if least or most else None
