"""A restore that is under way or was interrupted: until it is finished there may be half a site here, and nobody sees it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest, HttpResponse

NAME = "restore-unfinished.json"
CLOSED = (
    "The site is being restored from a backup. Please come back later.\n"
    "Сайт відновлюють із резервної копії. Завітайте, будь ласка, пізніше.\n"
)


def state_file(var: Path) -> Path:
    """Return the file in VAR_DIR that is there while a restore is not finished."""
    return Path(var) / NAME


def unfinished_restore(var: Path) -> str | None:
    """Return what to do about a restore that is not finished; None where there is none."""
    path = state_file(var)
    if not path.exists():
        return None
    try:
        name = json.loads(path.read_text())["file"]
    except (OSError, ValueError, KeyError, TypeError):
        name = "FILE"
    return (
        f"The restore of {name} is not finished: what is here may be half of a site, and nothing of it is served. "
        f"Run 'manage.py restore {name}' again with the same options, or restore another backup with --replace. "
        f"({path} says so.)"
    )


def check_unfinished_restore(**_kwargs: Any) -> list[CheckMessage]:
    """Keep every command that checks the system from working on half a site."""
    said = unfinished_restore(settings.VAR_DIR)
    return [Error(said, id="tracker.E001")] if said else []


def closed_while_restoring(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 503 to everything while a restore is not finished, without a look at the databases."""
    state = state_file(settings.VAR_DIR)

    def middleware(request: HttpRequest) -> HttpResponse:
        if state.exists():
            return HttpResponse(
                CLOSED, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "600"}
            )
        return get_response(request)

    return middleware
