"""Places of detention: the list, and who is and was held at one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.published.documents import SiteDocument
from cases.published.lists import by_name, page_of
from cases.published.models import DocumentKind, Facet, PublishedCase, PublishedSite, PublishedTotal
from cases.published.regions import region_name
from cases.views.errors import gone_or_missing
from cases.views.presentation.notes import Citer
from cases.views.presentation.references import paged_path, total_of, totals_of
from cases.views.presentation.rows import rows

SITES, PEOPLE = 60, 50


@require_safe
def site_list(request: HttpRequest) -> HttpResponse:
    """List the sites by name; those where somebody is held now stand first, by how many."""
    ordering = by_name(get_language() or "en")
    try:
        page = page_of(PublishedSite.objects.all(), ordering=ordering, cursor=request.GET.get("cursor", ""), size=SITES)
    except ValueError as error:
        raise Http404 from error
    busiest = PublishedTotal.objects.filter(facet=Facet.SITE).order_by("-people", "value")[:20]
    held = {total.value: total.people for total in busiest}
    with_people = sorted(PublishedSite.objects.filter(slug__in=held), key=lambda site: -held[site.slug])
    context = {
        "section": "sites",
        "with_people": [] if request.GET.get("cursor") else [(site, held[site.slug]) for site in with_people],
        "sites": [(site, totals) for site, totals in zip(page.rows, totals_of(Facet.SITE, page.rows), strict=True)],
        "next_path": paged_path("sites", page.next_cursor),
        "previous_path": paged_path("sites", page.previous_cursor),
    }
    return render(request, "public/sites.html", context)


@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    shown = PublishedSite.objects.filter(slug=slug).first()
    if shown is None:
        return gone_or_missing(request, DocumentKind.SITE, slug)
    today, citer, document = timezone.localdate(), Citer(shown.document["sources"]), shown.document
    people = PublishedCase.objects.visible(today)
    order = by_name(get_language() or "en")
    now = page_of(people.filter(facets__facet=Facet.SITE, facets__value=slug), ordering=order, size=PEOPLE)
    before = page_of(people.filter(facets__facet=Facet.PAST_SITE, facets__value=slug), ordering=order, size=PEOPLE)
    context = {
        "section": "sites",
        "site": document,
        "region": _region(document),
        "coordinates": _coordinates(document),
        "notes": citer.notes(document),
        "sources": citer.cited(),
        "now": rows(now.rows, on=today),
        "now_total": total_of(Facet.SITE, slug),
        "now_more": bool(now.next_cursor),
        "before": rows(before.rows, on=today),
        "before_total": total_of(Facet.PAST_SITE, slug),
    }
    return render(request, "public/site.html", context)


def _region(document: SiteDocument) -> str:
    """Return the name of the region, or "" where it has the same name as the place."""
    language, place = get_language() or "en", document["place"]
    region = region_name(place["region"], language)
    return "" if region == place["name"].get(language) else region


def _coordinates(document: SiteDocument) -> str:
    """Return latitude and longitude in degrees, to four decimals at most: some ten metres."""
    if document["latitude"] is None or document["longitude"] is None:
        return ""
    return f"{document['latitude']:.4f}, {document['longitude']:.4f}"
