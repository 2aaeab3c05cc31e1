"""What researchers and reviewers do at the desk, step by step, as they do it with mouse and keyboard."""

from playwright.sync_api import Page

from tests.browser.site import Credentials
from tests.sign_in import code_for


def enter(page: Page, username: str, credentials: Credentials) -> None:
    """Come in at the desk: with the session that the account has, else with its app, else as at the very first sign-in."""
    page.context.add_cookies(credentials.cookies)
    page.goto("/desk/")
    if "/login/" in page.url:
        give_password(page, username, credentials.password)
        if credentials.secret:
            give_code(page, credentials.secret)
        else:
            give_recovery_code(page, credentials.codes.pop(0))
            credentials.secret = add_app(page)
            credentials.codes = keep_codes(page)
        credentials.cookies = [one for one in page.context.cookies() if one["name"] == "sessionid"]
    page.locator(".desk-index").wait_for()


def give_password(page: Page, username: str, password: str) -> None:
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Sign in").click()


def give_recovery_code(page: Page, code: str) -> None:
    page.fill("[name=code]", code)
    page.get_by_role("button", name="Go on").click()


def give_code(page: Page, secret: str) -> None:
    """Type what the app shows; a code that was used a moment ago is waited out."""
    for _attempt in range(4):
        page.fill("[name=code]", code_for(secret))
        with page.expect_navigation():  # a click does not wait for what follows it
            page.get_by_role("button", name="Go on").click()
        if "/second-step/" not in page.url:
            return
        page.wait_for_timeout(10_000)


def add_app(page: Page) -> str:
    """Enrol an app at the first sign-in; return its secret."""
    page.get_by_role("link", name="Add an app").click()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.fill("[name=code]", code_for(secret))
    page.get_by_role("button", name="Add the app").click()
    return secret


def keep_codes(page: Page) -> list[str]:
    """Write down the recovery codes and go on to the desk."""
    page.locator("#codes li").first.wait_for()
    codes = page.locator("#codes li").all_inner_texts()
    page.get_by_role("link", name="to the desk").click()
    return codes


def choose(page: Page, field: str, typed: str) -> None:
    """Choose in an autocomplete field the first answer to what is typed."""
    page.locator(f"select[name={field}] + .select2 .select2-selection").click()
    page.locator(".select2-search__field").last.press_sequentially(typed)
    page.locator(".select2-results__option--highlighted", has_text=typed).click()


def add_row(page: Page, words: str) -> None:
    """Press the first "Add another …" that can be seen."""
    page.locator("a:visible", has_text=words).first.click()


def write_name(page: Page, row: int, language: str, given: str, family: str) -> None:
    page.fill(f"[name=names-{row}-text]", f"{given} {family}")
    page.select_option(f"[name=names-{row}-language]", language)
    page.fill(f"[name=names-{row}-given]", given)
    page.fill(f"[name=names-{row}-family]", family)
    page.check(f"[name=names-{row}-is_preferred]")


def save(page: Page) -> None:
    """Save, stay on the page, and see that it was taken."""
    page.click("[name=_continue]")
    page.locator(".messagelist .success").wait_for()


def enter_case(page: Page, *, given: str, family: str, summary: str = "A schoolteacher.") -> int:
    """Enter a person with consent, custody and an arrest; return the record's number."""
    page.goto("/desk/cases/prisoner/add/")
    write_name(page, 0, "en", given, family)
    add_row(page, "Add another Name")
    write_name(page, 1, "uk", "Зарема", "Вигаданська")
    page.fill("[name=born]", "7 березня 1986")
    page.fill("[name=summary_en]", summary)
    page.fill("[name=summary_uk]", "Шкільна вчителька.")
    add_row(page, "Add another Stay")
    page.fill("[name=stays-0-started]", "21.05.2018")
    choose(page, "stays-0-site", "Simferopol")
    add_row(page, "Add another Event")
    page.select_option("[name=events-0-kind]", "arrest")
    page.fill("[name=events-0-happened]", "21 mayıs 2018")
    page.select_option("[name=consent]", "full")
    page.select_option("[name=consent_given_by]", "family")
    page.fill("[name=health]", "A secret of the physician.")
    save(page)
    return int(page.url.split("/prisoner/")[1].split("/")[0])


def enter_trial(page: Page, prisoner: int) -> None:
    """Enter a proceeding with a charge, a decision and a sentence."""
    page.goto(f"/desk/cases/proceeding/add/?prisoner={prisoner}")
    page.fill("[name=title_en]", "The case of the invented teachers")
    add_row(page, "Add another Charge")
    choose(page, "defendants-0-charges-0-provision", "205.5")
    add_row(page, "Add another Decision")
    page.fill("[name=decisions-0-decided_on]", "16/09/2020")
    page.select_option("[name=decisions-0-outcome]", "convicted")
    add_row(page, "Add another Sentence")
    page.fill("[name=decisions-0-sentences-0-years]", "13")
    save(page)


def submit(page: Page, prisoner: int, note: str = "New.") -> None:
    page.goto(f"/desk/cases/prisoner/{prisoner}/submit/")
    page.fill("[name=note]", note)
    page.get_by_role("button", name="Submit for review").click()
    page.locator(".messagelist .success").wait_for()


def open_submission(page: Page, name: str) -> None:
    """Open the waiting submission of a case from the queue."""
    page.goto("/desk/review/")
    page.get_by_role("link", name=name).first.click()


def approve(page: Page, name: str) -> None:
    open_submission(page, name)
    page.get_by_role("button", name="Approve and publish").click()
    page.locator(".messagelist .success").wait_for()
