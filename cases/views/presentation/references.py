"""What pages of sites and provisions share: how many people each concerns, read from totals, and their paging."""

from collections.abc import Iterable
from datetime import date

from django.http import QueryDict
from django.urls import reverse

from cases.domain.alphabets import sort_key
from cases.published.models import Facet, PublishedReference, PublishedSite
from cases.published.regions import region_name
from cases.published.statistics import NOBODY, totals
from cases.views.addresses import changed, path


def totals_of(facet: Facet, rows: Iterable[PublishedReference], *, on: date) -> list[int]:
    """Return how many people each row concerns, in the order of the rows."""
    counted = totals([facet], on)
    return [counted.get((facet.value, row.slug), NOBODY).people for row in rows]


def total_of(facet: Facet, value: str, *, on: date) -> int:
    """Return how many people one value of a facet concerns."""
    return totals([facet], on).get((facet.value, value), NOBODY).people


def site_regions(language: str) -> list[tuple[str, str]]:
    """Return the code and the name of each region where a place of detention stands, by name."""
    codes = PublishedSite.objects.exclude(region="").order_by().values_list("region", flat=True).distinct()
    return sorted(((code, region_name(code, language)) for code in codes), key=lambda one: sort_key(one[1], language))


def paged_path(name: str, cursor: str, query: QueryDict) -> str:
    """Return the address of another page of a list asked for with `query`, or "" where nothing lies that way."""
    return path(reverse(name), changed(query, cursor=cursor)) if cursor else ""
