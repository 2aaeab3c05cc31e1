"""Reading from copies of the public database (`PUBLIC_REPLICA_URLS`), and only from one that has all that the primary has.

A case that was withdrawn must be gone at once, and a copy follows when it can. So before a request reads from a copy, the
primary is asked how far its log goes, and the copy whether it has come as far: every change that anybody could have seen
on the primary by then is in it. A copy that is behind, away or no copy of this primary is left out for a while, and comes
back by itself. Without the primary nothing is read: nobody could say what was withdrawn.
"""

import itertools
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.db import DatabaseError, connections
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from cases.published.engine import ask_at_once
from tracker.patience import answers_within

PRIMARY = "default"
#: For so long, in seconds, one check holds: a file that is read for minutes is checked again and again.
HOLDS = 0.25
#: How long a request waits for a copy that is a moment behind, and how often it looks, in seconds.
PATIENCE, LOOKS_EVERY = 0.02, 0.004
#: How long a copy may take to say how far it has come, in seconds: a machine that hangs keeps its connections open.
SAYS_WITHIN = 1.0
#: For how many seconds a copy is left out that was behind, or did not answer.
BEHIND, AWAY = 1.0, 5.0
#: The end of what has been written, whether or not it has reached a disk: nothing that can be seen lies beyond it. Where a
#: new page of the log has only its header (24 bytes, 40 in a new file), that is no record that a copy could wait for. The
#: name of its file begins with the timeline, which is another as soon as a copy was made the primary; the control file
#: learns of that at the next checkpoint.
OF_PRIMARY = """
    SELECT CASE
            WHEN place % bytes_per_wal_segment = 40 THEN place - 40
            WHEN place % page = 24 THEN place - 24
            ELSE place
        END, system_identifier, ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int
    FROM (SELECT pg_current_wal_insert_lsn() - '0/0' AS place, current_setting('wal_block_size')::int AS page) log,
        pg_control_system(), pg_control_init()
"""
#: A copy of another system, or of the same from before another machine took over, counts in another log.
OF_REPLICA = """
    SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() - '0/0' >= %s
        AND system_identifier = %s AND timeline_id = %s
    FROM pg_control_system(), pg_control_checkpoint()
"""
READING = frozenset({"GET", "HEAD"})

Position = tuple[Decimal, int, int]


class Replicas:
    """The copies of this process: whose turn it is, and until when each is left out."""

    def __init__(self, aliases: Iterable[str]) -> None:
        self.aliases = tuple(aliases)
        self.left_out = dict.fromkeys(self.aliases, 0.0)
        self.turn = itertools.count()

    def choose(self) -> str:
        """Return the alias of the next copy that has everything, else of the primary.

        Raises OperationalError where a copy could be read and the primary does not answer.
        """
        first = next(self.turn) % len(self.aliases)
        in_turn = (*self.aliases[first:], *self.aliases[:first])
        ready = [alias for alias in in_turn if self.left_out[alias] <= time.monotonic()]
        if not ready:
            return PRIMARY
        position = _end_of_primary()
        return next((alias for alias in ready if self._has_all(alias, position)), PRIMARY)

    def _has_all(self, alias: str, position: Position) -> bool:
        if self.left_out[alias]:  # one request tries whether it is back; the others do not wait for that
            self.left_out[alias] = time.monotonic() + AWAY
        try:
            has_all = _comes_to(alias, position)
        except DatabaseError:
            self.left_out[alias] = time.monotonic() + AWAY
            connections[alias].close()
            with suppress(KeyError):  # another thread was faster
                connections[alias].close_pool()  # type: ignore[attr-defined]  # whose connections are as dead
            return False
        self.left_out[alias] = 0.0 if has_all else time.monotonic() + BEHIND
        return has_all


def _end_of_primary() -> Position:
    position: Any = ask_at_once(OF_PRIMARY, using=PRIMARY)
    return cast("Position", position)


def _comes_to(alias: str, position: Position) -> bool:
    deadline = time.monotonic() + PATIENCE
    with connections[alias].cursor() as cursor, answers_within(connections[alias].connection, SAYS_WITHIN):
        while True:
            cursor.execute(OF_REPLICA, position)
            if cursor.fetchone()[0]:
                return True
            if time.monotonic() >= deadline:
                return False
            time.sleep(LOOKS_EVERY)


@cache
def replicas() -> Replicas:
    """Return the copies that the settings name."""
    return Replicas(settings.REPLICAS)


class _Request(threading.local):
    """What the request of this thread reads from, and until when that holds; nothing outside a request."""

    alias = ""
    until = 0.0


_request = _Request()


def alias_for_reading() -> str:
    """Return the alias from which the public site reads now: the primary, unless a request that only reads is answered."""
    if not _request.alias:
        return PRIMARY
    if time.monotonic() >= _request.until:
        _request.alias = replicas().choose()
        _request.until = time.monotonic() + HOLDS
    return _request.alias


def read_from_replicas(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a request that only reads, and the file that it streams, read from a copy."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        _request.alias, _request.until = (PRIMARY if request.method in READING else ""), 0.0
        response = get_response(request)
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = _to_the_end(iter(response.streaming_content))  # type: ignore[arg-type]
        else:
            _request.alias = ""
        return response

    return middleware


def _to_the_end(content: Iterator[bytes]) -> Iterator[bytes]:
    try:
        yield from content
    finally:
        _request.alias = ""
