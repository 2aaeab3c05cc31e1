"""The shared cache in a real Redis: what is counted there is common, and its absence stops nobody and lets nobody in."""

import json
import pickle
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory
from django.utils import timezone
from environs import Env

from cases.api import throttling
from tests.browser.site import free_port
from tracker import env as reading
from tracker.redis_cache import PlainValues, RedisCache


class Server:
    """A Redis of the test's own, which can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        program = shutil.which("redis-server")
        assert program, "redis-server is not installed: .ci/run installs it"
        self.process = subprocess.Popen(
            [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 15
        while not self.answers():
            assert time.monotonic() < deadline, "Redis did not come up."
            time.sleep(0.05)

    def answers(self) -> bool:
        RedisCache.again_at = 0.0
        caches["shared"].set("up", 1)
        return bool(caches["shared"].get("up"))

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None


@pytest.fixture
def redis(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    monkeypatch.setenv("CACHE_URL", server.address)
    settings.CACHES = {**project.CACHES, "shared": reading.read_cache(Env())}
    settings.API_REQUESTS_PER_MINUTE, settings.API_UNLIMITED_ADDRESSES = 20, []
    monkeypatch.setattr(throttling, "COUNTS", throttling.Counts())
    server.start()
    yield server
    server.stop()
    caches["shared"].close()
    RedisCache.again_at = 0.0


def left_after(requests: int) -> int:
    """Ask as somebody does, as one process, and return what is left to them."""
    left = 0
    for _ in range(requests):
        allowance = throttling.allowance(RequestFactory().get("/", REMOTE_ADDR="203.0.113.7"), timezone.now())
        left = allowance.left if allowance else -1
    return left


def test_processes_count_together_in_redis_and_alone_without_it(
    redis: Server, monkeypatch: pytest.MonkeyPatch, time_stands_still: None
) -> None:
    assert left_after(10) == 10
    monkeypatch.setattr(throttling, "COUNTS", throttling.Counts())  # another process
    assert left_after(4) == 6

    redis.stop()
    began = time.monotonic()
    assert left_after(30) == -24
    assert time.monotonic() - began < 5  # thirty waits of a quarter of a second each are longer
    monkeypatch.setattr(throttling, "COUNTS", throttling.Counts())
    assert left_after(20) == 0
    assert left_after(1) == -1

    redis.start()
    assert left_after(2) == -3
    assert caches["shared"].get("up") == 1


@pytest.fixture
def time_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    at = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: at)


def test_while_redis_is_away_nothing_is_found_and_nothing_counts_as_added(redis: Server) -> None:
    shared = caches["shared"]
    assert (shared.add("once", 1), shared.add("once", 1), shared.get("once")) == (True, False, 1)
    redis.stop()
    assert (shared.add("new", 1), shared.get("once", "none"), shared.has_key("once")) == (False, "none", False)
    assert (shared.get_many(["once"]), shared.delete("once"), shared.touch("once")) == ({}, False, False)
    shared.clear()
    assert shared.set_many({"a": 1}) == ["a"]
    with pytest.raises(ValueError, match="away"):
        shared.incr("once")


def test_nothing_in_redis_tells_an_address(redis: Server) -> None:
    left_after(4)
    with caches["shared"]._cache.get_client(None, write=False) as client:
        keys = [key.decode() for key in client.keys("*")]
    assert keys
    assert all(len(key) == 64 and "203" not in key[:3] for key in keys)


def test_what_guards_the_desk_is_in_the_database_with_redis_or_without(redis: Server) -> None:
    assert project.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


@pytest.mark.parametrize("address", ["memcached://127.0.0.1", "127.0.0.1:6379"])
def test_an_address_of_something_else_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("CACHE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL is no address of Redis"):
        reading.read_cache(Env())


@pytest.mark.parametrize(
    ("setting", "value", "read", "package"),
    [
        ("CACHE_URL", "redis://127.0.0.1/0", reading.read_cache, "redis"),
        ("MEDIA_BUCKET", "files", reading.read_media, "storages"),
    ],
)
def test_a_missing_package_is_named_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: str, read: Any, package: str
) -> None:
    monkeypatch.setenv(setting, value)
    monkeypatch.setattr(reading, "find_spec", lambda _name: None)
    remedy = f"{setting} needs the package {package}.*pip install -r deploy/requirements.txt"
    with pytest.raises(ImproperlyConfigured, match=remedy):
        read(Env())


@pytest.mark.parametrize("stored", [pickle.dumps(["page"]), b"\xff", b"[" * 100_000])
def test_what_somebody_else_put_into_redis_is_not_there_and_never_unpickled(stored: bytes) -> None:
    assert PlainValues().loads(stored) is None


def test_what_is_written_into_redis_is_json_and_comes_back() -> None:
    plain = PlainValues()
    assert plain.dumps(7) == 7  # Redis counts it up
    assert plain.loads(b"7") == 7
    assert plain.loads(json.dumps({"a": [1]}).encode()) == plain.loads(bytes(plain.dumps({"a": [1]}))) == {"a": [1]}
