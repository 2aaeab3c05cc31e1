"""Telling caches in front of the site to forget its pages: at once when something changed, and again until it surely worked.

Nothing waits in a list: a cache is behind as long as the mark it was last told of is not that of what is public. So what
fails is tried again by `manage.py purge_caches` each minute, and what succeeds late makes up for everything before it.
A page that was on its way to the cache while the change was made may come in after the first message, so only a message
that is sent SETTLED later counts as the last one. All caches are told side by side, and nobody waits longer than PATIENCE.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
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
#: What is noted of a cache that let others wait in vain.
SILENT = "TimeoutError"
#: By which key a cache knows every page of the site; each of the two names is that of some caches.
KEYS = {"Surrogate-Key": "tracker", "Cache-Tag": "tracker"}

Send = Callable[[str, Mapping[str, str]], int]


def send_purge(address: str, headers: Mapping[str, str]) -> int:
    """Send PURGE to an address of the settings and return the status.

    Raises OSError where nobody answers, HTTPException where the answer is none.
    """
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(str(parts.hostname), parts.port, timeout=PATIENCE)
    try:
        connection.request("PURGE", parts.path or "/", headers=dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()


def purge_at_once(using: str) -> None:
    """Tell every cache right after a change. What fails here is noted, seen at the desk, and tried again.

    Who publishes does not wait again for a cache that has not answered; the next minute's attempt does.
    """
    try:
        purge_due(using, at=timezone.now(), silent_too=False)
    except DatabaseError:  # the change stands; the next minute's attempt finds that the caches are behind
        return


def purge_due(using: str, *, at: datetime, send: Send = send_purge, silent_too: bool = True) -> dict[str, str]:
    """Tell every cache that is behind; return by its address what went wrong, "" where nothing did.

    Without `silent_too` those that did not answer the last time are left out.
    """
    state = read_state(using)
    known = {row.target: row for row in PublishedPurge.objects.using(using).all()}
    rows = [known.get(target) or PublishedPurge(target=target) for target in settings.CACHE_PURGE_URLS]
    due = [row for row in rows if row.failure or row.mark != state.mark]
    told = [row for row in due if silent_too or not row.failure.startswith(SILENT)]
    done = _told([row.target for row in told], send)
    for row in told:
        row.failure = done[row.target]
        row.failed_since = (row.failed_since or at) if row.failure else None
        if not row.failure and at - state.changed_at >= SETTLED:
            row.mark = state.mark
        row.save(using=using)
    return done


def _told(targets: Sequence[str], send: Send) -> dict[str, str]:
    """Tell the caches side by side; return what went wrong with each. A cache that answers by drops is not waited for."""
    done = dict.fromkeys(targets, f"{SILENT}: no answer within {PATIENCE:g} seconds")
    answers: dict[str, str] = {}

    def tell(target: str) -> None:
        answers[target] = _sent(target, send)

    threads = [threading.Thread(target=tell, args=(target,), daemon=True) for target in done]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + PATIENCE
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    return done | answers.copy()


def _sent(target: str, send: Send) -> str:
    token = {"Authorization": f"Bearer {settings.CACHE_PURGE_TOKEN}"} if settings.CACHE_PURGE_TOKEN else {}
    try:
        status = send(target, {**KEYS, **token})
    except OSError as problem:
        return f"{type(problem).__name__}: {problem}"[:200]
    except (HTTPException, ValueError) as problem:  # whose words may repeat the token
        return type(problem).__name__
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
