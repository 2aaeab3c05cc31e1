"""The values of filters in words: regions, sites and bodies by their names, dates as people say them."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.db.models import Max, Min
from django.utils.translation import get_language, gettext

from cases.domain.bands import UNKNOWN_BAND
from cases.domain.partial_dates import PartialDate
from cases.published.models import Facet, PublishedCase, PublishedFacet, PublishedProvision, PublishedSite
from cases.published.organisation_models import PublishedOrganisation
from cases.published.regions import region_name
from cases.published.strict_forms import WordField, WordsField
from cases.published.subject_models import PublishedSubject, SubjectKind
from cases.published.subjects import name_in
from cases.templatetags.tracker import choose, edtf

REGIONS = frozenset({"region", "home_region", "arrest_region", "site_region"})


def in_words(name: str, field: Any, values: Collection[Any]) -> dict[Any, str]:
    """Return each value of a parameter in words of the active language; a site, place or body without a name as it is."""
    language = get_language() or "en"
    if isinstance(field, (WordField, WordsField)):
        words = {value: str(label) for value, label in list(field.choices)}  # type: ignore[arg-type]
        return {value: words.get(value, str(value)) for value in values}
    if name in REGIONS:
        return {value: region_name(value, language) for value in values}
    if name in NAMES:
        return NAMES[name](values, language)
    return {value: _told(value) for value in values}


def _told(value: Any) -> str:
    if value == UNKNOWN_BAND:
        return gettext("Not known")
    return edtf(value) if isinstance(value, (PartialDate, date)) else str(value)


def _site_names(slugs: Collection[str], language: str) -> dict[Any, str]:
    rows = PublishedSite.objects.filter(slug__in=slugs).values_list("slug", "document__name") if slugs else ()
    names = {slug: choose(name, language)[0] for slug, name in rows}
    return {slug: names.get(slug) or slug for slug in slugs}


def _place_names(slugs: Collection[str], language: str) -> dict[Any, str]:
    places = PublishedSubject.objects.filter(kind=SubjectKind.PLACE, key__in=slugs) if slugs else ()
    names = {place.key: name_in(place, language) for place in places}
    return {slug: names.get(slug) or slug for slug in slugs}


def _provision_names(slugs: Collection[str], language: str) -> dict[Any, str]:
    rows = PublishedProvision.objects.filter(slug__in=slugs) if slugs else PublishedProvision.objects.none()
    found = rows.values_list("slug", "number", "document__code_short_name")
    names = {slug: f"{number}, {choose(code, language)[0]}" for slug, number, code in found}
    return {slug: names.get(slug) or slug for slug in slugs}


def _body_names(slugs: Collection[str], language: str) -> dict[Any, str]:
    """Return the names of bodies, each read from one case that it assessed."""
    if not slugs:
        return {}
    facets = PublishedFacet.objects.filter(facet=Facet.ASSESSED_BY, value__in=slugs).order_by()
    one_of_each = facets.values("value").annotate(one=Min("case")).values("one")
    documents = PublishedCase.objects.filter(pk__in=one_of_each).values_list("document__assessments", flat=True)
    bodies = {one["body"]["slug"]: one["body"]["name"] for found in documents for one in found or ()}
    return {slug: choose(bodies.get(slug), language)[0] or slug for slug in slugs}


def _organisation_names(slugs: Collection[str], language: str) -> dict[Any, str]:
    last = PublishedOrganisation.objects.filter(slug__in=slugs).order_by().values("slug").annotate(last=Max("id"))
    rows = PublishedOrganisation.objects.filter(pk__in=last.values("last"))
    names = {row.slug: choose(row.name, language)[0] for row in rows}
    return {slug: names.get(slug) or slug for slug in slugs}


NAMES: dict[str, Callable[[Collection[str], str], dict[Any, str]]] = {
    "site": _site_names,
    "site_ever": _site_names,
    "place": _place_names,
    "assessed_by": _body_names,
    "provision": _provision_names,
    "organisation": _organisation_names,
}
