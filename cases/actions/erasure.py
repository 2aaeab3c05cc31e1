"""Erasing a person at lawful request. One person asks, another confirms; afterwards only the fact is left.

Everything on the private side goes in one transaction, with the public side inside it, so that a process that is killed
leaves all or nothing. Files are deleted after it, from a list that is kept until they are gone (`erasure_remains.py`).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.erasure_remains import finish
from cases.actions.erasure_removal import remove
from cases.actions.permissions import ActionRefused, Actor, require
from cases.enums import AuditAction, ErasureGround, ErasureState
from cases.models import AuditEntry, ErasureRequest, Prisoner, Relative
from cases.queries.erased import Subject, mark_of
from cases.queries.erasure import Found, find
from cases.sealed import Sealed

MAY_ASK = "cases.ask_erasure"
MAY_CONFIRM = "cases.confirm_erasure"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed: the random number of the erasure, and how many of what."""

    reference: str
    counts: dict[str, int]


def ask(actor: Actor, subject: Subject, *, ground: str, note: str = "", at: datetime) -> ErasureRequest:
    """Ask for the erasure of a prisoner or a relative; another person confirms it. Nothing is removed yet."""
    asker = require(actor, MAY_ASK)
    if ground not in {one.value for one in ErasureGround}:
        raise ActionRefused(_("Choose the ground of the erasure from the list."))
    code = subject.code if isinstance(subject, Prisoner) else ""
    kind = str(subject._meta.model_name)
    with transaction.atomic():
        if ErasureRequest.objects.filter(
            subject_kind=kind, subject_id=subject.pk, state=ErasureState.ASKED.value
        ).exists():
            raise ActionRefused(_("This erasure has been asked for already. Another person confirms or declines it."))
        request = ErasureRequest(
            subject_kind=kind,
            subject_id=subject.pk,
            code=code,
            mark=mark_of(subject),
            ground=ground,
            note=Sealed(text=note.strip()),
            asked_by=asker,
            asked_at=at,
        )
        request.full_clean(exclude=["note"])  # the database checks it; its text is not compared
        request.save()
        told = {"erasure": request.reference, "ground": ground}
        AuditEntry.objects.append(
            AuditAction.ERASURE_ASKED, actor=asker, subject=subject, case=code, payload=told, at=at
        )
    return request


def note_is_read(actor: Actor, request: ErasureRequest, *, at: datetime) -> None:
    """Tell the audit that the sealed note of a request is shown to somebody who may confirm it."""
    reader = require(actor, MAY_CONFIRM)
    told = {"erasure": request.reference}
    AuditEntry.objects.append(AuditAction.UNSEALED, actor=reader, case=request.code, payload=told, at=at)


def decline(actor: Actor, request: ErasureRequest, *, at: datetime) -> ErasureRequest:
    """Say no to an erasure, or take back one's own; the person stays as recorded."""
    decider = require(actor, MAY_CONFIRM) if request.asked_by_id != actor.pk else require(actor, MAY_ASK)
    with transaction.atomic():
        request = _waiting(request)
        request.state, request.note = ErasureState.DECLINED.value, Sealed(text="")
        request.decided_by, request.decided_at = decider, at
        request.full_clean(exclude=["note"])  # the database checks it; its text is not compared
        request.save()
        told = {"erasure": request.reference, "declined": True}
        AuditEntry.objects.append(AuditAction.ERASURE_ASKED, actor=decider, case=request.code, payload=told, at=at)
    return request


def confirm(actor: Actor, request: ErasureRequest, *, typed: str, at: datetime) -> Erased:
    """Erase what was asked for. `typed`: what the confirming person typed, which must be `what_to_type(request)`.

    Refused to the person who asked, when a table is not known to the erasure, and when something refers to the person in
    a way that it does not know. Raises PublicSideUnreachable; then nothing has changed.
    """
    confirmer = require(actor, MAY_CONFIRM)
    with transaction.atomic():
        request = _waiting(request)
        if request.asked_by_id == confirmer.pk:
            raise ActionRefused(_("You asked for this erasure yourself: another person confirms it."))
        if typed.strip() != what_to_type(request):
            raise ActionRefused(
                _("What you typed is not %(code)s. Nothing was erased.") % {"code": what_to_type(request)}
            )
        subject = _locked(request)
        counts = remove(confirmer, subject, request.reference, {"ground": request.ground}, at=at)
        request.state, request.note, request.subject_id = ErasureState.DONE.value, Sealed(text=""), None
        request.decided_by, request.decided_at, request.counts = confirmer, at, counts
        request.full_clean(exclude=["note"])  # the database checks it; its text is not compared
        request.save()
        transaction.on_commit(partial(finish, at=at), robust=True)
    return Erased(request.reference, counts)


def erase_again(subject: Subject, reference: str, *, at: datetime) -> Erased:
    """Erase somebody who was erased before and came back with a backup; for the command, without asking anew."""
    with transaction.atomic():
        found = type(subject)._default_manager.select_for_update().get(pk=subject.pk)
        kind = str(subject._meta.model_name)
        ErasureRequest.objects.filter(subject_kind=kind, subject_id=subject.pk).delete()
        counts = remove(None, found, reference, {"again": True}, at=at)
        transaction.on_commit(partial(finish, at=at), robust=True)
    return Erased(reference, counts)


def what_to_type(request: ErasureRequest) -> str:
    """Return what the confirming person types: the code of the case, for a relative the number of the erasure."""
    return request.code or request.reference


def found_for(request: ErasureRequest) -> Found:
    """Return what the erasure would take now."""
    return find(request.subject_kind, request.subject_id or 0, request.code)


def _waiting(request: ErasureRequest) -> ErasureRequest:
    found = ErasureRequest.objects.select_for_update().filter(pk=request.pk, state=ErasureState.ASKED.value).first()
    if found is None:
        raise ActionRefused(_("This erasure is decided already."))
    return found


def _locked(request: ErasureRequest) -> Subject:
    people: dict[str, type[Prisoner] | type[Relative]] = {"prisoner": Prisoner, "relative": Relative}
    rows = people[request.subject_kind]._default_manager.select_for_update()
    subject: Subject | None = rows.filter(pk=request.subject_id or 0).first()
    if subject is None:
        raise ActionRefused(_("The record is no longer there."))
    return subject
