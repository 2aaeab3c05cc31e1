"""A withdrawn case is gone for every reader of another process, from the moment when its withdrawal is done."""

import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from cases.published.state import HOLDS
from tests.browser.site import served
from tests.deploy.conftest import KEYS, PublicSide, asked
from tests.published.samples import full_case

pytestmark = pytest.mark.two_databases

CASE, TURNS = "22222B", 12
PAGE = f"/en/cases/{CASE}/{full_case()['slug']}/"


class Asked(NamedTuple):
    """What a reader got, and when they asked."""

    at: float
    status: int


def ask_without_a_pause(address: str, until: threading.Event, answers: list[Asked]) -> None:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
    while not until.is_set():
        begun = time.monotonic()
        connection.request("GET", PAGE)
        answer = connection.getresponse()
        answer.read()
        answers.append(Asked(begun, answer.status))
    connection.close()


def test_no_reader_gets_a_case_after_its_withdrawal_is_done(public_side: PublicSide, var: Path) -> None:
    answers: list[Asked] = []
    done = threading.Event()
    with served(var, PUBLIC_DATABASE_URL=public_side.address("reader"), **KEYS) as site:
        assert asked(f"{site.address}{PAGE}")[0] == 200
        reader = threading.Thread(target=ask_without_a_pause, args=(site.address, done, answers))
        reader.start()
        try:
            turns = public_side.run("by_turns", CASE, str(TURNS)).splitlines()
        finally:
            done.set()
            reader.join()
    gone = [tuple(map(float, turn.split())) for turn in turns]
    assert len(gone) == TURNS
    meanwhile = [one for begin, end in gone for one in answers if begin < one.at < end - HOLDS]
    assert {one.status for one in meanwhile} == {410}
    assert sum(one.status == 200 for one in answers) > TURNS
