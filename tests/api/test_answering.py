"""What is the same of every answer: ETag, Link, CORS, problems, limits; and the lists beside cases, sites and provisions."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import caches
from django.db import connections, router
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.api import throttling
from cases.api.throttling import Counts
from cases.published.models import PublishedCase
from cases.published.organisation_models import PublishedOrganisation
from cases.published.projections import rebuild
from tests.lasting import lasting
from tests.published.samples import (
    PUBLISHED_AT,
    TODAY,
    case,
    full_case,
    organisation,
    proceeding,
    publish,
    publish_provision,
    publish_site,
    withdraw,
)
from tests.readings import of_tables

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.urls")]
RATES = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "rates"}
NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(scope="module", autouse=True)
def _world(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        publish(full_case("22222B", proceedings=[*full_case()["proceedings"], proceeding(kind="administrative")]))
        publish(case("22222C", name={"en": "Ivan Koval", "uk": "Іван Коваль"}, sex=""), at=PUBLISHED_AT + HOUR)
        publish(case("22222D", sex="female"), at=PUBLISHED_AT + 2 * HOUR, show_until=dt.date(2025, 12, 30))
        publish(case("22222E"), at=PUBLISHED_AT)
        withdraw("22222E", at=PUBLISHED_AT + 3 * HOUR)
        publish_site("sizo-1")
        publish_provision()
        yield


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


ADDRESSES = (
    *("", "cases/", "cases/22222B/", "cases/22222B/versions/", "cases/22222B/versions/1/", "proceedings/"),
    *("proceedings/22222B-1/", "organisations/", "organisations/memorial/", "sites/", "sites/sizo-1/", "provisions/"),
    *("provisions/rf-205-5-2/", "statistics/", "search/?q=server", "changes/", "schema/"),
)


@pytest.mark.parametrize("path", ADDRESSES)
def test_an_answer_has_a_strong_etag_says_where_it_is_described_and_is_open_to_all(client, path):
    response = client.get(f"/api/v1/{path}")
    again = client.get(f"/api/v1/{path}", headers={"if-none-match": response["ETag"]})

    assert response.status_code == 200
    assert not response["ETag"].startswith("W/")
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    assert '<http://testserver/api/v1/schema/>; rel="describedby"' in response["Link"]
    for one in (response, again):
        assert one["Access-Control-Allow-Origin"] == "*"
        assert {"ETag", "Link", "Retry-After"} < set(one["Access-Control-Expose-Headers"].split(", "))
    assert response.cookies == {}


def test_an_etag_changes_with_the_day_and_with_the_parts_that_are_asked_for(client):
    whole, part = client.get("/api/v1/cases/22222B/"), client.get("/api/v1/cases/22222B/?fields=code")
    with time_machine.travel(NOW + dt.timedelta(days=1), tick=False):
        later = client.get("/api/v1/cases/22222B/", headers={"if-none-match": whole["ETag"]})

    assert part.json() == {"code": "22222B"}
    assert part["ETag"] != whole["ETag"]
    assert later.status_code == 200
    assert (whole["Last-Modified"], later["Last-Modified"]) == (
        "Wed, 31 Dec 2025 22:00:00 GMT",
        "Thu, 01 Jan 2026 22:00:00 GMT",
    )


def test_a_time_alone_answers_no_304_for_a_list_may_have_lost_a_row(client):
    response = client.get("/api/v1/cases/", headers={"if-modified-since": "Fri, 01 Jan 2038 00:00:00 GMT"})

    assert response.status_code == 200


def test_a_state_that_is_past_is_a_problem(client):
    response = client.get("/api/v1/cases/", headers={"if-match": '"other"'})

    assert (response.status_code, response["Content-Type"]) == (412, "application/problem+json")


def test_pages_are_as_long_as_asked_and_linked_both_ways(client):
    first = client.get("/api/v1/cases/?limit=1&ordering=updated")
    second = client.get(first.json()["next"])

    assert [row["code"] for row in first.json()["results"]] == ["22222B"]
    assert [row["code"] for row in second.json()["results"]] == ["22222C"]
    assert f'<{first.json()["next"]}>; rel="next"' in first["Link"]
    assert f'<{second.json()["previous"]}>; rel="prev"' in second["Link"]
    assert 'rel="next"' not in second["Link"]


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1.5", "", "%00", "many", "1&limit=2"])
def test_a_page_of_another_length_is_refused(client, limit):
    response = client.get(f"/api/v1/cases/?limit={limit}")

    assert response.status_code == 400
    assert {one["parameter"] for one in response.json()["errors"]} == {"limit"}


def test_parts_that_there_are_not_are_named(client):
    response = client.get("/api/v1/cases/?fields=code,colour,name.en")

    assert response.status_code == 400
    assert [one["parameter"] for one in response.json()["errors"]] == ["fields"]
    assert "“colour”" in response.json()["detail"]
    rows = client.get("/api/v1/cases/?fields=code,name.en&ordering=updated").json()["results"]
    assert rows == [
        {"code": "22222B", "name": {"en": "Server Mustafayev"}},
        {"code": "22222C", "name": {"en": "Ivan Koval"}},
    ]


def test_a_browser_is_told_what_a_page_of_another_site_may_ask(client):
    response = client.options("/api/v1/cases/", headers={"origin": "https://elsewhere.example"})

    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == response["Allow"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("text/csv", 406),
        ("application/json;q=0", 406),
        ("application/*", 200),
        ("text/html, */*;q=0.1", 200),
        ("", 200),
    ],
)
def test_a_format_that_there_is_not_is_not_acceptable(client, accept, status):
    response = client.get("/api/v1/cases/", headers={"accept": accept})

    assert response.status_code == status
    assert response.json().get("status", 200) == status


@pytest.mark.parametrize("method", ["get", "post", "delete"])
@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v1/nothing", "/api/v1/%00", "/api/v1/cases/%0A/"])
def test_an_unknown_address_is_a_problem_by_any_method(client, method, path):
    response = getattr(client, method)(path)

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_forgotten_last_slash_leads_to_the_list(client):
    response = client.get("/api/v1/cases?kind=contemporary")

    assert (response.status_code, response["Location"]) == (301, "/api/v1/cases/?kind=contemporary")


def test_who_asks_too_often_is_told_when_to_ask_again(client, settings, monkeypatch):
    settings.CACHES = {"default": RATES, "shared": RATES}
    settings.API_REQUESTS_PER_MINUTE, settings.API_UNLIMITED_ADDRESSES = 2, []
    monkeypatch.setattr(throttling, "COUNTS", Counts())
    caches["shared"].clear()

    first, _second, third = (client.get("/api/v1/") for _ in range(3))
    caches["shared"].clear()

    assert (first.status_code, first["RateLimit-Remaining"], first["RateLimit-Policy"]) == (200, "1", "2;w=60")
    assert (third.status_code, third["Content-Type"]) == (429, "application/problem+json")
    assert (third["Retry-After"], third["RateLimit-Remaining"], third["RateLimit-Reset"]) == ("60", "0", "60")
    assert third.json()["type"] == "/api/v1/docs/#too-many-requests"


def test_proceedings_stand_with_their_case_and_alone(client):
    rows = client.get("/api/v1/proceedings/?article=278").json()["results"]
    alone = client.get(rows[1]["url"]).json()

    assert [(row["id"], row["kind"]) for row in rows] == [("22222B-1", "criminal"), ("22222B-2", "administrative")]
    assert alone == rows[1]
    assert rows[0]["last_decided"] == {"edtf": "2022-03-14", "earliest": "2022-03-14", "latest": "2022-03-14"}
    assert client.get("/api/v1/proceedings/22222B-3/").status_code == 404
    assert client.get("/api/v1/proceedings/22222D-1/").status_code == 410


def test_an_organisation_leads_to_the_cases_that_name_it(client):
    row = client.get("/api/v1/organisations/memorial/").json()
    found = client.get(row["cases_url"]).json()["results"]

    assert (row["name"], row["people"]) == ({"en": "Memorial"}, 1)
    assert [one["code"] for one in found] == ["22222B"]


def test_an_organisation_is_gone_with_the_last_case_that_may_be_shown(client):
    named = {"kind": "member", "since": "", "until": "", "cites": {}, "assertions": []}
    publish(case("22222F", affiliations=[{"organisation": organisation("quiet-circle"), **named}]))
    publish(
        case("22222G", affiliations=[{"organisation": organisation("quiet-circle", name={"en": "Other"}), **named}]),
        at=PUBLISHED_AT + HOUR,
    )
    address = "/api/v1/organisations/quiet-circle/"
    both = client.get(address).json()
    withdraw("22222G")
    left = client.get(address).json()
    rebuild(on=TODAY, using=router.db_for_write(PublishedCase))
    rebuilt = client.get(address).json()
    withdraw("22222F")

    assert [(one["name"]["en"], one["people"]) for one in (both, left, rebuilt)] == [
        ("Other", 2),
        ("Crimean Solidarity", 1),
        ("Crimean Solidarity", 1),
    ]
    assert client.get(address).status_code == 404
    assert not PublishedOrganisation.objects.filter(slug="quiet-circle").exists()


def test_an_organisation_of_an_ended_consent_is_not_shown_even_before_it_is_taken_out(client):
    named = {"kind": "member", "since": "", "until": "", "cites": {}, "assertions": []}
    publish(
        case("22222F", affiliations=[{"organisation": organisation("quiet-circle"), **named}]),
        show_until=dt.date(2025, 12, 31),
    )

    assert client.get("/api/v1/organisations/quiet-circle/").status_code == 404
    assert "quiet-circle" not in client.get("/api/v1/organisations/").content.decode()


def test_every_count_is_as_long_as_the_list_it_leads_to(client):
    answer = client.get("/api/v1/statistics/").json()
    counts = [count for one in answer["counts"] for count in one["results"]]

    assert answer["people"] == len(client.get("/api/v1/cases/").json()["results"]) == 2
    assert len(counts) > 20
    assert [
        count["value"] for count in counts if len(client.get(count["url"]).json()["results"]) != count["people"]
    ] == []


def test_counts_are_of_the_filters_that_are_asked_for(client):
    answer = client.get("/api/v1/statistics/?by=sex").json()

    assert [(one["by"], [count["value"] for count in one["results"]]) for one in answer["counts"]] == [
        ("sex", ["male"])
    ]
    assert client.get("/api/v1/statistics/?by=shoe").status_code == 400


def test_search_finds_people_by_name_and_provisions_by_number(client):
    people = client.get("/api/v1/search/?q=коваль").json()
    law = client.get("/api/v1/search/?q=205.5(2)").json()

    assert [one["code"] for one in people["cases"]] == ["22222C"]
    assert people["cases_url"] == "http://testserver/api/v1/cases/?q=%D0%BA%D0%BE%D0%B2%D0%B0%D0%BB%D1%8C"
    assert [(one["kind"], one["slug"]) for one in law["subjects"]] == [("provision", "rf-205-5-2")]
    assert [client.get(f"/api/v1/search/{query}").status_code for query in ("", "?q=", "?q=!", "?q=%00")] == [
        *(400, 400, 404, 400)
    ]


def test_changes_come_in_order_and_a_withdrawn_case_gives_its_code_and_the_time(client):
    results = client.get("/api/v1/changes/").json()["results"]

    assert [(one["code"], one["change"]) for one in results] == [
        ("22222B", "published"),
        ("22222C", "published"),
        ("22222E", "withdrawn"),
        ("22222D", "withdrawn"),
    ]
    assert results[2] == {"code": "22222E", "change": "withdrawn", "at": "2025-06-01T15:00:00Z"}
    assert results[3]["at"] == "2025-12-30T22:00:00Z"  # midnight in Kyiv
    assert results[0]["url"] == "http://testserver/api/v1/cases/22222B/"


def test_changes_are_read_in_pages_and_resumed_without_a_gap(client):
    address, codes, pages = "/api/v1/changes/?limit=1", [], 0
    while address:
        page = client.get(address).json()
        codes += [one["code"] for one in page["results"]]
        address, pages = page["next"], pages + 1
    assert (codes, pages) == (["22222B", "22222C", "22222E", "22222D"], 4)

    assert client.get(page["resume"]).json()["results"] == []
    publish(case("22222C", born="1987"), at=NOW - dt.timedelta(seconds=5))
    assert [(one["code"], one["change"]) for one in client.get(page["resume"]).json()["results"]] == [
        ("22222C", "changed")
    ]


@pytest.mark.parametrize(
    ("since", "codes"),
    [
        ("2025-06-01T13:00:00Z", ["22222C", "22222E", "22222D"]),
        ("2025-06-01T16:00:01%2B03:00", ["22222E", "22222D"]),
        ("2025-12-30T22:00:00Z", ["22222D"]),
        ("2025-12-31", []),
        ("0001-01-01T00:00:00Z", ["22222B", "22222C", "22222E", "22222D"]),
        ("9999-12-31T23:59:59-23:59", []),
    ],
)
def test_changes_since_a_time(client, since, codes):
    assert [one["code"] for one in client.get(f"/api/v1/changes/?since={since}").json()["results"]] == codes


@pytest.mark.parametrize(
    ("since", "status"),
    [("soon", 400), ("2025-06-01T13:00:00", 400), ("", 400), ("%00", 400), ("c_nonsense", 404), ("c_W10", 404)],
)
def test_a_time_that_is_none_is_refused(client, since, status):
    response = client.get(f"/api/v1/changes/?since={since}")

    assert response.status_code == status
    assert [one["parameter"] for one in response.json()["errors"]] == ["since"]


QUERIES = {
    "cases/?limit=2": 1,
    "proceedings/": 2,
    "proceedings/22222B-1/": 1,
    "organisations/": 1,
    "organisations/memorial/": 1,
    "cases/22222B/versions/": 2,
    "statistics/": 2,
    "search/?q=server": 6,
    "changes/": 3,
}


@pytest.mark.parametrize("path", QUERIES)
def test_an_answer_costs_few_queries(client, path):
    client.get(f"/api/v1/{path}")  # the process learns once that the index of names is complete
    with CaptureQueriesContext(connections[router.db_for_read(PublishedCase)]) as queries:
        assert client.get(f"/api/v1/{path}").status_code == 200

    assert len(of_tables(queries)) == QUERIES[path]
