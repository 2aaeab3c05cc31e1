"""The dated rules by which a term of imprisonment is counted: articles 72 and 79 of the Criminal Code of the captor.

The rows come from `fixtures/law/terms.json`; nothing of the law stands in this code. A ratio is how many days of the
sentence one day of custody counts for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum
from fractions import Fraction
from typing import Any

REGIMES = ("prison", "special", "strict", "general", "educational", "settlement")
"""From the harshest to the mildest, as credit is given."""


class CustodyKind(StrEnum):
    """How a person was held before the sentence entered force, as article 72 tells apart."""

    SIZO = "sizo"
    STRICT_CONDITIONS = "strict_conditions"
    HOUSE_ARREST = "house_arrest"


class Listed(Enum):
    """Whether the offences of a sentence are on a list: `PERHAPS` where the list asks for more than the article."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Row:
    """One rule with its period (both days included) and where it is written. `verified`: checked against the law."""

    rule: str
    source: str
    verified: bool
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Tell whether the rule holds for a day of custody."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Ratio:
    """What a day of custody of a kind counts for in a regime, and by which rules."""

    days: Fraction
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Parole:
    """A threshold of article 79: so much of the term, or for life so many years, must have been served."""

    row: Row
    fraction: Fraction | None
    years: int | None
    of: str


class TermLaw:
    """The rules, read once. Raises `KeyError` or `ValueError` for a file that is not one of them."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._credit = [
            (row_of(one), CustodyKind(one["custody"]), tuple(one["regimes"]), Fraction(one["ratio"]))
            for one in data["credit"]
        ]
        self._house_arrest = [(row_of(one), Fraction(one["detention"])) for one in data["house_arrest"]]
        self._one_to_one = [(row_of(one), tuple(one["articles"]), bool(one["always"])) for one in data["one_to_one"]]
        self._parole = [
            (Parole(row_of(one), Fraction(one["fraction"]), None, one["of"]), tuple(one.get("articles", ())))
            for one in data["parole"]
        ]
        self.term = row_of(data["term"])
        life = data["life"]
        self.life = Parole(row_of(life), None, life["years"], "life")
        dated = [one[0] for one in self._credit] + [one[0] for one in self._house_arrest]
        bounds = {row.first for row in (*dated, *(one[0] for one in self._one_to_one))}
        self.changes = tuple(sorted(bounds - {date.min}))

    def ratio(self, kind: CustodyKind, regime: str, day: date, *, one_to_one: bool) -> Ratio:
        """Return what a day of custody counts for; `one_to_one` where article 72(3.2) excludes a better ratio."""
        if kind is CustodyKind.HOUSE_ARREST:
            row, share = next((row, share) for row, share in self._house_arrest if row.covers(day))
            detention = self.ratio(CustodyKind.SIZO, regime, day, one_to_one=one_to_one)
            return Ratio(share * detention.days, (row, *detention.rows))
        row, days = next(
            (row, days)
            for row, of, regimes, days in self._credit
            if of is kind and regime in regimes and row.covers(day)
        )
        listed = next((one for one, _articles, _always in self._one_to_one if one.covers(day)), None)
        if one_to_one and listed is not None and days > 1:
            return Ratio(Fraction(1), (listed,))
        return Ratio(days, (row,))

    def most_worth(self, regimes: Iterable[str] = REGIMES) -> Fraction:
        """Return the most that a day of custody counts for in any of the regimes, by any rule of any time."""
        wanted = set(regimes)
        return max(days for _row, _of, found, days in self._credit if wanted.intersection(found))

    def excluded(self, offences: Iterable[str]) -> tuple[Listed, tuple[Row, ...]]:
        """Tell whether article 72(3.2) keeps the credit of these offences at one to one, and which lists say so."""
        found = [
            (_on_list(offence, articles, always), row)
            for offence in offences
            for row, articles, always in self._one_to_one
        ]
        answer = next(
            (one for one in (Listed.YES, Listed.PERHAPS) if any(listed is one for listed, _ in found)), Listed.NO
        )
        rows = (row for listed, row in found if listed is answer and answer is not Listed.NO)
        return answer, tuple(dict.fromkeys(rows))

    def lists(self) -> tuple[Row, ...]:
        """Return the lists of article 72(3.2), where the articles of a sentence are not known."""
        return tuple(row for row, _articles, _always in self._one_to_one)

    def every_parole(self) -> tuple[Parole, ...]:
        """Return all thresholds, where the articles of a sentence are not known."""
        return tuple(one for one, _articles in self._parole)

    def parole(self, offences: Iterable[str]) -> tuple[Parole, ...]:
        """Return the thresholds that can apply: the one of a listed article alone, else those of every gravity."""
        numbers = list(offences)
        listed = [one for one, articles in self._parole if any(_is_in(number, articles) for number in numbers)]
        return tuple(listed) or tuple(one for one, articles in self._parole if not articles)


def row_of(data: Mapping[str, Any]) -> Row:
    """Return one row of the fixture as a rule; without days it holds for ever."""
    first, last = (date.fromisoformat(data[key]) if data.get(key) else None for key in ("from", "to"))
    return Row(data["rule"], data["source"], bool(data["verified"]), first or date.min, last or date.max)


def _is_in(offence: str, articles: tuple[str, ...]) -> bool:
    return offence in articles or offence.partition("(")[0] in articles


def _on_list(offence: str, articles: tuple[str, ...], always: bool) -> Listed:  # noqa: FBT001 - a column of the table
    if _is_in(offence, articles):
        return Listed.YES if always else Listed.PERHAPS
    names_a_part = "(" in offence
    if not names_a_part and any(article.partition("(")[0] == offence for article in articles):
        return Listed.PERHAPS
    return Listed.NO
