"""Opening the sealed values of one record: a deliberate act with a reason, for some minutes, in one session, logged."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _, ngettext

from cases.actions.permissions import ActionRefused, Actor, may_unseal, require
from cases.enums import AuditAction
from cases.models import AuditEntry, Unsealing
from cases.models.base import code_of

#: A reason that says something has at least so many letters.
SHORTEST_REASON = 10
#: How long after its end a form that was opened may still be saved, so that nothing typed is lost.
GRACE = timedelta(hours=1)


def session_hash(session_key: str | None) -> str:
    """Return what stands for a session in the table: whoever reads it cannot take the session over."""
    return hashlib.sha256(f"unsealing {session_key or ''}".encode()).hexdigest()


def unseal(actor: Actor, record: models.Model, *, reason: str, session: str, at: datetime) -> Unsealing:
    """Open the sealed values of the record and its rows to the actor, for UNSEALED_MINUTES, in this session alone.

    A superuser is asked the same. Raises PermissionDenied where `may_unseal` says no, ActionRefused without a reason.
    """
    person = require(actor)
    may_unseal(person, record, refuse=True)
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise ActionRefused(
            ngettext(
                "Write in a few words what you need to know and what for (%(least)d letter at least).",
                "Write in a few words what you need to know and what for (%(least)d letters at least).",
                SHORTEST_REASON,
            )
            % {"least": SHORTEST_REASON}
        )
    minutes = settings.UNSEALED_MINUTES
    with transaction.atomic():
        opened = Unsealing.objects.create(
            actor=person,
            session=session_hash(session),
            kind=str(record._meta.model_name),
            object_id=record.pk,
            opened_at=at,
            ends_at=at + timedelta(minutes=minutes),
        )
        AuditEntry.objects.append(
            AuditAction.UNSEALED,
            actor=person,
            subject=record,
            case=code_of(record),
            payload={"reason": reason, "minutes": minutes},
            at=at,
        )
    return opened


def seal_again(actor: Actor, record: models.Model, *, session: str, at: datetime) -> None:
    """Close what the actor has open of the record in this session. Refused where nothing is open."""
    person = require(actor)
    with transaction.atomic():
        closed = (
            Unsealing.objects.of(record).in_session(person.pk, session_hash(session)).open_at(at).update(closed_at=at)
        )
        if not closed:
            raise ActionRefused(_("The sealed values are closed already."))
        AuditEntry.objects.append(AuditAction.SEALED_AGAIN, actor=person, subject=record, case=code_of(record), at=at)


def unsealed_until(actor: Actor, record: models.Model, *, session: str, at: datetime) -> datetime | None:
    """Return until when the record is open to the actor in this session; None where it is not, or no longer allowed."""
    if not actor.is_authenticated or not may_unseal(actor, record):
        return None
    found = Unsealing.objects.of(record).in_session(actor.pk, session_hash(session)).open_at(at)
    return found.order_by("-ends_at").values_list("ends_at", flat=True).first()


def was_unsealed(actor: Actor, record: models.Model, *, session: str, at: datetime) -> bool:
    """Tell whether the actor had the record open in this session until a while ago: such a form may still be saved."""
    if not actor.is_authenticated or not may_unseal(actor, record):
        return False
    found = Unsealing.objects.of(record).in_session(actor.pk, session_hash(session))
    return found.filter(ends_at__gt=at - GRACE).exists()
