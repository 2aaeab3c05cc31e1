"""Opening and closing the sealed values of a record at the desk, and what a form shows of them meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.admin.utils import quote
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from cases.actions.permissions import UNSEALED_BY, may_unseal
from cases.actions.unsealing import seal_again, unseal, unsealed_until, was_unsealed
from cases.admin.attempts import attempt
from cases.admin.site import desk


class ReasonForm(forms.Form):
    """Why somebody looks."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "What you need to know, and what for. It is kept in the audit with your name; do not repeat private facts here."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )


@dataclass(frozen=True, slots=True)
class Sealing:
    """What the head of a form says of its sealed values: open until when, or where they can be opened."""

    ends_at: datetime | None
    address: str
    may_open: bool


def look_up_sealing(request: HttpRequest, record: models.Model) -> Sealing | None:
    """Set `request.unsealed` for the record's form and return what its head says; None for records without seals."""
    if record._meta.model_name not in UNSEALED_BY:
        return None
    now, key = timezone.now(), request.session.session_key or ""
    ends_at = unsealed_until(request.user, record, session=key, at=now)
    is_late_save = request.method == "POST" and was_unsealed(request.user, record, session=key, at=now)
    request.unsealed = ends_at is not None or is_late_save  # type: ignore[attr-defined]  # asked by the form's boxes
    request.is_late = is_late_save and ends_at is None  # type: ignore[attr-defined]  # what is typed is taken, nothing is shown
    return Sealing(
        ends_at=ends_at,
        address=reverse("admin:unseal", args=[record._meta.model_name, record.pk]),
        may_open=may_unseal(request.user, record),
    )


def _record(request: HttpRequest, kind: str, pk: int) -> models.Model:
    """Return the record, to those who may open its seals."""
    if kind not in UNSEALED_BY:
        raise Http404
    record: models.Model = get_object_or_404(apps.get_model("cases", kind), pk=pk)
    may_unseal(request.user, record, refuse=True)
    return record


def _page_of(record: models.Model) -> str:
    return reverse(f"admin:cases_{record._meta.model_name}_change", args=[quote(record.pk)])


def open_seals(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask why; on POST, open the record's sealed values to this person in this session for some minutes."""
    record = _record(request, kind, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            request,
            lambda: unseal(
                request.user,
                record,
                reason=form.cleaned_data["reason"],
                session=request.session.session_key or "",
                at=timezone.now(),
            ),
            "",  # the head of the form says until when
        )
        if done:
            return redirect(_page_of(record))
    context: dict[str, Any] = {
        **desk.each_context(request),
        "title": _("Open sealed values"),
        "record": record,
        "back": _page_of(record),
        "form": form,
    }
    return render(request, "desk/unseal.html", context)


@require_POST
def close_seals(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Close them before their time."""
    record = _record(request, kind, pk)
    attempt(
        request,
        lambda: seal_again(request.user, record, session=request.session.session_key or "", at=timezone.now()),
        _("The sealed values are closed."),
    )
    return redirect(_page_of(record))
