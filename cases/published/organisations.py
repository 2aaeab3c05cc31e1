"""Organisations read off published cases: what a person belongs to, what charges, events, assessments name."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from cases.domain.names import sort_key
from cases.published.documents import CaseDocument, OrganisationDocument
from cases.published.models import Facet, PublishedCase, PublishedFacet, PublishedTotal
from cases.published.organisation_models import PublishedOrganisation

WRITTEN = ("kind", "name", "sort_en", "sort_uk", "published_at")


def organisations_in(document: CaseDocument) -> Iterator[OrganisationDocument]:
    """Yield the organisations that a case names, as often as it names them."""
    yield from (one["organisation"] for one in document["affiliations"])
    named = [event["organisation"] for event in document["events"]]
    for proceeding in document["proceedings"]:
        named += [charge.get("organisation") for charge in proceeding["charges"]]
    named += [one["body"] for one in document["assessments"]]
    named += [one["body"] for one in document.get("rehabilitations", [])]
    yield from (one for one in named if one is not None)


def rows_of(document: CaseDocument, case: PublishedCase) -> list[PublishedOrganisation]:
    """Return the organisations of a case as rows, by slug."""
    by_slug = {one["slug"]: one for one in organisations_in(document)}
    return [
        PublishedOrganisation(
            slug=slug,
            kind=one["kind"],
            name=one["name"],
            published_at=case.published_at,
            **{f"sort_{language}": _sort_key(one, language) for language in ("en", "uk")},
        )
        for slug, one in sorted(by_slug.items())
    ]


def _sort_key(one: OrganisationDocument, language: str) -> str:
    name = one["name"].get(language) or next(iter(one["name"].values()), one["slug"])
    return sort_key(name, language)


def put_in(case: PublishedCase, document: CaseDocument, *, using: str) -> None:
    """Let the organisations of a case be found, in the words of the case that was published last.

    The case is counted already, so that the total of all is locked and no other publication writes beside this one.
    """
    rows = rows_of(document, case)
    table = PublishedOrganisation.objects.using(using)
    known = dict(table.filter(pk__in=[row.pk for row in rows]).values_list("pk", "published_at"))
    table.bulk_create(
        [row for row in rows if row.pk not in known or known[row.pk] <= row.published_at],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=WRITTEN,
    )


def slugs_among(facets: Iterable[tuple[str, str]]) -> set[str]:
    """Return the organisations among the facets of a case."""
    return {value for facet, value in facets if facet == Facet.ORGANISATION}


def take_out(slugs: Collection[str], *, using: str) -> None:
    """Forget those organisations that no counted case names any more."""
    if slugs:
        counted = PublishedTotal.objects.using(using).filter(facet=Facet.ORGANISATION, value__in=slugs, people__gt=0)
        gone = set(slugs) - set(counted.values_list("value", flat=True))
        PublishedOrganisation.objects.using(using).filter(pk__in=gone).delete()


def reword(slugs: Collection[str], *, using: str) -> None:
    """Say organisations in the words of the cases that are left, after a case that named them was withdrawn."""
    naming = PublishedFacet.objects.using(using).filter(facet=Facet.ORGANISATION, value=OuterRef("pk"))
    newest = Subquery(naming.order_by("-case__published_at", "case").values("case")[:1])
    asked = PublishedOrganisation.objects.using(using).filter(pk__in=slugs).annotate(newest=newest)
    codes = dict(asked.values_list("pk", "newest"))
    cases = PublishedCase.objects.using(using).in_bulk([code for code in codes.values() if code])
    PublishedOrganisation.objects.using(using).bulk_update(
        [
            row
            for slug, code in codes.items()
            if code in cases
            for row in rows_of(cases[code].document, cases[code])  # type: ignore[arg-type]
            if row.slug == slug
        ],
        WRITTEN,
    )


def shown_organisations(on: date) -> QuerySet[PublishedOrganisation]:
    """Return the organisations that a case names which may be shown on the day `on`, each with its number of `people`."""
    naming = PublishedFacet.objects.filter(facet=Facet.ORGANISATION, value=OuterRef("pk"))
    shown = naming.filter(case__in=PublishedCase.objects.visible(on).values("pk"))
    total = PublishedTotal.objects.filter(facet=Facet.ORGANISATION, value=OuterRef("pk")).values("people")[:1]
    return PublishedOrganisation.objects.filter(Exists(shown)).annotate(people=Subquery(total))
