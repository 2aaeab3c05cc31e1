"""Statutes for the tests of the rules: article 205.5(2) as it changed in 2016, and others made to order."""

from datetime import date
from fractions import Fraction

from cases.domain.alleged_acts import Act
from cases.domain.partial_dates import parse
from cases.domain.statutes import About, FormLaw, LawRow, PenaltyVersion, Range, Statute, in_order

FORMS = FormLaw(
    [
        {
            "form": form,
            "of_maximum": share,
            "allows_life": False,
            "rule": "66",
            "from": "1997-01-01",
            "source": "code",
            "verified": False,
        }
        for form, share in (("preparation", "1/2"), ("attempt", "3/4"))
    ]
)


def day(text: str | None):
    return parse(text) if text else None


def row(name: str = "205.5(2)", *, about: About = About.PENALTY, verified: bool = True) -> LawRow:
    return LawRow(about, (("", name),), None, "law", verified)


def years(least: int | None, most: int | None, *, life: bool | None = False) -> Range:
    return Range(*(None if one is None else Fraction(12 * one) for one in (least, most)), life)


def version(first: str | None, last: str | None, penalty: Range | None, *, verified: bool = True) -> PenaltyVersion:
    return PenaltyVersion(day(first), day(last), penalty, row(f"{first}", verified=verified))


def statute(
    *versions: PenaltyVersion, first: str | None = "2013-11-14", last: str | None = None, rests_on: str = ""
) -> Statute:
    said = row(about=About.PROVISION)
    return Statute("205.5(2)", day(first), day(last), in_order(versions), said, rests_on, "RU")


BEFORE_2016 = version("2013-11-14", "2016-07-19", years(5, 10))
SINCE_2016 = version("2016-07-20", None, years(10, 20))
PARTICIPATION = statute(BEFORE_2016, SINCE_2016)


def act(first: str | None, last: str | None = None, by: date | None = None) -> Act:
    return Act(day(first), day(last), by)
