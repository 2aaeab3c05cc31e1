"""Days held, as a range, and unbroken periods."""

import pytest

from cases.domain.custody import (
    CaseFacts,
    custody_periods,
    days_held,
)
from cases.domain.partial_dates import Span, parse
from cases.enums import DecisionOutcome, EventKind, StayKind
from tests.domain.custody_facts import (
    ABDUCTION,
    ARREST,
    TODAY,
    decided,
    facts,
    happened,
    stayed,
)

DAYS = {
    "one day": (facts(stayed("2018-05-21", "2018-05-21"), happened(EventKind.RELEASE, "2018-05-21")), Span(1, 1)),
    "never held": (facts(happened(EventKind.SEARCH, "2018")), Span(0, 0)),
    "arrest to release": (facts(ARREST, happened(EventKind.RELEASE, "2018-05-30")), Span(10, 10)),
    "overlapping stays count once": (
        facts(
            stayed("2018-05-01", "2018-05-20"),
            stayed("2018-05-10", "2018-05-30", site="B"),
            happened(EventKind.RELEASE, "2018-05-30"),
        ),
        Span(30, 30),
    ),
    "days between two stays count": (
        facts(
            stayed("2018-05-01", "2018-05-10"),
            stayed("2018-05-20", "2018-05-30", site="B"),
            happened(EventKind.RELEASE, "2018-05-30"),
        ),
        Span(30, 30),
    ),
    "days at liberty do not": (
        facts(
            stayed("2018-05-01", "2018-05-10"),
            happened(EventKind.RELEASE, "2018-05-10"),
            stayed("2018-05-20", "2018-05-29", site="B"),
            happened(EventKind.RELEASE, "2018-05-29"),
        ),
        Span(20, 20),
    ),
    "a release known to the month": (facts(ARREST, happened(EventKind.RELEASE, "2018-06")), Span(12, 41)),
    "a year at both ends": (
        facts(happened(EventKind.ARREST, "2018"), happened(EventKind.RELEASE, "2019")),
        Span(2, 730),
    ),
    "a stay tells when the year of the arrest was over": (
        facts(happened(EventKind.ARREST, "2018"), stayed("2018-05-21"), happened(EventKind.RELEASE, "2018-05-30")),
        Span(10, 150),
    ),
    "nothing after the last stay": (facts(stayed("2026-05-01", "2026-05-10")), Span(10, 18)),
    "administrative arrest of unknown length": (
        facts(decided(DecisionOutcome.ADMINISTRATIVE_ARREST, "2026-01-01")),
        Span(1, 31),
    ),
    "one administrative arrest after another": (
        facts(
            decided(DecisionOutcome.ADMINISTRATIVE_ARREST, "2026-01-01", ends="2026-01-15"),
            decided(DecisionOutcome.ADMINISTRATIVE_ARREST, "2026-01-16", ends="2026-01-30"),
            decided(DecisionOutcome.ADMINISTRATIVE_ARREST, "2026-05-16", ends="2026-05-30"),
        ),
        Span(33, 33),
    ),
    "begun at a date not known": (
        facts(happened(EventKind.ARREST), happened(EventKind.RELEASE, "2018")),
        Span(1, None),
    ),
    "died held": (facts(ARREST, died=parse("2018-05-30")), Span(10, 10)),
    "abducted, then held": (
        facts(ABDUCTION, stayed("2018-05-25"), happened(EventKind.RELEASE, "2018-05-30")),
        Span(10, 10),
    ),
    "abducted and never seen": (facts(ABDUCTION), Span(0, 0)),
    "still held": (facts(stayed("2026-05-09")), Span(10, 10)),
}


@pytest.mark.parametrize(("known", "expected"), DAYS.values(), ids=DAYS.keys())
def test_days_held_count_first_and_last_day_once(known: CaseFacts, expected: Span) -> None:
    assert days_held(known, TODAY) == expected


def test_periods_join_stays_and_split_at_a_release() -> None:
    known = facts(
        stayed("2018-05-01", "2018-05-10"),
        stayed("2018-05-10", "2018-06-01", kind=StayKind.HOUSE_ARREST),
        happened(EventKind.RELEASE, "2018-06-01"),
        stayed("2020-02-01", kind=StayKind.HOUSE_ARREST),
    )
    periods = [(str(p.start), str(p.end), p.kind, p.continuing) for p in custody_periods(known, TODAY)]
    assert periods == [
        ("2018-05-01", "2018-06-01", StayKind.SITE, False),
        ("2020-02-01", "None", StayKind.HOUSE_ARREST, True),
    ]
