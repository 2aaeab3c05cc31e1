"""A calendar by RFC 5545 with the extensions of RFC 7986: whole days, identifiers that stay, no clock of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vDuration, vText

PRODID = "-//Case tracker//Public calendar//EN"
REFRESH = timedelta(days=1)
#: What RFC 5545 forbids in texts, and what some programs take for the end of a line.
CONTROLS = dict.fromkeys((*range(9), *range(11, 13), *range(14, 32), *range(127, 160), 0x2028, 0x2029), " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event: its first and last day, whether it comes back every year, and its words.

    `uid` never changes; `stamp` is when this state of it was published, `version` grows with each.
    """

    uid: str
    first: date
    last: date
    is_yearly: bool
    title: str
    description: str
    location: str
    category: str
    address: str
    stamp: datetime
    version: int


def calendar_of(entries: Iterable[Entry], *, name: str, description: str, address: str, language: str) -> bytes:
    """Return the file. The same entries give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for names, text in ((("name", "x-wr-calname"), name), (("description", "x-wr-caldesc"), description)):
        for property_name in names:
            calendar.add(property_name, vText(_clean(text)), parameters={"LANGUAGE": language})
    calendar.add("source", address, parameters={"VALUE": "URI"})
    calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        calendar.add_component(_event(entry, language))
    if not calendar.subcomponents:  # RFC 5545 wants one at least
        calendar.add_component(_universal_time())
    return bytes(calendar.to_ical())


def _event(entry: Entry, language: str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp)
    event.add("last-modified", entry.stamp)
    event.add("sequence", entry.version)
    event.add("dtstart", entry.first)
    if entry.last < date.max:  # a day without an end is one whole day
        event.add("dtend", entry.last + timedelta(days=1))
    if entry.is_yearly:
        event.add("rrule", _yearly(entry.first))
    texts = {"summary": entry.title, "description": entry.description, "location": entry.location}
    for property_name, text in texts.items():
        if text:
            event.add(property_name, _clean(text), parameters={"LANGUAGE": language})
    event.add("categories", [entry.category])
    event.add("url", entry.address)
    event.add("class", "PUBLIC")
    event.add("transp", "TRANSPARENT")
    return event


def _clean(text: str) -> str:
    return text.translate(CONTROLS)


def _universal_time() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Etc/UTC")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - the format asks for local time
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone.add_component(standard)
    return zone


def _yearly(day: date) -> dict[str, object]:
    """Return the rule of an anniversary; one of 29 February is kept on the last day of that month."""
    if (day.month, day.day) == (2, 29):
        return {"freq": "yearly", "bymonth": 2, "bymonthday": -1}
    return {"freq": "yearly"}
