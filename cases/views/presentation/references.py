"""What pages of sites and provisions share: how many people each concerns, read from totals, and their paging."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from cases.published.models import Facet, PublishedReference, PublishedTotal


def totals_of(facet: Facet, rows: Iterable[PublishedReference]) -> list[int]:
    """Return how many people each row concerns, in the order of the rows; one query."""
    slugs = [row.slug for row in rows]
    found = PublishedTotal.objects.filter(facet=facet, value__in=slugs).values_list("value", "people")
    people = dict(found)
    return [people.get(slug, 0) for slug in slugs]


def total_of(facet: Facet, value: str) -> int:
    """Return how many people one value of a facet concerns."""
    return PublishedTotal.objects.filter(facet=facet, value=value).values_list("people", flat=True).first() or 0


def paged_path(name: str, cursor: str) -> str:
    """Return the address of a page of a list, or "" where nothing lies that way."""
    return f"{reverse(name)}?{urlencode({'cursor': cursor})}" if cursor else ""
