"""The way in, in a real browser under the strict policy: recovery code, app, passkey, confirmation, invitation, sessions."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import desk
from tests.browser.conftest import PHONE, Complaints
from tests.browser.site import Site, copy_of, prepared, served
from tests.settings import FOLDER

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A desk of its own, open at a name: passkeys do not exist for numbers. Its accounts have never signed in."""
    made, passwords = prepared(Path(os.environ[FOLDER]))
    with served(copy_of(made, tmp_path_factory.mktemp("fresh") / "var"), passwords=passwords) as running:
        yield Site(running.address.replace("127.0.0.1", "localhost"), running.var, running.passwords)


def fits(page: Page) -> bool:
    page.wait_for_load_state()
    return bool(page.locator("html").evaluate("html => html.scrollWidth <= window.innerWidth"))


def test_a_quickstart_account_signs_in_with_a_recovery_code_adds_an_app_and_reaches_the_desk(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    researcher = site.passwords["researcher"]
    page = open_context(viewport=PHONE).new_page()
    page.goto("/desk/cases/prisoner/")
    assert fits(page)
    page.keyboard.type("researcher")
    page.keyboard.press("Tab")
    page.keyboard.type(researcher.password)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code")).to_be_focused()
    assert fits(page)
    page.keyboard.type(researcher.codes[0])
    page.keyboard.press("Enter")
    expect(page.locator("#set-up")).to_be_visible()
    assert fits(page)
    page.goto("/desk/cases/prisoner/")
    expect(page).to_have_url(re.compile("/desk/second-factor/$"))
    page.get_by_role("link", name="Add an app").click()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    assert fits(page)
    box = page.locator(".qr svg").bounding_box()
    assert box is not None
    assert box["width"] > 180
    page.fill("[name=code]", desk.code_for(secret))
    page.keyboard.press("Enter")
    expect(page.locator("#codes li")).to_have_count(10)
    assert fits(page)
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Download as a file").click()
    file = Path(downloaded.value.path()).read_text().split()
    codes = desk.keep_codes(page)
    assert file[-10:] == codes
    expect(page.locator(".desk-index")).to_be_visible()

    other = open_context().new_page()
    other.goto("/desk/")
    desk.give_password(other, "researcher", researcher.password)
    desk.give_recovery_code(other, researcher.codes[1])
    expect(other.locator(".errorlist")).to_contain_text("This code is not right")
    desk.give_recovery_code(other, codes[0])
    expect(other.locator(".desk-index")).to_be_visible()
    researcher.secret, researcher.codes = secret, codes[1:]


def test_a_passkey_is_added_and_signs_in_and_confirms(open_context: Callable[..., BrowserContext], site: Site) -> None:
    administrator = site.passwords["administrator"]
    page = open_context().new_page()
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto("/desk/")
    desk.give_password(page, "administrator", administrator.password)
    desk.give_recovery_code(page, administrator.codes[0])
    page.get_by_role("link", name="Add a passkey").click()
    page.fill("[name=name]", "Office laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.locator("#codes li")).to_have_count(10)
    desk.keep_codes(page)
    page.get_by_role("link", name="Your sign-in").click()
    expect(page.locator("table.rows")).to_contain_text("Office laptop")

    page.get_by_role("button", name="Log out").click()
    desk.give_password(page, "administrator", administrator.password)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator(".desk-index")).to_be_visible()

    page.goto("/desk/confirm/passkey/?next=/desk/invitations/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile("/desk/invitations/$"))
    page.fill("[name=username]", "maryna")
    page.get_by_role("button", name="Make an invitation").click()
    link = page.locator("#link").inner_text()
    invited = open_context(viewport=PHONE).new_page()
    invited.goto(link)
    assert fits(invited)
    invited.fill("[name=password1]", "a long one of my own")
    invited.fill("[name=password2]", "a long one of my own")
    invited.get_by_role("button", name="Set the password").click()
    desk.give_password(invited, "maryna", "a long one of my own")
    expect(invited.locator("#set-up")).to_be_visible()


def test_a_passkey_that_does_not_answer_is_said_and_the_code_still_works(
    open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = open_context().new_page()
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, "isUserVerified": True}})
    analyst = site.passwords["analyst"]
    page.goto("/desk/")
    desk.give_password(page, "analyst", analyst.password)
    desk.give_recovery_code(page, analyst.codes[0])
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add the passkey").click()
    codes = desk.keep_codes(page)
    page.get_by_role("button", name="Log out").click()

    other = open_context().new_page()  # without the key
    other.context.new_cdp_session(other).send("WebAuthn.enable")
    other.goto("/desk/")
    desk.give_password(other, "analyst", analyst.password)
    other.locator("form[data-passkey]").evaluate("form => { form.dataset.options = '{}' }")
    other.get_by_role("button", name="Use a passkey").click()
    expect(other.get_by_role("alert")).to_contain_text("The passkey did not answer")
    desk.give_recovery_code(other, codes[0])
    expect(other.locator(".desk-index")).to_be_visible()


def test_a_browser_is_signed_out_from_another(open_context: Callable[..., BrowserContext], site: Site) -> None:
    reviewer = site.passwords["reviewer"]
    here, there = open_context().new_page(), open_context().new_page()
    desk.enter(here, "reviewer", reviewer)
    there.goto("/desk/")
    desk.give_password(there, "reviewer", reviewer.password)
    desk.give_recovery_code(there, reviewer.codes.pop(0))
    here.get_by_role("link", name="Your sign-in").click()
    here.get_by_role("link", name="Where you are signed in").click()
    expect(here.locator("table.rows tbody tr")).to_have_count(2)
    here.get_by_role("button", name="Sign out everywhere else").click()
    expect(here.locator("table.rows tbody tr")).to_have_count(1)
    there.goto("/desk/cases/prisoner/")
    expect(there).to_have_url(re.compile(r"/desk/login/\?next="))
    there.goto("/desk/")
    assert here.goto("/desk/").status == 200


@pytest.mark.parametrize("width", [360, 1440])
def test_every_page_of_ones_own_sign_in_keeps_the_strict_policy_and_fits(
    open_context: Callable[..., BrowserContext], site: Site, complaints: Complaints, width: int
) -> None:
    page = open_context(viewport={"width": width, "height": 800}).new_page()
    desk.enter(page, "reviewer", site.passwords["reviewer"])
    page.goto("/desk/confirm/?next=/desk/second-factor/")
    page.fill("[name=password]", site.passwords["reviewer"].password)
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(re.compile("/desk/second-factor/$"))
    wrong = []
    for path in (
        "second-factor/",
        "second-factor/app/remove/",
        "second-factor/passkey/add/",
        "second-factor/codes/",
        "second-factor/codes/new/",
        "password_change/",
        "sessions/",
        "logout/",
        "confirm/",
        "confirm/code/",
    ):
        answer = page.goto(f"/desk/{path}")
        if answer is None or answer.status != 200 or not fits(page):
            wrong.append(path)
    assert wrong == []
