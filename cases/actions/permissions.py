"""The check that every action begins with, what follows from a case's assignment, and the refusal shown to the user."""

from typing import Any, TypeAlias

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from cases.models import Prisoner, Proceeding

Actor: TypeAlias = User | AnonymousUser

#: Who sees to it that cases are right may work on every case, whoever it is assigned to.
EVERY_CASE = "cases.review_submission"
MAY_UNSEAL_CASES = "cases.unseal_prisoner"
MAY_UNSEAL_FAMILIES = "cases.unseal_household"

#: Which permission opens the sealed values of which records. What is missing here cannot be opened by anybody.
UNSEALED_BY: dict[str, str] = {
    "prisoner": MAY_UNSEAL_CASES,
    "proceeding": MAY_UNSEAL_CASES,
    "source": MAY_UNSEAL_CASES,
    "organisation": MAY_UNSEAL_CASES,
    "detentionsite": MAY_UNSEAL_CASES,
    "provision": MAY_UNSEAL_CASES,
    "official": MAY_UNSEAL_CASES,
    "household": MAY_UNSEAL_FAMILIES,
    "relative": MAY_UNSEAL_FAMILIES,
    "need": MAY_UNSEAL_FAMILIES,
    "aid": MAY_UNSEAL_FAMILIES,
}


class ActionRefused(Exception):
    """The action cannot be done as things stand; the message tells the user why and what to do."""


def require(actor: Actor, *permissions: str) -> User:
    """Return the actor if they are signed in, active and have every permission; raise PermissionDenied otherwise."""
    if not isinstance(actor, User) or not actor.is_active or not actor.has_perms(permissions):
        raise PermissionDenied(_("Your account may not do this."))
    return actor


def may_work_on(actor: Actor, prisoner: Prisoner) -> bool:
    """Tell whether the case is the actor's to change: assigned to them or to nobody, or theirs to review."""
    return prisoner.assigned_to_id in (None, actor.pk) or actor.has_perm(EVERY_CASE)


def worked_on_by(actor: Actor, *, or_in: Any = ()) -> models.QuerySet[Prisoner]:
    """Return the cases that are the actor's to change, and those whose keys are `or_in`."""
    if actor.has_perm(EVERY_CASE):
        return Prisoner.objects.all()
    free = models.Q(assigned_to=None) | models.Q(assigned_to=actor.pk)
    return Prisoner.objects.filter(free | models.Q(pk__in=or_in))


def may_work_on_proceeding(actor: Actor, proceeding: Proceeding) -> bool:
    """Tell whether one of its defendants' cases is the actor's to change; a proceeding without defendants is anybody's."""
    prisoners = [defendant.prisoner for defendant in proceeding.defendants.select_related("prisoner")]
    return not prisoners or any(may_work_on(actor, prisoner) for prisoner in prisoners)


def may_delete_proceeding(actor: Actor, proceeding: Proceeding) -> bool:
    """Tell whether every defendant's case is the actor's to change: what it says of all of them goes with it."""
    return all(may_work_on(actor, defendant.prisoner) for defendant in proceeding.defendants.select_related("prisoner"))


def require_case(actor: Actor, prisoner: Prisoner) -> None:
    """Raise PermissionDenied unless `may_work_on`."""
    if not may_work_on(actor, prisoner):
        raise PermissionDenied(
            _("This case is assigned to %(name)s: ask them, or a reviewer.") % {"name": prisoner.assigned_to}
        )


def require_proceeding(actor: Actor, proceeding: Proceeding) -> None:
    """Raise PermissionDenied unless `may_work_on_proceeding`."""
    if not may_work_on_proceeding(actor, proceeding):
        raise PermissionDenied(_("Your account may not do this."))


def may_unseal(actor: Actor, record: models.Model, *, refuse: bool = False) -> bool:
    """Tell whether the actor may open the sealed values of the record; with `refuse`, raise PermissionDenied instead.

    Of a case or proceeding: those it is assigned to, and reviewers. Nobody else, although they may see the case.
    """
    permission = UNSEALED_BY.get(str(record._meta.model_name))
    allowed = permission is not None and actor.has_perm(permission) and _is_theirs(actor, record)
    if refuse and not allowed:
        raise PermissionDenied(
            _("Only those to whom the case is assigned, and reviewers, may open its sealed values.")
            if permission == MAY_UNSEAL_CASES
            else _("Your account may not open these sealed values.")
        )
    return allowed


def _is_theirs(actor: Actor, record: models.Model) -> bool:
    if actor.has_perm(EVERY_CASE):
        return True
    if isinstance(record, Prisoner):
        return record.assigned_to_id == actor.pk
    if isinstance(record, Proceeding):
        return record.defendants.filter(prisoner__assigned_to=actor.pk).exists()
    return True
