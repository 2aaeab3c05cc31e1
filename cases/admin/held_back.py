"""What is not public and why: of one case field by field, of all cases in numbers."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.admin.review_queue import require_reviewer
from cases.admin.site import desk
from cases.models import Prisoner
from cases.publication.held_back import Reason
from cases.queries.held_back import QUIET, HeldCase, HeldField, held_back, numbers_of, with_state
from cases.queries.held_back_search import FILTERS, SEARCHED

#: Cases on one page of the overview.
PAGE = 20


class OverviewForm(forms.Form):
    """Which cases are shown; what cannot be read is left out."""

    reason = forms.ChoiceField(choices=[(reason.value, reason.label) for reason in SEARCHED], required=False)
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


def overview(request: HttpRequest) -> HttpResponse:
    """List the cases, the last written down first, with how many fields each reason holds back."""
    require_reviewer(request)
    form = OverviewForm(request.GET)
    form.is_valid()
    reason, before = form.cleaned_data.get("reason", ""), form.cleaned_data.get("before")
    cases = with_state(Prisoner.objects.all(), timezone.localdate())
    if reason:
        cases = FILTERS[Reason(reason)](cases)
    if before:
        cases = cases.filter(pk__lt=before)
    found = numbers_of(cases.order_by("-pk")[: PAGE + 1])
    asked = {"reason": reason} if reason else {}
    context = {
        **desk.each_context(request),
        "title": _("What is held back, and why"),
        "cases": found[:PAGE],
        "reasons": [
            (_("Any reason"), "?", not reason),
            *((_(one.label), f"?{urlencode({'reason': one.value})}", one.value == reason) for one in SEARCHED),
        ],
        "next": f"?{urlencode({**asked, 'before': found[PAGE - 1].prisoner.pk})}" if len(found) > PAGE else "",
        "first": f"?{urlencode(asked)}" if before else "",
    }
    return render(request, "desk/review/held_back.html", context)


def of_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show each field of a case that has a value, and why it is not public, to those who may see the case.

    `?reason=home` shows what one reason holds back; `?all=1` also what ties rows together and what is public.
    """
    if not request.user.has_perm("cases.view_prisoner"):
        raise PermissionDenied
    prisoner = get_object_or_404(Prisoner.objects.prefetch_related("names"), pk=pk)
    held = held_back(prisoner, on=timezone.localdate(), with_family=request.user.has_perm("cases.view_household"))
    numbers = sorted(held.numbers.items(), key=lambda pair: list(Reason).index(pair[0]))
    asked = request.GET.get("reason", "")
    reason = Reason(asked) if asked in {one.value for one, _number in numbers} else None
    shows_all = reason is None and "all" in request.GET
    context = {
        **desk.each_context(request),
        "title": _("What is held back, and why"),
        "original": prisoner,
        "held": held,
        "rows": _rows(held, reason, shows_all=shows_all),
        "reasons": [
            (_("Everything held back"), "?", reason is None and not shows_all),
            *((f"{_(one.label)} ({number})", f"?reason={one.value}", one is reason) for one, number in numbers),
            (_("With what is public"), "?all=1", shows_all),
        ],
    }
    return render(request, "desk/case/held_back.html", context)


def _rows(held: HeldCase, reason: Reason | None, *, shows_all: bool) -> list[tuple[str, list[HeldField]]]:
    """Return the titles of the rows that have something to show, with those fields."""
    found = []
    for row in held.rows:
        fields = [one for one in row.fields if shows_all or _is_asked_for(one, reason)]
        if fields:
            found.append((row.title, fields))
    return found


def _is_asked_for(one: HeldField, reason: Reason | None) -> bool:
    return one.reason is reason if reason is not None else one.reason is not None and one.reason not in QUIET
