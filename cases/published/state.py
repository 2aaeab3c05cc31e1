"""The mark of everything that is public: renewed with each change, in its transaction, and read before each answer.

PostgreSQL takes longer to say it than a kept page takes otherwise. So a process takes its word for HOLDS, counted from
before it asked, and whoever changes something waits for as long after the commit before anybody is told that it is done.
By then no process answers a new request from before the change, however many there are and whatever their clocks say.
"""

import secrets
import time as clock
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from django.db import connections, router, transaction
from django.db.models.functions import Now
from django.utils import timezone

from cases.published.engine import ask_at_once
from cases.published.state_models import PublishedState

ROW = 1
#: For how long the mark that PostgreSQL told holds, in seconds.
HOLDS = 0.02
TABLE = PublishedState._meta.db_table
READ = f"SELECT mark, changed_at FROM {TABLE} WHERE id = {ROW}"  # noqa: S608 - names of our own


class State(NamedTuple):
    """What is public now: its mark, and when it changed last."""

    mark: str
    changed_at: datetime


#: Of a site on which nothing was ever published.
NOTHING = State("", datetime(2014, 1, 1, tzinfo=UTC))


def renew(using: str) -> None:
    """Give what is public another mark. It wants the transaction of the change.

    The mark is drawn at random and is no count: a count would repeat itself after a restore, with other pages behind it.
    Whoever renews it first holds the row to the end of the transaction: publications come one after another.
    """
    row = PublishedState(pk=ROW, mark=secrets.token_urlsafe(16), changed_at=Now())
    rows = PublishedState.objects.using(using)
    rows.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=["mark", "changed_at"])
    if connections[using].vendor == "postgresql":
        transaction.on_commit(_wait_for_readers, using=using)


def wait_for_turn(using: str) -> None:
    """Wait until no other transaction changes what is public, and let none begin to before this one ends.

    Everything that changes it begins so, or with `renew`: of two that do not, each could wait for rows that the other holds.
    """
    PublishedState.objects.using(using).select_for_update().filter(pk=ROW).first()


def _wait_for_readers() -> None:
    clock.sleep(HOLDS)


class _Told(NamedTuple):
    """What the database said last in this process, and until when that holds by the clock that only runs forward."""

    state: State
    until: float


_told = _Told(NOTHING, 0.0)


def present_state() -> State:
    """Return the mark and the time of the last change, as of HOLDS ago at the earliest."""
    global _told  # noqa: PLW0603 - of all threads
    asked = clock.monotonic()
    if asked < _told.until:
        return _told.state
    using = router.db_for_read(PublishedState)
    state = read_state(using)
    if connections[using].vendor == "postgresql" and not connections[using].in_atomic_block:
        _told = _Told(state, asked + HOLDS)
    return state


def read_state(using: str = "") -> State:
    """Return the mark of what is public and the time of its last change, in one query as small as can be."""
    found = ask_at_once(READ, using=using or router.db_for_read(PublishedState))
    if found is None:
        return NOTHING
    mark, changed = found
    return State(mark, moment_of(changed))


def moment_of(value: datetime | str) -> datetime:
    """Return a moment as the database hands it out to a plain question: PostgreSQL as such, SQLite as a text in UTC."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def last_change(state: State, today: date) -> datetime:
    """Return since when pages are as they are `today`: what follows from the facts changes with the day as well."""
    return max(state.changed_at, timezone.make_aware(datetime.combine(today, time.min)))
