"""Telling caches in front of the site to forget its pages: at once when something changed, and again until it surely worked.

Nothing waits in a list: a cache is behind as long as the mark it was last told of is not that of what is public. So what
fails is tried again by `manage.py purge_caches` each minute, and what succeeds late makes up for everything before it.
A page that was on its way to the cache while the change was made may come in after the first message, so only a message
that is sent SETTLED later counts as the last one.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from cases.published.state import State, read_state
from cases.published.state_models import PublishedPurge

#: How long a page may be on its way, and how long a cache may take to answer, in seconds.
SETTLED, PATIENCE = timedelta(seconds=30), 3.0
#: By which key a cache knows every page of the site; each of the two names is that of some caches.
KEYS = {"Surrogate-Key": "tracker", "Cache-Tag": "tracker"}

Send = Callable[[str, Mapping[str, str]], int]


def send_purge(address: str, headers: Mapping[str, str]) -> int:
    """Send PURGE to an address of the settings and return the status. Raises OSError where nobody answers."""
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(str(parts.hostname), parts.port, timeout=PATIENCE)
    try:
        connection.request("PURGE", parts.path or "/", headers=dict(headers))
        return connection.getresponse().status
    except HTTPException as problem:
        raise OSError(type(problem).__name__) from problem
    finally:
        connection.close()


def purge_at_once(using: str) -> None:
    """Tell every cache right after a change. What fails here is noted, seen at the desk, and tried again."""
    try:
        purge_due(using, at=timezone.now())
    except DatabaseError:  # the change stands; the next minute's attempt finds that the caches are behind
        return


def purge_due(using: str, *, at: datetime, send: Send = send_purge) -> dict[str, str]:
    """Tell every cache that is behind; return by its address what went wrong, "" where nothing did."""
    state, done = read_state(using), {}
    known = {row.target: row for row in PublishedPurge.objects.using(using).all()}
    for target in settings.CACHE_PURGE_URLS:
        row = known.get(target) or PublishedPurge(target=target)
        if row.mark == state.mark and not row.failure:
            continue
        done[target] = row.failure = _sent(target, send)
        row.failed_since = (row.failed_since or at) if row.failure else None
        if not row.failure and at - state.changed_at >= SETTLED:
            row.mark = state.mark
        row.save(using=using)
    return done


def _sent(target: str, send: Send) -> str:
    token = {"Authorization": f"Bearer {settings.CACHE_PURGE_TOKEN}"} if settings.CACHE_PURGE_TOKEN else {}
    try:
        status = send(target, {**KEYS, **token})
    except OSError as problem:
        return f"{type(problem).__name__}: {problem}"[:200]
    return "" if 200 <= status < 300 else f"HTTP {status}"


def caches_behind(using: str, *, at: datetime) -> list[PublishedPurge]:
    """Return the caches that may still show what is gone: those that failed, and those that nobody tells any more."""
    if not settings.CACHE_PURGE_URLS:
        return []
    state: State = read_state(using)
    known = {
        row.target: row for row in PublishedPurge.objects.using(using).filter(target__in=settings.CACHE_PURGE_URLS)
    }
    rows = [known.get(target) or PublishedPurge(target=target) for target in settings.CACHE_PURGE_URLS]
    late = at - state.changed_at > 10 * SETTLED
    return [row for row in rows if row.failure or (late and row.mark != state.mark)]
