"""The calendars as a reader's program fetches them."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from icalendar import Calendar

from cases.published.projections import hide_case
from tests.documents import case_document, hearing_document, proceeding_document, publish

ALL, ONE = "/en/calendar.ics", "/en/cases/K7Q4M2/calendar.ics"


def events(reader, path=ALL):
    response = reader.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return {str(event["uid"]): event for event in Calendar.from_ical(response.content).walk("VEVENT")}


@pytest.fixture
def heard(db, on_the_day):
    """A man who will be heard on 1 December 2026, published on 20 November at half past nine."""
    court = {"slug": "invented-court", "name": {"en": "Invented court"}, "kind": "district", "place": None}
    hearing = hearing_document("2026-12-01", court=court, note={})
    document = case_document(proceedings=[proceeding_document(hearings=[hearing], decisions=[])])
    return publish(document, at=dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC))


HEARING = "k7q4m2-hearing-2026-12-01-1@case-tracker"
ARREST = "k7q4m2-arrest-2018-05-21@case-tracker"


def test_calendar_holds_hearings_and_anniversaries(heard, reader):
    found = events(reader)
    assert set(found) == {HEARING, ARREST}
    assert str(found[HEARING]["summary"]) == "Hearing: Invented Person"
    assert str(found[HEARING]["location"]) == "Invented court"
    assert dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC) == found[HEARING].DTSTAMP
    assert str(found[ARREST]["url"]) == "http://testserver/en/cases/K7Q4M2/invented-person/"


def test_a_hearing_on_an_uncertain_day_is_told_as_such(db, on_the_day, reader):
    hearing = hearing_document("2026-12-01/2026-12-03", note={})
    publish(case_document(events=[], proceedings=[proceeding_document(hearings=[hearing], decisions=[])]))
    (event,) = events(reader, ONE).values()
    assert str(event["summary"]) == "Hearing: Invented Person (one of these days)"
    assert (dt.date(2026, 12, 1), dt.date(2026, 12, 4)) == (event.DTSTART, event.DTEND)


def test_identifiers_are_the_same_in_every_language(heard, reader):
    assert set(events(reader, "/uk/calendar.ics")) == {HEARING, ARREST}
    assert str(events(reader, "/uk/calendar.ics")[HEARING]["summary"]) == "Засідання: Вигадана Особа"


def test_calendar_of_one_case_is_of_nobody_else(heard, reader):
    publish(case_document(code="ANNE22", slug="other", name={"en": "Other Person"}, proceedings=[]))
    assert set(events(reader, ONE)) == {HEARING, ARREST}
    assert len(events(reader)) == 3


def test_somebody_who_is_not_named_stands_under_initials(db, on_the_day, reader):
    publish(case_document(slug="", consent="initials", name={"en": "I. P."}, names=[], proceedings=[]))
    (event,) = events(reader).values()
    assert str(event["summary"]) == "I. P.: taken into custody on this day in 2018"
    assert str(event["url"]) == "http://testserver/en/cases/K7Q4M2/"


def test_a_withdrawn_case_is_gone_from_both(heard, reader):
    with transaction.atomic():
        hide_case("K7Q4M2", at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC), using="default")
    assert events(reader) == {}
    assert reader.get(ONE).status_code == 410


def test_a_case_whose_consent_has_ended_is_gone_from_both(db, on_the_day, reader):
    publish(case_document(), show_until=dt.date(2026, 11, 21))
    assert events(reader) == {}
    assert reader.get(ONE).status_code == 410


def test_an_unknown_code_is_no_calendar(db, reader):
    assert reader.get("/en/cases/ZZZZ22/calendar.ics").status_code == 404


@pytest.mark.parametrize("path", [ALL, ONE])
def test_a_program_that_has_it_already_is_told_so_until_something_changes(heard, reader, path):
    etag = reader.get(path)["ETag"]
    assert reader.get(path, headers={"if-none-match": etag}).status_code == 304
    publish(case_document(proceedings=[]))
    assert reader.get(path, headers={"if-none-match": etag}).status_code == 200


def test_calendar_costs_the_same_for_one_case_and_for_many(heard, reader, django_assert_num_queries):
    for place in range(3):
        publish(case_document(code=f"MANY2{place + 2}", slug=f"many-{place}"))
    with django_assert_num_queries(3):
        assert len(events(reader)) > 3


@pytest.mark.parametrize(("page", "address"), [("/en/cases/", ALL), ("/en/cases/K7Q4M2/invented-person/", ONE)])
def test_the_list_and_the_profile_lead_to_their_calendar(heard, reader, page, address):
    shown = BeautifulSoup(reader.get(page).content, "html5lib")
    assert shown.select_one(f'a[href="{address}"]') is not None
