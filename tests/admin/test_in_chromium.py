"""The desk in Chromium under the strict Content-Security-Policy: not one violation, no script error, nothing too wide."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, sync_playwright

from cases.actions.accounts import RESEARCHER, REVIEWER, ensure_groups
from cases.actions.review import submit
from tests import factories
from tests.browser.conftest import find_chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHROMIUM = find_chromium()
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    if not CHROMIUM:
        pytest.skip("There is no Chromium on this machine (set CHROMIUM to its path).")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def pages() -> list[str]:
    ensure_groups()
    factories.UserFactory(username="bob", group=REVIEWER)
    alice = factories.UserFactory(username="alice", group=RESEARCHER)
    prisoner = factories.case()
    waiting = submit(alice, prisoner, at=timezone.now())
    proceeding = prisoner.defendants.get().proceeding
    return [
        reverse("admin:index"),
        reverse("admin:cases_prisoner_changelist"),
        reverse("admin:cases_prisoner_add"),
        reverse("admin:cases_prisoner_change", args=[prisoner.pk]),
        reverse("admin:cases_prisoner_history", args=[prisoner.pk]),
        reverse("admin:cases_prisoner_preview", args=[prisoner.pk]),
        reverse("admin:cases_proceeding_change", args=[proceeding.pk]),
        reverse("admin:cases_source_changelist"),
        reverse("admin:review"),
        reverse("admin:submission", args=[waiting.pk]),
    ]


@pytest.mark.parametrize("width", [360, 1440])
def test_the_desk_keeps_the_strict_policy_and_fits_the_screen(
    live_server: object, browser: Browser, pages: list[str], width: int
) -> None:
    said: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server}{reverse('admin:login')}")
    page.fill("#id_username", "bob")
    page.fill("#id_password", factories.PASSWORD)
    page.click("[type=submit]")
    page.wait_for_url(f"{live_server}{reverse('admin:index')}")
    too_wide = []
    for address in pages:
        answer = page.goto(f"{live_server}{address}")
        assert answer is not None
        assert answer.status == 200
        if page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(address)
    assert (said, too_wide) == ([], [])
    assert User.objects.get(username="bob").last_login is not None
