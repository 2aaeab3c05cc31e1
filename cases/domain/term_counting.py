"""Until when a term of imprisonment lasts by the law of the captor, as an interval, with every step of the working.

The term begins on the day the sentence enters force and ends on start + term - credited days - 1, in calendar years and
months (article 72). Two ways of counting are in use where leap days or months of unequal length lie between: days are
taken from the end of the term, or its beginning is moved back by them. Where they differ both are given. Unbroken
custody that counts day for day ends, either way, at detention + term - 1. Where a day of detention counts for more than
one, the day on which the sentence enters force may or may not be counted as one of them, and half days may be rounded
either way: the earliest day takes both for the prisoner, the latest against.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise, product
from math import ceil, floor

from cases.domain.partial_dates import add_days, add_months
from cases.domain.term_case import Held, Segment, TermCase
from cases.domain.term_law import REGIMES, CustodyKind, Listed, Parole, Row, TermLaw
from cases.domain.terms import Term

DAY = timedelta(days=1)
#: A day on which a person was held in two ways at once is counted in the harsher one.
HARSHEST_FIRST = (CustodyKind.SIZO, CustodyKind.STRICT_CONDITIONS, CustodyKind.HOUSE_ARREST)
#: Days of a date known in part that are tried one by one; of a longer range, its ends and the turns of its months.
TRIED = 100


class StepKind(StrEnum):
    """What a step of the working says."""

    IN_FORCE = "in_force"
    CREDIT = "credit"
    EXCLUDED = "excluded"
    PERHAPS_EXCLUDED = "perhaps_excluded"
    REGIME_UNKNOWN = "regime_unknown"
    OFFENCES_UNKNOWN = "offences_unknown"
    NOT_HELD = "not_held"
    ROUNDING = "rounding"
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
class Step:
    """One step of the working: the rule, what went in, and its effect in days (least and most)."""

    kind: StepKind
    row: Row | None = None
    least: int | None = None
    most: int | None = None
    custody: CustodyKind | None = None
    ratio: Fraction | None = None
    regime: str = ""
    days: Days | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """The day on which the next part of the sentence begins to be served elsewhere."""

    before: str
    after: str
    days: Days


@dataclass(frozen=True, slots=True)
class Threshold:
    """From when the law allows to ask for release on parole. Where the prisoners are political it is hardly ever given."""

    parole: Parole
    days: Days


@dataclass(frozen=True, slots=True)
class Counted:
    """What follows from the law; `last_day` is None for life."""

    last_day: Days | None
    transfers: tuple[Transfer, ...]
    thresholds: tuple[Threshold, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Credit:
    """What the custody before the term is worth, for one reading of the dates, one regime and one reading of the lists."""

    in_force: date
    total: Fraction
    boundary: Fraction  # what the day of entry into force would add if it counted as detention, too
    tail: int  # days of unbroken custody at one to one or better that lead up to it
    first: date | None
    is_better: bool  # some day counts for more than one


def count(case: TermCase, law: TermLaw) -> Counted:
    """Return the last day, the transfers, the thresholds of parole, and the steps that lead to them."""
    worth = list(_credits(case, law))
    steps = list(_steps(case, law, worth))
    if case.life:
        days = _together([_interval(credit, Term(years=law.life.years)) for credit in worth])
        reached = Days(add_days(days.earliest, 1), add_days(days.latest, 1))
        return Counted(None, (), (Threshold(law.life, reached),), (*steps, Step(StepKind.LIFE, law.life.row)))
    last_day = _together([_interval(credit, case.term) for credit in worth])
    transfers = tuple(_transfers(case.segments, worth))
    parole = law.parole(case.offences) if case.offences_known else law.every_parole()
    thresholds = tuple(Threshold(one, _reached(one, case.term, worth)) for one in parole)
    return Counted(last_day, transfers, thresholds, (*steps, Step(StepKind.LAST_DAY, days=last_day)))


# What the custody is worth -----------------------------------------------------------------------------------------


def _credits(case: TermCase, law: TermLaw) -> Iterator[_Credit]:
    regimes = tuple(dict.fromkeys(one.regime for one in case.segments)) or (REGIMES[0], REGIMES[-1])
    listed = _listed(case, law)
    readings = (True, False) if listed is Listed.PERHAPS else (listed is Listed.YES,)
    for in_force in _days_of(case):
        for held in _extremes(case, in_force):
            ranges = list(_ranges(held, law))
            for regime, one_to_one in product(regimes, readings):
                yield _credit(ranges, in_force, law, regime, one_to_one=one_to_one)


def _listed(case: TermCase, law: TermLaw) -> Listed:
    return law.excluded(case.offences) if case.offences_known else Listed.PERHAPS


def _days_of(case: TermCase) -> list[date]:
    """Return the days on which the sentence can have entered force, as many as can make a difference."""
    first, last = case.in_force.earliest, case.in_force.latest
    assert first is not None and last is not None  # noqa: S101, PT018 - read_case refuses others
    length = (last - first).days
    if length <= TRIED:
        return [first + number * DAY for number in range(length + 1)]
    ends = {day for one in case.custody if one.end for day in (one.end.earliest, one.end.latest) if day}
    turns = {date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)}
    near = {day + shift * DAY for day in ends | turns for shift in (-1, 0, 1)}
    return sorted({first, last} | {day for day in near if first < day < last})


def _extremes(case: TermCase, in_force: date) -> list[list[tuple[CustodyKind, date, date]]]:
    """Return the longest and the shortest reading of the custody: more of it never moves the end later."""
    found = []
    for is_longest in (True, False):
        read = (_reading(one, in_force, is_longest=is_longest) for one in case.custody)
        found.append([(kind, first, last) for kind, first, last in read if first <= last])
    return found if found[0] != found[1] else found[:1]


def _reading(held: Held, in_force: date, *, is_longest: bool) -> tuple[CustodyKind, date, date]:
    before = in_force - DAY
    first = held.start.earliest if is_longest else held.start.latest
    last = before if held.end is None else held.end.latest if is_longest else held.end.earliest
    assert first is not None and last is not None  # noqa: S101, PT018 - read_case refuses others
    return held.kind, first, min(last, before)


def _ranges(held: list[tuple[CustodyKind, date, date]], law: TermLaw) -> Iterator[tuple[CustodyKind, date, date]]:
    """Yield the days of custody, each once, cut where the law changed; oldest first."""
    cuts = sorted({day for _kind, first, last in held for day in (first, last + DAY)} | set(law.changes))
    for start, after in pairwise(cuts):
        kinds = {kind for kind, first, last in held if first <= start <= last}
        kind = next((one for one in HARSHEST_FIRST if one in kinds), None)
        if kind is not None:
            yield kind, start, after - DAY


def _credit(
    ranges: list[tuple[CustodyKind, date, date]], in_force: date, law: TermLaw, regime: str, *, one_to_one: bool
) -> _Credit:
    total, tail, expected, is_better = Fraction(0), 0, in_force, False
    boundary = Fraction(0)
    for kind, first, last in ranges:
        ratio = law.ratio(kind, regime, first, one_to_one=one_to_one).days
        total += ratio * ((last - first).days + 1)
        is_better = is_better or ratio > 1
    for kind, first, last in reversed(ranges):
        ratio = law.ratio(kind, regime, first, one_to_one=one_to_one).days
        if last + DAY == in_force and ratio > 1:
            boundary = ratio
        if last + DAY != expected or ratio < 1:
            break
        tail += (last - first).days + 1
        expected = first
    return _Credit(in_force, total, boundary, tail, ranges[0][1] if ranges else None, is_better)


# The interval ------------------------------------------------------------------------------------------------------


def _ahead(day: date, term: Term) -> date:
    """Return the day after the last one of a term that begins on `day`."""
    return add_days(add_months(day, 12 * (term.years or 0) + (term.months or 0)), term.days or 0)


def _interval(credit: _Credit, term: Term) -> Days:
    start = credit.in_force
    least, most = floor(credit.total), ceil(credit.total + credit.boundary)
    early = _both_ways(start, term, most)
    late = _both_ways(start, term, least)
    # What is counted beside the unbroken custody before the term never makes its end later than that custody alone.
    latest = min(max(late), _ahead(add_days(start, -credit.tail), term) - DAY)
    earliest = min(early)
    if not credit.is_better and credit.first is not None:
        earliest = max(earliest, _ahead(credit.first, term) - DAY)
    return Days(min(earliest, latest), latest)


def _both_ways(start: date, term: Term, credited: int) -> tuple[date, date]:
    return add_days(_ahead(start, term), -credited - 1), _ahead(add_days(start, -credited), term) - DAY


def _together(found: list[Days]) -> Days:
    return Days(min(one.earliest for one in found), max(one.latest for one in found))


def _transfers(segments: tuple[Segment, ...], worth: list[_Credit]) -> Iterator[Transfer]:
    served = 0
    for before, after in pairwise(segments):
        served += before.months or 0
        days = _together([_interval(credit, Term(months=served)) for credit in worth])
        yield Transfer(before.regime, after.regime, Days(add_days(days.earliest, 1), add_days(days.latest, 1)))


def _reached(parole: Parole, term: Term, worth: list[_Credit]) -> Days:
    """Return the last day of the part that must have been served."""
    share = parole.fraction or Fraction(1)
    months = share * (12 * (term.years or 0) + (term.months or 0))
    rest = (months - floor(months)) * 30 + share * (term.days or 0)
    parts = [Term(months=floor(months), days=rounded) for rounded in {floor(rest), ceil(rest)}]
    return _together([_interval(credit, part) for credit in worth for part in parts])


# The working -------------------------------------------------------------------------------------------------------


def _steps(case: TermCase, law: TermLaw, worth: list[_Credit]) -> Iterator[Step]:
    first, last = case.in_force.earliest, case.in_force.latest
    assert first is not None and last is not None  # noqa: S101, PT018 - read_case refuses others
    yield Step(StepKind.IN_FORCE, days=Days(first, last))
    if not case.segments and not case.life:
        yield Step(StepKind.REGIME_UNKNOWN)
    listed = _listed(case, law)
    if not case.offences_known:
        yield Step(StepKind.OFFENCES_UNKNOWN, law.exclusion(always=True))
    for kind, said in ((Listed.YES, StepKind.EXCLUDED), (Listed.PERHAPS, StepKind.PERHAPS_EXCLUDED)):
        if listed is kind and case.offences_known:
            yield Step(said, law.exclusion(always=kind is Listed.YES))
    yield from _credited(case, law, one_to_one=listed is Listed.YES)
    if any(not credit.tail for credit in worth):
        yield Step(StepKind.NOT_HELD)
    least = min(floor(credit.total) for credit in worth)
    most = max(ceil(credit.total + credit.boundary) for credit in worth)
    if any(credit.boundary or credit.total.denominator > 1 for credit in worth):
        yield Step(StepKind.ROUNDING, least=least, most=most)


def _credited(case: TermCase, law: TermLaw, *, one_to_one: bool) -> Iterator[Step]:
    """Tell each kind of custody: its days, its ratio and the days that it takes from the term."""
    regimes = tuple(dict.fromkeys(one.regime for one in case.segments)) or (REGIMES[0], REGIMES[-1])
    told: dict[tuple[CustodyKind, Fraction, str, Row], list[int]] = {}
    ends = [_days_of(case)[0], _days_of(case)[-1]]
    for in_force in ends:
        for held in _extremes(case, in_force):
            sums: dict[tuple[CustodyKind, Fraction, str, Row], int] = {}
            for kind, first, last in _ranges(held, law):
                for regime in regimes:
                    ratio = law.ratio(kind, regime, first, one_to_one=one_to_one)
                    key = (kind, ratio.days, regime, ratio.rows[0])
                    sums[key] = sums.get(key, 0) + (last - first).days + 1
            for key, days in sums.items():
                told.setdefault(key, []).append(days)
    merged: dict[tuple[CustodyKind, Fraction, Row], list[int]] = {}
    for (kind, share, _regime, row), days_found in told.items():
        merged.setdefault((kind, share, row), []).extend(days_found)
    for (kind, share, row), days_found in merged.items():
        yield Step(
            StepKind.CREDIT,
            row,
            least=floor(min(days_found) * share),
            most=ceil(max(days_found) * share),
            custody=kind,
            ratio=share,
        )
