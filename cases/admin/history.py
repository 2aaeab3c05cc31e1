"""The page on which the history of a record is read."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cases.queries.history import history_of, moments

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
        **(extra_context or {}),
    }
    return TemplateResponse(request, "desk/history.html", context)
