"""Two databases: the desk publishes into the second, and a public process lives on that one alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import desk
from tests.browser.site import Site, copy_of, printed, quickstart, served
from tests.clusters import Cluster

NAME = "Zarema Vyhadanska"
OURS = "cases_published"
#: Django's own list of applied migrations names no record.
BOOKKEEPING = {"django_migrations"}


@dataclass
class Pair:
    """Two databases as `quickstart` leaves them: their addresses and folder, what it printed, and what is done to them."""

    records: str
    public: str
    var: Path
    output: str
    tables: Callable[[str], set[str]]
    destroy_records: Callable[[], None]


def prepare(records: str, public: str, var: Path) -> str:
    done = quickstart(var, "--no-serve", "--without-demo", DATABASE_URL=records, PUBLIC_DATABASE_URL=public)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def made(postgresql: Cluster, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """What each test copies: the databases `made_records` and `made_public`, their folder, and what was printed."""
    var = tmp_path_factory.mktemp("made") / "var"
    return var, prepare(postgresql.create("made_records"), postgresql.create("made_public"), var)


@pytest.fixture
def pair(postgresql: Cluster, made: tuple[Path, str], tmp_path: Path) -> Iterator[Pair]:
    def tables(name: str) -> set[str]:
        rows = postgresql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", database=name)
        return {str(row[0]) for row in rows}

    def destroy() -> None:
        postgresql.execute("DROP DATABASE records WITH (FORCE)")

    var, output = made
    records, public = (postgresql.create(name, template=f"made_{name}") for name in ("records", "public"))
    yield Pair(records, public, copy_of(var, tmp_path / "var"), output, tables, destroy)
    for name in ("records", "public"):
        postgresql.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def running(pair: Pair) -> Iterator[Site]:
    passwords = printed(pair.output)
    with served(pair.var, passwords=passwords, DATABASE_URL=pair.records, PUBLIC_DATABASE_URL=pair.public) as site:
        yield site


def at_desk(browser: Browser, site: Site, username: str) -> Page:
    context = browser.new_context(base_url=site.address)
    context.set_default_timeout(60_000)
    page = context.new_page()
    desk.enter(page, username, site.passwords[username])
    return page


def waiting_case(browser: Browser, site: Site) -> str:
    """Enter a case and submit it; return its code."""
    researcher = at_desk(browser, site, "researcher")
    number = desk.enter_case(researcher, given="Zarema", family="Vyhadanska")
    code = researcher.locator(".standing dd").first.inner_text().strip()
    desk.submit(researcher, number)
    return code


def test_a_public_process_serves_what_the_desk_published_when_the_records_are_gone(
    pair: Pair, running: Site, browser: Browser, tmp_path: Path
) -> None:
    code = waiting_case(browser, running)
    desk.approve(at_desk(browser, running, "reviewer"), NAME)
    public = pair.tables("public") - BOOKKEEPING
    assert {table for table in public if not table.startswith(OURS)} == set()
    assert len(public) > 5
    assert {table for table in pair.tables("records") if table.startswith(OURS)} == set()

    pair.destroy_records()
    var = tmp_path / "facing-the-internet"
    done = quickstart(var, "--no-serve", TRACKER_SITE="public", PUBLIC_DATABASE_URL=pair.public)
    assert done.returncode == 0, done.stderr
    with served(var, TRACKER_SITE="public", PUBLIC_DATABASE_URL=pair.public) as site:
        page = browser.new_context(base_url=site.address).new_page()
        page.goto(f"/en/cases/{code}/")
        expect(page.locator("h1")).to_contain_text(NAME)
        page.goto("/uk/cases/?q=Вигаданська")
        expect(page.get_by_role("link", name="Зарема Вигаданська").first).to_be_visible()
        assert code in page.request.get("/en/cases/export.csv").text()
        assert page.request.get(f"/api/v1/cases/{code}/").json()["code"] == code
        assert page.request.get("/en/sites/").ok
        assert page.request.get("/en/law/").ok
        assert [page.request.get(path).status for path in ("/desk/", "/desk/login/", "/desk/files/x")] == [404] * 3


@pytest.fixture
def unplugged(postgresql: Cluster) -> Iterator[Callable[[bool], None]]:
    """Cut the public database off, and put it back."""

    def plug(*, connected: bool) -> None:
        postgresql.execute(f"ALTER DATABASE public ALLOW_CONNECTIONS {str(connected).lower()}")
        if not connected:
            postgresql.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'public'")

    yield plug
    plug(connected=True)


def test_nothing_is_half_published_while_the_public_database_is_away_and_the_desk_says_so(
    running: Site, browser: Browser, postgresql: Cluster, unplugged: Callable[..., None]
) -> None:
    code = waiting_case(browser, running)
    reviewer = at_desk(browser, running, "reviewer")
    desk.open_submission(reviewer, NAME)
    unplugged(connected=False)
    reviewer.get_by_role("button", name="Approve and publish").click()
    expect(reviewer.locator(".messagelist .error")).to_contain_text("The public side cannot be reached")
    state = "SELECT state FROM cases_submission JOIN cases_prisoner p ON p.id = prisoner_id WHERE p.code = '{}'"
    assert postgresql.execute(state.format(code), database="records") == [("waiting",)]
    published = "SELECT count(*) FROM cases_publication JOIN cases_prisoner p ON p.id = prisoner_id WHERE p.code = '{}'"
    assert postgresql.execute(published.format(code), database="records") == [(0,)]

    unplugged(connected=True)
    versions = "SELECT count(*) FROM cases_publishedversion WHERE key = '{}'"
    assert postgresql.execute(versions.format(code), database="public") == [(0,)]
    desk.approve(reviewer, NAME)
    assert postgresql.execute(versions.format(code), database="public") == [(1,)]
