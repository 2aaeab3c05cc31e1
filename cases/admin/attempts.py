"""Running an action for a person at the desk: what it refuses becomes a message, what it does is said."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from cases.actions.permissions import ActionRefused
from cases.publication.publish import PublicationRefused, PublicSideUnreachable


def attempt(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Run `act`; tell the user `done` (unless it is ""), or why it was refused. Return whether it was done."""
    try:
        act()
    except (ActionRefused, PublicationRefused, PublicSideUnreachable) as refusal:
        messages.error(request, str(refusal))
        return False
    if done:
        messages.success(request, done)
    return True
