"""Terms of imprisonment as people write them: "14 years", "14 р. 6 міс.", "5 лет", "10y6m", "15 діб"."""

import re
from dataclasses import dataclass

LONGEST_YEARS = 60
LONGEST_MONTHS = 600
LONGEST_DAYS = 3660

#: How a unit may begin, in English, Ukrainian, Russian and Crimean Tatar; the rest of the word does not matter.
YEARS = ("year", "yr", "y", "рок", "рік", "р", "год", "г", "лет", "л", "yıl", "sene")
MONTHS = ("month", "mon", "mo", "m", "місяц", "місяць", "міс", "м", "месяц", "мес", "ay")
DAYS = ("day", "d", "дн", "день", "ден", "д", "діб", "доб", "сут", "kün", "gün")

UNITS: tuple[tuple[str, tuple[str, ...]], ...] = (("years", YEARS), ("months", MONTHS), ("days", DAYS))

_PART = re.compile(r"(\d{1,4})\s*([^\W\d_]+)\.?")
_JOINTS = re.compile(r"[\s,;+&]+|\b(?:and|і|та|и|ve)\b")

ACCEPTED = "Write a term like: 14 years, 10 years 6 months, 10y6m, 14 р. 6 міс., 5 лет, 15 days."


class TermError(ValueError):
    """The text is not a term; the message says what is accepted."""

    def __init__(self) -> None:
        super().__init__(ACCEPTED)


@dataclass(frozen=True, slots=True)
class Term:
    """A length of punishment as pronounced; None where a unit is not named."""

    years: int | None = None
    months: int | None = None
    days: int | None = None

    def __bool__(self) -> bool:
        return any(number is not None for number in (self.years, self.months, self.days))

    def __str__(self) -> str:
        parts = (("y", self.years), ("m", self.months), ("d", self.days))
        return " ".join(f"{number}{unit}" for unit, number in parts if number is not None)


def _unit(word: str) -> str | None:
    """Return the unit of `word`: a short word must be an abbreviation, a longer one begin like a full word."""
    for unit, beginnings in UNITS:
        if any(word == start or (len(start) > 1 and word.startswith(start)) for start in beginnings):
            return unit
    return None


def parse(text: str) -> Term:
    """Return the term that `text` states; nothing from nothing. Raises `TermError`.

    A bare number is years, as in court reports. Months and days are kept as written (18 months stay 18 months).
    """
    folded = text.strip().casefold().replace("\N{NO-BREAK SPACE}", " ")
    if not folded:
        return Term()
    if folded.isdecimal():
        return _checked({"years": int(folded)})
    if _JOINTS.sub("", _PART.sub("", folded)):
        raise TermError
    found: dict[str, int] = {}
    for number, word in _PART.findall(folded):
        unit = _unit(word)
        if unit is None or unit in found:
            raise TermError
        found[unit] = int(number)
    return _checked(found)


def _checked(found: dict[str, int]) -> Term:
    term = Term(**found)
    if (term.years or 0) > LONGEST_YEARS or (term.months or 0) > LONGEST_MONTHS or (term.days or 0) > LONGEST_DAYS:
        raise TermError
    if not any(found.values()):
        raise TermError
    return term
