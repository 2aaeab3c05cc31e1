"""A real browser before the real server; whatever the browser complains of fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.browser import desk
from tests.browser.site import Site, copy_of, prepared, served
from tests.settings import FOLDER

#: Milliseconds that an action or an expectation waits: a page answers late while the machine is busy, and is not wrong.
WAITS = 20_000
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1440, "height": 900}
MAIL = {"EMAIL_URL": "smtp://127.0.0.1:9", "DEFAULT_FROM_EMAIL": "tracker@example.org"}


def find_chromium() -> str:
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find_chromium()
    if not executable:
        if os.environ.get("CI"):
            pytest.fail("There is no Chromium; .ci/run installs it.")
        pytest.skip("There is no Chromium on this machine (set CHROMIUM to its path).")
    expect.set_options(timeout=WAITS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with reference data, documented cases, invented ones and a release; each worker serves a copy of its own.

    Lists can be followed by e-mail; none is sent, for nothing runs `send_digests`.
    """
    var, passwords = prepared(Path(os.environ[FOLDER]))
    copy = copy_of(var, tmp_path_factory.mktemp("site") / "var")
    with served(copy, passwords=passwords, **MAIL) as running:
        yield running


class Complaints:
    """What the browser complained of: errors in the console (CSP among them), failed and foreign requests."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.found: list[str] = []
        #: Complaints that contain one of these texts are what the test provokes.
        self.expected: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.found.append(f"{message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        if "ERR_ABORTED" not in str(request.failure):  # a page that was left, an autocomplete that was typed over
            self.found.append(f"failed: {request.url} {request.failure}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site.address, "data:")):
            self.found.append(f"request to another host: {request.url}")

    @property
    def unexpected(self) -> list[str]:
        return [text for text in self.found if not any(part in text for part in self.expected)]


@pytest.fixture
def complaints(site: Site) -> Complaints:
    return Complaints(site)


@pytest.fixture
def open_context(browser: Browser, site: Site, complaints: Complaints) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser of its own (cookies, size, script on or off); what its pages complain of fails the test."""
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        settings = {"base_url": site.address, "viewport": DESKTOP, "locale": "en-GB", **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(WAITS)
        context.on("page", complaints.watch)
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()
    assert complaints.unexpected == []


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context().new_page()


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Page:
    return open_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def log_in(open_context: Callable[..., BrowserContext], site: Site) -> Callable[[str], Page]:
    """Sign an account in at the desk, in a browser of its own."""

    def enter(username: str) -> Page:
        page = open_context().new_page()
        desk.enter(page, username, site.passwords[username])
        return page

    return enter
