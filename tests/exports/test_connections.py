"""Who reads a file slowly, or goes away in the middle, holds nothing of the database meanwhile."""

import threading
from dataclasses import replace
from itertools import islice

import pytest
from django.db import connections, router, transaction
from django.test import Client

from cases.exports import reading
from cases.published.models import PublishedCase
from tests.published.samples import publish_many

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

#: More than the pool has connections.
READERS = 12


def is_holding() -> bool:
    """Tell whether this thread has a connection of the pool, or on SQLite a transaction."""
    connection = connections[router.db_for_read(PublishedCase)]
    if connection.vendor == "sqlite":
        return bool(connection.connection.in_transaction)
    return connection.connection is not None


def publish_people() -> None:
    with transaction.atomic(using=router.db_for_write(PublishedCase)):
        publish_many(7)


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch):
    for module, name in (("csv", "CSV"), ("json_lines", "JSON")):
        monkeypatch.setattr(f"cases.exports.{module}.{name}", replace(getattr(reading, name), at_once=2))
    monkeypatch.setattr("cases.exports.xlsx.READ", 2)
    monkeypatch.setattr("cases.exports.reading.IN_AN_ORDER", 2)


@pytest.mark.parametrize("address", ["cases/export.csv?ordering=name", "cases/export.jsonl", "cases/export.xlsx"])
def test_nothing_is_held_between_two_pieces_nor_after_a_reader_went_away(client, address):
    publish_people()
    response = client.get(f"/en/{address}")
    for _piece in islice(response.streaming_content, 3):
        assert not is_holding()
    response.close()
    assert not is_holding()


def test_more_slow_readers_than_the_pool_has_connections_keep_nobody_out():
    publish_people()
    begun, over, problems = threading.Barrier(READERS + 1), threading.Event(), []

    def read():
        try:
            pieces = iter(Client().get("/en/cases/export.csv").streaming_content)
            for _piece in range(3):
                next(pieces)
        except Exception as problem:  # noqa: BLE001 - told by the test
            problems.append(problem)
        begun.wait(60)
        over.wait(60)
        connections.close_all()

    threads = [threading.Thread(target=read) for _reader in range(READERS)]
    for thread in threads:
        thread.start()
    begun.wait(60)
    try:
        assert PublishedCase.objects.count() == 7
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert problems == []
