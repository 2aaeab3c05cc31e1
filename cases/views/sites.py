"""Places of detention: the list, and who is and was held at one."""

from django.forms import Select
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from cases.published.documents import SiteDocument
from cases.published.lists import by_name, page_of
from cases.published.models import DocumentKind, Facet, PublishedCase, PublishedSite
from cases.published.reference_filters import SiteFilter
from cases.published.regions import region_name
from cases.published.statistics import totals
from cases.views.addresses import changed, path
from cases.views.errors import gone_or_missing
from cases.views.presentation.notes import Citer
from cases.views.presentation.references import paged_path, site_regions, total_of, totals_of
from cases.views.presentation.rows import rows

SITES, PEOPLE, BUSIEST = 60, 50, 20


@require_safe
def site_list(request: HttpRequest) -> HttpResponse:
    """List the sites by name, those asked for; where somebody is held now stands first, by how many.

    A parameter that is not understood is said beside its box, with 400.
    """
    language = get_language() or "en"
    asked = SiteFilter(request.GET, PublishedSite.objects.all(), passing=["cursor"])
    form = asked.form
    form.fields["region"].widget = Select(choices=[("", _("Any")), *site_regions(language)])
    if not asked.is_valid():
        return render(
            request, "public/sites.html", {"section": "sites", "form": form, "is_narrowed": False}, status=400
        )
    query = changed(request.GET, without=["cursor"])
    try:
        page = page_of(asked.qs, ordering=by_name(language), cursor=request.GET.get("cursor", ""), size=SITES)
    except ValueError as error:
        raise Http404 from error
    context = {
        "section": "sites",
        "form": form,
        "is_narrowed": asked.is_narrowed,
        "with_people": [] if request.GET.get("cursor") else _busiest(asked),
        "sites": list(zip(page.rows, totals_of(Facet.SITE, page.rows, on=timezone.localdate()), strict=True)),
        "file_path": path(reverse("export-sites"), query),
        "next_path": paged_path("sites", page.next_cursor, query),
        "previous_path": paged_path("sites", page.previous_cursor, query),
    }
    return render(request, "public/sites.html", context)


def _busiest(asked: SiteFilter) -> list[tuple[PublishedSite, int]]:
    """Return the sites asked for among those where most people are held, with how many."""
    counted = {slug: people.people for (_facet, slug), people in totals([Facet.SITE], timezone.localdate()).items()}
    held = dict(sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:BUSIEST])
    return [(site, held[site.slug]) for site in sorted(asked.qs.filter(slug__in=held), key=lambda one: -held[one.slug])]


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
        "now_total": total_of(Facet.SITE, slug, on=today),
        "now_more": bool(now.next_cursor),
        "before": rows(before.rows, on=today),
        "before_total": total_of(Facet.PAST_SITE, slug, on=today),
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
