"""What pages of sites and provisions share: how many people each concerns, read from totals, and their paging."""

from collections.abc import Iterable

from django.http import QueryDict
from django.urls import reverse

from cases.domain.alphabets import sort_key
from cases.published.models import Facet, PublishedReference, PublishedSite, PublishedTotal
from cases.published.regions import region_name
from cases.views.addresses import changed, path


def totals_of(facet: Facet, rows: Iterable[PublishedReference]) -> list[int]:
    """Return how many people each row concerns, in the order of the rows; one query."""
    slugs = [row.slug for row in rows]
    found = PublishedTotal.objects.filter(facet=facet, value__in=slugs).values_list("value", "people")
    people = dict(found)
    return [people.get(slug, 0) for slug in slugs]


def total_of(facet: Facet, value: str) -> int:
    """Return how many people one value of a facet concerns."""
    return PublishedTotal.objects.filter(facet=facet, value=value).values_list("people", flat=True).first() or 0


def site_regions(language: str) -> list[tuple[str, str]]:
    """Return the code and the name of each region where a place of detention stands, by name."""
    codes = PublishedSite.objects.exclude(region="").order_by().values_list("region", flat=True).distinct()
    return sorted(((code, region_name(code, language)) for code in codes), key=lambda one: sort_key(one[1], language))


def paged_path(name: str, cursor: str, query: QueryDict) -> str:
    """Return the address of another page of a list asked for with `query`, or "" where nothing lies that way."""
    return path(reverse(name), changed(query, cursor=cursor)) if cursor else ""
