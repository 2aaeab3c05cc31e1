"""The page on which the cases of the desk are taken out as a file."""

import csv
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _, gettext_lazy

from cases.actions.desk_export import MAY_EXPORT, export_cases
from cases.admin.site import desk
from cases.domain.csv_cells import BYTE_ORDER_MARK, Echo, neutral
from cases.enums import CaseKind, PublicationState
from cases.models import Prisoner
from cases.queries.case_lines import headings

DRAFT = "draft"


class ExportForm(forms.Form):
    """Which cases."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of case"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("Public"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("Only those assigned to me"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        self.fields["kind"].choices = [everything, *((word, _(label)) for word, label in CaseKind.choices())]  # type: ignore[attr-defined]
        states = [(word, _(label)) for word, label in PublicationState.choices()]
        self.fields["state"].choices = [everything, (DRAFT, _("Draft")), *states]  # type: ignore[attr-defined]

    def chosen(self, user_id: int | None) -> QuerySet[Prisoner]:
        """Return the cases that the form asks for."""
        said, cases = self.cleaned_data, Prisoner.objects.order_by("code")
        if said["kind"]:
            cases = cases.filter(kind=said["kind"])
        if said["state"] == DRAFT:
            cases = cases.filter(publication__isnull=True)
        elif said["state"]:
            cases = cases.filter(publication__state=said["state"])
        return cases.filter(assigned_to=user_id) if said["mine"] else cases


def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Say what the file holds; on POST, send it."""
    if not request.user.has_perm(MAY_EXPORT):
        raise PermissionDenied
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = {name: str(value) for name, value in form.cleaned_data.items() if value}
        lines = export_cases(request.user, form.chosen(request.user.pk), asked=asked, at=timezone.now())
        return _file(lines)
    context = {**desk.each_context(request), "title": _("Export of cases"), "form": form, "headings": headings()}
    return render(request, "desk/export.html", context)


def _file(lines: Iterator[list[str | int | None]]) -> StreamingHttpResponse:
    day = timezone.localdate().isoformat()
    answer = StreamingHttpResponse(
        _csv(lines, translation.get_language() or "en"), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="cases-{day}.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _csv(lines: Iterator[list[str | int | None]], language: str) -> Iterator[bytes]:
    writer = csv.writer(Echo(), lineterminator="\r\n")
    with translation.override(language):
        yield f"{BYTE_ORDER_MARK}{writer.writerow(headings())}".encode()
    while True:
        with translation.override(language):
            cells = next(lines, None)
        if cells is None:
            return
        yield writer.writerow([neutral(cell) for cell in cells]).encode()
