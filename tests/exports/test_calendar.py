"""A calendar as programs read it: parsed again by the library, and its lines held against RFC 5545 by hand."""

import datetime as dt
from typing import Any

import pytest
from icalendar import Calendar, Event

from cases.exports.calendar import Entry, calendar_of

STAMP = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
LONG = "Слухання: Вигадана Особа; «так, саме так»,\nдругий рядок \\ із косою рискою, довший за сімдесят п’ять октетів"


def entry(**changes: Any) -> Entry:
    values: dict[str, Any] = {
        "uid": "k7q4m2-hearing-2026-12-01-1@case-tracker",
        "first": dt.date(2026, 12, 1),
        "last": dt.date(2026, 12, 1),
        "is_yearly": False,
        "title": "Hearing: Invented Person",
        "description": "First instance",
        "location": "",
        "category": "Hearing",
        "address": "https://example.org/en/cases/K7Q4M2/",
        "stamp": STAMP,
        "version": 3,
    }
    return Entry(**(values | changes))


def file_of(*entries: Entry) -> bytes:
    return calendar_of(
        entries, name="Реєстр, усі", description="Про що", address="https://example.org/uk/calendar.ics", language="uk"
    )


def event_of(one: Entry) -> Event:
    (event,) = Calendar.from_ical(file_of(one)).walk("VEVENT")
    return event


def test_head_says_who_made_it_that_it_is_published_and_when_to_ask_again() -> None:
    lines = file_of().decode().split("\r\n")
    assert lines[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Case tracker//Public calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    assert {
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
        "X-WR-CALNAME;LANGUAGE=uk:Реєстр\\, усі",
        "SOURCE;VALUE=URI:https://example.org/uk/calendar.ics",
    } <= set(lines)
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_day_is_an_event_of_the_whole_day() -> None:
    event = event_of(entry())
    assert (dt.date(2026, 12, 1), dt.date(2026, 12, 2)) == (event.DTSTART, event.DTEND)
    assert event["dtstart"].params["VALUE"] == "DATE"


def test_an_event_is_stamped_with_its_publication_and_not_with_now() -> None:
    event = event_of(entry())
    assert (event.DTSTAMP, event.LAST_MODIFIED, event.sequence) == (STAMP, STAMP, 3)
    assert str(event["uid"]) == "k7q4m2-hearing-2026-12-01-1@case-tracker"


def test_texts_come_back_as_they_were_whatever_stands_in_them() -> None:
    event = event_of(entry(title=LONG, description=LONG, location=LONG))
    assert [str(event[name]) for name in ("summary", "description", "location")] == [LONG] * 3


def test_lines_are_folded_at_75_octets_and_texts_escaped() -> None:
    written = file_of(entry(title=LONG))
    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert b"\n" not in written.replace(b"\r\n", b"")
    unfolded = written.replace(b"\r\n ", b"").decode()
    assert (
        "SUMMARY;LANGUAGE=uk:Слухання: Вигадана Особа\\; «так\\, саме так»\\,\\nдругий рядок \\\\ із косою рискою"
        in unfolded
    )


def test_no_text_can_begin_a_line_of_its_own() -> None:
    event = event_of(entry(description="x\r\nATTENDEE:mailto:someone@example.org\rURL:https://example.com"))
    assert "attendee" not in event
    assert str(event["url"]) == "https://example.org/en/cases/K7Q4M2/"


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        (dt.date(2018, 5, 21), b"RRULE:FREQ=YEARLY\r\n"),
        (dt.date(2020, 2, 29), b"RRULE:FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2\r\n"),
    ],
)
def test_an_anniversary_comes_back_every_year(day: dt.date, rule: bytes) -> None:
    assert rule in file_of(entry(first=day, last=day, is_yearly=True))


def test_no_text_carries_a_control_character_or_what_some_programs_take_for_the_end_of_a_line() -> None:
    title = "Вигадана\x00 \x07\x0b\x85Особа\u2028\u2029\x7fТест"
    assert str(event_of(entry(title=title))["summary"]) == "Вигадана     Особа   Тест"


def test_the_last_day_of_the_calendar_has_no_day_after_it() -> None:
    event = event_of(entry(first=dt.date.max, last=dt.date.max))
    assert (dt.date.max, "dtend" in event) == (event.DTSTART, False)


def test_a_calendar_without_days_still_holds_a_component() -> None:
    assert [part.name for part in Calendar.from_ical(file_of()).subcomponents] == ["VTIMEZONE"]
    assert b"TZOFFSETTO:+0000\r\n" in file_of()
    assert [part.name for part in Calendar.from_ical(file_of(entry())).subcomponents] == ["VEVENT"]


def test_the_same_entries_are_the_same_bytes() -> None:
    assert file_of(entry()) == file_of(entry())
