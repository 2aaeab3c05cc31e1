"""Partial dates, ages and durations in the reader's words: en, uk, ru, crh-Latn (others read English).

Whatever `describe` says, `parse` reads back as the same date.
"""

from dataclasses import dataclass
from datetime import date

from cases.domain.date_arithmetic import UNKNOWN, Span, held_months
from cases.domain.edtf_dates import (
    AUTUMN,
    SPRING,
    SUMMER,
    WINTER,
    PartialDate,
    Precision,
    add_days,
    read_edtf,
)

_SEASONS = (SPRING, SUMMER, AUTUMN, WINTER)


@dataclass(frozen=True, slots=True)
class _Tongue:
    """How one language tells dates. Templates name their one date `{}`."""

    months: tuple[str, ...]
    months_genitive: tuple[str, ...]  # after "around", "before", "after" and a day's number
    seasons: tuple[str, ...]
    seasons_genitive: tuple[str, ...]
    decade: str
    decade_genitive: str
    around: str
    possibly: str
    or_earlier: str
    or_later: str
    before_year: str
    before_month: str
    after_year: str
    after_month: str
    unknown: str
    about: str
    at_least: str
    at_most: str
    between: str
    joint: str
    # unit -> nominative one, few, many; genitive singular, genitive plural
    units: dict[str, tuple[str, str, str, str, str]]
    slavic_plurals: bool


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_EN_MONTHS = _split("January February March April May June July August September October November December")
_CRH_MONTHS = _split("yanvar fevral mart aprel mayıs iyün iyül avgust sentâbr oktâbr noyabr dekabr")
_TONGUES = {
    "en": _Tongue(
        months=_EN_MONTHS,
        months_genitive=_EN_MONTHS,
        seasons=_split("spring summer autumn winter"),
        seasons_genitive=_split("spring summer autumn winter"),
        decade="{}s",
        decade_genitive="{}s",
        around="around {}",
        possibly="possibly {}",
        or_earlier="{} or earlier",
        or_later="{} or later",
        before_year="before {}",
        before_month="before {}",
        after_year="after {}",
        after_month="after {}",
        unknown="unknown length of time",
        about="about {}",
        at_least="at least {}",
        at_most="up to {}",
        between="between {} and {}",
        joint=", ",
        units={
            "day": ("day", "days", "days", "day", "days"),
            "month": ("month", "months", "months", "month", "months"),
            "year": ("year", "years", "years", "year", "years"),
        },
        slavic_plurals=False,
    ),
    "uk": _Tongue(
        months=_split("січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень"),
        months_genitive=_split(
            "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"
        ),
        seasons=_split("весна літо осінь зима"),
        seasons_genitive=_split("весни літа осені зими"),
        decade="{}-ті роки",
        decade_genitive="{}-х років",
        around="близько {}",
        possibly="можливо, {}",
        or_earlier="{} або раніше",
        or_later="{} або пізніше",
        before_year="до {}",
        before_month="до {}",
        after_year="після {}",
        after_month="після {}",
        unknown="невідомо скільки",
        about="близько {}",
        at_least="щонайменше {}",
        at_most="до {}",
        between="від {} до {}",
        joint=" ",
        units={
            "day": ("день", "дні", "днів", "дня", "днів"),
            "month": ("місяць", "місяці", "місяців", "місяця", "місяців"),
            "year": ("рік", "роки", "років", "року", "років"),
        },
        slavic_plurals=True,
    ),
    "ru": _Tongue(
        months=_split("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
        months_genitive=_split("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
        seasons=_split("весна лето осень зима"),
        seasons_genitive=_split("весны лета осени зимы"),
        decade="{}-е годы",
        decade_genitive="{}-х годов",
        around="около {}",
        possibly="возможно, {}",
        or_earlier="{} или раньше",
        or_later="{} или позже",
        before_year="до {}",
        before_month="до {}",
        after_year="после {}",
        after_month="после {}",
        unknown="неизвестно сколько",
        about="около {}",
        at_least="не менее {}",
        at_most="до {}",
        between="от {} до {}",
        joint=" ",
        units={
            "day": ("день", "дня", "дней", "дня", "дней"),
            "month": ("месяц", "месяца", "месяцев", "месяца", "месяцев"),
            "year": ("год", "года", "лет", "года", "лет"),
        },
        slavic_plurals=True,
    ),
    "crh-latn": _Tongue(
        months=_CRH_MONTHS,
        months_genitive=_CRH_MONTHS,
        seasons=_split("baar yaz küz qış"),
        seasons_genitive=_split("baar yaz küz qış"),
        decade="{}–{} seneleri",
        decade_genitive="{}–{} seneleri",
        around="taqriben {}",
        possibly="belki {}",
        or_earlier="{} yaki daa evel",
        or_later="{} yaki daa soñ",
        before_year="{} senesinden evel",
        before_month="{} ayından evel",
        after_year="{} senesinden soñ",
        after_month="{} ayından soñ",
        unknown="müddeti belli degil",
        about="taqriben {}",
        at_least="eñ az {}",
        at_most="eñ çoq {}",
        between="{}–{}",
        joint=" ",
        units={
            "day": ("kün",) * 5,
            "month": ("ay",) * 5,
            "year": ("yıl",) * 5,
        },
        slavic_plurals=False,
    ),
}
_UK_DECADES = {0: "{}-ні роки", 4: "{}-ві роки"}  # двотисячні, сорокові; the others end in -ті
_SAME_TONGUE = {"crh": "crh-latn"}


def _tongue(language: str) -> tuple[str, _Tongue]:
    code = language.lower().replace("_", "-")
    for name in (code, _SAME_TONGUE.get(code, ""), code.split("-")[0]):
        if name in _TONGUES:
            return name, _TONGUES[name]
    return "en", _TONGUES["en"]


def month_name(month: int, language: str) -> str:
    """The month 1 to 12 as it stands alone: "May", "травень"."""
    return _tongue(language)[1].months[month - 1]


def describe(value: PartialDate, language: str) -> str:
    """ "May 2018", "around 1937", "before 2019", "3–5 травня 2018"; never raises for a parsed date.

    "2018-12-31" as the last day of an open period reads "before 2019"; "../2019" includes 2019
    and reads "2019 or earlier".
    """
    left, slash, right = value.text.partition("/")
    if not slash:
        return _one(left, language)
    if left == "..":
        return _open_start(right, language)
    if right == "..":
        return _open_end(left, language)
    return _closed(left, right, language)


def _one(text: str, language: str) -> str:
    _, tongue = _tongue(language)
    bare = text.rstrip("~?%")
    marks = text[len(bare) :]
    approximate = marks in {"~", "%"}
    said = _plain(bare, language, genitive=approximate)
    if approximate:
        said = tongue.around.format(said)
    return tongue.possibly.format(said) if marks in {"?", "%"} else said


def _plain(text: str, language: str, *, genitive: bool) -> str:
    """One date without marks; in the genitive after "around" and the like."""
    name, tongue = _tongue(language)
    parts = text.split("-")
    year = parts[0]
    if year.endswith("XX"):
        return f"{year.replace('X', '0')}–{year.replace('X', '9')}"
    if year.endswith("X"):
        return _decade(year, name, tongue, genitive=genitive)
    if len(parts) == 1:
        return year
    month = int(parts[1])
    if len(parts) == 3:
        return f"{int(parts[2])} {tongue.months_genitive[month - 1]} {year}"
    if month in _SEASONS:
        seasons = tongue.seasons_genitive if genitive else tongue.seasons
        return f"{seasons[month - SPRING]} {year}"
    months = tongue.months_genitive if genitive else tongue.months
    return f"{months[month - 1]} {year}"


def _decade(year: str, name: str, tongue: _Tongue, *, genitive: bool) -> str:
    pattern = tongue.decade_genitive if genitive else tongue.decade
    if name == "uk" and not genitive and year != "190X":
        pattern = _UK_DECADES.get(int(year[2]), pattern)
    return pattern.format(year.replace("X", "0"), year.replace("X", "9"))


def _open_start(text: str, language: str) -> str:
    _, tongue = _tongue(language)
    end = read_edtf(text)
    if end and end.precision is Precision.DAY and end.text == str(end.latest) and end.latest:
        following = add_days(end.latest, 1)
        if following != end.latest and following.day == 1:
            return _beyond(following, language, tongue.before_year, tongue.before_month)
    return tongue.or_earlier.format(_one(text, language))


def _open_end(text: str, language: str) -> str:
    _, tongue = _tongue(language)
    start = read_edtf(text)
    if start and start.precision is Precision.DAY and start.text == str(start.earliest):
        previous = add_days(start.earliest, -1) if start.earliest else None
        if previous and start.earliest and previous != start.earliest and start.earliest.day == 1:
            whole_year = tongue.after_year if start.earliest.month == 1 else ""
            return _beyond(previous, language, whole_year, tongue.after_month)
    return tongue.or_later.format(_one(text, language))


def _beyond(day: date, language: str, of_year: str, of_month: str) -> str:
    """ "Before" or "after" the year that begins or ends on this day, or else its month."""
    if (day.month, day.day) in {(1, 1), (12, 31)}:
        return of_year.format(f"{day.year:04}")
    month = _plain(f"{day.year:04}-{day.month:02}", language, genitive=True)
    return of_month.format(month)


def _closed(left: str, right: str, language: str) -> str:
    """Both ends, without repeating a year or month that they share."""
    _, tongue = _tongue(language)
    start, end = left.split("-"), right.split("-")
    last = _one(right, language)
    whole = f"{_one(left, language)} – {last}"
    if set(left + right) & set("~?%X") or len(start) != len(end):
        return whole
    if len(start) == 1:
        return f"{left}–{right}"
    if start[0] != end[0] or int(start[1]) in _SEASONS or int(end[1]) in _SEASONS:
        return whole
    if len(start) == 2:
        return f"{tongue.months[int(start[1]) - 1]}–{last}"
    if start[1] == end[1]:
        return f"{int(start[2])}–{last}"
    return f"{int(start[2])} {tongue.months_genitive[int(start[1]) - 1]} – {last}"


# Lengths of time -----------------------------------------------------------------------------
_MEAN_MONTH = 30.436875  # days: a 400-year cycle has 146097 days and 4800 months
_DAYS_SHOWN = 60  # shorter stretches are told in days
_MONTHS_SHOWN = 36  # wider ranges are told in years
_ABOUT = 2  # a range so many months wide or less is told as one "about"


def _count(number: int, unit: str, tongue: _Tongue, *, genitive: bool) -> str:
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


def _years_and_months(months: int, tongue: _Tongue, *, genitive: bool) -> str:
    years, rest = divmod(months, 12)
    parts = [
        _count(number, unit, tongue, genitive=genitive) for number, unit in ((years, "year"), (rest, "month")) if number
    ]
    return tongue.joint.join(parts) or _count(0, "month", tongue, genitive=genitive)


def _ranged(least: int | None, most: int | None, unit: str, language: str) -> str:
    """ "between 14 and 26 months", "up to 4 years", "at least 1 year"."""
    name, tongue = _tongue(language)
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
    """A span of days as people say it: "12 days", "8 years, 6 months", "between 14 and 26 months".

    Months are mean months here, as a number of days belongs to no calendar; ranges are rounded
    outwards. With both dates at hand `describe_held` counts by the calendar.
    """
    if span.most is None and (span.least is None or span.least <= 1):
        return _tongue(language)[1].unknown
    if (span.most if span.most is not None else span.least or 0) <= _DAYS_SHOWN:
        return _ranged(span.least, span.most, "day", language)
    least = _mean_months(span.least or 0)
    if span.most is None:
        return _month_range(Span(least, None), language)
    if span.least == span.most:
        return _years_and_months(least, _tongue(language)[1], genitive=False)
    return _month_range(Span(least, -int(-span.most // _MEAN_MONTH)), language)


def _mean_months(days: int) -> int:
    """Full months; a day and a half of grace, so that 28 days are none and 365 days are twelve."""
    return int((days + 1.5) / _MEAN_MONTH)


def _month_range(span: Span, language: str) -> str:
    _, tongue = _tongue(language)
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


def _months(months: int, tongue: _Tongue) -> str:
    """In the genitive: "14 months" while short, else "8 years, 6 months"."""
    if months < 24:
        return _count(months, "month", tongue, genitive=True)
    return _years_and_months(months, tongue, genitive=True)


def describe_held(start: PartialDate, end: date, language: str) -> str:
    """From start to end by the calendar, both days counted: "8 years, 6 months", "about 14 months".

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
        tongue = _tongue(language)[1]
        if start.uncertain:
            return tongue.about.format(_years_and_months(span.least, tongue, genitive=True))
        return _years_and_months(span.least, tongue, genitive=False)
    return _month_range(span, language)
