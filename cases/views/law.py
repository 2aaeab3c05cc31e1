"""Provisions: the list by code with the penalty of now, the penalties of one in time, and who is charged under it."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.published.law import charged_within, people_within
from cases.published.lists import by_name, page_of
from cases.published.models import DocumentKind, Facet, PublishedCase, PublishedProvision
from cases.published.statute_telling import statute_of
from cases.views.errors import gone_or_missing
from cases.views.presentation.notes import Citer
from cases.views.presentation.penalties import penalties, present_penalty, surely_in_force
from cases.views.presentation.references import total_of, totals_of
from cases.views.presentation.rows import rows

PEOPLE, PROVISIONS = 50, 500


@require_safe
def provision_list(request: HttpRequest) -> HttpResponse:
    """List the provisions under their codes with how many people are charged under each; codes hold tens of them."""
    shown = list(PublishedProvision.objects.order_by("code", "sort_en", "slug")[:PROVISIONS])
    threats = [present_penalty(row.document) for row in shown]
    counted = zip(shown, totals_of(Facet.PROVISION, shown, on=timezone.localdate()), threats, strict=True)
    codes = [(list(group), code) for code, group in groupby(counted, key=lambda one: one[0].code)]
    context = {"section": "law", "codes": [(group[0][0].document, group) for group, _code in codes]}
    return render(request, "public/provisions.html", context)


@require_safe
def provision(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a provision; `?wording=2` leaves of the people those whose alleged act lies within its second wording."""
    shown = PublishedProvision.objects.filter(slug=slug).first()
    if shown is None:
        return gone_or_missing(request, DocumentKind.PROVISION, slug)
    today, citer, document = timezone.localdate(), Citer(shown.document["sources"]), shown.document
    periods = surely_in_force(statute_of(document))
    wording = _wording(request.GET.get("wording", ""), len(periods))
    charged = PublishedCase.objects.visible(today)
    period = periods[wording - 1] if wording else None
    if period is not None:
        charged = charged_within(charged, slug, period)
    else:
        charged = charged.filter(facets__facet=Facet.PROVISION, facets__value=slug)
    page = page_of(charged, ordering=by_name(get_language() or "en"), size=PEOPLE)
    notes, total = citer.notes(document), total_of(Facet.PROVISION, slug, on=today)
    threats = penalties(document, citer, people_within(slug, periods, today), on=today)
    context = {
        "section": "law",
        "provision": document,
        "notes": notes,
        "penalties": threats,
        "wording": threats.wordings[wording - 1] if period is not None else None,
        "sources": citer.cited(),
        "rows": rows(page.rows, on=today),
        "has_more": bool(page.next_cursor),
        "total": total,
        "elsewhere": max(total - threats.placed, 0),
    }
    return render(request, "public/provision.html", context)


def _wording(text: str, last: int) -> int:
    """Return the number of a wording that is there; 0 for anything else."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    return number if number <= last else 0
