"""A table of terms counted by hand from the field notes: each row says in a sentence why its days are these."""

import json
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cases.domain.term_case import read_case
from cases.domain.term_counting import Counted, count
from cases.domain.term_law import TermLaw
from cases.domain.term_working import Days

LAW = TermLaw(json.loads((Path(__file__).parents[2] / "fixtures" / "law" / "terms.json").read_text()))

S, H, C = "sizo", "house_arrest", "strict_conditions"
Held = tuple[tuple[str, str, str | None], ...]

#: Ten days of January 2020 and a sentence of one year in force on 1 February 2020: without credit until 31 January 2021.
TEN_SIZO, TEN_HOME, TEN_CELL = (
    ((kind, "2020-01-01", "2020-01-10"),) for kind in ("sizo", "house_arrest", "strict_conditions")
)
#: FIELD's second example: 526 days until the eve of 18 August 2022.
UNBROKEN: Held = ((S, "2021-03-10", None),)


class Row(NamedTuple):
    why: str
    custody: Held
    in_force: str
    term: dict[str, int]
    regime: str
    offence: str
    expected: str


YEAR, THREE, FIVE, FOURTEEN = ({"years": number} for number in (1, 3, 5, 14))
MINOR, LISTED = "330(2)", "205.5(2)"

TABLE = [
    # Kinds of custody and regimes: 31 January 2021 less what is credited.
    Row("Ten days at one to one", TEN_SIZO, "2020-02-01", YEAR, "strict", MINOR, "2021-01-21"),
    Row("Prison counts as strict regime does", TEN_SIZO, "2020-02-01", YEAR, "prison", MINOR, "2021-01-21"),
    Row("So does special regime", TEN_SIZO, "2020-02-01", YEAR, "special", MINOR, "2021-01-21"),
    Row("Ten days count for fifteen", TEN_SIZO, "2020-02-01", YEAR, "general", MINOR, "2021-01-16"),
    Row("An educational colony counts as general", TEN_SIZO, "2020-02-01", YEAR, "educational", MINOR, "2021-01-16"),
    Row("Ten days count for twenty", TEN_SIZO, "2020-02-01", YEAR, "settlement", MINOR, "2021-01-11"),
    Row("Ten days at home are five of detention", TEN_HOME, "2020-02-01", YEAR, "strict", MINOR, "2021-01-26"),
    Row("Five of detention are 7.5: either", TEN_HOME, "2020-02-01", YEAR, "general", MINOR, "2021-01-23/2021-01-24"),
    Row("Five of detention are ten", TEN_HOME, "2020-02-01", YEAR, "settlement", MINOR, "2021-01-21"),
    Row("A cell is a day for a day", TEN_CELL, "2020-02-01", YEAR, "general", MINOR, "2021-01-21"),
    Row("In any regime", TEN_CELL, "2020-02-01", YEAR, "settlement", MINOR, "2021-01-21"),
    Row(
        "Eleven days at home are 5.5 of detention: five or six",
        ((H, "2020-01-01", "2020-01-11"),), "2020-02-01", YEAR, "strict", MINOR, "2021-01-25/2021-01-26",
    ),
    Row(
        "Eight days at 1.5 and two in a cell inside them at one: fourteen",
        (*TEN_SIZO, (C, "2020-01-03", "2020-01-04")), "2020-02-01", YEAR, "general", MINOR, "2021-01-17",
    ),
    Row(
        "Two days perhaps in a cell: fifteen or fourteen",
        (*TEN_SIZO, (C, "2020-01-03/2020-01-05", "2020-01-04")), "2020-02-01", YEAR, "general", MINOR,
        "2021-01-16/2021-01-17",
    ),
    # The list of article 72(3.2).
    Row("205.5 is on it", TEN_SIZO, "2020-02-01", YEAR, "general", LISTED, "2021-01-21"),
    Row("205.2 is, with every part", TEN_SIZO, "2020-02-01", YEAR, "settlement", "205.2(2)", "2021-01-21"),
    Row("A listed offence at home: ten are five", TEN_HOME, "2020-02-01", YEAR, "general", LISTED, "2021-01-26"),
    Row("Part 4 of 211 is", TEN_SIZO, "2020-02-01", YEAR, "general", "211(4)", "2021-01-21"),
    Row("Part 1 of 211 is not", TEN_SIZO, "2020-02-01", YEAR, "general", "211(1)", "2021-01-16"),
    Row("Which part of 211 is not told: either", TEN_SIZO, "2020-02-01", YEAR, "general", "211", "2021-01-16/2021-01-21"),
    Row("278 only when terrorist", TEN_SIZO, "2020-02-01", YEAR, "general", "278", "2021-01-16/2021-01-21"),
    Row("Whether 275.1 was added is open", TEN_SIZO, "2020-02-01", YEAR, "general", "275.1", "2021-01-16/2021-01-21"),
    Row("Nor 281.2", TEN_SIZO, "2020-02-01", YEAR, "general", "281.2", "2021-01-16/2021-01-21"),
    Row("207.3 is not on it", TEN_SIZO, "2020-02-01", YEAR, "general", "207.3(2)", "2021-01-16"),
    Row("One listed offence of two is enough", TEN_SIZO, "2020-02-01", YEAR, "general", "222.1(1) 205.4(2)", "2021-01-21"),
    Row("No article told: either", TEN_SIZO, "2020-02-01", YEAR, "general", "", "2021-01-16/2021-01-21"),
    Row("Where all count alike the articles do not matter", TEN_SIZO, "2020-02-01", YEAR, "strict", "", "2021-01-21"),
    # Before and after 14 July 2018; 31 August 2019 less what is credited.
    Row(
        "Thirteen days at one, seven at 1.5: 23.5",
        ((S, "2018-07-01", "2018-07-20"),), "2018-09-01", YEAR, "general", MINOR, "2019-08-07/2019-08-08",
    ),
    Row(
        "Ten days at home at one, ten at a half",
        ((H, "2018-07-04", "2018-07-23"),), "2018-09-01", YEAR, "strict", MINOR, "2019-08-16",
    ),
    Row(
        "All thirteen before it, whatever the regime",
        ((S, "2018-07-01", "2018-07-13"),), "2018-09-01", YEAR, "settlement", MINOR, "2019-08-18",
    ),
    Row(
        "The first day of it counts for two",
        ((S, "2018-07-14", "2018-07-14"),), "2018-09-01", YEAR, "settlement", MINOR, "2019-08-29",
    ),
    # FIELD's worked examples, and what beside them.
    Row("Detention + 14 years - 1 day", ((S, "2018-05-21", None),), "2022-03-14", FOURTEEN, "strict", LISTED, "2032-05-20"),
    Row("789 to 790.5 days", UNBROKEN, "2022-08-18", FIVE, "general", "223.1", "2025-06-17/2025-06-19"),
    Row("At one to one", UNBROKEN, "2022-08-18", FIVE, "strict", "223.1", "2026-03-09"),
    Row("By part 3.2", UNBROKEN, "2022-08-18", FIVE, "general", "361", "2026-03-09"),
    Row("No regime told: settlement to prison", UNBROKEN, "2022-08-18", FIVE, "", "223.1", "2024-09-27/2026-03-09"),
    # Leap days, and months that are shorter than the day.
    Row("Over one 29 February", ((S, "2019-03-01", None),), "2019-08-01", YEAR, "strict", MINOR, "2020-02-29"),
    Row(
        "From 29 February to the next",
        ((S, "2020-02-29", None),), "2021-01-01", {"years": 4}, "strict", MINOR, "2024-02-28",
    ),
    Row("From 28 February over two", ((S, "2020-02-28", None),), "2021-01-01", {"years": 4}, "strict", MINOR, "2024-02-27"),
    Row(
        "31 August + 6 months is 29 February, less a day",
        ((S, "2019-08-31", None),), "2019-10-01", {"months": 6}, "strict", MINOR, "2020-02-28",
    ),
    Row(
        "18 months from 31 January",
        ((S, "2020-01-31", None),), "2020-06-01", {"months": 18}, "strict", MINOR, "2021-07-30",
    ),
    Row(
        "A year and six months are the same",
        ((S, "2020-01-31", None),), "2020-06-01", {"years": 1, "months": 6}, "strict", MINOR, "2021-07-30",
    ),
    Row("Fifteen days, the first included", (), "2020-01-01", {"days": 15}, "strict", MINOR, "2020-01-15"),
    # Dates known in part.
    Row("Any day of 2018", ((S, "2018", None),), "2020-06-01", FIVE, "strict", MINOR, "2022-12-31/2023-12-30"),
    Row("Any day of May", ((S, "2018-05", None),), "2020-06-01", FIVE, "strict", MINOR, "2023-04-30/2023-05-30"),
    Row("A year around 2018", ((S, "2018~", None),), "2020-06-01", FIVE, "strict", MINOR, "2021-12-31/2024-12-30"),
    Row("10 to 20 May", ((S, "2018-05-10/2018-05-20", None),), "2020-06-01", FIVE, "strict", MINOR, "2023-05-09/2023-05-19"),
    Row("20 to 29 May", ((S, "2018-05-2X", None),), "2020-06-01", FIVE, "strict", MINOR, "2023-05-19/2023-05-28"),
    Row("The day in force does not matter", ((S, "2018-05-21", None),), "2022", FOURTEEN, "strict", LISTED, "2032-05-20"),
    Row("Without custody it does", (), "2020-01", {"years": 2}, "strict", MINOR, "2021-12-31/2022-01-30"),
    Row(
        "Released on a day not known, from the first on: 1 to 1027 days",
        ((S, "2018-05-21", "2018-05-21/.."),), "2021-03-13", FIVE, "strict", MINOR, "2023-05-20/2026-03-11",
    ),
    Row(
        "Taken on a day not known, from the 1st to the eve of the 11th: to ten days",
        ((S, "2020-01-01/..", None),), "2020-01-11", YEAR, "strict", MINOR, "2020-12-31/2021-01-10",
    ),
    # More than one time of custody.
    Row(
        "31 and 214 days",
        ((S, "2019-01-01", "2019-01-31"), (S, "2019-06-01", None)), "2020-01-01", THREE, "strict", MINOR, "2022-04-30",
    ),
    Row(
        "January to March once: 90 days",
        ((S, "2019-01-01", "2019-02-28"), (S, "2019-02-01", "2019-03-31")), "2019-06-01", YEAR, "strict", MINOR,
        "2020-03-02",
    ),
    Row(
        "31 days of detention, ten left at home",
        ((S, "2019-01-01", "2019-01-31"), (H, "2019-01-20", "2019-02-10")), "2019-06-01", YEAR, "strict", MINOR,
        "2020-04-25",
    ),
    Row(
        "91 days at home are 45.5, and 275; leap days between",
        ((H, "2020-01-01", "2020-03-31"), (S, "2020-04-01", None)), "2021-01-01", THREE, "strict", MINOR,
        "2023-02-13/2023-02-15",
    ),
    Row(
        "Written in two rows, unbroken all the same",
        ((S, "2020-01-01", "2020-01-15"), (S, "2020-01-16", None)), "2020-03-01", {"years": 4}, "strict", MINOR,
        "2023-12-31",
    ),
    Row("None", (), "2020-01-01", {"years": 2}, "strict", MINOR, "2021-12-31"),
    Row(
        "Until after the day in force",
        ((S, "2019-01-01", "2021-01-01"),), "2020-01-01", THREE, "strict", MINOR, "2021-12-31",
    ),
    Row(
        "On that day itself: it is the first of the term",
        ((S, "2020-01-01", None),), "2020-01-01", YEAR, "general", MINOR, "2020-12-31",
    ),
    Row(
        "Over before it entered force",
        ((S, "2018-01-01", None),), "2022-01-01", {"years": 2}, "strict", MINOR, "2019-12-31",
    ),
]  # fmt: skip


def counted(row: Row, **sentence: Any) -> Counted:
    data = {
        "custody": [{"kind": kind, "from": start, "to": end} for kind, start, end in row.custody],
        "offences": row.offence.split(),
        "sentence": {**row.term, "segments": [{"regime": row.regime}] if row.regime else [], **sentence},
        "in_force": row.in_force,
    }
    return count(read_case(data), LAW)


def days(text: str) -> Days:
    first, _slash, last = text.partition("/")
    return Days(date.fromisoformat(first), date.fromisoformat(last or first))


@pytest.mark.parametrize("row", TABLE, ids=[row.why for row in TABLE])
def test_the_last_day_is_the_one_counted_by_hand(row: Row) -> None:
    assert counted(row).last_day == days(row.expected), row.why


PARTS = [
    ("Detained 21 May 2018, four years later", [("prison", 4), ("strict", None)], ["2022-05-21"]),
    ("Served in detention: as soon as it is in force", [("prison", 2), ("strict", None)], ["2022-03-14"]),
    ("Each after the one before", [("prison", 4), ("special", 2), ("strict", 8)], ["2022-05-21", "2024-05-21"]),
    ("A milder part later changes nothing of the first", [("prison", 5), ("general", None)], ["2023-05-21"]),
]


@pytest.mark.parametrize(("why", "parts", "expected"), PARTS, ids=[why for why, *_ in PARTS])
@pytest.mark.parametrize("length", [{}, {"years": None, "life": True}], ids=["a term", "life"])
def test_the_days_of_transfer_are_those_counted_by_hand(
    why: str, parts: list[tuple[str, int | None]], expected: list[str], length: dict[str, Any]
) -> None:
    row = Row(why, ((S, "2018-05-21", None),), "2022-03-14", FOURTEEN, "", MINOR, "")
    if length:
        parts = [*parts[:-1], (parts[-1][0], None)]
    segments = [{"regime": regime, "years": years} for regime, years in parts]
    found = counted(row, segments=segments, **length)
    assert [one.days for one in found.transfers] == [days(day) for day in expected]


@pytest.mark.parametrize(
    ("offence", "expected"),
    [
        ("205.5(2)", {"3/4": "2028-11-20"}),
        ("210", {"3/4": "2028-11-20"}),
        ("330(2)", {"1/3": "2023-01-20", "1/2": "2025-05-20", "2/3": "2027-09-20"}),
        ("", {"1/3": "2023-01-20", "1/2": "2025-05-20", "2/3": "2027-09-20", "3/4": "2028-11-20"}),
    ],
)
def test_the_share_that_must_be_served_goes_by_the_offence(offence: str, expected: dict[str, str]) -> None:
    """14 years are 168 months; a third is 56, a half 84, two thirds 112, three quarters 126 from 21 May 2018 on."""
    row = Row("", ((S, "2018-05-21", None),), "2022-03-14", FOURTEEN, "strict", offence, "")
    assert {str(one.parole.fraction): one.days for one in counted(row).thresholds} == {
        share: days(day) for share, day in expected.items()
    }


def test_no_share_is_served_before_the_person_was_held() -> None:
    """Four years before the sentence count for eight in a settlement: counted back, a third of nine years would have ended
    before the arrest."""
    row = Row("", ((S, "2018-07-14", None),), "2022-07-14", {"years": 9}, "settlement", "330(2)", "")
    assert {str(one.parole.fraction): one.days for one in counted(row).thresholds}["1/3"] == days("2018-07-14")
