"""A cache that hands out what it was given, bounded, in the memory of the process."""

import time_machine

from tracker.memory_cache import MemoryCache


def cache(name: str, most: int = 3, **further: object) -> MemoryCache:
    return MemoryCache(name, {"OPTIONS": {"MAX_ENTRIES": most}, **further})


def test_what_was_given_is_handed_out_to_every_thread_s_cache_of_that_name() -> None:
    thing = ["a"]
    cache("same").set("key", thing)
    assert cache("same").get("key") is thing
    assert (cache("another").get("key"), cache("another").get("key", "none")) == (None, "none")
    assert (cache("same").delete("key"), cache("same").delete("key"), cache("same").get("key")) == (True, False, None)


def test_of_too_many_those_go_that_were_not_asked_for_longest() -> None:
    kept = cache("bounded")
    for key in "abc":
        kept.set(key, key)
    kept.get("a")
    kept.set("d", "d")
    assert [kept.get(key) for key in "abcd"] == ["a", None, "c", "d"]
    kept.clear()
    assert [kept.get(key) for key in "abcd"] == [None] * 4


def test_what_is_too_old_is_not_there() -> None:
    kept = cache("ageing", TIMEOUT=60)
    with time_machine.travel(0, tick=False) as clock:
        kept.set("key", 1)
        kept.set("for good", 2, timeout=None)
        clock.shift(59)
        assert kept.get("key") == 1
        clock.shift(2)
        assert (kept.get("key"), kept.get("for good")) == (None, 2)
