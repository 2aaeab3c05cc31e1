"""Caches in front of the site are told to forget, by a server that really answers, and whoever fails is tried again."""

import datetime as dt
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import router, transaction
from django.utils import timezone

from cases.publication import purging
from cases.publication.publish import public_side
from cases.publication.purging import caches_behind, purge_at_once, purge_due
from cases.published.models import PublishedCase
from cases.published.state import read_state, renew
from cases.published.state_models import PublishedPurge
from cases.queries.cache_alarms import caches_told_in_vain

pytestmark = pytest.mark.django_db


@dataclass
class Told:
    """A cache that notes what it is told and answers with `status`."""

    address: str = ""
    status: int = 200
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def cache(settings: Any) -> Iterator[Told]:
    told = Told()

    class Handler(BaseHTTPRequestHandler):
        def do_PURGE(self) -> None:
            told.asked.append((self.command, self.path, {name.lower(): value for name, value in self.headers.items()}))
            self.send_response(told.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    told.address = f"http://127.0.0.1:{server.server_port}/purge"
    settings.CACHE_PURGE_URLS = [told.address]
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


def alias() -> str:
    return router.db_for_write(PublishedCase)


def change() -> dt.datetime:
    with transaction.atomic(using=alias()):
        renew(alias())
    return read_state(alias()).changed_at


def after(seconds: int) -> dt.datetime:
    return read_state(alias()).changed_at + dt.timedelta(seconds=seconds)


def test_a_change_tells_the_cache_once_it_is_committed(
    cache: Told, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.CACHE_PURGE_TOKEN = "word"
    with django_capture_on_commit_callbacks(using=alias(), execute=True), public_side(), public_side():
        assert cache.asked == []
    ((method, path, headers),) = cache.asked
    assert (method, path) == ("PURGE", "/purge")
    assert [headers[name] for name in ("surrogate-key", "cache-tag", "authorization")] == [
        "tracker",
        "tracker",
        "Bearer word",
    ]


def test_what_only_reads_tells_nobody(cache: Told, django_capture_on_commit_callbacks: Any) -> None:
    mark = read_state(alias()).mark
    with django_capture_on_commit_callbacks(using=alias(), execute=True), public_side(writes=False):
        pass
    assert (cache.asked, read_state(alias()).mark) == ([], mark)


def test_a_cache_is_told_again_once_pages_on_their_way_have_come_in_and_then_no_more(cache: Told) -> None:
    change()
    assert purge_due(alias(), at=after(0)) == {cache.address: ""}
    assert purge_due(alias(), at=after(31)) == {cache.address: ""}
    assert purge_due(alias(), at=after(90)) == {}
    assert len(cache.asked) == 2
    change()
    assert purge_due(alias(), at=after(31)) == {cache.address: ""}


def test_a_cache_that_refuses_is_an_alarm_at_the_desk_and_tried_until_it_obeys(cache: Told) -> None:
    change()
    cache.status = 503
    assert purge_due(alias(), at=after(1)) == {cache.address: "HTTP 503"}
    (alarm,) = caches_told_in_vain(after(2))
    assert alarm.message == (
        f"The cache at {cache.address} was not surely told of the last change (HTTP 503): it may show for five minutes what "
        "is gone. It is told again each minute; whoever runs the server should see to it."
    )
    purge_due(alias(), at=after(40))
    assert PublishedPurge.objects.using(alias()).get().failed_since == after(1)
    with pytest.raises(CommandError, match="These caches may show what is gone"):
        call_command("purge_caches")
    cache.status = 200
    assert purge_due(alias(), at=after(90)) == {cache.address: ""}
    assert caches_told_in_vain(after(91)) == []


def test_a_cache_that_nobody_answers_for_neither_raises_nor_undoes_anything(settings: Any) -> None:
    settings.CACHE_PURGE_URLS = ["http://127.0.0.1:9/"]
    change()
    purge_at_once(alias())
    (row,) = caches_behind(alias(), at=timezone.now())
    assert row.failure.startswith("ConnectionRefusedError")


@contextmanager
def silent_cache(*, drops: bytes = b"") -> Iterator[str]:
    """Yield the address of a cache that takes what it is told and answers nothing, or by drops for four seconds."""
    connections: list[socket.socket] = []

    def drip() -> None:
        with suppress(OSError):
            connections.append(listening.accept()[0])
            for _ in range(80):
                connections[0].sendall(drops)
                time.sleep(0.05)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            for connection in connections:
                connection.shutdown(socket.SHUT_RDWR)
                connection.close()
            thread.join()


def test_who_publishes_waits_once_and_not_for_each_cache_that_is_silent(
    cache: Told, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "PATIENCE", 1.0)
    with silent_cache() as first, silent_cache() as second, silent_cache(drops=b"H") as third:
        silent = [first, second, third]
        settings.CACHE_PURGE_URLS = [*silent, cache.address]
        change()
        since = time.monotonic()
        purge_at_once(alias())
        assert 1 <= time.monotonic() - since < 3  # one after another they take three seconds
        behind = caches_behind(alias(), at=timezone.now())
        assert [(row.target, row.failure.split(":")[0]) for row in behind] == [(one, "TimeoutError") for one in silent]
        change()
        since = time.monotonic()
        purge_at_once(alias())
        assert time.monotonic() - since < 1  # whoever asks them again waits for a second
        assert len(cache.asked) == 2
        assert list(purge_due(alias(), at=timezone.now())) == settings.CACHE_PURGE_URLS


def test_what_goes_wrong_repeats_no_token(settings: Any) -> None:
    settings.CACHE_PURGE_URLS, settings.CACHE_PURGE_TOKEN = ["http://127.0.0.1:9/"], "se\ncret"
    change()

    def send(_address: str, headers: Mapping[str, str]) -> int:
        raise ValueError(headers["Authorization"])

    assert purge_due(alias(), at=after(1), send=send) == {"http://127.0.0.1:9/": "ValueError"}


def test_a_timer_that_does_not_run_is_an_alarm_as_well(cache: Told) -> None:
    change()
    purge_due(alias(), at=after(0))
    assert caches_behind(alias(), at=after(60)) == []
    assert [row.target for row in caches_behind(alias(), at=after(301))] == [cache.address]


def test_without_caches_in_front_nothing_is_told_and_nothing_is_an_alarm(capsys: Any) -> None:
    change()
    call_command("purge_caches")
    assert capsys.readouterr().out == "caches: none to purge\n"
    assert (purge_due(alias(), at=after(60)), caches_behind(alias(), at=after(3600))) == ({}, [])
