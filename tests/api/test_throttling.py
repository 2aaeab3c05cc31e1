"""How many requests an address may make, without the database."""

import datetime as dt

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from cases.api import throttling
from cases.api.throttling import Allowance, Counts, address_of, allowance, hashed

RATES = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "rates"}
AT = dt.datetime(2026, 1, 1, 12, 0, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _counts(settings, monkeypatch):
    settings.CACHES = {"default": RATES, "shared": RATES}
    settings.API_REQUESTS_PER_MINUTE = 20
    monkeypatch.setattr(throttling, "COUNTS", Counts())
    caches["shared"].clear()
    yield
    caches["shared"].clear()


def asking(address="203.0.113.7", **headers):
    return RequestFactory().get("/api/v1/", REMOTE_ADDR=address, headers=headers)


def test_the_limit_is_counted_down_and_begins_again_with_the_next_minute():
    allowances = [allowance(asking(), AT) for _ in range(21)]

    assert allowances[0] == Allowance(20, 19, 30)
    assert [one.left for one in allowances[:20]] == list(range(19, -1, -1))
    assert [one.is_used_up for one in allowances] == [False] * 20 + [True]
    assert allowance(asking("203.0.113.8"), AT).left == 19
    assert allowance(asking(), AT + dt.timedelta(seconds=30)) == Allowance(20, 19, 60)


def test_processes_share_one_count(monkeypatch):
    for _ in range(10):
        allowance(asking(), AT)
    monkeypatch.setattr(throttling, "COUNTS", Counts())

    left = [allowance(asking(), AT).left for _ in range(4)]

    assert left == [19, 8, 7, 6]  # after the second request this process has told the others, and been told


def test_nobodys_address_is_readable_in_what_is_kept():
    for _ in range(5):
        allowance(asking(), AT)

    kept = [*throttling.COUNTS.by_key, *caches["shared"]._cache]

    assert len(kept) == 2
    assert all("203.0.113" not in key for key in kept)


def test_what_stands_for_an_address_changes_daily_and_is_one_for_a_network_of_ipv6():
    tomorrow = AT + dt.timedelta(days=1)

    assert hashed("203.0.113.7", AT) != hashed("203.0.113.7", tomorrow)
    assert hashed("2001:db8::1", AT) == hashed("2001:db8::2", AT) != hashed("2001:db8:0:1::1", AT)
    assert len(hashed("not an address", AT)) == 32


def test_this_machine_is_not_limited_nor_is_anybody_without_a_limit(settings):
    assert allowance(asking("127.0.0.1"), AT) is None
    settings.API_REQUESTS_PER_MINUTE = 0
    assert allowance(asking(), AT) is None


def test_only_what_our_own_proxies_say_is_believed(settings):
    told = {"x-forwarded-for": "198.51.100.1, 198.51.100.2, 198.51.100.3"}
    found = []
    for settings.PROXIES in (0, 1, 2, 4):
        found.append(address_of(asking(**told)))

    assert found == ["203.0.113.7", "198.51.100.3", "198.51.100.2", "203.0.113.7"]


def test_too_many_addresses_at_once_are_counted_together(monkeypatch):
    monkeypatch.setattr(throttling, "MOST_ADDRESSES", 2)

    left = [allowance(asking(f"203.0.113.{number}"), AT).left for number in range(4)]

    assert left == [19, 19, 19, 18]
    assert len(throttling.COUNTS.by_key) == 3
