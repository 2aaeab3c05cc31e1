"""The law of statutes as it stands in the fixtures and in published provisions, and penalties in the words of a reader."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, npgettext

from cases.domain.partial_dates import PartialDate, describe, parse
from cases.domain.statutes import About, FormLaw, LawRow, PenaltyVersion, Range, Statute, in_order, window
from cases.published.documents import PenaltyDocument, ProvisionDocument
from cases.published.regions import REGIONS
from cases.published.words import gettext as _

LAW_FILE = Path(__file__).resolve().parents[2] / "fixtures" / "law" / "statutes.json"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class AppliedLaw:
    """From which day a power applied its own law in a region that it occupies."""

    region: str
    power: str
    since: PartialDate
    row: LawRow


@cache
def form_law() -> FormLaw:
    """Return the shares of `fixtures/law/statutes.json`, read once."""
    return FormLaw(_file()["forms"])


@cache
def applied_law() -> tuple[AppliedLaw, ...]:
    """Return where and since when an occupying power applies its law, read once."""
    return tuple(_applied(row) for row in _file()["applied"])


def statutes_as_of() -> str:
    """Return the day of `fixtures/law/statutes.json`, which a finding names as that of the law."""
    return str(_file()["as_of"])


def _file() -> Any:
    return json.loads(LAW_FILE.read_text(encoding="utf-8"))


def _applied(row: Any) -> AppliedLaw:
    since = parse(row["since"])
    names = tuple(REGIONS[row["region"]].items())
    said = LawRow(About.APPLICATION, names, since, row["source"], bool(row["verified"]))
    return AppliedLaw(row["region"], row["power"], since, said)


# From the published document ---------------------------------------------------------------------------------------


def statute_of(document: ProvisionDocument) -> Statute:
    """Return a published provision as the rules read it; one of before penalties were recorded has no versions."""
    number = document["number"]
    first = read_day(document["in_force_from"])
    return Statute(
        number=number,
        first=first,
        last=read_day(document["in_force_to"]),
        versions=in_order(_version(number, row) for row in penalty_rows(document)),
        row=LawRow(About.PROVISION, (("", number),), first, document["introduced_by"], document["verified"]),
        rests_on=document.get("rests_on", ""),
        jurisdiction=document["jurisdiction"],
    )


def penalty_rows(document: ProvisionDocument) -> list[PenaltyDocument]:
    """Return the penalties of a provision in the order of the versions of its statute."""

    def begun(row: PenaltyDocument) -> tuple[date, date]:
        found = window(read_day(row["in_force_from"]), read_day(row["in_force_to"]))
        return found.begins, found.ended

    return sorted(document.get("penalties", ()), key=begun)


def _version(number: str, row: PenaltyDocument) -> PenaltyVersion:
    first = read_day(row["in_force_from"])
    return PenaltyVersion(
        first=first,
        last=read_day(row["in_force_to"]),
        penalty=None if row["is_unknown"] else range_of(row["least_months"], row["most_months"], row["life"]),
        row=LawRow(About.PENALTY, (("", number),), first, row["enacted_by"], row["verified"]),
        law=row["enacted_by"],
    )


def range_of(least: int | None, most: int | None, life: bool | None) -> Range:  # noqa: FBT001 - a column of the row
    """Return the range of a row, in months."""
    return Range(
        None if least is None else Fraction(least),
        None if most is None else Fraction(most),
        life,
    )


def read_day(text: str) -> PartialDate | None:
    """Return a date of a document; None where it is not known."""
    return parse(text) if text else None


# In words ----------------------------------------------------------------------------------------------------------


def told_range(penalty: Range | None) -> str:
    """Say a penalty: "10 to 20 years, or life"."""
    if penalty is None:
        return _("not known")
    term = _told_term(penalty)
    if penalty.life:
        return _("%(term)s, or life") % {"term": term} if term else _("life")
    return term or _("no imprisonment")


def told_ranges(penalties: Iterable[Range]) -> str:
    """Say several penalties, each once."""
    return "; ".join(dict.fromkeys(told_range(one) for one in penalties))


def _told_term(penalty: Range) -> str:
    least, most = penalty.least, penalty.most
    if most is None:
        return ""
    if least is None:
        return _("up to %(most)s") % {"most": _length(most)}
    whole = [months / MONTHS for months in (least, most)]
    if all(years.denominator == 1 for years in whole):
        said = npgettext("penalty", "%(least)s to %(most)s year", "%(least)s to %(most)s years", int(whole[1]))
        return said % {"least": int(whole[0]), "most": int(whole[1])}
    return _("%(least)s to %(most)s") % {"least": _length(least), "most": _length(most)}


def _length(months: Fraction) -> str:
    """Say a length as it stands after "up to"; half a month is fifteen days."""
    years, rest = divmod(months, MONTHS)
    whole, days = int(rest), int((rest - int(rest)) * 30)
    parts = (
        (int(years), npgettext("up to", "%(count)s year", "%(count)s years", int(years))),
        (whole, npgettext("up to", "%(count)s month", "%(count)s months", whole)),
        (days, npgettext("up to", "%(count)s day", "%(count)s days", days)),
    )
    return " ".join(said % {"count": count} for count, said in parts if count)


def told_day(day: PartialDate | None) -> str:
    """Say a day of the law; that it is not known where it is not."""
    return _("day not known") if day is None else describe(day, get_language() or "en")


def told_name(row: LawRow) -> str:
    """Return what a row is about in the active language, or in the first one that it has."""
    names = dict(row.names)
    return names.get("") or names.get(get_language() or "en") or next(iter(names.values()), "")


def told_row(row: LawRow) -> str:
    """Say which row of the law it is."""
    said = {"name": told_name(row), "day": told_day(row.since)}
    texts = {
        About.PROVISION: _("Article %(name)s, in force from: %(day)s"),
        About.PENALTY: _("Penalty of article %(name)s, in force from: %(day)s"),
        About.FORM: _("Article %(name)s"),
        About.DESIGNATION: _("Designation of %(name)s: %(day)s"),
        About.APPLICATION: _("The occupying power applies its law, %(name)s: %(day)s"),
    }
    return texts[row.about] % said
