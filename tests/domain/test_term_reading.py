"""Which term is read from a case's dated facts: instances, custody of every kind, and exactly which fact is missing."""

import datetime as dt
from typing import Any

import pytest

from cases.domain.case_facts import CaseFacts, Decision, Event, Stay
from cases.domain.custody_before import Note
from cases.domain.partial_dates import PartialDate, parse
from cases.domain.sentence_standing import Part, Punishment, Ruling, Stands, standing_sentence
from cases.domain.term_reading import Charged, Lack, Result, Taken, TermReading, Tried, overlapping, read_term
from cases.domain.term_working import Days
from cases.domain.terms import Term
from cases.enums import ChargeOutcome, DecisionOutcome, EventKind, Instance, ProceedingKind, ReleaseKind, StayKind
from cases.published.term_telling import term_law

LISTED, OTHER = "205.5(2)", "223.1(1)"


def on(text: str | None) -> PartialDate | None:
    return parse(text) if text else None


def days(first: str, last: str = "") -> Days:
    return Days(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))


def years(number: int, *regimes: str, **more: Any) -> Punishment:
    parts = tuple(Part(regime=regime) for regime in regimes or ("strict",))
    return Punishment(term=Term(years=number, months=more.pop("months", None)), parts=parts, **more)


def ruling(
    day: str | None,
    outcome: DecisionOutcome,
    instance: Instance = Instance.FIRST,
    punishment: Punishment | None = None,
    in_force: str | None = None,
) -> Ruling:
    return Ruling(
        instance=instance, outcome=outcome, on=on(day), in_force=on(in_force), punishment=punishment, ref=f"of {day}"
    )


CONVICTED, UPHELD = DecisionOutcome.CONVICTED, DecisionOutcome.UPHELD
FOURTEEN = (
    ruling("2020-09-16", CONVICTED, punishment=years(14)),
    ruling("2022-03-14", UPHELD, Instance.APPEAL),
)


def tried(
    *rulings: Ruling, article: str = LISTED, outcome: ChargeOutcome = ChargeOutcome.CONVICTED, **more: Any
) -> Tried:
    charges = (Charged(number=article, is_captors=True, outcome=outcome, ref="charge"),) if article else ()
    return Tried(**{"kind": ProceedingKind.CRIMINAL, "charges": charges, "rulings": rulings} | more)


def arrest(day: str) -> Event:
    return Event(kind=EventKind.ARREST, on=on(day), ref=f"arrest {day}")


def released(day: str) -> Event:
    return Event(kind=EventKind.RELEASE, on=on(day), release=ReleaseKind.UNDER_INVESTIGATION, ref=f"release {day}")


def stay(first: str | None, last: str | None = None, kind: StayKind = StayKind.SITE) -> Stay:
    return Stay(kind=kind, started=on(first), ended=on(last), site="SIZO", ref=f"stay {first}")


def facts(*rows: Event | Stay | Decision) -> CaseFacts:
    return CaseFacts(
        stays=tuple(row for row in rows if isinstance(row, Stay)),
        events=tuple(row for row in rows if isinstance(row, Event)),
        decisions=tuple(row for row in rows if isinstance(row, Decision)),
    )


def read(case: Tried, *rows: Event | Stay | Decision) -> TermReading:
    return read_term(case, facts(*rows), term_law())


def last_day(case: Tried, *rows: Event | Stay | Decision) -> Days | None:
    found = read(case, *rows)
    assert found.counted is not None, (found.result, found.lacks, found.mistake)
    return found.counted.last_day


def in_force(day: str, punishment: Punishment) -> Ruling:
    return ruling(day, CONVICTED, punishment=punishment, in_force=day)


# The sentence that stands ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "state", "length", "since"),
    [
        ((), Stands.SENTENCE, 14, "2022-03-14"),
        ((ruling("2023-02-01", UPHELD, Instance.CASSATION),), Stands.SENTENCE, 14, "2022-03-14"),
        (
            (ruling("2023-02-01", DecisionOutcome.REDUCED, Instance.CASSATION, years(13)),),
            Stands.SENTENCE,
            13,
            "2022-03-14",
        ),
        ((ruling("2023-02-01", DecisionOutcome.SENT_BACK, Instance.CASSATION),), Stands.UNDONE, None, None),
        ((ruling("2023-02-01", DecisionOutcome.REDUCED, Instance.CASSATION),), Stands.UNTOLD, None, "2022-03-14"),
        (
            (
                ruling("2023-02-01", DecisionOutcome.QUASHED, Instance.CASSATION),
                ruling("2024-02-01", CONVICTED, Instance.RETRIAL, years(12)),
            ),
            Stands.SENTENCE,
            12,
            None,
        ),
    ],
)
def test_what_stands_after_the_last_decision_and_since_when_it_is_in_force(
    later: tuple[Ruling, ...], state: Stands, length: int | None, since: str | None
) -> None:
    found = standing_sentence([*FOURTEEN, *later])
    assert (found.state, found.punishment.term.years if found.punishment else None, found.in_force) == (
        state,
        length,
        on(since),
    )


@pytest.mark.parametrize(
    ("first", "appeal", "expected"),
    [
        (None, "2022-03", "2022-03"),
        ("2020-09-16/2025", "2022-03-14", "2022-03-14"),
        ("2022-03-14", "2022", "2022-03-14"),
        ("2020-10-01", "2022-03-14", "2020-10-01/2022-03-14"),
        ("2022-03-14", None, "2022-03-14"),
    ],
)
def test_the_day_of_force_is_the_appeals_and_where_the_records_disagree_both(
    first: str | None, appeal: str | None, expected: str
) -> None:
    found = standing_sentence(
        [ruling("2020-09-16", CONVICTED, punishment=years(14), in_force=first), ruling(appeal, UPHELD, Instance.APPEAL)]
    )
    assert found.in_force == on(expected)


def test_an_appeal_about_detention_before_the_verdict_brings_nothing_into_force() -> None:
    assert standing_sentence([ruling("2019-01-01", UPHELD, Instance.APPEAL)]).state is Stands.NOTHING_PASSED


# What is counted, and what is not ------------------------------------------------------------------------------------


def test_the_worked_examples_of_the_field_notes() -> None:
    found = read(tried(*FOURTEEN), arrest("2018-05-21"), stay("2018-05-21"))
    assert found.counted is not None
    assert (found.counted.last_day, [one.days for one in found.counted.thresholds]) == (
        days("2032-05-20"),
        [days("2028-11-20")],
    )
    appeal = ruling("2022-08-18", DecisionOutcome.REDUCED, Instance.APPEAL, years(5, "general"))
    five = tried(ruling("2022-02-16", CONVICTED, punishment=years(6)), appeal, article=OTHER)
    assert last_day(five, arrest("2021-03-10")) == days("2025-06-17", "2025-06-19")


def test_an_appeal_that_raises_the_sentence_is_the_one_that_counts() -> None:
    raised = ruling("2022-03-14", DecisionOutcome.INCREASED, Instance.APPEAL, years(17))
    assert last_day(tried(FOURTEEN[0], raised), arrest("2018-05-21")) == days("2035-05-20")


@pytest.mark.parametrize(
    ("punishment", "result"),
    [
        (Punishment(life=True), Result.LIFE),
        (Punishment(death=True), Result.DEATH),
        (years(5, suspended=True), Result.SUSPENDED),
        (Punishment(), Result.NO_TERM),
    ],
)
def test_what_is_no_term_is_called_what_it_is(punishment: Punishment, result: Result) -> None:
    assert read(tried(in_force("2022-03-14", punishment)), arrest("2018-05-21")).result is result


def test_another_states_law_and_other_bodies_are_not_counted_by_article_72() -> None:
    foreign = (Charged(number="54-10", is_captors=False, outcome=ChargeOutcome.CONVICTED),)
    assert read(tried(*FOURTEEN, charges=foreign), arrest("2018-05-21")).result is Result.OTHER_LAW
    administrative = tried(*FOURTEEN, kind=ProceedingKind.ADMINISTRATIVE)
    assert read(administrative, arrest("2018-05-21")).result is Result.OTHER_LAW


@pytest.mark.parametrize(
    ("case", "rows", "lack"),
    [
        (tried(FOURTEEN[0]), [arrest("2018-05-21")], Lack.IN_FORCE),
        (tried(FOURTEEN[0], ruling(None, UPHELD, Instance.APPEAL)), [arrest("2018-05-21")], Lack.IN_FORCE),
        (tried(in_force("2020-09-16/..", years(14))), [arrest("2018-05-21")], Lack.IN_FORCE_OPEN),
        (tried(FOURTEEN[0], ruling("2022-03-14", DecisionOutcome.REDUCED, Instance.APPEAL)), [], Lack.SENTENCE),
        (tried(*FOURTEEN), [], Lack.CUSTODY),
        (tried(*FOURTEEN), [stay(None)], Lack.CUSTODY_START),
        (tried(*FOURTEEN), [arrest("../2018")], Lack.CUSTODY_START),
        (tried(*FOURTEEN, article="part two"), [arrest("2018-05-21")], Lack.INPUT),
    ],
)
def test_it_says_which_fact_is_missing(case: Tried, rows: list[Event | Stay | Decision], lack: Lack) -> None:
    found = read(case, *rows)
    assert (found.result, found.lacks, found.counted) == (Result.LACKING, (lack,), None)


def test_a_verdict_alone_does_not_tell_when_the_person_was_taken() -> None:
    verdict = Decision(instance=Instance.FIRST, outcome=CONVICTED, on=on("2020-09-16"), ref="verdict")
    assert read(tried(*FOURTEEN), verdict).lacks == (Lack.CUSTODY_START,)
    order = Decision(instance=Instance.FIRST, outcome=DecisionOutcome.REMANDED, on=on("2018-05-22"), ref="order")
    assert last_day(tried(*FOURTEEN), order) == days("2032-05-21")
    assert read(tried(*FOURTEEN), order).notes == (Note.FROM_ORDER,)


# Custody of every kind -----------------------------------------------------------------------------------------------


def test_house_arrest_between_two_times_in_detention_counts_half() -> None:
    held = (
        arrest("2021-01-01"),
        stay("2021-01-01", "2021-01-10"),
        stay("2021-01-11", "2021-04-20", StayKind.HOUSE_ARREST),
        stay("2021-04-21"),
    )
    # 10 days, 100 that count for 50, and 102 up to the eve: 162 days off 31 July 2024, or off the first day.
    assert last_day(tried(in_force("2021-08-01", years(3))), *held) == days("2024-02-19", "2024-02-20")


def test_an_order_of_house_arrest_stands_in_for_a_stay_until_the_next_one() -> None:
    order = Decision(instance=Instance.FIRST, outcome=DecisionOutcome.HOUSE_ARREST, on=on("2021-01-11"), ref="order")
    held = (arrest("2021-01-01"), order, stay("2021-04-21"))
    assert last_day(tried(in_force("2021-08-01", years(3))), *held) == days("2024-02-19", "2024-02-20")


def test_transit_and_places_not_known_are_days_of_detention() -> None:
    held = (arrest("2021-03-10"), stay("2021-05", "2021-06", StayKind.IN_TRANSIT), stay(None, None, StayKind.UNKNOWN))
    assert last_day(tried(in_force("2022-08-18", years(5))), *held) == days("2026-03-09")


def test_days_in_a_punishment_cell_do_not_count_for_more_than_a_day() -> None:
    cell = Event(kind=EventKind.PUNISHMENT_CELL, on=on("2021-05-01"), ended=on("2021-05-30"), ref="cell")
    five = tried(in_force("2022-08-18", years(5, "general")), article=OTHER)
    # Thirty days count for thirty and not for forty-five.
    assert last_day(five, arrest("2021-03-10"), cell) == days("2025-07-02", "2025-07-04")
    endless = Event(kind=EventKind.PUNISHMENT_CELL, on=on("2021-05-01"), ref="cell")
    assert read(five, arrest("2021-03-10"), endless).notes == (Note.CELL_END_UNKNOWN,)
    found = last_day(five, arrest("2021-03-10"), endless)
    assert found is not None
    assert (found.earliest, found.latest > dt.date(2025, 7, 4)) == (dt.date(2025, 6, 18), True)


def test_release_and_arrest_again_leave_out_the_time_between() -> None:
    held = (arrest("2020-01-01"), released("2020-02-29"), arrest("2021-07-01"))
    assert last_day(tried(in_force("2021-08-01", years(3)), began=on("2020-01-01")), *held) == days("2024-05-01")


def test_a_cell_within_another_time_in_one_ends_neither() -> None:
    five = tried(in_force("2022-08-18", years(5, "general")), article=OTHER)
    long = Event(kind=EventKind.STRICT_CONDITIONS, on=on("2021-05-01"), ended=on("2021-05-30"), ref="long")
    short = Event(kind=EventKind.PUNISHMENT_CELL, on=on("2021-05-10"), ended=on("2021-05-15"), ref="short")
    assert last_day(five, arrest("2021-03-10"), long, short) == days("2025-07-02", "2025-07-04")


def test_custody_that_ended_before_the_proceeding_began_belongs_to_another_case() -> None:
    held = (arrest("2015-01-01"), released("2015-12-31"), arrest("2018-05-21"))
    unknown = tried(in_force("2022-03-14", years(14)))
    assert read(unknown, *held).notes == (Note.PERHAPS_OTHER_CASE,)
    assert last_day(unknown, *held) == days("2031-05-20", "2032-05-20")
    known = tried(in_force("2022-03-14", years(14)), began=on("2018-05-21"))
    assert (read(known, *held).notes, last_day(known, *held)) == ((Note.OTHER_CASE,), days("2032-05-20"))


def test_an_administrative_arrest_is_no_detention_in_the_criminal_case() -> None:
    fined = Decision(
        instance=Instance.FIRST,
        outcome=DecisionOutcome.ADMINISTRATIVE_ARREST,
        on=on("2018-05-01"),
        term_ends=on("../2018-05-10"),
        ref="administrative",
    )
    case = tried(in_force("2022-03-14", years(14)))
    apart = (arrest("2018-05-01"), fined, arrest("2018-05-21"))
    assert (read(case, *apart).notes, last_day(case, *apart)) == ((Note.ADMINISTRATIVE,), days("2032-05-20"))
    unbroken = (arrest("2018-05-01"), fined, arrest("2018-05-10"), stay("2018-05-11"))
    assert last_day(case, *unbroken) == days("2032-05-10")


def test_articles_that_nobody_recorded_leave_the_credit_open() -> None:
    case = tried(in_force("2022-08-18", years(5, "general")), article="")
    found = read(case, arrest("2021-03-10"))
    assert found.counted is not None
    assert (found.counted.last_day, len(found.counted.thresholds)) == (days("2025-06-17", "2026-03-09"), 4)


def test_charges_stand_in_for_a_conviction_only_while_they_were_not_dropped() -> None:
    pending = tried(*FOURTEEN, outcome=ChargeOutcome.UNKNOWN)
    assert (read(pending, arrest("2018-05-21")).notes, last_day(pending, arrest("2018-05-21"))) == (
        (Taken.CHARGES,),
        days("2032-05-20"),
    )
    dropped = read(tried(*FOURTEEN, outcome=ChargeOutcome.DROPPED), arrest("2018-05-21"))
    assert dropped.case is not None
    assert (dropped.case.offences, dropped.case.offences_known) == ((), False)


def test_parts_of_a_sentence_give_the_day_of_transfer_and_unknown_regimes_leave_it_open() -> None:
    parts = (Part(regime="prison", length=Term(years=4)), Part(regime="strict"))
    case = tried(in_force("2022-03-14", Punishment(term=Term(years=14), parts=parts)))
    found = read(case, arrest("2018-05-21"))
    assert found.counted is not None
    assert [(one.after, one.days) for one in found.counted.transfers] == [("strict", days("2022-05-21"))]
    unknown = tried(in_force("2022-03-14", years(14, "unknown")))
    assert (read(unknown, arrest("2018-05-21")).notes, last_day(unknown, arrest("2018-05-21"))) == (
        (Taken.REGIME,),
        days("2032-05-20"),
    )


def test_terms_at_the_same_time_overlap_and_those_one_after_the_other_do_not() -> None:
    first = read(tried(*FOURTEEN), arrest("2018-05-21"))
    second = read(tried(in_force("2025-02-11", years(3)), began=on("2025-01-01")), arrest("2018-05-21"))
    served = read(tried(in_force("2010-01-01", years(2))), arrest("2009-06-01"))
    assert overlapping([first, second, served]) == {0, 1}
    assert overlapping([first, served]) == frozenset()
