"""Sites and provisions over the API, and whose territory a site is on."""

import pytest
from django.db import connections, router
from django.test.utils import CaptureQueriesContext

from cases.published.models import PublishedSite
from tests.published.samples import place, publish_provision, publish_site, russian_place
from tests.readings import of_tables

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.urls")]


def results(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_a_site_in_crimea_is_ukraine_controlled_by_russia(client):
    publish_site("sizo-1")

    (row,) = results(client, "/api/v1/sites/")
    alone = client.get("/api/v1/sites/sizo-1/").json()

    assert row == alone
    assert (row["sovereign"], row["region"], row["controlled_by"]) == ("UA", "UA-43", "RU")
    assert row["document"]["place"]["sovereign"] == "UA"
    assert row["page_urls"]["uk"] == "http://testserver/uk/sites/sizo-1/"


def test_a_site_in_russia_is_russia(client):
    publish_site("colony-1", place=russian_place())

    (row,) = results(client, "/api/v1/sites/")

    assert (row["sovereign"], row["region"], row["controlled_by"]) == ("RU", "RU-ROS", "RU")


def test_sites_are_narrowed_by_region_and_kind(client):
    publish_site("sizo-1")
    publish_site("colony-1", place=russian_place(), kind="colony")
    publish_site("sizo-2", place=place("kherson", region="UA-65"))

    assert [row["slug"] for row in results(client, "/api/v1/sites/?region=UA-43")] == ["sizo-1"]
    assert [row["slug"] for row in results(client, "/api/v1/sites/?kind=colony")] == ["colony-1"]
    assert [row["slug"] for row in results(client, "/api/v1/sites/?kind=sizo&region=UA-65")] == ["sizo-2"]


def test_provisions_come_by_number_and_are_narrowed(client):
    for article, part in (("205.10", ""), ("58", "1"), ("205.5", "2"), ("205.5", "1")):
        publish_provision(article, part)

    numbers = [row["number"] for row in results(client, "/api/v1/provisions/")]

    assert numbers == ["58(1)", "205.5(1)", "205.5(2)", "205.10"]
    assert len(results(client, "/api/v1/provisions/?article=205.5")) == 2
    assert results(client, "/api/v1/provisions/?code=uk") == []


def test_a_provision_says_whether_it_is_verified(client):
    publish_provision("330", "2", verified=False)

    row = client.get("/api/v1/provisions/rf-330-2/").json()

    assert (row["number"], row["code"], row["verified"]) == ("330(2)", "rf", False)
    assert row["document"]["introduced_by"] == "302-FZ"


@pytest.mark.parametrize("lists", ["sites", "provisions"])
def test_the_pages_of_a_list_hold_every_row_once(client, monkeypatch, lists):
    monkeypatch.setattr("cases.api.base.PAGE_SIZE", 2)
    for number in range(5):
        publish_site(f"site-{number}")
        publish_provision(f"20{number}.1", "")
    address, slugs = f"/api/v1/{lists}/", []

    while address:
        page = client.get(address).json()
        slugs += [row["slug"] for row in page["results"]]
        address = page["next"]

    assert len(slugs) == len(set(slugs)) == 5
    assert slugs == sorted(slugs)


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/api/v1/sites/?region=Crimea", "region"),
        ("/api/v1/sites/?region=%00", "region"),
        ("/api/v1/sites/?kind=castle", "kind"),
        ("/api/v1/sites/?colour=red", "colour"),
        ("/api/v1/sites/?cursor=%00", "cursor"),
        ("/api/v1/sites/?limit=0", "limit"),
        ("/api/v1/provisions/?code=%00", "code"),
        ("/api/v1/provisions/?article=%00", "article"),
        ("/api/v1/provisions/?q=x", "q"),
        ("/api/v1/sites/sizo-1/?q=x", "q"),
    ],
)
def test_what_is_not_understood_is_400_and_named(client, address, field):
    publish_site("sizo-1")

    response = client.get(address)

    assert response.status_code == 400
    assert {one["parameter"] for one in response.json()["errors"]} == {field}


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_one_query(client, count):
    for number in range(count):
        publish_site(f"site-{number}")

    with CaptureQueriesContext(connections[router.db_for_read(PublishedSite)]) as queries:
        assert len(results(client, "/api/v1/sites/")) == count

    assert len(of_tables(queries)) == 1
