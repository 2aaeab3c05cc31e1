"""Keeping what is typed at the desk before it is saved. A draft is its author's own: nobody else reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from cases.actions.permissions import ActionRefused, Actor, require
from cases.models import FormDraft

Boxes = Mapping[str, list[str]]
#: Drafts of one form that one person can have; the oldest go.
MOST_WINDOWS = 20


@dataclass(frozen=True, slots=True)
class Window:
    """Where something is typed: the address of the form, and one window that shows it."""

    address: str
    key: str


class DraftTooLong(ActionRefused):
    """More was typed than is kept."""


@transaction.atomic
def keep_draft(
    actor: Actor,
    subject: Model,
    *,
    window: Window,
    boxes: Boxes,
    version: str,
    at: datetime,
    most_bytes: int | None = None,
) -> FormDraft:
    """Keep the boxes of a form for its author. `subject` is the record, or an empty one for a form that adds one.

    Raises DraftTooLong beyond `most_bytes`, which is DRAFT_MOST_BYTES unless a whole form was sent and is not to be lost.
    """
    author = require(actor, f"cases.{'change' if subject.pk else 'add'}_{subject._meta.model_name}")
    payload = json.dumps(dict(boxes), ensure_ascii=False)
    if len(payload.encode()) > (most_bytes or settings.DRAFT_MOST_BYTES):
        raise DraftTooLong(_("This is too much text to be kept before it is saved: save it now."))
    own = FormDraft.objects.of(author, window.address)
    draft = own.select_for_update().filter(window=window.key).first()
    if draft is None:
        draft = FormDraft(user=author, address=window.address, window=window.key, began_at=at)
        FormDraft.objects.filter(pk__in=list(own.values_list("pk", flat=True)[MOST_WINDOWS - 1 :])).delete()
    draft.content_type = ContentType.objects.get_for_model(subject) if subject.pk else None
    draft.object_id, draft.version, draft.updated_at = subject.pk, version, at
    draft.payload = payload  # type: ignore[assignment]  # the column seals what it is given
    draft.save()
    return draft


def boxes_of(actor: Actor, draft: FormDraft) -> dict[str, list[str]]:
    """Return what the draft holds, to its author alone. Raises SealingError where its key is missing."""
    author = require(actor)
    if draft.user_id != author.pk:
        raise ActionRefused(_("Only its author reads a text that was not saved."))
    return dict(json.loads(draft.payload.open()))


def own_draft(actor: Actor, window: Window) -> FormDraft | None:
    """Return what the actor wrote in this window; None if nothing is kept."""
    return FormDraft.objects.of(require(actor), window.address).filter(window=window.key).first()


def discard_draft(actor: Actor, window: Window) -> None:
    """Throw away one's own draft; there may be none."""
    FormDraft.objects.of(require(actor), window.address).filter(window=window.key).delete()


def forget_drafts_of(record: Model) -> int:
    """Delete everybody's drafts of the record's form, and of new proceedings begun from a person's page; return how many.

    Part of an erasure: whoever erases calls it for every record of the person. Drafts of new records name no record and
    end by themselves after DRAFT_DAYS.
    """
    here = (str(record._meta.model_name), str(record.pk))
    begun = [draft.pk for draft in FormDraft.objects.filter(object_id=None) if here in draft.begun_with]
    found = FormDraft.objects.about(record) | FormDraft.objects.filter(pk__in=begun)
    return found.delete()[0]
