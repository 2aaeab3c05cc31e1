"""Until when a term of imprisonment lasts by the law of the captor, as an interval, with every step of the working.

The term begins on the day the sentence enters force and ends on start + term - credited days - 1, in calendar years and
months (article 72). Two ways of counting are in use where leap days or months of unequal length lie between: days are
taken from the end of the term, or its beginning is moved back by them. Where they differ both are given. Unbroken
custody that counts day for day ends, either way, at detention + term - 1. Where a day of detention counts for more than
one, the day on which the sentence enters force may or may not be counted as one of them, and half days may be rounded
either way: the earliest day takes both for the prisoner, the latest against.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from cases.domain.partial_dates import add_days, add_months
from cases.domain.term_case import Segment, TermCase, TermInputError
from cases.domain.term_credit import Credit, credits_of
from cases.domain.term_law import Parole, TermLaw
from cases.domain.term_working import Days, Step, working
from cases.domain.terms import Term
from cases.enums import gettext_noop

OTHER_CODE = gettext_noop("The code by which terms are counted here is in force since %(since)s: write a later date.")


@dataclass(frozen=True, slots=True)
class Transfer:
    """The day on which the next part of the sentence begins to be served elsewhere, the entry into force at the earliest."""

    before: str
    after: str
    days: Days


@dataclass(frozen=True, slots=True)
class Threshold:
    """The last day of what must be served before release on parole may be asked for. Where the prisoners are political
    it is hardly ever given."""

    parole: Parole
    days: Days


@dataclass(frozen=True, slots=True)
class Counted:
    """What follows from the law; `last_day` is None for life."""

    last_day: Days | None
    transfers: tuple[Transfer, ...]
    thresholds: tuple[Threshold, ...]
    steps: tuple[Step, ...]


def count(case: TermCase, law: TermLaw) -> Counted:
    """Return the last day, the transfers, the thresholds of parole, and the steps that lead to them.

    Raises `TermInputError` for a sentence that entered force before the law that counts it.
    """
    if case.in_force.latest is not None and case.in_force.latest < law.term.first:
        raise TermInputError("in_force", OTHER_CODE, since=law.term.first.isoformat())
    worth = list(credits_of(case, law))
    transfers = tuple(_transfers(case.segments, worth))
    if case.life:
        threshold = Threshold(law.life, _together([_interval(one, Term(years=law.life.years)) for one in worth]))
        return Counted(None, transfers, (threshold,), tuple(working(case, law, worth, None)))
    last_day = _together([_interval(credit, case.term) for credit in worth])
    parole = law.parole(case.offences) if case.offences_known else law.every_parole()
    thresholds = tuple(Threshold(one, _reached(one, case.term, worth)) for one in parole)
    return Counted(last_day, transfers, thresholds, tuple(working(case, law, worth, last_day)))


def _ahead(day: date, term: Term) -> date:
    """Return the day after the last one of a term that begins on `day`."""
    return add_days(add_months(day, 12 * (term.years or 0) + (term.months or 0)), term.days or 0)


def _interval(credit: Credit, term: Term) -> Days:
    start = credit.in_force
    least, most = floor(credit.total), ceil(credit.total + credit.boundary)
    early = _both_ways(start, term, most)
    late = _both_ways(start, term, least)
    # What is counted beside the unbroken custody before the term never makes its end later than that custody alone.
    latest = min(max(late), add_days(_ahead(add_days(start, -credit.tail), term), -1))
    earliest = min(early)
    if not credit.is_better and credit.first is not None:
        earliest = max(earliest, add_days(_ahead(credit.first, term), -1))
    return Days(min(earliest, latest), latest)


def _both_ways(start: date, term: Term, credited: int) -> tuple[date, date]:
    return add_days(_ahead(start, term), -credited - 1), add_days(_ahead(add_days(start, -credited), term), -1)


def _together(found: list[Days]) -> Days:
    return Days(min(one.earliest for one in found), max(one.latest for one in found))


def _transfers(segments: tuple[Segment, ...], worth: Sequence[Credit]) -> Iterator[Transfer]:
    """Yield the days of transfer; custody is credited first to the parts that come first, by their regimes."""
    served = 0
    for number, (before, after) in enumerate(pairwise(segments), start=1):
        served += before.months or 0
        regimes = {one.regime for one in segments[:number]}
        days = _together([_next_day(credit, Term(months=served)) for credit in worth if credit.regime in regimes])
        yield Transfer(before.regime, after.regime, days)


def _next_day(credit: Credit, term: Term) -> Days:
    days = _interval(credit, term)
    earliest, latest = (max(add_days(one, 1), credit.in_force) for one in (days.earliest, days.latest))
    return Days(earliest, latest)


def _reached(parole: Parole, term: Term, worth: Sequence[Credit]) -> Days:
    """Return the last day of the part that must have been served, never a day before the person was held."""
    share = parole.fraction or Fraction(1)
    months = share * (12 * (term.years or 0) + (term.months or 0))
    rest = (months - floor(months)) * 30 + share * (term.days or 0)
    parts = [Term(months=floor(months), days=rounded) for rounded in {floor(rest), ceil(rest)}]
    return _together([_held_by_then(credit, _interval(credit, part)) for credit in worth for part in parts])


def _held_by_then(credit: Credit, days: Days) -> Days:
    first = credit.first or credit.in_force
    return Days(max(days.earliest, first), max(days.latest, first))
