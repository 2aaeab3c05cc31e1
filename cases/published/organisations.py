"""Organisations read off published cases: what a person belongs to, what charges, events, assessments name.

Each case brings its own rows (`case_tables`), so an organisation is gone with the last case that names it.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from cases.domain.names import sort_key
from cases.published.documents import CaseDocument, OrganisationDocument, canonical
from cases.published.models import Facet, PublishedCase, PublishedFacet, PublishedTotal
from cases.published.organisation_models import PublishedOrganisation

COLUMNS = ("case_id", "slug", "kind", "name", "sort_en")


def rows_of(document: CaseDocument) -> list[tuple[str, ...]]:
    """Return the rows of a case in the order of COLUMNS."""
    by_slug = {one["slug"]: one for one in organisations_in(document)}
    return [
        (document["code"], slug, one["kind"], canonical(one["name"]), _sort_key(one))
        for slug, one in sorted(by_slug.items())
    ]


def organisations_in(document: CaseDocument) -> Iterator[OrganisationDocument]:
    """Yield the organisations that a case names, as often as it names them."""
    yield from (one["organisation"] for one in document["affiliations"])
    named = [event["organisation"] for event in document["events"]]
    for proceeding in document["proceedings"]:
        named += [charge.get("organisation") for charge in proceeding["charges"]]
    named += [one["body"] for one in document["assessments"]]
    named += [one["body"] for one in document.get("rehabilitations", [])]
    yield from (one for one in named if one is not None)


def _sort_key(one: OrganisationDocument) -> str:
    name = one["name"].get("en") or next(iter(one["name"].values()), one["slug"])
    return sort_key(name, "en")[:400]


def shown_organisations(on: date) -> QuerySet[PublishedTotal]:
    """Return the organisations that a case names which may be shown on the day `on`, in the words of the last of them.

    Each has `slug`, `kind`, `name`, `sort_en` and the number of its `people`.
    """
    visible = PublishedCase.objects.visible(on).values("pk")
    naming = PublishedFacet.objects.filter(facet=Facet.ORGANISATION, value=OuterRef("value"), case__in=visible)
    said = PublishedOrganisation.objects.filter(slug=OuterRef("value"), case__in=visible).order_by("-id")
    return (
        PublishedTotal.objects.filter(Exists(naming), facet=Facet.ORGANISATION)
        .annotate(slug=F("value"), sort_en=Subquery(said.values("sort_en")[:1]), kind=Subquery(said.values("kind")[:1]))
        .annotate(name=Subquery(said.values("name")[:1]))
    )
