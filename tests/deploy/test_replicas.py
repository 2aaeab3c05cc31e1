"""Reading from a real streaming standby: only while it has everything, so that what is withdrawn is gone at once.

Each server tells what its sessions of the public site's account asked last.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cases.published.state import HOLDS
from tests.browser.site import Site, served
from tests.deploy.conftest import DATABASE, KEYS, PublicSide, address_of, asked, hung, until
from tests.deploy.standbys import Standby, running_standby
from tests.published.samples import full_case
from tracker.replicas import SAYS_WITHIN

pytestmark = pytest.mark.two_databases

CASE, WITHDRAWN = "22222B", "22222C"
NAME = full_case()["name"]["en"]
SINCE = "SELECT clock_timestamp()::text"
#: What the public site has read of published tables on a server since a moment.
READS = """
    SELECT count(*)::int FROM pg_stat_activity
    WHERE usename = 'reader' AND query LIKE '%cases_published%' AND query_start > '{since}'
"""


@pytest.fixture(scope="module")
def standby(public_side: PublicSide) -> Iterator[Standby]:
    with running_standby(public_side.cluster) as running:
        yield running


@pytest.fixture(scope="module")
def site(public_side: PublicSide, standby: Standby, var: Path) -> Iterator[Site]:
    with served(
        var,
        PUBLIC_DATABASE_URL=public_side.address("reader"),
        PUBLIC_REPLICA_URLS=address_of(standby.cluster.folder, "reader"),
        **KEYS,
    ) as running:
        yield running


@dataclass(frozen=True)
class Answer:
    """What the site answered, and which servers it had read published tables on."""

    status: int
    text: str
    on_primary: bool
    on_standby: bool


@pytest.fixture
def ask(site: Site, public_side: PublicSide, standby: Standby) -> Callable[[str], Answer]:
    def answer(path: str) -> Answer:
        time.sleep(2 * HOLDS)  # so that the site asks a server whether anything has changed
        since = public_side.cluster.execute(SINCE)[0][0]
        status, text = asked(f"{site.address}{path}")
        primary, copy = (
            cluster.execute(READS.format(since=since)) != [(0,)] for cluster in (public_side.cluster, standby.cluster)
        )
        return Answer(status, text, primary, copy)

    return answer


def is_read_from_the_standby(ask: Callable[[str], Answer]) -> bool:
    found = ask(f"/en/cases/{CASE}/")
    assert (found.status, CASE in found.text) == (200, True)
    return found.on_standby and not found.on_primary


@pytest.mark.parametrize("path", [f"/en/cases/{CASE}/", "/en/cases/", "/en/cases/export.csv", "/api/v1/cases/"])
def test_what_is_read_is_read_from_a_standby_that_has_everything(ask: Callable[[str], Answer], path: str) -> None:
    until(lambda: is_read_from_the_standby(ask))
    found = ask(path)
    assert CASE in found.text
    assert (found.status, found.on_primary, found.on_standby) == (200, False, True)


def test_a_withdrawn_case_is_gone_at_once_though_the_standby_would_still_show_it(
    ask: Callable[[str], Answer], public_side: PublicSide, standby: Standby
) -> None:
    until(lambda: is_read_from_the_standby(ask))
    assert ask(f"/en/cases/{WITHDRAWN}/").status == 200
    standby.hold_back()
    try:
        public_side.withdraw(WITHDRAWN)
        state = f"SELECT state FROM cases_publishedcase WHERE code = '{WITHDRAWN}'"
        assert standby.cluster.execute(state, database=DATABASE) == [("published",)]
        for _ in range(3):
            gone = [ask(f"/en/cases/{WITHDRAWN}/"), ask(f"/api/v1/cases/{WITHDRAWN}/")]
            assert [(found.status, found.on_standby) for found in gone] == [(410, False)] * 2
            lists = [ask(path) for path in ("/en/cases/", "/en/cases/export.csv", "/api/v1/cases/")]
            assert [(WITHDRAWN in found.text, CASE in found.text) for found in lists] == [(False, True)] * 3
    finally:
        standby.follow()
    until(lambda: is_read_from_the_standby(ask))
    found = ask(f"/en/cases/{WITHDRAWN}/")
    assert (found.status, found.on_standby) == (410, True)


def test_a_standby_that_is_away_is_left_out_and_comes_back(
    ask: Callable[[str], Answer], site: Site, standby: Standby
) -> None:
    until(lambda: is_read_from_the_standby(ask))
    standby.stop()
    try:
        since = time.monotonic()
        assert asked(f"{site.address}/en/cases/{CASE}/")[0] == 200
        assert time.monotonic() - since < 5
    finally:
        standby.start()
    until(lambda: is_read_from_the_standby(ask))


def test_a_standby_that_hangs_is_left_out_and_comes_back(
    ask: Callable[[str], Answer], site: Site, standby: Standby
) -> None:
    """Its machine still takes what is sent, and nothing answers: the reader gets the page from the primary."""
    until(lambda: is_read_from_the_standby(ask))
    with hung(standby.cluster):
        waits = []
        for _ in range(4):
            since = time.monotonic()
            assert asked(f"{site.address}/en/cases/{CASE}/")[0] == 200
            waits.append(time.monotonic() - since)
        assert max(waits) < 10
        assert min(waits) < SAYS_WITHIN  # whoever asks the standby waits at least for that long
    until(lambda: is_read_from_the_standby(ask))


def test_without_the_primary_nothing_is_read_from_a_standby(
    ask: Callable[[str], Answer], site: Site, public_side: PublicSide
) -> None:
    """Nobody could say what was withdrawn since."""
    until(lambda: is_read_from_the_standby(ask))
    assert NAME in ask(f"/en/cases/{CASE}/").text
    cluster = public_side.cluster
    cluster.execute(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS false")
    cluster.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{DATABASE}'")
    try:
        answers = [asked(f"{site.address}{path}") for path in (f"/en/cases/{CASE}/", f"/api/v1/cases/{CASE}/")]
        assert [(status, NAME in text) for status, text in answers] == [(503, False)] * 2
    finally:
        cluster.execute(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS true")
    until(lambda: asked(f"{site.address}/en/cases/{CASE}/")[0] == 200)


def test_a_primary_that_hangs_keeps_no_reader_waiting_though_a_standby_is_well(
    ask: Callable[[str], Answer], site: Site, public_side: PublicSide
) -> None:
    until(lambda: is_read_from_the_standby(ask))
    with hung(public_side.cluster):
        since = time.monotonic()
        answers = [asked(f"{site.address}{path}") for path in (f"/en/cases/{CASE}/", f"/api/v1/cases/{CASE}/")]
        assert [(status, NAME in text) for status, text in answers] == [(503, False)] * 2
        assert time.monotonic() - since < 10
    until(lambda: asked(f"{site.address}/en/cases/{CASE}/")[0] == 200)
