"""Every public page: valid, accessible, no wider than a phone, readable without script, printable."""

import functools
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Complaints
from tests.browser.site import Site

#: What may be missing is what the test names.
NOT_FOUND = "status of 404"
#: The invented case of place 20: everything that the law says about it is published (`cases.domain.demo_cases.TICKED`).
TICKED = "H29QR6"
PAGES = {
    "home": "/{language}/",
    "cases": "/{language}/cases/",
    "filtered": "/{language}/cases/?status=serving&kind=contemporary",
    "wrong filter": "/{language}/cases/?arrested_after=yesterday",
    "nothing found": "/{language}/cases/?q=nobodyofthisname",
    "profile": "/{language}/cases/{case}/",
    "historical profile": "/{language}/cases/{historical}/",
    "invented profile": "/{language}/cases/{invented}/",
    "profile with findings": f"/{{language}}/cases/{TICKED}/",
    "version": "/{language}/cases/{case}/v/1/",
    "statistics": "/{language}/statistics/",
    "past statistics": "/{language}/statistics/?on=2023-01-01&known=2023-01-01",
    "wrong day": "/{language}/statistics/?on=2300-01-01",
    "compared": "/{language}/statistics/?on=2023-01-01&with_on=2019-01-01",
    "sites": "/{language}/sites/",
    "site": "/{language}/sites/{site}/",
    "law": "/{language}/law/",
    "provision": "/{language}/law/{provision}/",
    "statute": "/{language}/law/ru-205-5-p2/",
    "term": "/{language}/law/term/",
    "rehabilitations": "/{language}/rehabilitations/",
    "about": "/{language}/about/",
    "methodology": "/{language}/about/methodology/",
    "data": "/{language}/data/",
    "release": "/{language}/data/1/",
    "documentation": "/api/v1/docs/",
    "follow": "/{language}/follow/?status=serving",
    "follow asked": "/{language}/follow/asked/?status=serving",
    "follow no more": "/{language}/follow/never/leave/",
    "not found": "/{language}/cases/ZZZZZZ/",
}
LANGUAGES = ("en", "uk")
#: What a browser says to itself of a page that is not answered with 200.
COMPLAINS = {
    "not found": NOT_FOUND,
    "wrong filter": "status of 400",
    "wrong day": "status of 400",
    "follow no more": "status of 410",
}
every_page = pytest.mark.parametrize("name", PAGES)
every_language = pytest.mark.parametrize("language", LANGUAGES)
#: The documentation of the API is in English alone.
every_page_in_every_language = pytest.mark.parametrize(
    ("name", "language"),
    [(name, language) for name in PAGES for language in LANGUAGES if (name, language) != ("documentation", "uk")],
)


def read(site: Site, path: str) -> str:
    try:
        with urllib.request.urlopen(site.address + path) as response:  # noqa: S310 - our own address
            return response.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


@functools.cache
def examples(site_address: str) -> dict[str, str]:
    """Return one real case of each sort, one site with people and one provision, as the API names them."""

    def first(path: str) -> dict[str, object]:
        with urllib.request.urlopen(site_address + path) as response:  # noqa: S310 - our own address
            return json.load(response)["results"][0]

    return {
        "case": str(first("/api/v1/cases/?q=Mustafayev")["code"]),
        "historical": str(first("/api/v1/cases/?kind=historical")["code"]),
        "invented": str(first("/api/v1/cases/?ordering=name")["code"]),
        "site": str(first("/api/v1/sites/")["slug"]),
        "provision": str(first("/api/v1/provisions/")["slug"]),
    }


def address(site: Site, name: str, language: str) -> str:
    return PAGES[name].format(language=language, **examples(site.address))


@every_page_in_every_language
def test_page_is_valid_html(site: Site, name: str, language: str) -> None:
    text = read(site, address(site, name, language))
    html5lib.HTMLParser(strict=True).parse(text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert sorted(ids) == sorted(set(ids))
    assert f'<html lang="{language}"' in text


@every_page_in_every_language
def test_page_is_accessible_and_fits(
    site: Site, open_context: Callable[..., BrowserContext], complaints: Complaints, name: str, language: str
) -> None:
    complaints.expected = [COMPLAINS[name]] if name in COMPLAINS else []
    page = open_context(viewport=PHONE).new_page()
    page.goto(address(site, name, language))
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        violations = Axe().run(page).response["violations"]
        assert [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.evaluate("document.cookie") == ""


@pytest.mark.parametrize("opened", [".drop", ".panel"])
@every_language
def test_what_opens_above_the_list_is_accessible_and_fits(page: Page, language: str, opened: str) -> None:
    page.goto(f"/{language}/cases/?status=serving")
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        page.locator(".folded").evaluate_all("all => all.forEach((one) => { one.open = true })")
        for place in range(page.locator(opened).count()):
            page.locator(f"{opened} > summary").nth(place).press("Enter")
            assert page.locator(f"{opened}[open]").count() == 1
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
            sheet = page.locator(f"{opened}[open] > :not(summary)").bounding_box()
            assert sheet is not None
            assert sheet["x"] >= 0
        violations = Axe().run(page).response["violations"]
        assert [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in violations] == []
        page.locator(f"{opened}[open] > summary").click()


@every_page
def test_page_says_the_same_without_script(
    site: Site, open_context: Callable[..., BrowserContext], complaints: Complaints, name: str
) -> None:
    complaints.expected = [COMPLAINS[name]] if name in COMPLAINS else []
    texts = []
    for script in (True, False):
        page = open_context(java_script_enabled=script).new_page()
        page.goto(address(site, name, "en"))
        texts.append(page.locator("main").inner_text())
    assert texts[0] == texts[1]
    assert len(texts[0]) > 60


def test_the_working_of_a_finding_is_opened_by_keyboard_and_stands_on_paper(site: Site, page: Page) -> None:
    page.goto(address(site, "profile with findings", "en"))
    finding = page.locator("article.says").first
    finding.locator("summary").focus()
    assert not finding.locator(".working").is_visible()
    page.keyboard.press("Enter")
    expect(finding.locator(".working")).to_be_visible()
    page.reload()
    page.emulate_media(media="print")
    assert page.locator("article.says .working").first.bounding_box() is not None
    assert page.locator("article.says .working").first.is_visible()


@every_language
def test_printed_profile_has_the_facts_and_not_the_furniture(site: Site, page: Page, language: str) -> None:
    page.emulate_media(media="print")
    page.goto(address(site, "profile", language))
    assert page.locator("h1").is_visible()
    assert not page.locator("header nav").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
