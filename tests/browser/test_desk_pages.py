"""The desk in Chromium under the strict Content-Security-Policy: not one violation, no script error, nothing too wide."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import desk
from tests.browser.conftest import DESKTOP, PHONE, Complaints
from tests.browser.site import Site

#: Pages by their address, or by the first link of a list that leads to one.
PAGES = [
    "/desk/",
    "/desk/cases/prisoner/",
    "/desk/cases/prisoner/add/",
    "/desk/cases/proceeding/",
    "/desk/cases/proceeding/add/",
    "/desk/cases/source/",
    "/desk/review/",
    "/desk/reference/publish/",
]
LEADING = {
    "/desk/cases/prisoner/?publication__state=published": ("", "history/", "preview/", "withdraw/"),
    "/desk/cases/proceeding/": ("", "history/"),
    "/desk/review/": ("",),
}


def addresses(page: Page) -> list[str]:
    """The plain pages, and the pages of the first record of each list."""
    found = list(PAGES)
    for start, pages in LEADING.items():
        page.goto(start)
        first = page.locator("#content a[href*='/change/'], #content a[href^='/desk/review/']").first.get_attribute(
            "href"
        )
        assert first is not None
        path = first.split("?")[0]
        found += [path if not one else path.replace("change/", one) for one in pages]
    return found


@pytest.mark.parametrize("width", [360, 1440])
def test_the_desk_keeps_the_strict_policy_and_fits_the_screen(log_in: Callable[[str], Page], width: int) -> None:
    page = log_in("reviewer")
    page.set_viewport_size({"width": width, "height": 800})
    too_wide, wrong = [], []
    for address in addresses(page):
        answer = page.goto(address)
        if answer is None or answer.status != 200:
            wrong.append((address, answer.status if answer else None))
        elif page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(address)
    assert (wrong, too_wide) == ([], [])


def test_a_phone_folds_the_ways_under_one_button_without_script(
    log_in: Callable[[str], Page], open_context: Callable[..., BrowserContext], site: Site
) -> None:
    log_in("reviewer")
    page = open_context(viewport=PHONE, java_script_enabled=False).new_page()
    desk.enter(page, "reviewer", site.passwords["reviewer"])
    head, way = page.locator("#header"), page.locator(".ways a").first
    assert head.bounding_box()["height"] < PHONE["height"] / 10
    expect(way).to_be_hidden()
    page.locator(".menu > summary").click()
    expect(way).to_be_visible()
    page.set_viewport_size(DESKTOP)
    page.goto("/desk/")
    expect(page.locator(".menu > summary")).to_be_hidden()
    expect(way).to_be_visible()


def test_open_rows_fit_a_phone_and_every_box_has_a_name(log_in: Callable[[str], Page], complaints: Complaints) -> None:
    complaints.expected = ["Applying inline style", "preload assets"]  # the checker's own, under the strict policy
    page = log_in("reviewer")
    page.set_viewport_size(PHONE)
    page.goto("/desk/cases/prisoner/?publication__state=published")
    page.goto(page.locator("#result_list tbody th a").first.get_attribute("href") or "")
    page.get_by_role("button", name="Open all rows").click()
    right = "[...document.querySelectorAll('#content .form-row *')].map((e) => e.getBoundingClientRect().right)"
    assert page.evaluate(f"Math.max(...{right})") <= PHONE["width"]
    expect(page.get_by_role("combobox", name="Birthplace")).to_have_count(1)
    violations = Axe().run(page).response["violations"]
    assert [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in violations] == []
