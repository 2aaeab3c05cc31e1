"""The pages on which the history of a record is read, and what it kept is put back after a look at what will change."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.restore_history import restore_moment, restore_version
from cases.admin.after_saving import look_after
from cases.admin.attempts import attempt
from cases.models import Prisoner
from cases.queries.history import history_of, moments
from cases.queries.restoration import Plan, plan_for_moment, plan_for_version

SHOWN = 300


def history_page(
    model_admin: Any, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None
) -> HttpResponse:
    """Show the history to those who may see the record."""
    record = model_admin.get_object(request, object_id)
    if record is None:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, record):
        raise PermissionDenied
    entries = history_of(record)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("History: %(record)s") % {"record": record},
        "original": record,
        "opts": model_admin.opts,
        "entries": entries[:SHOWN],
        "moments": moments(entries[:SHOWN]),
        "more": max(0, len(entries) - SHOWN),
        "restore_page": _name(model_admin, "restore") if model_admin.has_change_permission(request, record) else "",
        "moment_page": _name(model_admin, "moment") if isinstance(record, Prisoner) else "",
        **(extra_context or {}),
    }
    return TemplateResponse(request, "desk/history.html", context)


def _name(model_admin: Any, page: str) -> str:
    return f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_{page}"


def _record(model_admin: Any, request: HttpRequest, pk: int) -> Any:
    """Return the record, to those who may change it."""
    record = model_admin.get_object(request, quote(pk))
    if record is None:
        raise Http404
    if not model_admin.has_change_permission(request, record):
        raise PermissionDenied
    return record


def restore_page(model_admin: Any, request: HttpRequest, pk: int, kind: str, version: int) -> HttpResponse:
    """Show what putting back a version of a row, or the field `?field=` of it, changes; on POST, do it."""
    record = _record(model_admin, request, pk)
    column = request.GET.get("field", "")

    def restore(state: str) -> list[Prisoner]:
        return restore_version(request.user, record, kind=kind, version=version, column=column, state=state)

    plan = plan_for_version(record, kind, version, column=column)
    title = _("Put back one field") if column else _("Put back a row")
    return _ask(model_admin, request, record, plan, restore, title=title)


def moment_page(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Show what putting the whole case back to the moment `?at=` changes; on POST, do it."""
    record = _record(model_admin, request, pk)
    try:
        moment = datetime.fromisoformat(request.GET.get("at", ""))
        moment = (moment if timezone.is_aware(moment) else timezone.make_aware(moment)).astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise Http404 from problem

    def restore(state: str) -> list[Prisoner]:
        return restore_moment(request.user, record, moment=moment, state=state)

    return _ask(
        model_admin,
        request,
        record,
        plan_for_moment(record, moment),
        restore,
        title=_("Put the case back to a moment"),
        moment=moment,
    )


def _ask(
    model_admin: Any,
    request: HttpRequest,
    record: Any,
    plan: Plan | None,
    restore: Callable[[str], list[Prisoner]],
    **context: Any,
) -> HttpResponse:
    if request.method == "POST":
        done = attempt(
            request,
            lambda: _restore(request, restore),
            _("Put back."),
        )
        if done:
            return redirect(_name(model_admin, "history"), quote(record.pk))
        return redirect(request.get_full_path())
    if plan is None or not plan.steps:
        plan = None
    context |= {
        **model_admin.admin_site.each_context(request),
        "original": record,
        "opts": model_admin.opts,
        "plan": plan,
        "history": _name(model_admin, "history"),
    }
    return TemplateResponse(request, "desk/restore.html", context)


@transaction.atomic
def _restore(request: HttpRequest, restore: Callable[[str], list[Prisoner]]) -> None:
    look_after(request, restore(request.POST.get("state", "")))
