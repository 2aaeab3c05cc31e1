"""Lengths of time and ages in the reader's words: en, uk, ru, crh-Latn (others read English)."""

from datetime import date

from cases.domain.date_arithmetic import UNKNOWN, Span, held_months
from cases.domain.date_tongues import Tongue, tongue_of
from cases.domain.edtf_dates import PartialDate

_MEAN_MONTH = 30.436875  # days: a 400-year cycle has 146097 days and 4800 months
_DAYS_SHOWN = 60  # shorter stretches are told in days
_MONTHS_SHOWN = 36  # wider ranges are told in years
_ABOUT = 2  # a range so many months wide or less is told as one "about"


def _count(number: int, unit: str, tongue: Tongue, *, genitive: bool) -> str:
    """ "3 роки", or "3 років" where the phrase asks for the genitive."""
    one, few, many, genitive_one, genitive_many = tongue.units[unit]
    if not tongue.slavic_plurals:
        return f"{number} {one if number == 1 else many}"
    ends_in_one = number % 10 == 1 and number % 100 != 11
    if genitive:
        return f"{number} {genitive_one if ends_in_one else genitive_many}"
    if ends_in_one:
        return f"{number} {one}"
    if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14:
        return f"{number} {few}"
    return f"{number} {many}"


def _years_and_months(months: int, tongue: Tongue, *, genitive: bool) -> str:
    years, rest = divmod(months, 12)
    parts = [
        _count(number, unit, tongue, genitive=genitive) for number, unit in ((years, "year"), (rest, "month")) if number
    ]
    return " ".join(parts) or _count(0, "month", tongue, genitive=genitive)


def _ranged(least: int | None, most: int | None, unit: str, language: str) -> str:
    """ "between 14 and 26 months", "up to 4 years", "at least 1 year"."""
    name, tongue = tongue_of(language)
    if most is None:
        if not least:
            return tongue.unknown
        return tongue.at_least.format(_count(least, unit, tongue, genitive=name == "ru"))
    if least == most:
        return _count(most, unit, tongue, genitive=False)
    if not least:
        return tongue.at_most.format(_count(most, unit, tongue, genitive=True))
    return tongue.between.format(least, _count(most, unit, tongue, genitive=True))


def describe_years(span: Span, language: str) -> str:
    """A span of whole years, such as an age: "41 years", "between 41 and 42 years"."""
    return _ranged(span.least, span.most, "year", language)


def describe_days(span: Span, language: str) -> str:
    """A span of days as people say it: "12 days", "8 years 6 months", "between 14 and 26 months".

    Months are mean months here, as a number of days belongs to no calendar; ranges are rounded
    outwards. With both dates at hand `describe_held` counts by the calendar.
    """
    if span.most is None and (span.least is None or span.least <= 1):
        return tongue_of(language)[1].unknown
    if (span.most if span.most is not None else span.least or 0) <= _DAYS_SHOWN:
        return _ranged(span.least, span.most, "day", language)
    least = _mean_months(span.least or 0)
    if span.most is None:
        return _month_range(Span(least, None), language)
    if span.least == span.most:
        return _years_and_months(least, tongue_of(language)[1], genitive=False)
    return _month_range(Span(least, -int(-span.most // _MEAN_MONTH)), language)


def _mean_months(days: int) -> int:
    """Full months; a day and a half of grace, so that 28 days are none and 365 days are twelve."""
    return int((days + 1.5) / _MEAN_MONTH)


def _month_range(span: Span, language: str) -> str:
    _, tongue = tongue_of(language)
    least, most = span.least or 0, span.most
    if most is None:
        if not least:
            return tongue.unknown
        if least < _MONTHS_SHOWN:
            return _ranged(least, None, "month", language)
        return _ranged(least // 12, None, "year", language)
    if least and most - least <= _ABOUT:
        return tongue.about.format(_months((least + most) // 2, tongue))
    whole_years = least % 12 == 0 and most % 12 == 0
    if most <= _MONTHS_SHOWN and not whole_years:
        return _ranged(least, most, "month", language)
    return _ranged(least // 12, -(-most // 12), "year", language)


def _months(months: int, tongue: Tongue) -> str:
    """In the genitive: "14 months" while short, else "8 years 6 months"."""
    if months < 24:
        return _count(months, "month", tongue, genitive=True)
    return _years_and_months(months, tongue, genitive=True)


def describe_held(start: PartialDate, end: date, language: str) -> str:
    """From start to end by the calendar, both days counted: "8 years 6 months", "about 14 months".

    A start that cannot be before the end gives "unknown length of time".
    """
    if start.earliest and start.earliest > end:
        return describe_days(UNKNOWN, language)
    if start.earliest is not None and (end - start.earliest).days < _DAYS_SHOWN:
        latest = min(start.latest or end, end)
        days = Span((end - latest).days + 1, (end - start.earliest).days + 1)
        return describe_days(days, language)
    span = held_months(start, end)
    if start.is_day() and span.least is not None:
        tongue = tongue_of(language)[1]
        if start.uncertain:
            return tongue.about.format(_years_and_months(span.least, tongue, genitive=True))
        return _years_and_months(span.least, tongue, genitive=False)
    return _month_range(span, language)
