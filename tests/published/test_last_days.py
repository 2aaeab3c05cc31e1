"""What is left of a term on a day: told, never stored."""

import datetime as dt

import pytest

from cases.domain.term_working import Days
from cases.published.last_days import computed_ends, told_remaining
from tests.documents import case_document, finding_document

DAY, LATER = dt.date(2032, 5, 20), dt.date(2032, 6, 20)


@pytest.mark.parametrize(
    ("days", "on", "expected"),
    [
        (Days(DAY, DAY), "2032-05-18", "2 days are left."),
        (Days(DAY, DAY), "2032-05-19", "1 day is left."),
        (Days(DAY, DAY), "2032-05-20", "Today is the last day."),
        (Days(DAY, LATER), "2032-06-20", "The last day is today, if it has not passed."),
        (Days(DAY, DAY), "2032-05-21", "The last day passed 1 day ago."),
        (Days(DAY, LATER), "2032-05-18", "Between 2 and 33 days are left."),
        (Days(DAY, LATER), "2032-05-21", "The last day may have passed; at most 30 days are left."),
        (Days(DAY, LATER), "2032-06-25", "The last day passed 5 days ago."),
    ],
)
def test_what_is_left_is_a_number_or_an_interval_or_over(days: Days, on: str, expected: str) -> None:
    assert told_remaining(days, dt.date.fromisoformat(on)) == expected


def test_published_ends_are_read_from_any_version_of_a_document() -> None:
    assert computed_ends(case_document()) == []  # type: ignore[arg-type]
    far = finding_document(kind="distance", last_day=[], kilometres=1016)
    (end,) = computed_ends(case_document(findings=[far, finding_document()]))  # type: ignore[arg-type]
    assert (end.proceeding, end.last_day, end.is_verified) == (0, Days(DAY, DAY), False)
    assert end.transfers == (({"en": "Prison → Strict regime"}, Days(dt.date(2022, 5, 21), dt.date(2022, 5, 23))),)
