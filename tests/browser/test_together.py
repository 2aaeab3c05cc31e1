"""Two people at one case, a broken connection, a session that ended: in Chromium, and nothing is lost."""

import re
import sqlite3
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from cases.domain.tokens import kept_of
from tests.browser import desk
from tests.browser.conftest import PHONE, Complaints
from tests.browser.site import Site

OFFLINE = ["ERR_INTERNET_DISCONNECTED"]
KEPT = re.compile("not saved yet")
ENDED = re.compile("Your session has ended. Sign in in another window, then press Save again; nothing is lost.")


def status(page: Page) -> object:
    return page.locator(".note-line.kept")


def open_case(page: Page, number: int) -> None:
    page.goto(f"/desk/cases/prisoner/{number}/change/")
    page.wait_for_load_state("load")


def end_session(site: Site, page: Page) -> None:
    """Delete the row of the page's session, as an expiry or a sign-out elsewhere does."""
    (key,) = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    with sqlite3.connect(site.var / "tracker.sqlite3", timeout=20) as database:
        database.execute("DELETE FROM django_session WHERE session_key = ?", [kept_of(key)])
        assert database.execute("SELECT changes()").fetchone() == (1,)


def stored(page: Page) -> list[object]:
    """Return what the browser keeps beyond the page."""
    script = "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
    return page.evaluate(script)


def test_two_people_are_told_of_each_other_and_both_changes_are_kept(log_in: Callable[[str], Page]) -> None:
    first, second = log_in("researcher"), log_in("reviewer")
    number = desk.enter_case(first, given="Dvoie", family="Razom")
    open_case(first, number)
    first.wait_for_function("document.querySelector('.others') !== null")
    with second.expect_response("**/desk/together/"):
        open_case(second, number)
    announced = second.locator(".others")
    expect(announced).to_contain_text("researcher is editing this case too, since")
    expect(announced).to_have_attribute("role", "status")
    open_case(first, number)
    expect(first.locator(".others")).to_contain_text("reviewer is editing this case too, since")

    first.fill("[name=summary_en]", "A teacher of physics.")
    first.fill("[name=summary_ru]", "Theirs alone.")
    desk.save(first)
    second.fill("[name=summary_en]", "A teacher in Kerch.")
    second.fill("[name=photo_credit]", "Mine alone.")
    second.click("[name=_continue]")
    question = second.locator("table.changes tbody tr")
    expect(question).to_have_count(1)
    for words in ("A schoolteacher.", "A teacher of physics.", "A teacher in Kerch.", "saved by researcher"):
        expect(question).to_contain_text(words)
    second.set_viewport_size(PHONE)
    assert second.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    second.get_by_label("Keep both texts, theirs first").check()
    second.get_by_role("button", name="Save with these choices").click()
    second.locator(".messagelist .success").wait_for()
    expect(second.locator("[name=summary_en]")).to_have_value("A teacher of physics.\n\nA teacher in Kerch.")
    expect(second.locator("[name=summary_ru]")).to_have_value("Theirs alone.")
    expect(second.locator("[name=photo_credit]")).to_have_value("Mine alone.")
    expect(second.locator(".draft")).to_have_count(0)


def test_text_outlives_a_broken_connection_and_a_closed_window(
    log_in: Callable[[str], Page], complaints: Complaints
) -> None:
    complaints.expected = OFFLINE
    page = log_in("researcher")
    number = desk.enter_case(page, given="Nema", family="Merezhi")
    open_case(page, number)
    page.context.set_offline(True)
    page.fill("[name=summary_en]", "Written without a connection.")
    expect(status(page)).to_contain_text(
        "No connection: what you write is kept in this window and saved when it is back"
    )
    page.click("[name=_continue]")
    expect(page.locator("[name=summary_en]")).to_have_value("Written without a connection.")
    page.context.set_offline(False)
    expect(status(page)).to_have_text(KEPT)
    assert stored(page) == [0, 0, 0]
    window = page.context.new_page()
    page.close()
    open_case(window, number)
    expect(window.locator("[name=summary_en]")).to_have_value("A schoolteacher.")
    window.get_by_role("link", name="Take it up again").click()
    expect(window.locator("[name=summary_en]")).to_have_value("Written without a connection.")
    expect(window.locator("#together")).to_contain_text("It is not saved yet")
    desk.save(window)
    expect(window.locator("[name=summary_en]")).to_have_value("Written without a connection.")
    expect(window.locator(".draft")).to_have_count(0)


def test_a_form_is_saved_after_signing_in_again_in_another_window(
    log_in: Callable[[str], Page], site: Site, complaints: Complaints
) -> None:
    complaints.expected = [
        "status of 401",
        "status of 403",
    ]  # the ended session, and its token before the script has a new one
    page = log_in("researcher")
    number = desk.enter_case(page, given="Seans", family="Skinchyvsia")
    open_case(page, number)
    page.fill("[name=summary_en]", "Written while the session ended.")
    end_session(site, page)
    page.click("[name=_continue]")
    expect(status(page)).to_have_text(re.compile(ENDED.pattern + " Sign in in a new window"))
    with page.context.expect_page() as opened:
        status(page).get_by_role("link").click()
    other = opened.value
    credentials = site.passwords["researcher"]
    credentials.cookies = []
    desk.enter(other, "researcher", credentials)
    page.bring_to_front()
    expect(page.locator("[name=summary_en]")).to_have_value("Written while the session ended.")
    desk.save(page)
    expect(page.locator("[name=summary_en]")).to_have_value("Written while the session ended.")
    assert stored(page) == [0, 0, 0]


def test_a_form_that_is_sent_with_an_ended_session_comes_back_as_it_was_last_kept(
    log_in: Callable[[str], Page], site: Site
) -> None:
    page = log_in("researcher")
    page.goto("/desk/cases/prisoner/add/")
    desk.write_name(page, 0, "en", "Nova", "Chernetka")
    desk.add_row(page, "Add another Stay")
    page.fill("[name=stays-0-started]", "2018")
    expect(status(page)).to_have_text(KEPT)
    end_session(site, page)
    page.evaluate("document.querySelector('#prisoner_form').submit()")  # as without our script
    page.wait_for_url("**/login/**")
    site.passwords["researcher"].cookies = []
    desk.enter(page, "researcher", site.passwords["researcher"])
    page.goto("/desk/cases/prisoner/add/")
    page.get_by_role("link", name="Take it up again").first.click()
    expect(page.locator("[name=names-0-text]")).to_have_value("Nova Chernetka")
    expect(page.locator("[name=stays-0-started]")).to_have_value("2018")
    expect(page.locator(".errorlist")).to_have_count(0)
    page.goto("/desk/cases/prisoner/add/")
    page.get_by_role("button", name="Discard it").first.click()
    expect(page.locator(".draft")).to_have_count(0)


def test_notices_fit_a_phone_and_work_without_script(
    log_in: Callable[[str], Page], open_context: Callable[..., BrowserContext], site: Site
) -> None:
    page = log_in("reviewer")
    number = desk.enter_case(page, given="Bez", family="Skryptu")
    open_case(page, number)
    page.fill("[name=summary_en]", "Typed.")
    expect(status(page)).to_have_text(KEPT)
    plain = open_context(viewport=PHONE, java_script_enabled=False).new_page()
    desk.enter(plain, "researcher", site.passwords["researcher"])
    open_case(plain, number)
    expect(plain.locator(".others")).to_contain_text("reviewer is editing this case too")
    page.set_viewport_size(PHONE)
    open_case(page, number)
    expect(page.locator(".draft")).to_contain_text("that was not saved")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
