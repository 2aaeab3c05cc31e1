"""Sessions of the desk: begun at sign-in, ended by their owner, by an Administrator, by a command, or by time."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction

from cases.domain.sealing import SealingError, is_token, key_id_of
from cases.domain.tokens import kept_of
from cases.enums import AuditAction
from cases.models import AuditEntry, DeskSession
from cases.sealed import keyring


def begin_session(account: User, session_key: str, *, browser: str, at: datetime) -> DeskSession:
    """Write down that `account` has signed in; without this row the gate lets nobody through.

    What is left of sessions that are over, of anybody, goes.
    """
    _remove(DeskSession.objects.over(at))
    return DeskSession.objects.create(
        account=account, key=kept_of(session_key), browser=browser[:60], started_at=at, seen_at=at
    )


def renew_key(session: DeskSession, session_key: str) -> None:
    """Follow a session that was given a new key, as after a change of the password."""
    session.key = kept_of(session_key)
    session.save(update_fields=["key"])


@transaction.atomic
def end_sessions(
    account: User, *, by: User | None, at: datetime, only: int | None = None, keep: int | None = None, why: str = ""
) -> int:
    """End the sessions of an account, `only` one of them, or all but the one to `keep`; return how many ended.

    The caller has checked that `by` may do this; None is a command.
    """
    sessions = DeskSession.objects.filter(account=account)
    if keep is not None:
        sessions = sessions.exclude(pk=keep)
    if only is not None:
        sessions = sessions.filter(pk=only)
    ended = _remove(sessions)
    if ended:
        payload = {"account": account.get_username(), "sessions": ended, **({"why": why} if why else {})}
        AuditEntry.objects.append(AuditAction.SESSIONS_ENDED, actor=by, subject=account, payload=payload, at=at)
    return ended


def _remove(sessions: "models.QuerySet[DeskSession]") -> int:
    keys = list(sessions.values_list("key", flat=True))
    _stored().filter(session_key__in=keys).delete()
    DeskSession.objects.filter(key__in=keys).delete()
    return len(keys)


# What a session holds is sealed in its row ------------------------------------------------------------------------


def session_place(kept_key: str) -> str:
    """Return what a session is bound to: its row, by the hash of its key that stands there."""
    return f"session:{kept_key}"


def sealed_sessions(at: datetime) -> Iterator[str]:
    """Yield the id of the key that sealed each session that has not ended; what is no token opens nothing anyway."""
    for token in _stored().filter(expire_date__gt=at).values_list("session_data", flat=True).iterator():
        if is_token(token):
            yield key_id_of(token)


def reseal_sessions() -> tuple[int, int]:
    """Seal sessions with the first key, so that nobody is signed out when an old one goes; return how many, and the rest.

    One that does not open is left: it signs out by itself. One that was written meanwhile is sealed with the first key.
    """
    changed = kept = 0
    for key, token in list(_stored().values_list("session_key", "session_data")):
        try:
            fresh = keyring().reseal(token, session_place(key)) if is_token(token) else token
        except SealingError:
            continue
        if fresh == token:
            kept += 1
        else:
            changed += _stored().filter(session_key=key, session_data=token).update(session_data=fresh)
    return changed, kept


def _stored() -> Any:
    return apps.get_model("sessions", "Session").objects.all()
