"""The status on a day, by table; the seed cases over their days; the present place; dates known in part."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from cases.domain.custody import (
    RULES,
    CaseFacts,
    Event,
    current_stay,
    custody_periods,
    days_held,
    held_since,
    standing,
)
from cases.domain.partial_dates import Span, parse
from cases.enums import DecisionOutcome, EventKind, Instance, ReleaseKind, Status, StayKind, Whereabouts
from tests.domain.custody_facts import (
    ABDUCTION,
    APPEAL,
    ARREST,
    CONVICTION,
    DEATH,
    KOZLOVSKYI,
    MUSTAFAYEV,
    OSO,
    RADCHENKO,
    RELEASE,
    TODAY,
    decided,
    facts,
    happened,
    heard,
    stayed,
)


@dataclass(frozen=True)
class Case:
    """A row: these facts, on this day, give this; `since` as EDTF text."""

    name: str
    facts: CaseFacts
    status: Status
    certain: bool = True
    since: str | None = None
    release: ReleaseKind | None = None
    on: date = TODAY


CASES = (
    # missing
    Case("abducted, no news", facts(ABDUCTION), Status.MISSING, since="2018-05-21"),
    Case("disappeared, no news", facts(happened(EventKind.DISAPPEARANCE, "2014-03")), Status.MISSING, since="2014-03"),
    Case(
        "capture denied",
        facts(happened(EventKind.ARREST, "2025-03"), whereabouts=Whereabouts.CAPTURE_DENIED),
        Status.MISSING,
        certain=True,
        since="2025-03",
    ),
    # in transit
    Case(
        "on transport",
        facts(ARREST, stayed("2018-05-21", "2026-05-01"), stayed("2026-05-02", kind=StayKind.IN_TRANSIT)),
        Status.IN_TRANSIT,
        since="2026-05-02",
    ),
    Case(
        "on transport under a sentence in force",
        facts(ARREST, CONVICTION, APPEAL, stayed("2026-05-02", kind=StayKind.IN_TRANSIT)),
        Status.IN_TRANSIT,
        since="2026-05-02",
    ),
    # house arrest
    Case(
        "at home by a stay",
        facts(stayed("2025-05-02", kind=StayKind.HOUSE_ARREST)),
        Status.HOUSE_ARREST,
        since="2025-05-02",
    ),
    Case(
        "at home by an order",
        facts(happened(EventKind.ARREST, "2026-01-10"), decided(DecisionOutcome.HOUSE_ARREST, "2026-01-12")),
        Status.HOUSE_ARREST,
        since="2026-01-12",
    ),
    Case(
        "released to house arrest on the same day",
        facts(
            happened(EventKind.ARREST, "2026-01-10"),
            stayed("2026-01-10", "2026-02-01"),
            happened(EventKind.RELEASE, "2026-02-01", ReleaseKind.UNDER_INVESTIGATION),
            stayed("2026-02-01", kind=StayKind.HOUSE_ARREST),
        ),
        Status.HOUSE_ARREST,
        since="2026-02-01",
    ),
    # pretrial
    Case("arrested", facts(happened(EventKind.ARREST, "2026-05")), Status.PRETRIAL, certain=False, since="2026-05"),
    Case("arrested in a month gone by", facts(happened(EventKind.ARREST, "2026-02")), Status.PRETRIAL, since="2026-02"),
    Case("held at a site", facts(stayed("2025-05-21")), Status.PRETRIAL, since="2025-05-21"),
    Case("remanded", facts(decided(DecisionOutcome.REMANDED, "2025-05-22")), Status.PRETRIAL, since="2025-05-22"),
    Case("arrested long ago, and no word since", facts(ARREST), Status.PRETRIAL, certain=False, since="2018-05-21"),
    Case(
        "moved on, the next place not known",
        facts(ARREST, stayed("2018-05-21", "2026-05-01")),
        Status.PRETRIAL,
        certain=False,
        since="2018-05-21",
    ),
    Case(
        "arrested again after a release",
        facts(ARREST, CONVICTION, RELEASE, happened(EventKind.ARREST, "2025-02-03")),
        Status.PRETRIAL,
        since="2025-02-03",
    ),
    Case(
        "conviction quashed, still held",
        facts(
            stayed("2018-05-21"), CONVICTION, decided(DecisionOutcome.SENT_BACK, "2021-03-01", instance=Instance.APPEAL)
        ),
        Status.PRETRIAL,
        since="2018-05-21",
    ),
    Case(
        "acquitted but still held",
        facts(stayed("2018-05-21"), decided(DecisionOutcome.ACQUITTED, "2020-09-16")),
        Status.PRETRIAL,
        certain=False,
        since="2018-05-21",
    ),
    Case(
        "administrative arrest turned into a criminal case",
        facts(decided(DecisionOutcome.ADMINISTRATIVE_ARREST, "2026-02-01"), happened(EventKind.ARREST, "2026-02-11")),
        Status.PRETRIAL,
        since="2026-02-01",
    ),
    Case("found and then held", facts(ABDUCTION, stayed("2018-08-01")), Status.PRETRIAL, since="2018-08-01"),
    # on trial
    Case("trial begun", facts(stayed("2018-05-21"), heard("2019-11-15")), Status.ON_TRIAL, since="2019-11-15"),
    Case(
        "trial begun, custody not told", facts(heard("2026-01-15")), Status.ON_TRIAL, certain=False, since="2026-01-15"
    ),
    Case(
        "second trial",
        facts(
            stayed("2018-05-21"),
            heard("2019-11-15"),
            CONVICTION,
            decided(DecisionOutcome.SENT_BACK, "2021-03-01", instance=Instance.APPEAL),
            heard("2021-06-01", Instance.RETRIAL),
        ),
        Status.ON_TRIAL,
        since="2021-06-01",
    ),
    # awaiting appeal
    Case(
        "convicted at first instance",
        facts(stayed("2018-05-21"), CONVICTION),
        Status.AWAITING_APPEAL,
        since="2020-09-16",
        on=date(2021, 1, 1),
    ),
    Case(
        "detention upheld on appeal before the verdict is no sentence in force",
        facts(
            stayed("2018-05-21"),
            decided(DecisionOutcome.REMANDED, "2018-05-22"),
            decided(DecisionOutcome.UPHELD, "2018-06-20", instance=Instance.APPEAL),
            CONVICTION,
        ),
        Status.AWAITING_APPEAL,
        since="2020-09-16",
        on=date(2021, 1, 1),
    ),
    # serving
    Case("upheld on appeal", facts(stayed("2018-05-21"), CONVICTION, APPEAL), Status.SERVING, since="2022-03-14"),
    Case(
        "in force by its own date",
        facts(ARREST, decided(DecisionOutcome.CONVICTED, "2020-09-16", in_force="2022-03-14", ends="2032-05-20")),
        Status.SERVING,
        since="2022-03-14",
    ),
    Case(
        "convicted long ago, no appeal recorded",
        facts(stayed("2018-05-21"), CONVICTION),
        Status.SERVING,
        certain=False,
        since="2020-09-16",
    ),
    Case("special council", facts(OSO), Status.SERVING, since="1937-10-02", on=date(1940, 1, 1)),
    Case(
        "administrative arrest",
        facts(decided(DecisionOutcome.ADMINISTRATIVE_ARREST, "2026-05-15")),
        Status.SERVING,
        since="2026-05-15",
    ),
    Case(
        "term over but a stay goes on",
        facts(
            stayed("2018-05-21"), decided(DecisionOutcome.CONVICTED, "2019-01-01", in_force="2019-06-01", ends="2023")
        ),
        Status.SERVING,
        since="2019-06-01",
    ),
    Case(
        "rehabilitation does not free",
        facts(
            OSO,
            decided(DecisionOutcome.REHABILITATED, "1938-01-01", instance=Instance.REHABILITATION),
            happened(EventKind.REHABILITATION_GRANTED, "1938-01-01"),
        ),
        Status.SERVING,
        since="1937-10-02",
        on=date(1940, 1, 1),
    ),
    # released
    Case(
        "released at the end of the term",
        facts(ARREST, CONVICTION, RELEASE),
        Status.RELEASED,
        since="2021-03-01",
        release=ReleaseKind.TERM_SERVED,
    ),
    Case(
        "released, the stay left open",
        facts(stayed("2018-05-21"), happened(EventKind.RELEASE, "2020-01-01")),
        Status.RELEASED,
        since="2020-01-01",
        release=ReleaseKind.UNKNOWN,
    ),
    Case(
        "released at a date not known",
        facts(ARREST, CONVICTION, happened(EventKind.RELEASE, "", ReleaseKind.PARDON)),
        Status.RELEASED,
        release=ReleaseKind.PARDON,
    ),
    Case(
        "arrested and released in one year",
        facts(happened(EventKind.ARREST, "2018"), happened(EventKind.RELEASE, "2018")),
        Status.RELEASED,
        since="2018",
        release=ReleaseKind.UNKNOWN,
    ),
    Case(
        "administrative days over",
        facts(decided(DecisionOutcome.ADMINISTRATIVE_ARREST, "2026-02-01", ends="2026-02-10")),
        Status.RELEASED,
        certain=False,
        release=ReleaseKind.TERM_SERVED,
    ),
    Case(
        "suspended sentence",
        facts(ARREST, decided(DecisionOutcome.CONVICTED, "2020-09-16", custodial=False)),
        Status.RELEASED,
        since="2020-09-16",
        release=ReleaseKind.UNKNOWN,
    ),
    Case(
        "case closed",
        facts(ARREST, decided(DecisionOutcome.CLOSED, "2020-09-16")),
        Status.RELEASED,
        since="2020-09-16",
        release=ReleaseKind.CASE_DROPPED,
    ),
    Case(
        "convicted in absence after a release",
        facts(ARREST, happened(EventKind.RELEASE, "2019-01-01"), CONVICTION),
        Status.RELEASED,
        certain=False,
        since="2019-01-01",
        release=ReleaseKind.UNKNOWN,
    ),
    # exchanged, exiled, acquitted
    Case(
        "exchanged",
        facts(stayed("2018-05-21"), CONVICTION, happened(EventKind.EXCHANGE, "2022-09-21")),
        Status.EXCHANGED,
        since="2022-09-21",
    ),
    Case(
        "exchanged, then convicted in absence",
        facts(stayed("2018-05-21"), happened(EventKind.EXCHANGE, "2019-09-07"), CONVICTION),
        Status.EXCHANGED,
        since="2019-09-07",
    ),
    Case("exiled", facts(ARREST, happened(EventKind.EXILE, "2023-05")), Status.EXILED, since="2023-05"),
    Case(
        "deported in 1944", facts(happened(EventKind.DEPORTATION_1944, "1944-05-18")), Status.EXILED, since="1944-05-18"
    ),
    Case(
        "acquitted and let go",
        facts(stayed("2018-05-21", "2020-09-16"), decided(DecisionOutcome.ACQUITTED, "2020-09-16")),
        Status.ACQUITTED,
        since="2020-09-16",
        release=ReleaseKind.ACQUITTED,
    ),
    Case(
        "released as acquitted",
        facts(ARREST, happened(EventKind.RELEASE, "2020-09-16", ReleaseKind.ACQUITTED)),
        Status.ACQUITTED,
        since="2020-09-16",
        release=ReleaseKind.ACQUITTED,
    ),
    # dead
    Case("died held", facts(stayed("2018-05-21"), DEATH), Status.DEAD_IN_CUSTODY, since="2022-01-01"),
    Case("died held, by the date alone", facts(ARREST, died=parse("2020")), Status.DEAD_IN_CUSTODY, since="2020"),
    Case("executed", facts(happened(EventKind.EXECUTION, "1937-12")), Status.DEAD_IN_CUSTODY, since="1937-12"),
    Case("abducted and found dead", facts(ABDUCTION, DEATH), Status.DEAD_IN_CUSTODY, certain=False, since="2022-01-01"),
    Case(
        "died held, though nobody knows since when",
        facts(decided(DecisionOutcome.CONVICTED, instance=Instance.EXTRAJUDICIAL), DEATH),
        Status.DEAD_IN_CUSTODY,
        certain=False,
        since="2022-01-01",
    ),
    Case(
        "acquitted and let go, convicted on appeal, not known to be taken",
        facts(
            ARREST,
            decided(DecisionOutcome.ACQUITTED, "2020-01-01"),
            decided(DecisionOutcome.CONVICTED, "2020-06-01", instance=Instance.APPEAL),
        ),
        Status.RELEASED,
        certain=False,
        since="2020-01-01",
        release=ReleaseKind.ACQUITTED,
    ),
    Case("died after release", facts(ARREST, RELEASE, DEATH), Status.DEAD, since="2022-01-01"),
    Case(
        "died in the year of release",
        facts(ARREST, happened(EventKind.RELEASE, "2020"), died=parse("2020")),
        Status.DEAD,
        certain=False,
        since="2020",
    ),
    Case("died decades after a term, no release recorded", facts(OSO, died=parse("1980")), Status.DEAD, since="1980"),
    Case("nothing but a death", facts(died=parse("1985")), Status.DEAD, since="1985"),
    # unknown
    Case("nothing recorded", facts(), Status.UNKNOWN),
    Case("only a search", facts(happened(EventKind.SEARCH, "2020-01-01")), Status.UNKNOWN),
    Case("term over, no release recorded", facts(OSO), Status.UNKNOWN, certain=False, on=date(1955, 1, 1)),
    Case("silent for longer than any term", facts(stayed("1937", site="Kolyma")), Status.UNKNOWN, certain=False),
    Case(
        "born too long ago",
        facts(decided(DecisionOutcome.CONVICTED), born=parse("1896")),
        Status.UNKNOWN,
        certain=False,
    ),
    Case(
        "found, no more told",
        facts(ABDUCTION, happened(EventKind.FOUND, "2018-07-01")),
        Status.UNKNOWN,
        since="2018-07-01",
    ),
    Case("escaped", facts(ARREST, happened(EventKind.ESCAPE, "2019-07-01")), Status.UNKNOWN, since="2019-07-01"),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_facts_give_the_status(case: Case) -> None:
    found = standing(case.facts, case.on)
    since = found.since.text if found.since else None
    assert (found.status, since, found.release, found.certain) == (case.status, case.since, case.release, case.certain)


def test_the_table_reaches_every_status() -> None:
    assert {case.status for case in CASES} == set(Status)


def test_every_rule_has_its_own_name_and_sentence() -> None:
    assert len({rule.name for rule in RULES}) == len({rule.sentence for rule in RULES}) == len(RULES)
    assert {rule.status for rule in RULES} == set(Status)


# The seed cases ----------------------------------------------------------------------------------------------------


MUSTAFAYEV_DAYS = {
    date(2018, 5, 20): (Status.UNKNOWN, True),
    date(2018, 5, 21): (Status.PRETRIAL, True),
    date(2019, 11, 14): (Status.PRETRIAL, True),
    date(2019, 11, 15): (Status.ON_TRIAL, True),
    date(2020, 9, 15): (Status.ON_TRIAL, True),
    date(2020, 9, 16): (Status.AWAITING_APPEAL, True),
    date(2022, 3, 13): (Status.AWAITING_APPEAL, True),
    date(2022, 3, 14): (Status.SERVING, True),
    TODAY: (Status.SERVING, True),
    date(2032, 5, 20): (Status.SERVING, True),
    date(2032, 5, 21): (Status.SERVING, False),
    date(2034, 1, 1): (Status.UNKNOWN, False),
}


@pytest.mark.parametrize(("day", "expected"), MUSTAFAYEV_DAYS.items(), ids=str)
def test_mustafayev_stands_rightly_on_each_day_of_his_case(day: date, expected: tuple[Status, bool]) -> None:
    found = standing(MUSTAFAYEV, day)
    assert (found.status, found.certain) == expected


def test_mustafayev_is_held_since_his_arrest_and_not_since_his_conviction() -> None:
    assert str(held_since(MUSTAFAYEV, TODAY)) == "2018-05-21"
    assert days_held(MUSTAFAYEV, TODAY) == Span(2920, 2920)


def test_mustafayev_convicted_and_nothing_else_known_is_serving_with_a_doubt() -> None:
    found = standing(facts(ARREST, CONVICTION), TODAY)
    assert (found.status, found.certain) == (Status.SERVING, False)
    assert found.refs == ("convicted 2020-09-16", "arrest 2018-05-21")


def test_radchenko_ten_years_in_the_gulag_without_dates_do_not_last_for_ever() -> None:
    found = standing(RADCHENKO, TODAY)
    assert (found.status, found.certain) == (Status.UNKNOWN, False)
    assert days_held(RADCHENKO, TODAY) == Span(1, None)
    assert [(period.start, period.end, period.continuing) for period in custody_periods(RADCHENKO, TODAY)] == [
        (None, None, False)
    ]


def test_radchenko_rehabilitated_in_1991_is_still_not_serving() -> None:
    rehabilitated = decided(DecisionOutcome.REHABILITATED, "1991-07", instance=Instance.REHABILITATION)
    known = replace(RADCHENKO, born=None, decisions=(*RADCHENKO.decisions, rehabilitated))
    assert standing(known, date(1995, 1, 1)).status == Status.UNKNOWN


def test_kozlovskyi_freed_after_nearly_two_years_did_not_die_in_custody() -> None:
    assert standing(KOZLOVSKYI, date(2017, 6, 1)).status == Status.PRETRIAL
    assert standing(KOZLOVSKYI, date(2020, 1, 1)).status == Status.RELEASED
    assert standing(KOZLOVSKYI, TODAY).status == Status.DEAD
    assert standing(KOZLOVSKYI, TODAY).certain is True
    assert days_held(KOZLOVSKYI, TODAY) == Span(701, 701)


# Place -------------------------------------------------------------------------------------------------------------


def test_the_present_place_is_the_stay_of_the_day_and_the_later_of_two_that_meet() -> None:
    first, second = stayed("2018-05-21", "2019-03-01", site="SIZO-1"), stayed("2019-03-01", site="Colony 2")
    known = facts(first, second)
    assert current_stay(known, date(2018, 5, 20)) is None
    assert current_stay(known, date(2018, 5, 21)) == first
    assert current_stay(known, date(2019, 3, 1)) == second
    assert current_stay(known, TODAY) == second


@pytest.mark.parametrize("end", [RELEASE, DEATH, happened(EventKind.EXCHANGE, "2021-01-01")], ids=lambda end: end.ref)
def test_nobody_is_held_anywhere_after_release_exchange_or_death(end: Event) -> None:
    assert current_stay(facts(stayed("2018-05-21"), end), TODAY) is None


# Partial dates -----------------------------------------------------------------------------------------------------


def test_a_release_in_a_year_is_certain_only_when_the_year_is_over() -> None:
    known = facts(ARREST, happened(EventKind.RELEASE, "2020"))
    readings = [(day, standing(known, day)) for day in (date(2019, 12, 31), date(2020, 6, 1), date(2020, 12, 31))]
    assert [(found.status, found.certain) for _, found in readings] == [
        (Status.PRETRIAL, True),
        (Status.RELEASED, False),
        (Status.RELEASED, True),
    ]


def test_an_arrest_before_a_year_has_come_for_certain_only_when_the_year_is_over() -> None:
    known = facts(happened(EventKind.ARREST, "../2019"))
    found = [standing(known, day) for day in (date(2015, 1, 1), date(2019, 12, 31))]
    assert [(one.status, one.certain) for one in found] == [(Status.UNKNOWN, False), (Status.PRETRIAL, True)]
