"""What is withdrawn, expired, closed, or never was: 410 or 404, in the same design, with nothing of the case left."""

import datetime as dt

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from cases.published.models import PublishedCase, PublishedPhoto, PublishedVersion
from cases.published.projections import hide_case
from tests.documents import case_document, publish

PATH, VERSION = "/en/cases/K7Q4M2/invented-person/", "/en/cases/K7Q4M2/v/1/"


@pytest.mark.parametrize("path", [PATH, VERSION, "/uk/cases/K7Q4M2/", "/en/cases/K7Q4M2/v/99/"])
def test_withdrawn_case_is_gone_at_every_address(published, reader, path):
    hide_case("K7Q4M2", at=timezone.now(), using="default")
    response = reader.get(path)
    assert response.status_code == 410
    assert b"Invented" not in response.content
    assert response["Cache-Control"] == "no-store"


def test_case_is_gone_when_its_consent_has_expired(published, reader):
    publish(case_document(), show_until=dt.date(2026, 11, 22))
    assert reader.get(PATH).status_code == 200
    publish(case_document(), show_until=dt.date(2026, 11, 21))
    assert [reader.get(path).status_code for path in (PATH, VERSION)] == [410, 410]


def test_closed_version_is_gone_and_leads_to_the_present_one(published, reader):
    QuerySet(PublishedVersion).filter(key="K7Q4M2", number=1).update(text="", closed_at=timezone.now())
    response = reader.get(VERSION)
    assert response.status_code == 410
    assert PATH in response.content.decode()


def test_earlier_version_stays_as_it_was_and_counts_time_to_its_own_day(published, reader):
    old = dt.datetime(2020, 11, 22, 9, 0, tzinfo=dt.UTC)
    publish(case_document(code="VERSXN", slug="a", summary={"en": "As it was."}), at=old)
    publish(case_document(code="VERSXN", slug="b", summary={"en": "As it is."}))
    first = reader.get("/en/cases/VERSXN/v/1/").content.decode()
    assert "As it was." in first
    assert "This is version 1, as it stood on 22 November 2020" in first
    assert "2 years 6 months" in first
    assert 'name="robots" content="noindex"' in first
    assert "As it is." in reader.get("/en/cases/VERSXN/b/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/en/cases/NEVERR/",
        "/en/cases/K7Q4M2/v/2/",
        "/en/cases/K7Q4M2/v/0/",
        "/en/cases/K7Q4M2/v/1234567/",
        "/en/cases/k7q4m2/",
        "/en/cases/K7Q4M%00/",
        "/en/sites/nul%00/",
        "/en/sites/no-such-site/",
        "/en/law/no-such-provision/",
        "/en/law/UPPER/",
        "/photos/" + "0" * 64 + ".jpg",
        "/en/nothing/",
        "/nothing/",
    ],
)
def test_what_never_was_is_not_found(published, reader, path):
    response = reader.get(path)
    assert response.status_code == 404
    assert "There is no page at this address" in response.content.decode()


def test_photograph_is_served_only_while_its_case_is_visible(published, reader):
    sha = "a" * 64
    PublishedPhoto.objects.create(sha256=sha, case=published, content=b"\xff\xd8pixels", width=4, height=5)
    response = reader.get(f"/photos/{sha}.jpg")
    assert (response.status_code, response.content, response["Content-Type"]) == (200, b"\xff\xd8pixels", "image/jpeg")
    assert reader.get(f"/photos/{sha}.jpg", headers={"if-none-match": response["ETag"]}).status_code == 304
    PublishedCase.objects.filter(pk="K7Q4M2").update(show_until=dt.date(2026, 11, 21))
    assert reader.get(f"/photos/{sha}.jpg").status_code == 404


def test_error_page_of_our_own_fault_needs_no_database(reader, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError("an invented fault")

    monkeypatch.setattr("cases.views.law.totals_of", fail)
    monkeypatch.setattr("cases.views.law.PublishedProvision.objects", None)
    response = reader.get("/en/law/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "invented fault" not in response.content.decode()
