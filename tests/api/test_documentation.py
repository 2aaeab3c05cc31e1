"""The documentation: one page of the site, whole without a network, that names everything of the schema."""

import html5lib
import pytest
from bs4 import BeautifulSoup

from cases.api.description import openapi
from cases.api.documentation import EXAMPLES, operations
from cases.api.problems import KINDS
from tests.published.samples import full_case, publish, publish_provision, publish_site

ADDRESS = "/api/v1/docs/"


@pytest.fixture
def page(client, db):
    response = client.get(ADDRESS)
    assert (response.status_code, response["Content-Language"]) == (200, "en")
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())
    return BeautifulSoup(response.content.decode(), "html5lib")


def test_the_page_needs_no_script_and_nothing_from_elsewhere(page):
    assert page.select("script, style, [style], iframe") == []
    loaded = [link["href"] for link in page.select("link[rel=stylesheet], link[rel=icon]")]
    assert loaded
    assert [address for address in loaded if not address.startswith("/") or address.startswith("//")] == []


def test_every_address_shape_and_problem_is_told_once_and_every_link_leads_somewhere(page):
    ids = [element["id"] for element in page.select("[id]")]
    told = {*(one["get"]["operationId"] for one in openapi()["paths"].values()), *(name for name, *_ in KINDS.values())}

    assert len(ids) == len(set(ids))
    assert told <= set(ids)
    assert [link["href"] for link in page.select('a[href^="#"]') if link["href"][1:] not in ids] == []


@pytest.mark.django_db
def test_every_example_can_be_asked(client):
    publish(full_case("22222B"))
    publish_site("sizo-1")
    publish_provision()
    paths = {one.name: one.example for one in operations()}

    found = {
        name: client.get(
            path.replace("CODE", "22222B")
            .replace("sites/SLUG", "sites/sizo-1")
            .replace("provisions/SLUG", "provisions/rf-205-5-2")
            .replace("organisations/SLUG", "organisations/memorial")
        ).status_code
        for name, path in paths.items()
    }

    assert set(EXAMPLES) < set(found)
    assert {name: status for name, status in found.items() if status != 200} == {}


@pytest.mark.parametrize(("method", "status"), [("post", 405), ("delete", 405), ("options", 204)])
def test_the_page_is_only_read(client, method, status):
    response = getattr(client, method)(ADDRESS)

    assert (response.status_code, response["Allow"]) == (status, "GET, HEAD, OPTIONS")
