"""Every public address has its validator, changes it with whatever it shows, and nothing is kept longer than it is true."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from cases.actions.releases import make_release
from cases.published.models import PublishedCase, PublishedPhoto
from cases.published.projections import hide_case, rebuild
from cases.published.state import read_state
from tests.documents import (
    case_document,
    provision_document,
    publish,
    site_document,
)

PROFILE = "/en/cases/K7Q4M2/invented-person/"
LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test-pages"}
PHOTO = "0" * 64
FILLED = {"code": "K7Q4M2", "number": "1", "chart": "status", "sha256": PHOTO, "name": "cases.jsonl"}
SLUGS = {"case": "invented-person", "site": site_document()["slug"], "provision": provision_document()["slug"]}
#: What an address wants to be asked.
ASKED = {"api-search": "?q=Invented", "api-changes": "?since=2026-01-01T00:00:00Z"}
#: What has no validator, and why.
WITHOUT = {
    "root": "leads to a language",
    "case-code": "leads to the address with the name",
    "": "leads to the page of data, or is no address",
    "api-ftm": "a stream of the API, which counts who asks",
    "api-organisation": "no case of this world names an organisation",
}
#: What brings bytes that never change, or an ETag of its very bytes: it need not change with everything else.
ITS_OWN = {"photo", "release-manifest", "release-file"}


def addresses() -> Iterator[tuple[str, str]]:
    """Yield the name and the path of every public address of the URL table, filled in."""
    for pattern, route in _patterns(get_resolver().url_patterns, ""):
        if route.startswith(("desk/", "en/follow/", "^")):
            continue
        name = pattern.name or ""
        slug = SLUGS.get(name.removeprefix("api-"), "none")
        words = {**FILLED, "slug": slug}
        path = re.sub(r"<\w+:(\w+)>", lambda found, words=words: words[found[1]], route)
        yield name, f"/{path}{ASKED.get(name, '')}"


def _patterns(patterns, before: str) -> Iterator[tuple[URLPattern, str]]:
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield one, route
        else:
            yield from _patterns(one.url_patterns, route)


@pytest.fixture
def world(published, settings):
    settings.CONTACT_EMAIL = "desk@example.org"
    make_release(note="", address="https://example.org", at=timezone.now(), say=lambda _text: None)
    PublishedPhoto.objects.create(case=published, sha256=PHOTO, content=b"jpeg", width=1, height=1)
    return published


@pytest.fixture
def kept(settings):
    """Keep pages as the site does."""
    settings.CACHES = {**settings.CACHES, "pages": LOCAL}


def validators(reader: Client) -> dict[str, str]:
    found = {}
    for name, path in addresses():
        if name in WITHOUT:
            continue
        response = reader.get(path)
        b"".join(response) if response.streaming else response.content
        assert response.status_code == 200, path
        if "no-store" in response["Cache-Control"]:
            assert name == "term"
            continue
        assert {"ETag", "Last-Modified", "Cache-Control"} <= set(response.headers), path
        found[name] = response["ETag"]
    return found


def test_every_public_address_is_answered_with_304_to_who_has_it_and_with_a_new_page_after_any_change(world, reader):
    first = validators(reader)
    assert len(first) > 40
    for name, path in addresses():
        if name in first:
            again = reader.get(path, headers={"if-none-match": first[name]})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", first[name].removeprefix("W/")), path
    before = {name: etag for name, etag in first.items() if name not in ITS_OWN and not name.startswith("api-")}
    for change in (_publish, _withdraw, _rebuild):
        change()
        after = validators(reader)
        assert [name for name, etag in before.items() if after[name] == etag] == []
        before = {name: after[name] for name in before}
    with time_machine.travel(dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC), tick=False):
        after = validators(reader)
    assert [name for name, etag in before.items() if after[name] == etag] == []


def _publish() -> None:
    publish(case_document(code="ANOTHR", slug="another"))


def _withdraw() -> None:
    with transaction.atomic():
        hide_case("ANOTHR", at=timezone.now(), using=PublishedCase.objects.db)


def _rebuild() -> None:
    with transaction.atomic():
        rebuild(on=timezone.localdate(), using=PublishedCase.objects.db)


@pytest.mark.parametrize("setting", ["SITE_URL", "CONTACT_EMAIL", "DATA_LICENCE"])
def test_what_a_page_takes_from_the_settings_is_in_its_validator(published, reader, settings, setting):
    etag = reader.get(PROFILE)["ETag"]
    setattr(settings, setting, "https://other.example.org")
    assert reader.get(PROFILE, headers={"if-none-match": etag}).status_code == 200


def test_another_host_has_another_page_for_its_links(published, reader, kept):
    first = reader.get(PROFILE, headers={"host": "localhost"})
    other = reader.get(PROFILE, headers={"host": "127.0.0.1"})
    assert first["ETag"] != other["ETag"]
    assert b"http://127.0.0.1/en/cases/K7Q4M2" in other.content


def test_a_kept_page_is_the_page_with_every_header_for_one_query(published, reader, kept):
    made = reader.get(PROFILE)
    with CaptureQueriesContext(connection) as queries:
        again = reader.get(PROFILE)
    assert (again.status_code, again.content, dict(again.items())) == (200, made.content, dict(made.items()))
    assert [query["sql"].split(" WHERE ")[0] for query in queries] == [
        "SELECT mark, changed_at FROM cases_publishedstate"
    ]


def test_304_carries_the_headers_that_protect_a_page(published, reader):
    made = reader.get(PROFILE)
    again = reader.get(PROFILE, headers={"if-none-match": f'W/{made["ETag"]}, "other"'})
    assert again.status_code == 304
    for name in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "ETag"):
        assert again[name] == made[name]


def test_a_withdrawn_case_is_gone_at_once_whatever_was_kept(published, reader, kept):
    etag = reader.get(PROFILE)["ETag"]
    listed = reader.get("/en/cases/")
    with transaction.atomic():
        hide_case("K7Q4M2", at=timezone.now(), using=PublishedCase.objects.db)
    for headers in ({}, {"if-none-match": etag}, {"if-none-match": "*"}):
        assert reader.get(PROFILE, headers=headers).status_code == 410
    assert b"invented-person" in listed.content
    assert b"invented-person" not in reader.get("/en/cases/", headers={"if-none-match": listed["ETag"]}).content


@pytest.mark.parametrize(
    "path",
    ["/en/cases/", "/en/cases/?status=serving", "/en/cases/?q=Invented", "/en/sites/", "/uk/statistics/", "/en/"],
)
def test_a_kept_page_is_made_anew_after_a_publication(published, reader, kept, path):
    before = reader.get(path)["ETag"]
    _publish()
    after = reader.get(path)
    assert after["ETag"] != before
    assert reader.get(path).content == after.content


def test_errors_are_neither_kept_nor_given_a_validator(published, reader, kept):
    for path, status in (("/en/cases/ZZZZ22/", 404), ("/en/statistics/?on=never", 400), ("/en/cases/K7Q4M2/", 301)):
        for _again in range(2):
            response = reader.get(path)
            assert (response.status_code, response.has_header("ETag")) == (status, False)


def test_caches_in_front_may_answer_without_asking_only_where_they_can_be_told_to_forget(published, reader, settings):
    assert reader.get(PROFILE)["Cache-Control"] == "no-cache"
    settings.CACHE_PURGE_URLS = ["http://cache.example.org/"]
    told = reader.get(PROFILE)
    assert told["Cache-Control"] == "public, max-age=0, must-revalidate, s-maxage=300"
    assert (told["Surrogate-Key"], told["Cache-Tag"]) == ("tracker", "tracker")
    with time_machine.travel(dt.datetime(2026, 11, 22, 21, 59, tzinfo=dt.UTC), tick=False):
        assert reader.get(PROFILE)["Cache-Control"].endswith("s-maxage=60")  # a minute to midnight in Kyiv
    assert reader.get("/en/cases/ZZZZ22/")["Cache-Control"] == "no-store"


def test_the_mark_is_another_after_each_change_and_is_no_count(published):
    marks = {read_state().mark}
    for _turn in range(2):
        _publish()
        marks.add(read_state().mark)
    assert len(marks) == 3
    assert all(len(mark) == 22 for mark in marks)


def test_each_day_and_each_code_is_asked_for_anew(db, reader):
    publish(case_document(), show_until=dt.date(2026, 11, 22))
    publish(case_document(code="W3X8Z5"))
    days = [dt.datetime(2026, 11, day, 9, 0, tzinfo=dt.UTC) for day in (22, 23, 22)]
    answers = []
    for day in days:
        with time_machine.travel(day, tick=False):
            paths = (PROFILE, PROFILE.replace("K7Q4M2", "W3X8Z5"), PROFILE.replace("K7Q4M2", "Y4Y4Y4"))
            answers.append([reader.get(path).status_code for path in paths])
    assert answers == [[200, 200, 404], [410, 200, 404], [200, 200, 404]]
