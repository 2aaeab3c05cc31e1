"""The feed as a reader's program fetches it: rules of RFC 4287, 5005 and 6721, and what may never stand in it."""

import datetime as dt
import re
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from django.db import transaction

from cases.published.changes import Part
from cases.published.projections import hide_case
from cases.views import feed
from cases.views.presentation.changes import NAMES
from tests.documents import case_document, event_document, publish

ALL = "/en/feed.atom"
ATOM, GONE = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}:[!-~]+")


def at(day, hour=9):
    return dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)


def read(reader, path=ALL):
    """Fetch a feed and hold it to what RFC 4287 asks of every one."""
    response = reader.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    root = ET.fromstring(response.content)  # noqa: S314 - our own answer
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert TAG.fullmatch(element.findtext(f"{ATOM}id"))
        assert MOMENT.fullmatch(element.findtext(f"{ATOM}updated"))
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
    assert len(root.findall(f"{ATOM}link[@rel='self']")) == 1
    assert root.find(f"{ATOM}author/{ATOM}name").text
    assert all(link.get("href").startswith("http://testserver/") for link in root.iter(f"{ATOM}link"))
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    times = [entry.findtext(f"{ATOM}updated") for entry in root.iter(f"{ATOM}entry")]
    assert times == sorted(times, reverse=True)
    return root


def titles(root):
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def link(root, relation):
    found = root.find(f"{ATOM}link[@rel='{relation}']")
    return None if found is None else found.get("href").removeprefix("http://testserver")


@pytest.fixture
def two(db, on_the_day):
    """A man published on the 18th and changed on the 20th, a woman published on the 19th."""
    publish(case_document(), at=at(18))
    publish(case_document(code="ANNE22", slug="other", name={"en": "Other Person"}, sex="female"), at=at(19))
    released = event_document("release", "2026-11-01", release_kind="term_served")
    publish(case_document(events=[*case_document()["events"], released]), at=at(20))


def test_feed_tells_what_was_published_and_what_changed(two, reader):
    root = read(reader)
    changed, first = root.iter(f"{ATOM}entry")
    assert titles(root) == ["Invented Person: changed", "Other Person: first published"]
    assert changed.findtext(f"{ATOM}summary") == (
        "Invented demonstration case. Status: released (before: serving a sentence). "
        "Place of detention: not known or none (before: Colony IK-1, Tambov). Changed: events."
    )
    assert first.findtext(f"{ATOM}summary") == "Invented demonstration case. Status: serving a sentence."
    assert changed.findtext(f"{ATOM}published") == "2026-11-18T09:00:00.000000Z"
    assert root.findtext(f"{ATOM}updated") == changed.findtext(f"{ATOM}updated") == "2026-11-20T09:00:00.000000Z"
    assert changed.findtext(f"{ATOM}id") == "tag:testserver,2026:case/K7Q4M2"
    assert changed.find(f"{ATOM}link").get("href") == "http://testserver/en/cases/K7Q4M2/invented-person/"


def test_feed_speaks_the_language_of_its_address(two, reader):
    root = read(reader, "/uk/feed.atom")
    assert titles(root)[0] == "Вигадана Особа: змінено"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "uk"


def test_feed_of_a_list_holds_that_list_and_names_itself_by_it(two, reader):
    root = read(reader, f"{ALL}?sex=female")
    assert titles(root) == ["Other Person: first published"]
    assert root.findtext(f"{ATOM}title") == "Case tracker: published and changed. Sex: Female"
    assert root.findtext(f"{ATOM}id") == "tag:testserver,2026:feed/en?sex=female"
    assert link(root, "alternate") == "/en/cases/?sex=female"


def test_feed_in_which_nothing_stands_is_valid(db, on_the_day, reader):
    assert titles(read(reader)) == []


def test_pages_follow_one_another(two, reader, monkeypatch):
    monkeypatch.setattr(feed, "PAGE_SIZE", 1)
    first = read(reader)
    second = read(reader, link(first, "next"))
    assert (titles(first), titles(second)) == (["Invented Person: changed"], ["Other Person: first published"])
    assert (link(first, "previous"), link(second, "next")) == (None, None)
    assert titles(read(reader, link(second, "previous"))) == titles(first)
    assert link(second, "first") == ALL
    assert first.findtext(f"{ATOM}id") == second.findtext(f"{ATOM}id")


def withdraw(code, when):
    with transaction.atomic():
        hide_case(code, at=when, using="default")


def gone(root):
    return [dict(one.attrib) for one in root.iter(f"{GONE}deleted-entry")]


def test_a_withdrawn_case_leaves_the_feed_and_is_named_by_its_code_alone(two, reader):
    withdraw("K7Q4M2", at(21))
    root = read(reader)
    assert titles(root) == ["Other Person: first published"]
    assert gone(root) == [{"ref": "tag:testserver,2026:case/K7Q4M2", "when": "2026-11-21T09:00:00.000000Z"}]
    assert "Invented Person" not in ET.tostring(root, encoding="unicode")


def test_no_list_tells_which_withdrawn_case_stood_in_it(two, reader):
    before = reader.get(f"{ALL}?sex=male&status=released").content
    withdraw("K7Q4M2", at(21))
    root = read(reader, f"{ALL}?sex=male&status=released")
    assert (titles(root), gone(root)) == ([], [])
    assert b"K7Q4M2" in before
    assert b"K7Q4M2" not in ET.tostring(root)


def test_each_withdrawn_case_stands_on_one_page(two, reader, monkeypatch):
    monkeypatch.setattr(feed, "PAGE_SIZE", 1)
    for code, when in (("OLD222", at(10)), ("MID222", at(19, 20)), ("NEW222", at(21))):
        publish(case_document(code=code, slug=code.lower()), at=at(9))
        withdraw(code, when)
    first = read(reader)
    second = read(reader, link(first, "next"))
    codes = [[one["ref"].rsplit("/")[-1] for one in gone(root)] for root in (first, second)]
    assert codes == [["NEW222"], ["MID222", "OLD222"]]


def test_a_case_whose_consent_has_ended_is_gone(db, on_the_day, reader):
    publish(case_document(), show_until=dt.date(2026, 11, 21))
    assert titles(read(reader)) == []


def test_who_is_not_named_stands_under_initials(db, on_the_day, reader):
    publish(case_document(slug="", consent="initials", name={"en": "I. P."}, names=[]))
    assert titles(read(reader)) == ["I. P.: first published"]


def test_what_xml_cannot_hold_is_left_out(db, on_the_day, reader):
    publish(case_document(name={"en": "In\x0bvented <&> Person"}))
    assert titles(read(reader)) == ["In vented <&> Person: first published"]


@pytest.mark.parametrize("path", [ALL, f"{ALL}?sex=male"])
def test_a_program_that_has_it_already_is_told_so_until_something_changes(two, reader, path):
    etag = reader.get(path)["ETag"]
    assert reader.get(path, headers={"if-none-match": etag}).status_code == 304
    withdraw("K7Q4M2", at(21))
    assert reader.get(path, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("status=nonsense", "status: “nonsense” is not accepted here."),
        ("colour=red", "colour: There is no parameter “colour”."),
        ("ordering=-name", "ordering: A feed is in the order of changes: leave the order out."),
        ("cursor=x", "cursor: The cursor is not one that is given out."),
    ],
)
def test_a_parameter_that_is_not_understood_is_named(db, reader, query, said):
    response = reader.get(f"{ALL}?{query}")
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert response.content.decode().startswith(said)


def test_every_list_has_one_feed(db, reader):
    response = reader.get(f"{ALL}?status=&sex=male")
    assert (response.status_code, response["Location"]) == (302, f"{ALL}?sex=male")


def test_feed_costs_the_same_for_one_case_and_for_many(two, reader, django_assert_num_queries):
    for place in range(3):
        publish(case_document(code=f"MANY2{place + 2}", slug=f"many-{place}"), at=at(21))
    with django_assert_num_queries(4):
        assert len(titles(read(reader))) == 5


@pytest.mark.parametrize(
    ("page", "address"), [("/en/", ALL), ("/en/cases/", ALL), ("/en/cases/?ordering=-held&sex=male", f"{ALL}?sex=male")]
)
def test_pages_lead_programs_and_people_to_their_feed(two, reader, page, address):
    shown = BeautifulSoup(reader.get(page).content, "html5lib")
    assert shown.select_one('link[type="application/atom+xml"]')["href"] == address
    assert shown.select_one(f'a[href="{address}"]') is not None


def test_every_part_of_a_document_has_a_name():
    assert set(NAMES) == set(Part)
