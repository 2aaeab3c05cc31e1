"""What the law says about a case: its clock with the working, and the ticks by which findings are published."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.legal_findings import MAY_TICK, tick, untick
from cases.admin.attempts import attempt
from cases.admin.site import desk
from cases.domain.alleged_acts import Answer
from cases.models import Prisoner, Submission
from cases.publication.casefile import read_case
from cases.publication.legal_findings import Findings, offered_findings
from cases.publication.retroactivity import retroactivity_of
from cases.queries.custody import custody_facts, with_facts
from cases.queries.legal_clock import legal_clock

TICK, UNTICK = "tick", "untick"


class TickForm(forms.Form):
    """Which finding is ticked or no longer, the SHA-256 of what was read, and the submission whose page it was read on."""

    do = forms.ChoiceField(choices=[(TICK, TICK), (UNTICK, UNTICK)])
    key = forms.CharField(max_length=120)
    seen = forms.CharField(max_length=64, required=False)
    back = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


@dataclass(frozen=True, slots=True)
class LegalSection:
    """The findings as a page of the desk shows them, and where its reader comes back to."""

    prisoner: Prisoner
    findings: Findings
    may_tick: bool
    back: int | None = None


def section_of(request: HttpRequest, prisoner: Prisoner, *, back: int | None = None) -> LegalSection:
    """Return the findings of a case for the page of its submission `back`, or for its own."""
    return LegalSection(prisoner, offered_findings(read_case(prisoner)), request.user.has_perm(MAY_TICK), back)


def of_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the legal clock of a case and everything that the law says about it, with the working."""
    if not request.user.has_perm("cases.view_prisoner"):
        raise PermissionDenied
    prisoner = get_object_or_404(with_facts(Prisoner.objects.all()), pk=pk)
    case = read_case(prisoner)
    context: dict[str, Any] = {
        **desk.each_context(request),
        "title": _("The legal clock, and what the law says"),
        "original": prisoner,
        "clock": legal_clock(case, custody_facts(prisoner), on=timezone.localdate()),
        "legal": section_of(request, prisoner),
        "untold": [answer.text for answer in retroactivity_of(case) if answer.answer == Answer.UNKNOWN],
    }
    return render(request, "desk/law/page.html", context)


def set_tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick a finding of a case, or take the tick back; then return to the page from which it was pressed."""
    if not request.user.has_perm(MAY_TICK):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    prisoner = get_object_or_404(Prisoner, pk=pk)
    form = TickForm(request.POST)
    if form.is_valid():
        _act(request, prisoner, form.cleaned_data)
    back = form.cleaned_data.get("back")
    if back and Submission.objects.filter(pk=back, prisoner=prisoner).exists():
        return redirect(f"{reverse('admin:submission', args=[back])}#law")
    return redirect(f"{reverse('admin:cases_prisoner_law', args=[prisoner.pk])}#law")


def _act(request: HttpRequest, prisoner: Prisoner, said: dict[str, Any]) -> None:
    if said["do"] == UNTICK:
        attempt(
            request,
            lambda: untick(request.user, prisoner, key=said["key"]),
            _("Taken back: it leaves the public page with the next publication."),
        )
        return
    attempt(
        request,
        lambda: tick(request.user, prisoner, key=said["key"], seen=said["seen"], at=timezone.now()),
        _("Ticked: it is published with the case, exactly as it stands here."),
    )
