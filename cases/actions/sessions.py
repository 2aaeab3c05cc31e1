"""Sessions of the desk: begun at sign-in, ended by their owner, by an Administrator, by a command, or by time."""

from datetime import datetime

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction

from cases.domain.tokens import kept_of
from cases.enums import AuditAction
from cases.models import AuditEntry, DeskSession


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
    apps.get_model("sessions", "Session").objects.filter(session_key__in=keys).delete()
    DeskSession.objects.filter(key__in=keys).delete()
    return len(keys)
