"""Every public page: languages, headers, valid HTML, nothing from elsewhere, no cookie, no style or script inside."""

import json

import html5lib
import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cases.enums import Status
from cases.views.presentation.rows import TONES

PAGES = (
    "",
    "cases/",
    "cases/?q=inv&status=serving",
    "cases/?status=nonsense",
    "cases/K7Q4M2/invented-person/",
    "cases/K7Q4M2/v/1/",
    "statistics/",
    "statistics/?on=2021-01-01&with_on=2019-01-01&with_known=2020-01-01",
    "sites/",
    "sites/ik-1-tambov/",
    "law/",
    "law/term/",
    "law/ru-uk-205-5-2/",
    "about/",
    "about/methodology/",
    "data/",
    "nothing/",
)
EVERY = [f"/{language}/{path}" for language in ("en", "uk") for path in PAGES]


@pytest.mark.parametrize("path", EVERY)
def test_page_is_valid_and_self_contained(published, reader, path):
    response = reader.get(path)
    text = response.content.decode()
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    shown = BeautifulSoup(text, "html5lib")
    assert shown.html["lang"] == path[1:3]
    assert len(shown.select("h1")) == 1
    assert shown.select("script:not([type='application/ld+json']), style, [style], [onclick], iframe") == []
    loaded = [link["href"] for link in shown.select("link[rel=stylesheet], link[rel=icon]")]
    loaded += [image["src"] for image in shown.select("img")]
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
    ids = [element["id"] for element in shown.select("[id]")]
    assert len(ids) == len(set(ids))
    for link in shown.select('a[href^="#"]'):
        assert shown.select_one(link["href"]) is not None


@pytest.mark.parametrize("path", EVERY)
def test_page_sets_no_cookie_and_sends_its_headers(published, reader, path):
    response = reader.get(path)
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["Cache-Control"] in ("no-cache", "no-store")


def test_page_names_itself_in_each_language(published, reader, settings):
    settings.SITE_URL = "https://cases.example.org"
    shown = BeautifulSoup(reader.get("/uk/cases/K7Q4M2/invented-person/").content, "html5lib")
    links = {link["hreflang"]: link["href"] for link in shown.select("link[rel=alternate][hreflang]")}
    assert links == {
        "en": "https://cases.example.org/en/cases/K7Q4M2/invented-person/",
        "uk": "https://cases.example.org/uk/cases/K7Q4M2/invented-person/",
    }
    assert shown.select_one("link[rel=canonical]")["href"] == links["uk"]
    assert shown.select_one('link[type="application/ld+json"]')["href"] == "/api/v1/cases/K7Q4M2/case.jsonld"
    (linked,) = shown.select('script[type="application/ld+json"]')
    assert json.loads(linked.string)["url"] == list(links.values())
    assert [link["href"] for link in shown.select(".languages a")] == [
        "/en/cases/K7Q4M2/invented-person/",
        "/uk/cases/K7Q4M2/invented-person/",
    ]


def test_version_names_the_case_as_the_page_to_keep(published, reader):
    shown = BeautifulSoup(reader.get("/en/cases/K7Q4M2/v/1/").content, "html5lib")
    assert shown.select_one("link[rel=canonical]")["href"] == "http://testserver/en/cases/K7Q4M2/invented-person/"


@pytest.mark.parametrize(("asked", "given"), [("uk,en;q=0.5", "/uk/"), ("de", "/en/"), ("", "/en/")])
def test_root_leads_to_the_language_of_the_browser(db, reader, asked, given):
    response = reader.get("/", headers={"accept-language": asked})
    assert (response.status_code, response["Location"]) == (302, given)
    assert "Accept-Language" in response["Vary"]


def test_robots_keep_off_versions_and_the_desk(db, reader):
    lines = reader.get("/robots.txt").content.decode().splitlines()
    assert lines == ["User-agent: *", "Disallow: /desk/", "Disallow: /en/cases/*/v/", "Disallow: /uk/cases/*/v/"]


def test_security_contact_is_given_where_it_is_set(db, reader, settings):
    settings.CONTACT_EMAIL = ""
    assert reader.get("/.well-known/security.txt").status_code == 404
    settings.CONTACT_EMAIL = "errors@example.org"
    text = reader.get("/.well-known/security.txt").content.decode()
    assert text.startswith("Contact: mailto:errors@example.org\nExpires: ")
    assert str(timezone.now().year) in text or str(timezone.now().year + 1) in text


def test_pages_are_only_read(published, reader):
    assert reader.post("/en/cases/").status_code == 405


def test_every_status_has_its_look():
    assert set(TONES) == set(Status)
