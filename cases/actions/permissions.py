"""The check that every action begins with, and the refusal that it shows to its user."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

Actor: TypeAlias = User | AnonymousUser


class ActionRefused(Exception):
    """The action cannot be done as things stand; the message tells the user why and what to do."""


def require(actor: Actor, *permissions: str) -> User:
    """Return the actor if they are signed in, active and have every permission; raise PermissionDenied otherwise."""
    if not isinstance(actor, User) or not actor.is_active or not actor.has_perms(permissions):
        raise PermissionDenied(_("Your account may not do this."))
    return actor
