"""Which days of a case stand in a calendar, and under which key."""

import datetime as dt
from typing import Any

import pytest

from cases.published.occasions import Occasion, OccasionKind, day_of, occasions
from tests.documents import event_document, finding_document, hearing_document, proceeding_document
from tests.published.samples import case


def told(document: Any) -> list[tuple[str, str, str]]:
    return [(one.key, one.first.isoformat(), one.last.isoformat()) for one in occasions(document)]


def in_court(*hearings: Any, **changes: Any) -> Any:
    return case(events=[], proceedings=[proceeding_document(hearings=list(hearings), decisions=[])], **changes)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-05-21", dt.date(2018, 5, 21)),
        ("2018-05", None),
        ("2018", None),
        ("2018-05-21~", None),
        ("2018-05-21?", None),
        ("2018-05-21/2018-05-22", None),
        ("2018-05-21/..", None),
        ("", None),
    ],
)
def test_only_a_day_known_beyond_doubt_is_a_day(text: str, day: dt.date | None) -> None:
    assert day_of(text) == day


def test_hearings_of_one_day_are_told_apart_and_those_without_a_day_left_out() -> None:
    document = in_court(
        hearing_document("2026-12-01"), hearing_document("2026-12"), hearing_document("2026-12-01", instance="appeal")
    )
    assert told(document) == [
        ("hearing-2026-12-01-1", "2026-12-01", "2026-12-01"),
        ("hearing-2026-12-01-2", "2026-12-01", "2026-12-01"),
    ]


def test_a_hearing_that_lies_within_a_few_days_stands_on_all_of_them() -> None:
    document = in_court(hearing_document("2026-12-01/2026-12-03"), hearing_document("2026-12-01/2026-12-20"))
    assert told(document) == [("hearing-2026-12-01-2026-12-03-1", "2026-12-01", "2026-12-03")]


def test_a_hearing_keeps_its_key_when_another_day_is_added_before_it() -> None:
    before, after = in_court(hearing_document("2026-12-01")), hearing_document("2026-11-01")
    assert told(in_court(after, hearing_document("2026-12-01")))[1] == told(before)[0]


def test_arrests_and_death_come_back_every_year_each_day_once() -> None:
    document = case(
        died="2024-03-07",
        events=[
            event_document("arrest", "2018-05-21"),
            event_document("abduction", "2018-05-20"),
            event_document("arrest", "2016"),
            event_document("death", "2024-03-07"),
            event_document("search", "2018-05-19"),
        ],
    )
    assert told(document) == [
        ("arrest-2018-05-20", "2018-05-20", "2018-05-20"),
        ("arrest-2018-05-21", "2018-05-21", "2018-05-21"),
        ("death-2024-03-07", "2024-03-07", "2024-03-07"),
    ]


@pytest.mark.parametrize(
    ("findings", "ends"),
    [
        ([], []),
        (
            [finding_document(kind="term", last_day=["2032-05-20", "2032-05-20"])],
            [("end-1", "2032-05-20", "2032-05-20")],
        ),
        (
            [finding_document(kind="term", last_day=["2025-06-17", "2025-06-19"])],
            [("end-1", "2025-06-17", "2025-06-19")],
        ),
        ([finding_document(kind="term", last_day=["2025-06-17", "2025-12-19"])], []),
        ([finding_document(kind="term", last_day=[])], []),
        ([finding_document(kind="geneva", last_day=["2032-05-20", "2032-05-20"])], []),
    ],
)
def test_an_end_is_shown_once_published_where_it_is_known_to_a_few_days(findings: Any, ends: Any) -> None:
    assert told(case(events=[], findings=findings)) == ends


def test_a_document_from_before_findings_has_no_end() -> None:
    assert occasions(case(events=[])) == []


def test_what_comes_back_is_named_by_its_kind() -> None:
    (one,) = occasions(case(events=[event_document("arrest", "2018-05-21")]))
    day = dt.date(2018, 5, 21)
    assert one == Occasion(OccasionKind.ARREST, day, day, "arrest-2018-05-21")
