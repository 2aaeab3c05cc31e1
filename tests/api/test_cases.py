"""Cases over the API: lists, one case, its versions; what is refused, and in what words."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connections, router
from django.test.utils import CaptureQueriesContext

from cases.published.documents import canonical, sha256
from cases.published.models import PublishedCase, PublishedVersion
from tests.published.samples import (
    PUBLISHED_AT,
    case,
    code_of,
    full_case,
    publish,
    publish_many,
    withdraw,
)
from tests.readings import of_tables

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.urls")]
NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOW, tick=False):
        yield


def results(client, query=""):
    response = client.get(f"/api/v1/cases/?{query}")
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_a_row_of_the_list(client):
    publish(full_case("22222B"))

    (row,) = results(client)

    assert {name: value for name, value in row.items() if name not in ("site", "sentence")} == {
        "code": "22222B",
        "url": "http://testserver/api/v1/cases/22222B/",
        "page_urls": {
            "en": "http://testserver/en/cases/22222B/server-mustafayev/",
            "uk": "http://testserver/uk/cases/22222B/server-mustafayev/",
        },
        "invented": False,
        "notice": "",
        "kind": "contemporary",
        "name": {"en": "Server Mustafayev", "uk": "Сервер Мустафаєв"},
        "other_names": [{"text": "Сервер Мустафаев", "language": "ru"}],
        "sex": "male",
        "ethnicity": "crimean_tatar",
        "status": "serving",
        "status_since": {"edtf": "2022-03-14", "earliest": "2022-03-14", "latest": "2022-03-14"},
        "in_custody": True,
        "arrested_earliest": "2018-05-21",
        "arrested_latest": "2018-05-21",
        "charges": ["205.5(2)", "278"],
        "version": 1,
        "published_at": "2025-06-01T12:00:00Z",
    }
    assert row["site"]["slug"] == "colony-1"
    assert row["sentence"]["years"] == 14


def test_an_invented_case_says_so_in_the_list_and_alone(client):
    publish(case("22222B", invented=True))

    (row,) = results(client)
    alone = client.get(row["url"]).json()

    assert (row["invented"], row["notice"]) == (True, "Invented demonstration case")
    assert (alone["invented"], alone["notice"]) == (True, "Invented demonstration case")


def test_a_case_is_its_document_and_what_follows_from_it_today(client):
    document = full_case("22222B")
    publish(document)

    answer = client.get("/api/v1/cases/22222B/").json()

    assert answer["document"] == document
    assert sha256(canonical(answer["document"])) == answer["sha256"]
    assert answer["standing"]["on"] == "2026-01-01"
    assert answer["standing"]["status"] == "serving"
    assert answer["standing"]["days_held"] == {"least": 2783, "most": 2783}
    assert answer["standing"]["held_since"]["edtf"] == "2018-05-21"
    assert answer["standing"]["site"]["slug"] == "colony-1"
    assert answer["standing"]["sentence"]["years"] == 14
    assert answer["permanent_urls"]["uk"] == "http://testserver/uk/cases/22222B/v/1/"


def test_days_held_grow_from_day_to_day(client):
    publish(case("22222B"))

    with time_machine.travel(NOW + dt.timedelta(days=10), tick=False):
        later = client.get("/api/v1/cases/22222B/").json()

    assert later["standing"]["days_held"]["least"] == 2793


def test_versions_show_what_they_showed(client):
    publish(case("22222B", born="1986"))
    publish(case("22222B", born="1987"), at=PUBLISHED_AT + dt.timedelta(days=1))

    first = client.get("/api/v1/cases/22222B/versions/1/").json()
    second = client.get("/api/v1/cases/22222B/versions/2/").json()

    assert (first["document"]["born"], second["document"]["born"]) == ("1986", "1987")
    assert (first["number"], first["published_at"]) == (1, "2025-06-01T12:00:00Z")
    assert client.get("/api/v1/cases/22222B/").json()["version"] == 2
    assert client.get("/api/v1/cases/22222B/versions/3/").status_code == 404


@pytest.mark.parametrize("hide", ["withdrawn", "expired"])
def test_what_may_no_longer_be_shown_is_gone_everywhere(client, hide):
    publish(case("22222B", summary={"en": "canary"}), show_until=dt.date(2025, 12, 31) if hide == "expired" else None)
    publish(case("22222C"))
    if hide == "withdrawn":
        withdraw("22222B")

    for address in ("/api/v1/cases/22222B/", "/api/v1/cases/22222B/versions/1/"):
        response = client.get(address)
        assert response.status_code == 410
        assert response.json() == {
            "type": "/api/v1/docs/#gone",
            "title": "This is no longer published",
            "status": 410,
            "detail": "This case is no longer published.",
            "errors": [],
        }
        assert response["Cache-Control"] == "no-store"
    assert [row["code"] for row in results(client)] == ["22222C"]


def test_a_closed_version_of_a_case_that_is_shown_is_gone(client):
    publish(case("22222B", born="1986"))
    publish(case("22222B", born=""), at=PUBLISHED_AT + dt.timedelta(days=1))
    first = PublishedVersion.objects.filter(key="22222B", number=1)
    super(type(first), first).update(text="", closed_at=NOW)

    assert client.get("/api/v1/cases/22222B/versions/1/").status_code == 410
    assert client.get("/api/v1/cases/22222B/versions/2/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/cases/ZZZZZZ/",
        "/api/v1/cases/short/",
        "/api/v1/cases/22222B/versions/0/",
        "/api/v1/cases/22222B%00/",
        "/api/v1/nothing/",
        "/api/v1/sites/nowhere/",
        "/api/v1/provisions/nothing/",
    ],
)
def test_what_was_never_there_is_404_in_json(client, address):
    publish(case("22222B"))

    response = client.get(address)

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["status"] == 404


def test_the_pages_of_the_list_hold_every_case_once(client, monkeypatch):
    monkeypatch.setattr("cases.api.base.PAGE_SIZE", 2)
    publish_many(5)
    address, codes, back = "/api/v1/cases/?ordering=-updated&kind=contemporary", [], ""

    while address:
        page = client.get(address).json()
        codes += [row["code"] for row in page["results"]]
        address, back = page["next"], page["previous"]

    assert codes == [code_of(number) for number in (5, 4, 3, 2, 1)]
    assert [row["code"] for row in client.get(back).json()["results"]] == [code_of(3), code_of(2)]
    assert "kind=contemporary" in back


def test_filters_narrow_the_list(client):
    publish(full_case("22222B"))
    publish(case("22222C", name={"en": "Ivan Koval", "uk": "Іван Коваль"}))

    assert [row["code"] for row in results(client, "article=205.5(2)&region=UA-43")] == ["22222B"]
    assert [row["code"] for row in results(client, "q=коваль")] == ["22222C"]
    assert results(client, "status=missing") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=jailed", "status"),
        ("arrested_after=soon", "arrested_after"),
        ("colour=red", "colour"),
        ("format=csv", "format"),
        ("page=2", "page"),
        ("ordering=code", "ordering"),
        ("q=%00", "q"),
        ("status=%00", "status"),
        ("site=%00", "site"),
        ("region=%00", "region"),
        ("article=%00", "article"),
        ("arrested_before=%00", "arrested_before"),
        ("cursor=%00", "cursor"),
        ("cursor=a&cursor=b", "cursor"),
        ("q=a&q=b", "q"),
        ("q=", "q"),
        ("status=", "status"),
        ("updated_since=", "updated_since"),
    ],
)
def test_what_is_not_understood_is_400_and_named(client, query, field):
    publish(full_case())

    response = client.get(f"/api/v1/cases/?{query}")

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    errors = response.json()["errors"]
    assert {one["parameter"] for one in errors} == {field}
    assert all(one["detail"] for one in errors)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("article=999", "article"),
        ("site=nowhere", "site"),
        ("organisation=nobody", "organisation"),
        ("region=RU-CR", "region"),
        ("q=!!!", "q"),
        ("status=+", "status"),
        ("cursor=nonsense", "cursor"),
        ("arrested_after=2020&arrested_before=2010", "arrested_before"),
    ],
)
def test_what_is_written_right_and_names_nothing_is_404_and_named(client, query, field):
    publish(full_case())

    response = client.get(f"/api/v1/cases/?{query}")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert [one["parameter"] for one in response.json()["errors"]] == [field]


def test_a_parameter_name_with_a_nul_byte_is_400(client):
    assert client.get("/api/v1/cases/?%00=1").status_code == 400


def test_a_cursor_of_another_order_is_refused(client, monkeypatch):
    monkeypatch.setattr("cases.api.base.PAGE_SIZE", 1)
    publish_many(2)
    cursor = re.search("cursor=([^&]+)", client.get("/api/v1/cases/").json()["next"])[1]

    assert client.get(f"/api/v1/cases/?cursor={cursor}").status_code == 200
    refused = client.get(f"/api/v1/cases/?cursor={cursor}&ordering=-name")
    assert (refused.status_code, refused.json()["errors"]) == (
        404,
        [{"parameter": "cursor", "detail": "The cursor belongs to a list in another order."}],
    )


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/cases/22222B/", "/api/v1/cases/22222B/versions/1/"])
def test_addresses_that_read_no_parameters_refuse_them(client, address):
    publish(case("22222B"))

    assert client.get(address).status_code == 200
    assert client.get(f"{address}?colour=red").json()["errors"] == [
        {"parameter": "colour", "detail": "There is no such parameter here."}
    ]


def test_the_best_answer_comes_first_and_says_why(client):
    publish(case("22222B", name={"en": "Anna Kit", "uk": ""}))
    publish(case("22222C", name={"en": "Hanna Kit", "uk": ""}))
    answer = client.get("/api/v1/cases/?q=Hanna+Kit").json()

    assert [row["code"] for row in answer["results"]] == ["22222C", "22222B"]
    assert [row["match"]["reason"] for row in answer["results"]] == ["same", "given_name"]
    assert answer["results"][1]["match"]["said"] == "Hanna and Anna are forms of one given name (Anna Kit)"
    by_name = client.get("/api/v1/cases/?q=Hanna+Kit&ordering=name").json()["results"]
    assert [row["code"] for row in by_name] == ["22222B", "22222C"]


QUERIES = {
    "/api/v1/proceedings/": 2,
    "/api/v1/cases/": 1,
    "/api/v1/cases/?ordering=-arrested": 2,
    "/api/v1/cases/?q=person&status=in_custody&article=278&region=UA-43&site=colony-1": 6,
    "/api/v1/cases/222223/": 1,
    "/api/v1/cases/222223/versions/1/": 2,
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", QUERIES)
def test_an_answer_costs_few_queries_however_many_cases_there_are(client, address, count):
    publish_many(count)
    client.get("/api/v1/cases/?q=person")  # after which the process knows that the index is complete

    with CaptureQueriesContext(connections[router.db_for_read(PublishedCase)]) as queries:
        response = client.get(address)

    assert response.status_code == 200
    assert len(response.json().get("results", [0] * count)) == count
    assert len(of_tables(queries)) == QUERIES[address] <= 6


def test_answers_set_no_cookie_and_are_open_to_any_origin(client):
    publish(case("22222B"))

    for address in ("/api/v1/cases/", "/api/v1/cases/22222B/", "/api/v1/cases/ZZZZZZ/", "/api/v1/nothing/"):
        response = client.get(address)
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in response


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_reading_is_allowed(client, method):
    response = getattr(client, method)("/api/v1/cases/")

    assert response.status_code == 405
    assert (response["Content-Type"], response["Allow"]) == ("application/problem+json", "GET, HEAD, OPTIONS")
    assert response.json()["status"] == 405


def test_answers_are_json_even_to_a_browser_and_english_whatever_it_prefers(client):
    wanted = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = client.get("/api/v1/cases/?status=x", headers={"accept": wanted, "accept-language": "uk"})

    assert response["Content-Type"] == "application/problem+json"
    assert response["Content-Language"] == "en"
    assert "Accepted: in_custody" in response.json()["detail"]


def test_an_error_that_nobody_foresaw_is_500_in_json(client, monkeypatch):
    monkeypatch.setattr("cases.api.views.case_summary", lambda *_: 1 / 0)
    publish(case())
    client.raise_request_exception = False

    response = client.get("/api/v1/cases/")

    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "Something went wrong on our side."


def test_addresses_begin_with_the_public_one_where_it_is_set(client, settings):
    settings.SITE_URL = "https://cases.example.org"
    publish(case("22222B"))

    (row,) = results(client)

    assert row["url"] == "https://cases.example.org/api/v1/cases/22222B/"
