"""Ages and durations between partial dates, as ranges of whole numbers."""

from dataclasses import dataclass
from datetime import date

from cases.domain.edtf_dates import PartialDate, add_days, add_months, as_partial


@dataclass(frozen=True, slots=True)
class Span:
    """A whole number known to lie between two others, both included; `None` is unbounded."""

    least: int | None
    most: int | None


UNKNOWN = Span(None, None)


def full_months(start: date, end: date) -> int:
    """Whole calendar months from one day to a later one (31 January to 28 February is one)."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if add_months(start, months) > end else months


def _full_years(born: date, on: date) -> int:
    """Birthdays passed; someone born on 29 February ages on 1 March of other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age(born: PartialDate, on: PartialDate | date) -> Span:
    """Full years from birth to a day. A day certainly before the birth gives an unbounded span."""
    day = as_partial(on)
    most = _full_years(born.earliest, day.latest) if born.earliest and day.latest else None
    if most is not None and most < 0:
        return UNKNOWN
    if born.latest is None or day.earliest is None:
        return Span(0, most)
    return Span(max(_full_years(born.latest, day.earliest), 0), most)


def duration_days(start: PartialDate | date, end: PartialDate | date) -> Span:
    """Days held from start to end, both counted: one day to the same day is 1.

    It is taken for granted that the end is not before the start; where that is impossible the
    span is unbounded, as nothing can be said.
    """
    first, last = as_partial(start), as_partial(end)
    most = (last.latest - first.earliest).days + 1 if first.earliest and last.latest else None
    if most is not None and most < 1:
        return UNKNOWN
    if first.latest is None or last.earliest is None:
        return Span(1, most)
    return Span(max((last.earliest - first.latest).days + 1, 1), most)


def held_months(start: PartialDate, end: date) -> Span:
    """Months held by the calendar, both days counted: at least so many full ones, at most so many begun."""
    after = add_days(end, 1)
    latest = min(start.latest or end, end)
    least = full_months(latest, after)
    if start.earliest is None:
        return Span(least, None)
    full = full_months(start.earliest, after)
    begun = full if add_months(start.earliest, full) == after else full + 1
    return Span(least, begun)
