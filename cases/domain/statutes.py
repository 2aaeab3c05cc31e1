"""What a provision threatens on a day: its penalty versions, and the shares for an offence that was not completed.

A version is known for its period and no longer: a day before the first one, or between two, has no known penalty, and a
version whose beginning is not recorded is certain for no day before its end. Months are exact, so half of a maximum may
hold half a month.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any

from cases.domain.partial_dates import Certainty, PartialDate, add_days, parse
from cases.enums import OffenceForm


class About(StrEnum):
    """What a row of the law is about."""

    PROVISION = "provision"
    PENALTY = "penalty"
    FORM = "form"
    DESIGNATION = "designation"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True)
class LawRow:
    """A row of the law that an answer rests on: of what, since when, where it is written, whether it was checked.

    `names` are pairs of language and text; the language "" is every language: the number of an article.
    """

    about: About
    names: tuple[tuple[str, str], ...]
    since: PartialDate | None
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Window:
    """Between which days something began and between which it ended, both sides included; open sides reach to the ends of
    the calendar. A beginning that is not recorded may be any day, an end that is not recorded never comes."""

    begins: date
    begun: date
    ends: date
    ended: date

    def may_cover(self, first: date, last: date) -> bool:
        """Tell whether any of these days can belong to it."""
        return self.begins <= last and self.ended >= first

    def covers(self, first: date, last: date) -> bool:
        """Tell whether all of these days surely belong to it."""
        return self.begun <= first and last <= self.ends


def window(first: PartialDate | None, last: PartialDate | None) -> Window:
    """Return the window of a period whose ends are known in part."""
    return Window(
        begins=(first and first.earliest) or date.min,
        begun=(first and first.latest) or date.max,
        ends=(last.earliest or date.min) if last else date.max,
        ended=(last and last.latest) or date.max,
    )


@dataclass(frozen=True, slots=True)
class Range:
    """A penalty: from `least` to `most` months of imprisonment, `life` or not; None where that is not known."""

    least: Fraction | None
    most: Fraction | None
    life: bool | None = False

    def is_harsher_than(self, other: "Range") -> Certainty:
        """Tell whether it is harsher in any respect: article 10 forbids whatever makes the position worse."""
        if self.life and other.life is False:
            return Certainty.YES
        if self.most is not None and other.most is not None and self.most > other.most:
            return Certainty.YES
        if self.least is not None and (other.least is None or self.least > other.least):
            return Certainty.YES
        unsure = self.most is None or other.most is None or self.life is None or other.life is None
        both_for_life = bool(self.life and other.life)
        return Certainty.POSSIBLY if unsure and not both_for_life else Certainty.NO


@dataclass(frozen=True, slots=True)
class PenaltyVersion:
    """One wording: its period, and the penalty for the completed offence; None where what it was is not recorded."""

    first: PartialDate | None
    last: PartialDate | None
    penalty: Range | None
    row: LawRow
    law: str = ""

    @property
    def window(self) -> Window:
        return window(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Statute:
    """A provision with its period and its penalty versions in the order of their beginning."""

    number: str
    first: PartialDate | None
    last: PartialDate | None
    versions: tuple[PenaltyVersion, ...]
    row: LawRow
    rests_on: str = ""
    jurisdiction: str = ""

    def possible(self, first: date, last: date) -> tuple[PenaltyVersion, ...]:
        """Return the versions of which some day of these may be one."""
        return tuple(one for one in self.versions if one.window.may_cover(first, last))

    def certain(self, first: date, last: date) -> PenaltyVersion | None:
        """Return the version that was surely the only one on all these days."""
        sure = [one for one in self.versions if one.window.covers(first, last)]
        return sure[0] if len(sure) == 1 and len(self.possible(first, last)) == 1 else None

    def is_recorded(self, first: date, last: date) -> bool:
        """Tell whether a version is recorded for every one of these days on which the provision was in force."""
        rows = [one.window for one in self.possible(first, last)]
        if not rows:
            return False
        oldest = self.versions[0]
        is_from_the_start = self.first is not None and oldest.first == self.first and rows[0] == oldest.window
        has_gap = any(after.begins > add_days(one.ended, 1) for one, after in pairwise(rows))
        return (rows[0].begun <= first or is_from_the_start) and not has_gap and rows[-1].ended >= last

    def present(self) -> PenaltyVersion | None:
        """Return the version that is recorded without an end: the one of now, as far as anybody wrote down."""
        standing = [one for one in self.versions if one.last is None]
        return standing[-1] if standing else None


def in_order(versions: Iterable[PenaltyVersion]) -> tuple[PenaltyVersion, ...]:
    """Return the versions from the first to the last; one without an end ends where the next begins."""
    rows = sorted(versions, key=lambda one: (one.window.begins, one.window.ended))
    return (*(replace(one, last=one.last or _eve(after.first)) for one, after in pairwise(rows)), *rows[-1:])


def _eve(day: PartialDate | None) -> PartialDate | None:
    """Return the day before, known as well as `day` is."""
    if day is None:
        return None
    bounds = (add_days(one, -1).isoformat() if one else ".." for one in (day.earliest, day.latest))
    return parse("/".join(bounds))


# The form of the offence -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the maximum may be imposed for an offence that was not completed, and in which period."""

    form: OffenceForm
    of_maximum: Fraction
    allows_life: bool
    first: date
    last: date
    row: LawRow


class FormLaw:
    """The shares by form, read from their fixture. Raises `KeyError` or `ValueError` for a file that is not one."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._shares = [
            Share(
                OffenceForm(row["form"]),
                Fraction(row["of_maximum"]),
                bool(row["allows_life"]),
                date.fromisoformat(row["from"]) if row.get("from") else date.min,
                date.fromisoformat(row["to"]) if row.get("to") else date.max,
                LawRow(About.FORM, (("", row["rule"]),), None, row["source"], bool(row["verified"])),
            )
            for row in rows
        ]

    def share(self, form: OffenceForm, on: date) -> Share | None:
        """Return the share of a form on a day; None for a completed offence and where none is recorded."""
        return next((one for one in self._shares if one.form is form and one.first <= on <= one.last), None)


def reduced(penalty: Range, share: Share | None) -> Range:
    """Return what a penalty becomes for an offence that was not completed; a minimum above the new maximum falls away."""
    if share is None:
        return penalty
    most = None if penalty.most is None else penalty.most * share.of_maximum
    is_above = penalty.least is not None and most is not None and penalty.least > most
    return Range(None if is_above else penalty.least, most, penalty.life if share.allows_life else False)


# The answer for a day ----------------------------------------------------------------------------------------------


class Known(StrEnum):
    """How much is known of the penalty on a day."""

    YES = "yes"
    PERHAPS = "perhaps"  # the dates leave open whether it is this one
    NO = "no"  # no version is known for that day
    NOT_YET = "not_yet"  # the provision was not in force yet
    NO_MORE = "no_more"  # the provision was in force no longer


@dataclass(frozen=True, slots=True)
class Option:
    """A version that applies, or may apply, with the penalty for the form that was asked for."""

    version: PenaltyVersion
    penalty: Range


@dataclass(frozen=True, slots=True)
class Threat:
    """What a provision threatens on a day. `rows`: the rows of the law that say so."""

    known: Known
    options: tuple[Option, ...] = ()
    rows: tuple[LawRow, ...] = ()

    @property
    def is_verified(self) -> bool:
        """Whether the rows were checked, all of them; an answer without a row rests on nothing that was."""
        return bool(self.rows) and all(row.verified for row in self.rows)


def penalty(statute: Statute, form: OffenceForm, on: date, forms: FormLaw) -> Threat:
    """Return what the provision threatens for an offence of this form on the day `on`."""
    period = window(statute.first, statute.last)
    if statute.first is not None and on < period.begins:
        return Threat(Known.NOT_YET, rows=(statute.row,))
    if on > period.ended:
        return Threat(Known.NO_MORE, rows=(statute.row,))
    share = forms.share(form, on)
    if form is not OffenceForm.COMPLETED and share is None:
        return Threat(Known.NO, rows=(statute.row,))
    possible = statute.possible(on, on)
    options = options_of(possible, share)
    rows = (*(one.row for one in possible), *((share.row,) if share else ()))
    if not options:
        return Threat(Known.NO, rows=rows or (statute.row,))
    is_in_force = statute.first is None or period.covers(on, on)
    is_sure = is_in_force and statute.certain(on, on) is not None
    return Threat(Known.YES if is_sure else Known.PERHAPS, options, rows)


def options_of(versions: Sequence[PenaltyVersion], share: Share | None) -> tuple[Option, ...]:
    """Return those of the versions whose penalty is recorded, with what it becomes by the share."""
    return tuple(Option(one, reduced(one.penalty, share)) for one in versions if one.penalty is not None)
