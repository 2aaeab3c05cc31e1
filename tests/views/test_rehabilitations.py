"""The list of rescinded rehabilitations, and the sequence on a profile."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import transaction

from cases.published.projections import hide_case
from tests.documents import case_document, event_document, organisation_document, publish, rehabilitation_document

PATH = "/en/rehabilitations/"
OFFICE = organisation_document(slug="invented-office", name={"en": "Invented office"}, kind="state")


def page(reader, path=PATH, status=200):
    response = reader.get(path)
    assert response.status_code == status, response.content[:400]
    return BeautifulSoup(response.content, "html5lib")


def words(element):
    return " ".join(element.get_text(" ").split())


def names(shown):
    return [words(name) for name in shown.select(".sequences h3")]


def historical(code, slug, name, *decisions, **changes):
    return case_document(
        code=code,
        slug=slug,
        kind="historical",
        name={"en": name, "uk": name},
        names=[],
        died="1938",
        stays=[],
        proceedings=[],
        events=[event_document("arrest", "1937-02")],
        rehabilitations=list(decisions),
        **changes,
    )


@pytest.fixture
def sequences(db, on_the_day):
    """Three people whose rehabilitation was rescinded, one of them unnamed and one rehabilitated again; and two others."""
    granted = rehabilitation_document("granted", "1992", law={"en": "Law of 18 October 1991"})
    publish(historical("AAAA22", "ann-a", "Ann A", granted, rehabilitation_document("rescinded", "2024", body=OFFICE)))
    taken_back = rehabilitation_document("rescinded", "2025-03")
    publish(historical("BBBB22", "", "B. B.", granted, taken_back, consent="initials"))
    again = rehabilitation_document("granted", "2026")
    publish(historical("CCCC22", "carl-c", "Carl C", granted, taken_back, again))
    publish(historical("DDDD22", "dan-d", "Dan D", granted))
    publish(historical("FFFF22", "fay-f", "Fay F"))


def test_everybody_whose_rehabilitation_was_ever_rescinded_is_listed(sequences, reader):
    shown = page(reader)
    assert names(shown) == ["Ann A", "B. B.", "Carl C"]
    assert [words(now) for now in shown.select(".sequences .now")] == [
        "Present status: Rehabilitation rescinded",
        "Present status: Rehabilitation rescinded",
        "Present status: Rehabilitated",
    ]
    assert words(shown.select_one(".sequences .steps")) == (
        "1992 Rehabilitated 2024 Rehabilitation rescinded Invented office"
    )


def test_somebody_who_is_not_named_stands_under_initials_and_the_bare_address(sequences, reader):
    row = page(reader).select(".sequences > li")[1]
    assert words(row.div) == "B. B. The name is withheld: initials only Invented demonstration case"
    assert row.a["href"] == "/en/cases/BBBB22/"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("year=2024", ["Ann A"]),
        ("year=2025", ["B. B.", "Carl C"]),
        ("body=invented-office", ["Ann A"]),
        ("year=2025&body=invented-office", []),
    ],
)
def test_the_list_is_narrowed_by_year_and_body(sequences, reader, query, found):
    assert names(page(reader, f"{PATH}?{query}")) == found


@pytest.mark.parametrize("query", ["year=1850", "body=nobody", "year=x", "what=1", "year=2024&year=2025"])
def test_a_filter_that_is_not_understood_lists_nobody_and_says_so(sequences, reader, query):
    shown = page(reader, f"{PATH}?{query}")
    assert names(shown) == []
    assert shown.select_one(".problems") is not None


def test_the_bodies_to_choose_from_are_named_in_words(sequences, reader):
    options = [(one.get("value"), words(one)) for one in page(reader).select("select[name=body] option")]
    assert options == [("", "Any"), ("invented-office", "Invented office")]


def test_a_withdrawn_case_leaves_the_list(sequences, reader):
    with transaction.atomic():
        hide_case("AAAA22", at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC), using="default")
    assert names(page(reader)) == ["B. B.", "Carl C"]


def test_a_page_of_the_list_costs_the_same_for_one_and_for_many(sequences, reader, django_assert_num_queries):
    granted, taken_back = rehabilitation_document("granted", "1992"), rehabilitation_document("rescinded", "2024")
    for letter in "GHJK":
        publish(historical(f"{letter * 4}22", f"{letter.lower()}-x", f"{letter} x", granted, taken_back))
    with django_assert_num_queries(6):
        assert len(names(page(reader))) == 7


def test_a_profile_tells_every_decision_and_what_stands_now(sequences, reader):
    section = page(reader, "/en/cases/AAAA22/ann-a/").select_one("#rehabilitation")
    assert words(section.select_one(".lead-in strong")) == "Rehabilitation rescinded"
    assert [words(entry) for entry in section.select(".entry")] == [
        "1992 Rehabilitated Source 1 Law of 18 October 1991",
        "2024 Rehabilitation rescinded Source 1 Invented office",
    ]


def test_a_profile_without_decisions_has_no_such_section(sequences, reader):
    assert page(reader, "/en/cases/FFFF22/fay-f/").select_one("#rehabilitation") is None


def test_dates_that_leave_the_last_decision_open_say_possibly(db, on_the_day, reader):
    same_year = [rehabilitation_document("refused", "1992"), rehabilitation_document("granted", "1992")]
    publish(historical("GGGG22", "gus-g", "Gus G", *same_year))
    section = page(reader, "/en/cases/GGGG22/gus-g/").select_one("#rehabilitation")
    assert words(section.select_one(".lead-in strong")) == (
        "Rehabilitated, possibly: the dates leave open which decision is the last"
    )


@pytest.mark.parametrize("cursor", ["zz", "%00", "e30"])
def test_a_page_that_was_never_given_out_is_said_not_to_exist(db, reader, cursor):
    shown = page(reader, f"{PATH}?cursor={cursor}")
    assert "This page of the list does not exist." in words(shown.select_one("[role=alert]"))
