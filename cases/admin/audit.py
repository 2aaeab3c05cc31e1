"""The audit at the desk: looked through by those who may, and taken away as a file by those who may do that too."""

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from cases.admin.site import desk
from cases.domain.audit_chain import canonical
from cases.domain.csv_cells import BYTE_ORDER_MARK, neutral
from cases.enums import AuditAction
from cases.models import AuditEntry
from cases.queries.audit_facts import model_of
from cases.queries.audit_records import record_models
from cases.queries.audit_search import Wanted, all_of, kinds_seen_by, page_of
from cases.queries.audit_words import Told, told

MAY_READ, MAY_EXPORT = "cases.view_auditentry", "cases.export_audit"
HIGHEST = models.BigIntegerField.MAX_BIGINT
COLUMNS = ("number", "at", "account", "action", "kind", "record", "case", "details", "seal")
ANY = ("", gettext_lazy("any"))


def _kinds() -> list[tuple[str, Any]]:
    kinds = [(str(model._meta.model_name), capfirst(model._meta.verbose_name)) for model in record_models()]
    return [ANY, *sorted(kinds, key=lambda kind: str(kind[1])), ("user", gettext_lazy("Account"))]


def _actions() -> list[tuple[str, Any]]:
    return [ANY, *((value, _(label)) for value, label in AuditAction.choices())]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class FilterForm(forms.Form):
    """What is looked for."""

    who = forms.CharField(label=gettext_lazy("Account"), required=False, max_length=150)
    action = forms.ChoiceField(label=gettext_lazy("What was done"), required=False, choices=_actions)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of record"), required=False, choices=_kinds)
    case = forms.RegexField(
        r"^[2-9BCDFGHJKMNPQRSTVWXZ]{6,12}$",
        label=gettext_lazy("Code of the case"),
        required=False,
        error_messages={"invalid": gettext_lazy("A code is made of digits and consonants, for example 7XK2VD.")},
    )
    since = _day(gettext_lazy("From"))
    until = _day(gettext_lazy("To"))
    text = forms.CharField(label=gettext_lazy("Words in the reason"), required=False, max_length=100)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", _("This day is before the first one."))
        return cleaned


def _form(data: QueryDict) -> FilterForm:
    given = {name: data.get(name, "").strip() for name in FilterForm.base_fields}
    return FilterForm({**given, "case": given["case"].upper()})


def _number(text: str) -> int | None:
    """Read the number of an entry; what is none leads to the newest page."""
    return int(text) if text.isascii() and text.isdecimal() and int(text) < HIGHEST else None


def entries(request: HttpRequest) -> HttpResponse:
    """Show the entries that are looked for, the newest first, with links to older and newer ones."""
    if not request.user.has_perm(MAY_READ):
        raise PermissionDenied
    form = _form(request.GET)
    context: dict[str, Any] = {
        **desk.each_context(request),
        "title": _("Audit"),
        "form": form,
        "may_export": request.user.has_perm(MAY_EXPORT),
    }
    if form.is_valid():
        kept = {name: value for name, value in request.GET.items() if name in form.fields and value}
        before, after = (_number(request.GET.get(name, "")) for name in ("before", "after"))
        page = page_of(Wanted(**form.cleaned_data), reader=request.user, before=before, after=after)
        seen = kinds_seen_by(request.user)
        context |= {
            "rows": [(one, _address(one, seen)) for one in told(page.entries, seen=seen)],
            "query": urlencode(kept),
            "older": urlencode({**kept, "before": page.older}) if page.older is not None else "",
            "newer": urlencode({**kept, "after": page.newer}) if page.newer is not None else "",
        }
    return render(request, "desk/audit.html", context)


def _address(entry: Told, seen: frozenset[str]) -> str:
    """Return the page of the record, or of the history of its case, if the reader may open it."""
    model = model_of(entry.kind)
    if entry.kind in seen and entry.subject_id is not None and model is not None and desk.is_registered(model):
        try:
            return reverse(f"admin:{model._meta.app_label}_{entry.kind}_change", args=[entry.subject_id])
        except NoReverseMatch:
            return ""
    return reverse("admin:cases_prisoner_history", args=[entry.prisoner]) if entry.prisoner else ""


@require_POST
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Send what is looked for as CSV, in pieces. The export is an entry of the audit itself, and the last one in it."""
    if not request.user.has_perms((MAY_READ, MAY_EXPORT)):
        raise PermissionDenied
    form = _form(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('admin:audit')}?{request.GET.urlencode()}")
    asked = {name: str(value) for name, value in form.cleaned_data.items() if value}
    entry = AuditEntry.objects.append(
        AuditAction.EXPORTED, actor=request.user, payload={"what": "audit", "filters": asked}
    )
    found = all_of(Wanted(**form.cleaned_data), reader=request.user, until=entry.number)
    return StreamingHttpResponse(
        _lines(found, kinds_seen_by(request.user)),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="audit-{timezone.localdate().isoformat()}.csv"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


class _Echo:
    """A file for `csv.writer` that hands each line back."""

    def write(self, text: str) -> str:
        return text


def _lines(found: Iterator[AuditEntry], seen: frozenset[str]) -> Iterator[bytes]:
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield f"{BYTE_ORDER_MARK}{writer.writerow(COLUMNS)}".encode()
    for entry in found:
        cells = (
            entry.number,
            entry.at.isoformat(),
            entry.actor_name,
            str(entry.action),
            entry.subject_kind,
            entry.subject_id,
            entry.case,
            _details(entry, seen),
            entry.seal,
        )
        yield str(writer.writerow([neutral(cell) for cell in cells])).encode()


def _details(entry: AuditEntry, seen: frozenset[str]) -> str:
    """Return the payload; of a record that the reader may not see, the names of its fields alone."""
    if entry.payload is None:
        return "erased"
    if not entry.subject_kind or entry.subject_kind in seen:
        return canonical(entry.payload)
    named = {key: sorted(map(str, entry.payload.get(key) or ())) for key in ("fields", "links")}
    return canonical({key: names for key, names in named.items() if names})
