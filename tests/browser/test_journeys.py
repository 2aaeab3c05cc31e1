"""Whole journeys in a real browser against the production server."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import desk
from tests.browser.conftest import Complaints

SECRET = "secret of the physician"


def code_of(page: Page) -> str:
    return page.locator(".standing dd").first.inner_text().strip()


def exported(page: Page, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page.request.get(path).body().decode("utf-8-sig"))))


def test_a_case_goes_from_the_desk_to_list_profile_csv_and_api(
    log_in: Callable[[str], Page], page: Page, complaints: Complaints
) -> None:
    complaints.expected = ["status of 404", "status of 403"]
    researcher = log_in("researcher")
    number = desk.enter_case(researcher, given="Zarema", family="Vyhadanska")
    code = code_of(researcher)
    desk.enter_trial(researcher, number)
    assert page.goto(f"/en/cases/{code}/").status == 404
    researcher.goto(f"/desk/cases/prisoner/{number}/preview/")
    expect(researcher.locator("h1")).to_contain_text("Zarema Vyhadanska")
    desk.submit(researcher, number)
    assert researcher.goto("/desk/review/").status == 403

    reviewer = log_in("reviewer")
    desk.approve(reviewer, "Zarema Vyhadanska")

    page.goto("/en/")
    page.get_by_role("searchbox").or_(page.locator("[name=q]")).first.fill("Вигаданська")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Zarema Vyhadanska").first.click()
    expect(page.locator("h1")).to_contain_text("Zarema Vyhadanska")
    profile = page.locator("main").inner_text()
    for fact in ("Зарема Вигаданська", "7 March 1986", "21 May 2018", "205.5", "13 years", code):
        assert fact in profile
    rows = exported(page, "/en/cases/export.csv?q=Vyhadanska")
    assert [(row["code"], row["name_en"], row["sentence_years"]) for row in rows] == [(code, "Zarema Vyhadanska", "13")]
    found = page.request.get("/api/v1/cases/?q=zarema vyhad").json()["results"]
    assert [(row["code"], row["name"]["uk"]) for row in found] == [(code, "Зарема Вигаданська")]
    whole = page.request.get(f"/api/v1/cases/{code}/").text() + page.content()
    assert SECRET not in whole


def test_nobody_approves_their_own_submission(log_in: Callable[[str], Page]) -> None:
    reviewer = log_in("reviewer")
    number = desk.enter_case(reviewer, given="Petro", family="Vlasnyi")
    desk.submit(reviewer, number)
    desk.open_submission(reviewer, "Petro Vlasnyi")
    expect(reviewer.locator("#own")).to_be_visible()
    assert reviewer.get_by_role("button", name="Approve and publish").count() == 0


def test_a_case_is_sent_back_corrected_published_changed_and_withdrawn(
    log_in: Callable[[str], Page], page: Page, complaints: Complaints
) -> None:
    complaints.expected = ["status of 410"]
    researcher, reviewer = log_in("researcher"), log_in("reviewer")
    number = desk.enter_case(researcher, given="Olha", family="Vernuta")
    code = code_of(researcher)
    desk.submit(researcher, number)
    desk.open_submission(reviewer, "Olha Vernuta")
    reviewer.fill("[name=note]", "Please say where she taught.")
    reviewer.get_by_role("button", name="Send back").click()
    reviewer.locator(".messagelist .success").wait_for()
    researcher.goto("/desk/")
    expect(researcher.locator("main, #content").first).to_contain_text("Please say where she taught.")

    for summary in ("A schoolteacher in Kerch.", "A schoolteacher in Yalta."):
        researcher.goto(f"/desk/cases/prisoner/{number}/change/")
        researcher.fill("[name=summary_en]", summary)
        desk.save(researcher)
        desk.submit(researcher, number)
        desk.approve(reviewer, "Olha Vernuta")
    page.goto(f"/en/cases/{code}/")
    expect(page.locator("main")).to_contain_text("Yalta")
    page.goto(f"/en/cases/{code}/v/1/")
    expect(page.locator("main")).to_contain_text("Kerch")

    reviewer.goto(f"/desk/cases/prisoner/{number}/withdraw/")
    reviewer.fill("[name=reason]", "The family asked for it.")
    reviewer.locator("main, #content").first.get_by_role("button", name=re.compile("Withdraw")).click()
    reviewer.locator(".messagelist .success").wait_for()
    for path in (f"/en/cases/{code}/", f"/uk/cases/{code}/v/1/", f"/api/v1/cases/{code}/"):
        assert page.request.get(path).status == 410
    assert page.goto(f"/en/cases/{code}/").status == 410
    page.goto("/en/cases/?q=Vernuta")
    assert page.get_by_role("link", name="Olha Vernuta").count() == 0


def test_families_are_seen_by_the_support_coordinator_alone(
    log_in: Callable[[str], Page], complaints: Complaints
) -> None:
    complaints.expected = ["status of 403"]
    assert log_in("coordinator").goto("/desk/cases/household/").status == 200
    for name in ("researcher", "reviewer", "analyst", "administrator"):
        other = log_in(name)
        assert other.goto("/desk/cases/household/").status == 403
        other.goto("/desk/")
        assert other.locator("a[href*='/household/']").count() == 0


def test_a_name_is_found_in_any_script_and_from_its_beginning(page: Page) -> None:
    for typed in ("Mustaf", "мустафаєв", "Мустафаев Сервер", "SERVER"):
        page.goto("/en/cases/")
        page.fill("[name=q]", typed)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(r"[?&]q="))
        expect(page.get_by_role("link", name="Server Mustafayev").first).to_be_visible()


def test_a_wrong_filter_is_said_beside_its_field_and_refused_by_export_and_api(
    page: Page, complaints: Complaints
) -> None:
    complaints.expected = ["status of 400"]
    page.goto("/en/cases/?arrested_after=yesterday")
    field = page.locator("[name=arrested_after]")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("yesterday")
    for path in ("/en/cases/export.csv", "/api/v1/cases/"):
        answer = page.request.get(f"{path}?arrested_after=yesterday")
        assert answer.status == 400
        assert "arrested_after" in answer.text()


def test_filters_are_kept_from_page_to_export(page: Page) -> None:
    page.goto("/en/cases/?kind=historical")
    page.locator(".formats > summary").click()
    address = page.get_by_role("link", name=re.compile("CSV")).first.get_attribute("href")
    rows = exported(page, str(address))
    assert {row["kind"] for row in rows} == {"historical"}


def test_language_is_switched_on_the_same_page(page: Page) -> None:
    page.goto("/en/cases/?q=Mustafayev")
    page.get_by_role("link", name="Server Mustafayev").first.click()
    page.get_by_role("link", name="Українська").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.locator("h1")).to_contain_text("Сервер Мустафаєв")
    page.get_by_role("link", name="English").first.click()
    expect(page.locator("h1")).to_contain_text("Server Mustafayev")


def test_the_root_leads_to_the_readers_language(open_context: Callable[..., BrowserContext]) -> None:
    for locale, language in (("uk-UA", "uk"), ("en-GB", "en"), ("de-DE", "en")):
        page = open_context(locale=locale).new_page()
        page.goto("/")
        expect(page).to_have_url(re.compile(f"/{language}/$"))


def test_every_page_of_the_list_is_reached_and_no_case_comes_twice(page: Page) -> None:
    page.goto("/en/cases/")
    seen: list[str] = []
    while True:
        addresses = [link.get_attribute("href") for link in page.locator("main h2 a, main h3 a, main li a").all()]
        seen += sorted(
            {found.group(1) for href in addresses if (found := re.search(r"/cases/(\w{6,12})/", href or ""))}
        )
        following = page.locator("a[rel=next]")
        if following.count() == 0:
            break
        with page.expect_navigation(wait_until="load"):  # a page half read has no next page yet
            following.first.click()
    assert len(seen) == len(set(seen))
    assert set(seen) == {row["code"] for row in exported(page, "/en/cases/export.csv")}


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/en/cases/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#content")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#content').contains(document.activeElement)")


def test_invented_cases_say_so_on_page_export_and_api(page: Page) -> None:
    page.goto("/en/cases/?q=Uydurma")
    page.locator("main").get_by_role("link", name=re.compile("Uidurma|Uydurma")).first.click()
    expect(page.locator("main")).to_contain_text("Invented demonstration case")
    rows = exported(page, "/en/cases/export.csv?q=Uydurma")
    assert {row["notice"] for row in rows} == {"Invented demonstration case"}
    results = page.request.get("/api/v1/cases/?q=Uydurma").json()["results"]
    assert {(row["invented"], row["notice"]) for row in results} == {(True, "Invented demonstration case")}


@pytest.mark.parametrize("path", ["/en/", "/en/cases/", "/en/about/", "/api/v1/cases/", "/en/cases/export.csv"])
def test_answers_carry_the_strict_policy_and_no_cookie(page: Page, path: str) -> None:
    headers = page.request.get(path).headers
    assert "unsafe" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"].split("; ")
    assert "set-cookie" not in headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
