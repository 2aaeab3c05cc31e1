"""The desk in Chromium under the strict Content-Security-Policy: not one violation, no script error, nothing too wide."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

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
