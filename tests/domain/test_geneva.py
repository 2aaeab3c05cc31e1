"""Flags of the Fourth Geneva Convention from places and dates: yes, possibly, or not raised at all."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cases.domain.alleged_acts import Act
from cases.domain.geneva import (
    Accused,
    FlagKind,
    HeldAt,
    Judged,
    National,
    Protection,
    Served,
    Situation,
    Taken,
    Where,
    flags,
    occupied,
)
from cases.domain.partial_dates import Certainty, PartialDate, parse
from cases.enums import CitizenshipBasis, DecisionOutcome, Instance

YES, POSSIBLY, NO = Certainty.YES, Certainty.POSSIBLY, Certainty.NO
CRIMEA = Where(slug="simferopol", sovereign="UA", controlled_by="RU", controlled_since=parse("2014-03-18"))
MELITOPOL = Where(slug="melitopol", sovereign="UA", controlled_by="RU", controlled_since=parse("2022-02/2022-03"))
ROSTOV, KYIV = Where(slug="rostov", sovereign="RU"), Where(slug="kyiv", sovereign="UA")
UKRAINIAN = National(country="UA", basis=CitizenshipBasis.BIRTH_OR_CHOICE, ref="ua")


def on(text: str) -> PartialDate | None:
    return parse(text) if text else None


def held(where: Where, first: str, last: str = "") -> HeldAt:
    return HeldAt(where=where, started=on(first), ended=on(last), ref=f"held {where.slug}")


def judged(where: Where, instance: Instance = Instance.FIRST, day: str = "2020") -> Judged:
    return Judged(where=where, instance=instance, outcome=DecisionOutcome.CONVICTED, on=on(day), ref=instance.value)


def accused(first: str, last: str, in_force: str = "", *, by: date | None = None, **changes: Any) -> Accused:
    values = {"number": "205.5(2)", "power": "RU", "where": CRIMEA, "ref": "charge"} | changes
    return Accused(act=Act(on(first), on(last), by), in_force_from=on(in_force), **values)


TAKEN = Situation(nationals=(UKRAINIAN,), taken=(Taken(where=CRIMEA, on=on("2018-05-21"), ref="arrest"),))


def answers(situation: Situation) -> dict[FlagKind, Certainty]:
    return {flag.kind: flag.answer for flag in flags(situation)}


@pytest.mark.parametrize(
    ("where", "day", "expected"),
    [
        (CRIMEA, "2018-05-21", YES),
        (CRIMEA, "2014-03-18", YES),
        (CRIMEA, "2014-03-17", NO),
        (CRIMEA, "2014-03", POSSIBLY),
        (CRIMEA, "2014", POSSIBLY),
        (CRIMEA, "", POSSIBLY),
        (MELITOPOL, "2022-03-10", POSSIBLY),
        (MELITOPOL, "2022-04-01", YES),
        (replace(CRIMEA, controlled_since=None), "2018-05-21", POSSIBLY),
        (KYIV, "2018-05-21", NO),
        (ROSTOV, "2018-05-21", NO),
    ],
)
def test_a_place_is_occupied_from_the_day_on_which_another_power_took_control(
    where: Where, day: str, expected: Certainty
) -> None:
    assert occupied(where, on(day)) is expected


def test_held_outside_the_occupied_country_after_an_arrest_in_it() -> None:
    (flag,) = flags(replace(TAKEN, held=(held(CRIMEA, "2018-05-21"), held(ROSTOV, "2019-01-01"))))
    assert (flag.kind, flag.answer, flag.base.where, flag.refs) == (
        FlagKind.TRANSFER,
        YES,
        CRIMEA,
        ("arrest", "ua", "held rostov"),
    )


@pytest.mark.parametrize(
    ("where", "first", "last", "expected"),
    [
        (ROSTOV, "2018", "", POSSIBLY),
        (ROSTOV, "", "", POSSIBLY),
        (ROSTOV, "2010", "2011", None),
        (MELITOPOL, "2023", "", None),
        (KYIV, "2019", "", None),
    ],
)
def test_what_may_have_come_before_the_arrest_is_possible_and_occupied_territory_is_not_outside(
    where: Where, first: str, last: str, expected: Certainty | None
) -> None:
    assert answers(replace(TAKEN, held=(held(where, first, last),))).get(FlagKind.TRANSFER) is expected


@pytest.mark.parametrize(
    ("nationals", "protection", "expected"),
    [
        ((UKRAINIAN,), Protection.NATIONAL_OF_ANOTHER, YES),
        ((UKRAINIAN, National(country="RU", basis=CitizenshipBasis.IMPOSED)), Protection.IMPOSED, YES),
        ((UKRAINIAN, National(country="RU", basis=CitizenshipBasis.UNKNOWN)), Protection.BASIS_UNKNOWN, POSSIBLY),
        ((), Protection.NOT_RECORDED, POSSIBLY),
        ((National(country="RU", basis=CitizenshipBasis.BIRTH_OR_CHOICE),), None, None),
    ],
)
def test_who_is_protected_follows_from_the_citizenships(
    nationals: tuple[National, ...], protection: Protection | None, expected: Certainty | None
) -> None:
    found = flags(replace(TAKEN, nationals=nationals, held=(held(ROSTOV, "2019"),)))
    assert [(flag.protection, flag.answer) for flag in found] == ([(protection, expected)] if protection else [])


def test_nothing_is_raised_for_an_arrest_outside_occupied_territory_or_before_it() -> None:
    for taken in (
        Taken(where=KYIV, on=on("2018")),
        Taken(where=CRIMEA, on=on("2013")),
        Taken(where=ROSTOV, on=on("2018")),
    ):
        situation = replace(TAKEN, taken=(taken,), held=(held(ROSTOV, "2019"),), judged=(judged(ROSTOV),))
        assert flags(situation) == ()


def test_the_trial_court_sits_in_the_occupied_country_and_courts_of_appeal_preferably() -> None:
    appeal = judged(ROSTOV, Instance.APPEAL)
    (flag,) = flags(replace(TAKEN, judged=(judged(ROSTOV), appeal)))
    assert (flag.kind, flag.answer, flag.about, flag.appeals) == (FlagKind.COURT, YES, (judged(ROSTOV),), (appeal,))
    assert flags(replace(TAKEN, judged=(judged(CRIMEA), appeal))) == ()


def test_a_trial_that_was_over_before_the_person_was_taken_concerns_nobody_under_occupation() -> None:
    assert flags(replace(TAKEN, judged=(judged(ROSTOV, day="2010-04-01"),))) == ()
    assert answers(replace(TAKEN, judged=(judged(ROSTOV, day="2018"),))) == {FlagKind.COURT: POSSIBLY}
    assert answers(replace(TAKEN, judged=(judged(ROSTOV, day=""),))) == {FlagKind.COURT: POSSIBLY}


def test_who_was_seized_in_the_power_s_own_country_is_taken_in_occupied_territory_only_possibly() -> None:
    in_crimea = Taken(where=CRIMEA, on=on("2019-01-01"), is_seizure=False, ref="held")
    seized = Taken(where=ROSTOV, on=on("2018-05-21"), ref="arrest")
    brought = replace(TAKEN, taken=(seized, in_crimea), held=(held(ROSTOV, "2020-01-01"),))
    assert answers(brought) == {FlagKind.TRANSFER: POSSIBLY}
    assert [(flag.seized, flag.refs) for flag in flags(brought)] == [(seized, ("held", "arrest", "ua", "held rostov"))]
    again = replace(brought, taken=(replace(seized, on=on("2021-01-01")), in_crimea))
    assert answers(again) == {FlagKind.TRANSFER: YES}


@pytest.mark.parametrize(("until", "expected"), [("", POSSIBLY), ("2018", POSSIBLY), ("2017", YES)])
def test_a_service_member_may_be_a_prisoner_of_war_whom_another_convention_protects(
    until: str, expected: Certainty
) -> None:
    served = replace(TAKEN, served=(Served(until=on(until), ref="role"),), held=(held(ROSTOV, "2019-01-01"),))
    (flag,) = flags(served)
    assert (flag.answer, "role" in flag.refs) == (expected, expected is POSSIBLY)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2013-01", "2013-12", YES),
        ("2013", "2014-03-17", YES),
        ("2013", "2016", POSSIBLY),
        ("2014-03", "", POSSIBLY),
        ("2016", "2018", None),
        ("2014-03-18", "", None),
        ("", "", None),
    ],
)
def test_acts_before_the_occupation_may_not_be_prosecuted(first: str, last: str, expected: Certainty | None) -> None:
    situation = replace(TAKEN, accused=(accused(first, last),))
    assert answers(situation).get(FlagKind.BEFORE_OCCUPATION) is expected


def test_an_act_whose_end_is_not_recorded_may_have_gone_on_until_the_charge() -> None:
    assert answers(replace(TAKEN, accused=(accused("2013-01", ""),))) == {FlagKind.BEFORE_OCCUPATION: POSSIBLY}
    charged = accused("2013-01", "", by=date(2014, 1, 1))
    assert answers(replace(TAKEN, accused=(charged,))) == {FlagKind.BEFORE_OCCUPATION: YES}


def test_the_day_of_occupation_is_that_of_the_place_of_the_act_and_not_of_the_arrest() -> None:
    arrested = replace(TAKEN, taken=(Taken(where=MELITOPOL, on=on("2022-05-01"), ref="arrest"),))
    told = {
        where and where.slug: answers(replace(arrested, accused=(accused("2016-01", "2016-02", where=where),)))
        for where in (CRIMEA, MELITOPOL, KYIV, ROSTOV, None)
    }
    assert told == {
        "simferopol": {},
        "melitopol": {FlagKind.BEFORE_OCCUPATION: YES},
        "kyiv": {},
        "rostov": {},
        None: {FlagKind.BEFORE_OCCUPATION: POSSIBLY},
    }


def test_a_charge_under_the_law_of_another_state_than_the_occupying_power_raises_nothing() -> None:
    assert flags(replace(TAKEN, accused=(accused("2012", "2013", "2013-12-31", power="UA"),))) == ()


@pytest.mark.parametrize(
    ("in_force", "expected"),
    [("2013-11-14", None), ("2016-07-20", POSSIBLY), ("2018-06-01", YES), ("2016", POSSIBLY), ("", None)],
)
def test_a_provision_from_after_the_act_may_not_be_applied(in_force: str, expected: Certainty | None) -> None:
    situation = replace(TAKEN, accused=(accused("2016-01", "2018-05-20", in_force),))
    assert answers(situation).get(FlagKind.PROVISION_LATER) is expected


def test_wider_dates_never_make_a_flag_more_certain() -> None:
    order = {None: 0, POSSIBLY: 1, YES: 2}
    for wide in ("2013/2016", "2013", "2010/2014", "2014-03/2014-04"):
        read = parse(wide)
        assert read.earliest is not None
        assert read.latest is not None
        ends = [
            answers(replace(TAKEN, accused=(accused(day.isoformat(), ""),))).get(FlagKind.BEFORE_OCCUPATION)
            for day in (read.earliest, read.latest)
        ]
        found = answers(replace(TAKEN, accused=(accused(wide, ""),))).get(FlagKind.BEFORE_OCCUPATION)
        assert min(order[end] for end in ends) <= order[found] <= max(order[end] for end in ends)
