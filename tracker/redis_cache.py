"""The shared cache in Redis, which may be away: then it holds nothing, and nobody waits for it or fails with it."""

import json
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends import redis
from redis.exceptions import RedisError

T = TypeVar("T")
#: For how many seconds a Redis that did not answer is not asked again.
AWAY = 5.0


class PlainValues:
    """What is written into Redis and read from it: JSON, and never a pickle, which may run a program where it is read.

    Desk and public site ask the same Redis, so whoever has the one of them must not get into the other. What is no JSON
    was not written here, and is as good as not there.
    """

    def dumps(self, obj: Any) -> int | bytes:
        return obj if type(obj) is int else json.dumps(obj).encode()

    def loads(self, data: bytes) -> Any:
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            return None


class RedisCache(redis.RedisCache):
    """Django's own; while Redis is away nothing is found, and nothing is said to have been added or changed.

    So what lets somebody through because a key could be added lets nobody through, and what counts goes on by itself:
    `incr` raises ValueError, as it does for a key that is not there.
    """

    #: One for all threads, each of which has an object of its own.
    again_at = 0.0

    def _asked(self, ask: Callable[..., T], *arguments: Any, away: T) -> T:
        if time.monotonic() < RedisCache.again_at:
            return away
        try:
            return ask(*arguments)
        except RedisError:
            RedisCache.again_at = time.monotonic() + AWAY
            return away

    def add(self, *arguments: Any, **named: Any) -> bool:
        return self._asked(lambda: super(RedisCache, self).add(*arguments, **named), away=False)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._asked(super().get, key, default, version, away=default)

    def set(self, *arguments: Any, **named: Any) -> None:
        return self._asked(lambda: super(RedisCache, self).set(*arguments, **named), away=None)

    def touch(self, *arguments: Any, **named: Any) -> bool:
        return self._asked(lambda: super(RedisCache, self).touch(*arguments, **named), away=False)

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._asked(super().delete, key, version, away=False)

    def get_many(self, keys: Any, version: int | None = None) -> dict[str, Any]:
        return self._asked(super().get_many, list(keys), version, away={})

    def has_key(self, key: str, version: int | None = None) -> bool:
        return self._asked(super().has_key, key, version, away=False)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        value = self._asked(super().incr, key, delta, version, away=None)
        if value is None:
            raise ValueError("Redis is away, and nothing is counted there.")
        return value

    def set_many(self, data: dict[str, Any], *arguments: Any, **named: Any) -> list[str]:
        return self._asked(lambda: super(RedisCache, self).set_many(data, *arguments, **named), away=list(data))

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        return self._asked(super().delete_many, list(keys), version, away=None)

    def clear(self) -> None:
        self._asked(super().clear, away=None)
