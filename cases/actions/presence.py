"""Saying that one has a form open, and that one has left it. Presence is no change of a record: nothing is audited."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model

from cases.actions.permissions import Actor, require
from cases.models import AuditHead, EditingPresence
from cases.models.together import GONE_AFTER


@transaction.atomic
def announce(actor: Actor, record: Model, *, at: datetime) -> EditingPresence:
    """Say that the actor has the record's form open; someone who had been gone is here since now."""
    editor = require(actor, f"cases.change_{record._meta.model_name}")
    presence, is_new = EditingPresence.objects.select_for_update().get_or_create(
        user=editor,
        content_type=ContentType.objects.get_for_model(record),
        object_id=record.pk,
        defaults={"since": at, "seen_at": at},
    )
    if not is_new:
        if presence.seen_at <= at - GONE_AFTER:
            presence.since = at
        presence.seen_at = at
        presence.save(update_fields=["since", "seen_at"])
    return presence


def leave(actor: Actor, record: Model) -> None:
    """Say that the actor has closed the form."""
    EditingPresence.objects.at(record).filter(user=require(actor)).delete()


def wait_for_turn() -> None:
    """Wait until nobody else is writing, and let nobody write until the end of the present transaction.

    Every change of a record takes a place in the audit, whose head is locked meanwhile (`cases/models/audit.py`): whoever
    holds it sees all that was saved, and what they compare cannot change under their hands, through whichever form.
    """
    AuditHead.objects.select_for_update().get_or_create(pk=AuditHead.ONLY)
