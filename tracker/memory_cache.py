"""A cache in the memory of one process that hands out the very things it was given: nothing is pickled, nothing copied.

For things that nobody changes: finished pages, and parts of pages. Of too many, those go that were not asked for longest.
"""

import threading
import time
from collections import OrderedDict
from typing import Any, NamedTuple

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache


class _Entry(NamedTuple):
    value: Any
    until: float | None


class _Memory:
    """What the caches of one name in all threads share."""

    def __init__(self) -> None:
        self.entries: OrderedDict[str, _Entry] = OrderedDict()
        self.lock = threading.Lock()


_memories: dict[str, _Memory] = {}


class MemoryCache(BaseCache):
    """Django's cache of a process, without the copies; `LOCATION` names it, `MAX_ENTRIES` bounds it."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._memory = _memories.setdefault(name, _Memory())

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:  # noqa: ARG002 - Django's signature
        memory = self._memory
        with memory.lock:
            entry = memory.entries.get(key)
            if entry is None:
                return default
            if entry.until is not None and entry.until <= time.time():
                del memory.entries[key]
                return default
            memory.entries.move_to_end(key)
            return entry.value

    def set(
        self,
        key: Any,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,  # noqa: ARG002 - Django's signature
    ) -> None:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        memory = self._memory
        with memory.lock:
            memory.entries[key] = _Entry(value, None if seconds is None else time.time() + seconds)
            memory.entries.move_to_end(key)
            while len(memory.entries) > self._max_entries:
                memory.entries.popitem(last=False)

    def delete(self, key: Any, version: int | None = None) -> bool:  # noqa: ARG002 - Django's signature
        with self._memory.lock:
            return self._memory.entries.pop(key, None) is not None

    def clear(self) -> None:
        with self._memory.lock:
            self._memory.entries.clear()
