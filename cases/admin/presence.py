"""Who else has a form open, and the address to which the forms that are open give a sign of life."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import Http404, HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from cases.actions.presence import announce, leave
from cases.admin.chosen import number_in
from cases.admin.site import desk
from cases.models import EditingPresence, Prisoner


def who_else(user: Any, record: Model, *, at: datetime) -> list[str]:
    """Say who else has the record's form open, each in one sentence."""
    words = (
        _("%(name)s is editing this case too, since %(time)s")
        if isinstance(record, Prisoner)
        else _("%(name)s is editing this record too, since %(time)s")
    )
    return [
        words % {"name": one.user.get_username(), "time": time_format(timezone.localtime(one.since))}
        for one in EditingPresence.objects.others(user, record, at)
    ]


def heartbeat(request: HttpRequest) -> JsonResponse:
    """On GET give a fresh token for forms; on POST take a sign of life from a form and say who else is there.

    The header keeps out what is not our script: no page of another host can send it without asking first.
    """
    if request.headers.get("X-Requested-With") != "desk":
        raise Http404
    answer: dict[str, Any] = {"csrf": get_token(request), "account": request.user.pk, "others": []}
    if request.method != "POST":
        return JsonResponse(answer)
    model_admin, record = _record(request)
    if not isinstance(request.user, User) or not model_admin.has_view_or_change_permission(request, record):
        raise Http404
    if "leaving" in request.POST:
        leave(request.user, record)
        return JsonResponse(answer)
    now = timezone.now()
    if model_admin.has_change_permission(request, record):
        announce(request.user, record, at=now)
    return JsonResponse({**answer, "others": who_else(request.user, record, at=now)})


def _record(request: HttpRequest) -> tuple[Any, Model]:
    """Return the record that is named, with its screen; whoever may not see it learns nothing of it."""
    label, _dot, pk = request.POST.get("record", "").rpartition(":")
    try:
        model_admin: Any = desk.get_model_admin(apps.get_model(label))
    except (LookupError, ValueError, NotRegistered) as unknown:
        raise Http404 from unknown
    record = model_admin.get_object(request, pk) if number_in(pk) is not None else None
    if record is None:
        raise Http404
    return model_admin, record
