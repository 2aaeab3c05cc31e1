"""A connection waits for an answer as long as it is told to, is closed then, and the server stops its work."""

import time
from collections.abc import Iterator

import psycopg
import pytest

from tests.clusters import USER, Cluster
from tracker import patience
from tracker.patience import PatientConnection, answers_within, let_no_reader_wait_for_ever

pytestmark = pytest.mark.two_databases

SLEEPS = "SELECT pg_sleep(60)"
AT_WORK = f"SELECT count(*)::int FROM pg_stat_activity WHERE state = 'active' AND query = '{SLEEPS}'"


@pytest.fixture
def connection(postgresql: Cluster) -> Iterator[PatientConnection]:
    with PatientConnection.connect(host=str(postgresql.folder), user=USER, dbname="postgres", autocommit=True) as made:
        yield made


def test_a_command_waits_as_long_as_it_takes(connection: PatientConnection) -> None:
    assert connection.answers_within is None
    assert connection.execute("SELECT pg_sleep(0.3), 1").fetchone() == ("", 1)


def test_a_process_that_answers_requests_gives_up_and_the_server_stops(
    connection: PatientConnection, postgresql: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PatientConnection, "answers_within", None)
    monkeypatch.setattr(patience, "ANSWERS_WITHIN", 0.5)
    let_no_reader_wait_for_ever()
    assert connection.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(psycopg.OperationalError, match=r"did not answer within 0\.5 seconds"):
        connection.execute(SLEEPS)
    assert connection.closed
    deadline = time.monotonic() + 10
    while postgresql.execute(AT_WORK) != [(0,)]:
        assert time.monotonic() < deadline, "the server is still at it"
        time.sleep(0.05)


def test_a_small_question_has_a_limit_of_its_own_and_the_next_one_none(connection: PatientConnection) -> None:
    with answers_within(connection, 5):
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert connection.answers_within is None
    with answers_within(connection, 0.3), pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT pg_sleep(59)")
    assert connection.closed
