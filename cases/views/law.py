"""Provisions: the list by code, and who is charged under one."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.published.lists import by_name, page_of
from cases.published.models import DocumentKind, Facet, PublishedCase, PublishedProvision
from cases.views.errors import gone_or_missing
from cases.views.presentation.notes import Citer
from cases.views.presentation.references import total_of, totals_of
from cases.views.presentation.rows import rows

PEOPLE, PROVISIONS = 50, 500


@require_safe
def provision_list(request: HttpRequest) -> HttpResponse:
    """List the provisions under their codes with how many people are charged under each; codes hold tens of them."""
    shown = list(PublishedProvision.objects.order_by("code", "sort_en", "slug")[:PROVISIONS])
    counted = zip(shown, totals_of(Facet.PROVISION, shown), strict=True)
    codes = [(list(group), code) for code, group in groupby(counted, key=lambda pair: pair[0].code)]
    context = {"section": "law", "codes": [(group[0][0].document, group) for group, _code in codes]}
    return render(request, "public/provisions.html", context)


@require_safe
def provision(request: HttpRequest, slug: str) -> HttpResponse:
    shown = PublishedProvision.objects.filter(slug=slug).first()
    if shown is None:
        return gone_or_missing(request, DocumentKind.PROVISION, slug)
    today, citer, document = timezone.localdate(), Citer(shown.document["sources"]), shown.document
    charged = PublishedCase.objects.visible(today).filter(facets__facet=Facet.PROVISION, facets__value=slug)
    page = page_of(charged, ordering=by_name(get_language() or "en"), size=PEOPLE)
    context = {
        "section": "law",
        "provision": document,
        "notes": citer.notes(document),
        "sources": citer.cited(),
        "rows": rows(page.rows, on=today),
        "has_more": bool(page.next_cursor),
        "total": total_of(Facet.PROVISION, slug),
    }
    return render(request, "public/provision.html", context)
