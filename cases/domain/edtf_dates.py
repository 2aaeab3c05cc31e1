"""A date known only in part: the value, its EDTF text (ISO 8601-2) and the days it may stand for.

A partial date stands for *one* day that is not fully known: "2018" is some day of 2018 and
"2016/2017" some day of those two years. That is the reading which comparison and arithmetic use.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.enums import gettext_noop

LONGEST = 40  # characters of text that anybody may type; canonical text needs at most 23


ACCEPTED = gettext_noop(
    "Accepted are 2018, 05/2018, 21.05.2018, May 2018, 21 May 2018, autumn 2018, 1930s, "
    "around 1937, before 2019, after 2018, between 2016 and 2017, and EDTF such as 2018~, 2018-05?, "
    "../2019 or 2016/2017."
)
MESSAGES = {
    "unreadable": gettext_noop("This is not a date that can be read."),
    "empty": gettext_noop("There is no date here."),
    "too_long": gettext_noop("A date has at most 40 characters."),
    "characters": gettext_noop("There are invisible or control characters in this date."),
    "digits": gettext_noop("Write numbers with the digits 0 to 9."),
    "no_such_day": gettext_noop("There is no such day in that month (the day comes first)."),
    "no_such_month": gettext_noop("Months run from 1 to 12 (the day comes first, then the month, then the year)."),
    "year": gettext_noop("Years run from 0001 to 9999."),
    "no_year": gettext_noop("A date needs its year, written with four digits."),
    "reversed": gettext_noop("The end of this period comes before its beginning."),
    "no_bounds": gettext_noop("A period needs a beginning or an end."),
}


class PartialDateError(ValueError):
    """The text is no date we accept. `str()` says in English what is wrong and what is accepted."""

    def __init__(self, message_code: str) -> None:
        self.message_code = message_code
        super().__init__(f"{MESSAGES[message_code]} {ACCEPTED}")

    def __reduce__(self) -> tuple[type["PartialDateError"], tuple[str]]:
        return type(self), (self.message_code,)


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"


class Certainty(StrEnum):
    YES = "yes"
    POSSIBLY = "possibly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """One day, known in part. Make it with `parse` or `from_day`, never by hand.

    `earliest` and `latest` are the first and last day it can be; `None` is open towards the past
    or the future. Those of an approximate date ("2018~") lie wider than the stated period by the
    convention in `MARGINS`. `uncertain` ("2018?": the source doubts it) widens nothing.
    """

    text: str
    earliest: date | None
    latest: date | None
    approximate: bool
    uncertain: bool
    precision: Precision

    def __str__(self) -> str:
        return self.text

    def is_day(self) -> bool:
        """Whether only one day is possible."""
        return self.earliest is not None and self.earliest == self.latest

    def before(self, other: "PartialDate | date") -> Certainty:
        """YES if every possible day of ours is before every one of the other's, NO if none is."""
        that = as_partial(other)
        if _certainly_less(self.latest, that.earliest):
            return Certainty.YES
        if _certainly_not_less(self.earliest, that.latest):
            return Certainty.NO
        return Certainty.POSSIBLY

    def after(self, other: "PartialDate | date") -> Certainty:
        """YES if every possible day of ours is after every one of the other's, NO if none is."""
        return as_partial(other).before(self)

    def overlaps(self, other: "PartialDate | date") -> Certainty:
        """Whether both are the same day: YES only for two equal single days, NO if they share none."""
        that = as_partial(other)
        if _certainly_less(self.latest, that.earliest) or _certainly_less(that.latest, self.earliest):
            return Certainty.NO
        return Certainty.YES if self.is_day() and that.is_day() else Certainty.POSSIBLY


def _certainly_less(latest: date | None, earliest: date | None) -> bool:
    return latest is not None and earliest is not None and latest < earliest


def _certainly_not_less(earliest: date | None, latest: date | None) -> bool:
    return earliest is not None and latest is not None and earliest >= latest


def from_day(day: date) -> PartialDate:
    """A fully known day (of a datetime, its calendar day as written)."""
    only = date(day.year, day.month, day.day)
    return PartialDate(only.isoformat(), only, only, approximate=False, uncertain=False, precision=Precision.DAY)


def as_partial(value: PartialDate | date) -> PartialDate:
    return value if isinstance(value, PartialDate) else from_day(value)


def add_months(day: date, months: int) -> date:
    """The same day of a later or earlier month, or that month's last day where it is shorter.

    Stops at the ends of the calendar (years 1 and 9999).
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date:
    """Like `day + timedelta`, but stops at the ends of the calendar."""
    ordinal = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)


# The house's convention for "around": one unit of the stated precision on either side, half a unit
# for a decade and a quarter for a century. (months, days)
MARGINS: dict[Precision, tuple[int, int]] = {
    Precision.DAY: (0, 1),
    Precision.MONTH: (1, 0),
    Precision.SEASON: (1, 0),
    Precision.YEAR: (12, 0),
    Precision.DECADE: (60, 0),
    Precision.CENTURY: (300, 0),
}
# EDTF 21 to 24, northern hemisphere: the first month of each. "Winter 2025" may mean either winter
# that touches 2025, so it reaches from December 2024 to February 2026.
SPRING, SUMMER, AUTUMN, WINTER = 21, 22, 23, 24
SEASON_STARTS = {SPRING: 3, SUMMER: 6, AUTUMN: 9, WINTER: 12}

_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d\dXX)"
    r"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?P<mark>[~?%]?)"
)
#: The last digit of a day or of a month not known: "2018-05-2X", "2018-1X".
_OPEN_DIGIT = re.compile(r"(?P<year>\d{4})-(?:(?P<month>\d\d)-)?(?P<digit>\d)X")


@dataclass(frozen=True, slots=True)
class _Stated:
    """One date as stated: its canonical text and the period before any margin."""

    text: str
    first: date
    last: date
    mark: str
    precision: Precision

    @property
    def approximate(self) -> bool:
        return self.mark in {"~", "%"}

    @property
    def uncertain(self) -> bool:
        return self.mark in {"?", "%"}

    def earliest(self) -> date:
        if not self.approximate:
            return self.first
        months, days = MARGINS[self.precision]
        return add_days(add_months(self.first, -months), -days)

    def latest(self) -> date:
        if not self.approximate:
            return self.last
        months, days = MARGINS[self.precision]
        if not months:
            return add_days(self.last, days)
        moved = add_months(self.last.replace(day=1), months)
        return moved.replace(day=calendar.monthrange(moved.year, moved.month)[1])


def read_edtf(text: str) -> PartialDate | None:
    """Read EDTF; `None` if the text has not that shape.

    Raises `PartialDateError` where it has the shape but names no possible date. `/2019` and
    `2018/` (unknown bound) are read as open; `2018-XX` and `2018-05-XX` as `2018` and `2018-05`, and
    `2018-05-2X` as the range `2018-05-20/2018-05-29`.
    """
    if match := _OPEN_DIGIT.fullmatch(text):
        return _read_open_digit(match["year"], match["month"], int(match["digit"]))
    if "/" in text:
        return _read_interval(*text.split("/")) if text.count("/") == 1 else None
    stated = _read_one(text)
    if stated is None:
        return None
    return PartialDate(
        stated.text,
        stated.earliest(),
        stated.latest(),
        stated.approximate,
        stated.uncertain,
        stated.precision,
    )


def _read_open_digit(year: str, month: str | None, digit: int) -> PartialDate | None:
    """The days or months of which the first digit is known, as a range."""
    if month is None:
        problem, last = "no_such_month", 12
    else:
        first_day, last_day, _precision = _month_or_day(max(int(year), date.min.year), int(month), None)
        problem, last = "no_such_day", (last_day - first_day).days + 1
    lowest, highest = max(10 * digit, 1), min(10 * digit + 9, last)
    if lowest > highest:
        raise PartialDateError(problem)
    before = f"{year}-{month}" if month else year
    return read_edtf(f"{before}-{lowest:02}/{before}-{highest:02}")


def _read_interval(left: str, right: str) -> PartialDate | None:
    open_start, open_end = left in {"", ".."}, right in {"", ".."}
    if open_start and open_end:
        raise PartialDateError("no_bounds")
    start = None if open_start else _read_one(left)
    end = None if open_end else _read_one(right)
    if (start is None and not open_start) or (end is None and not open_end):
        return None
    if start and end:
        if start.first > end.last:
            raise PartialDateError("reversed")
        if start.text == end.text:
            return read_edtf(start.text)
    stated = [one for one in (start, end) if one]
    return PartialDate(
        f"{start.text if start else '..'}/{end.text if end else '..'}",
        start.earliest() if start else None,
        end.latest() if end else None,
        any(one.approximate for one in stated),
        any(one.uncertain for one in stated),
        Precision.INTERVAL,
    )


def _read_one(text: str) -> _Stated | None:
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, mark = match["year"], match["mark"]
    month = None if match["month"] == "XX" else match["month"]
    day = None if match["day"] == "XX" else match["day"]
    if day and not month:  # some month's 21st: nothing to compute with
        return None
    if year.endswith("X"):
        return None if match["month"] else _read_years(year, mark)
    number = int(year)
    if number < date.min.year:
        raise PartialDateError("year")
    if not month:
        return _Stated(year + mark, date(number, 1, 1), date(number, 12, 31), mark, Precision.YEAR)
    if int(month) in SEASON_STARTS and not day:
        first, last = _season_days(number, int(month))
        return _Stated(f"{year}-{month}{mark}", first, last, mark, Precision.SEASON)
    first, last, precision = _month_or_day(number, int(month), int(day) if day else None)
    return _Stated("-".join(filter(None, (year, month, day))) + mark, first, last, mark, precision)


def _read_years(year: str, mark: str) -> _Stated:
    """`193X` and `19XX`. The first years of the calendar begin with year 1."""
    first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
    precision = Precision.CENTURY if year.endswith("XX") else Precision.DECADE
    return _Stated(year + mark, date(max(first, 1), 1, 1), date(last, 12, 31), mark, precision)


def _season_days(year: int, season: int) -> tuple[date, date]:
    """First and last possible day of a season."""
    start = date(year, SEASON_STARTS[season], 1)
    last = add_days(add_months(start, 3), -1) if year < date.max.year else date.max
    if season == WINTER:
        return add_months(start, -12), last
    return start, add_days(add_months(start, 3), -1)


def _month_or_day(year: int, month: int, day: int | None) -> tuple[date, date, Precision]:
    if not 1 <= month <= 12:
        raise PartialDateError("no_such_month")
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, length), Precision.MONTH
    if not 1 <= day <= length:
        raise PartialDateError("no_such_day")
    return date(year, month, day), date(year, month, day), Precision.DAY
