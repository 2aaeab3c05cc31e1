"""Partial dates in the reader's words: en, uk, ru, crh-Latn (others read English).

Whatever `describe` says, `parse` reads back as the same date.
"""

from datetime import date

from cases.domain.date_tongues import Tongue, tongue_of
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
_UK_DECADES = {0: "{}-ні роки", 4: "{}-ві роки"}  # двотисячні, сорокові; the others end in -ті


def month_name(month: int, language: str) -> str:
    """The month 1 to 12 as it stands alone: "May", "травень"."""
    return tongue_of(language)[1].months[month - 1]


def describe(value: PartialDate, language: str, *, genitive: bool = False) -> str:
    """ "May 2018", "around 1937", "before 2019", "3–5 травня 2018"; never raises for a parsed date.

    "2018-12-31" as the last day of an open period reads "before 2019"; "../2019" includes 2019
    and reads "2019 or earlier". `genitive` is for a place after "since", "from" or "until", where Slavic
    languages bend a month that stands alone: "з травня 2018"; `parse` need not read that back.
    """
    left, slash, right = value.text.partition("/")
    if not slash:
        return _one(left, language, genitive=genitive)
    if left == "..":
        return _open_start(right, language, genitive=genitive)
    if right == "..":
        return _open_end(left, language, genitive=genitive)
    return _closed(left, right, language, genitive=genitive)


def _one(text: str, language: str, *, genitive: bool) -> str:
    _, tongue = tongue_of(language)
    bare = text.rstrip("~?%")
    marks = text[len(bare) :]
    approximate = marks in {"~", "%"}
    said = _plain(bare, language, genitive=genitive or approximate)
    if approximate:
        said = tongue.around.format(said)
    return tongue.possibly.format(said) if marks in {"?", "%"} else said


def _plain(text: str, language: str, *, genitive: bool) -> str:
    """One date without marks; in the genitive after "around", "since" and the like."""
    name, tongue = tongue_of(language)
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


def _decade(year: str, name: str, tongue: Tongue, *, genitive: bool) -> str:
    pattern = tongue.decade_genitive if genitive else tongue.decade
    if name == "uk" and not genitive and year != "190X":
        pattern = _UK_DECADES.get(int(year[2]), pattern)
    return pattern.format(year.replace("X", "0"), year.replace("X", "9"))


def _open_start(text: str, language: str, *, genitive: bool) -> str:
    _, tongue = tongue_of(language)
    end = read_edtf(text)
    if end and end.precision is Precision.DAY and end.text == str(end.latest) and end.latest:
        following = add_days(end.latest, 1)
        if following != end.latest and following.day == 1:
            return _beyond(following, language, tongue.before_year, tongue.before_month)
    return tongue.or_earlier.format(_one(text, language, genitive=genitive))


def _open_end(text: str, language: str, *, genitive: bool) -> str:
    _, tongue = tongue_of(language)
    start = read_edtf(text)
    if start and start.precision is Precision.DAY and start.text == str(start.earliest):
        previous = add_days(start.earliest, -1) if start.earliest else None
        if previous and start.earliest and previous != start.earliest and start.earliest.day == 1:
            whole_year = tongue.after_year if start.earliest.month == 1 else ""
            return _beyond(previous, language, whole_year, tongue.after_month)
    return tongue.or_later.format(_one(text, language, genitive=genitive))


def _beyond(day: date, language: str, of_year: str, of_month: str) -> str:
    """ "Before" or "after" the year that begins or ends on this day, or else its month."""
    if (day.month, day.day) in {(1, 1), (12, 31)}:
        return of_year.format(f"{day.year:04}")
    month = _plain(f"{day.year:04}-{day.month:02}", language, genitive=True)
    return of_month.format(month)


def _closed(left: str, right: str, language: str, *, genitive: bool) -> str:
    """Both ends, without repeating a year or month that they share."""
    _, tongue = tongue_of(language)
    start, end = left.split("-"), right.split("-")
    last = _one(right, language, genitive=genitive)
    whole = f"{_one(left, language, genitive=genitive)} – {last}"
    if set(left + right) & set("~?%X") or len(start) != len(end):
        return whole
    if len(start) == 1:
        return f"{left}–{right}"
    if start[0] != end[0] or int(start[1]) in _SEASONS or int(end[1]) in _SEASONS:
        return whole
    if len(start) == 2:
        months = tongue.months_genitive if genitive else tongue.months
        return f"{months[int(start[1]) - 1]}–{last}"
    if start[1] == end[1]:
        return f"{int(start[2])}–{last}"
    return f"{int(start[2])} {tongue.months_genitive[int(start[1]) - 1]} – {last}"
