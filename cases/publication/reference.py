"""Reference records as the public sees them: places, sites, organisations, courts, provisions."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db import models
from django.db.models import Prefetch, prefetch_related_objects

from cases.domain.statutes import window
from cases.enums import PlaceKind
from cases.models import Citation, Court, DetentionSite, Organisation, Penalty, Place, Provision, Source
from cases.publication.casefile import citations_of, key_of
from cases.publication.citing import Numbering
from cases.publication.policy import shown, shown_words
from cases.published.documents import (
    SCHEMA,
    CourtDocument,
    Fact,
    OrganisationDocument,
    PenaltyDocument,
    PlaceDocument,
    ProvisionDocument,
    ProvisionReference,
    SiteDocument,
    SiteReference,
)

Row = TypeVar("Row", bound=models.Model)
Shape = TypeVar("Shape")


def edtf(value: object) -> str:
    """Return a partial date as canonical text, "" where it is not known."""
    return "" if value is None else str(value)


def degrees(value: object) -> float | None:
    """Return a coordinate as a JSON number."""
    return None if value is None else float(str(value))


def maybe(build: Callable[[Row], Shape], record: Row | None) -> Shape | None:
    """Build a document of a record that may be missing."""
    return None if record is None else build(record)


def nothing_withheld(_text: str) -> bool:
    """Reference records concern nobody's privacy."""
    return False


def build_place(place: Place) -> PlaceDocument:
    """Return a place with its sovereign and, where it differs, the power in control."""
    return PlaceDocument(
        slug=shown(place, "slug"),
        name=shown_words(place, "name"),
        sovereign=shown(place, "sovereign"),
        region=shown(place, "region"),
        controlled_by=shown(place, "controlled_by"),
        controlled_since=edtf(shown(place, "controlled_since")),
        latitude=degrees(shown(place, "latitude")),
        longitude=degrees(shown(place, "longitude")),
    )


def public_place(place: Place | None, *, named: bool) -> Place | None:
    """Return a place of a person's life as it may be shown; of somebody who is not named, its region only."""
    if place is None or named:
        return place
    region = shown(place, "region")
    return Place.objects.filter(kind=PlaceKind.REGION.value, region=region).first() if region else None


def build_organisation(organisation: Organisation) -> OrganisationDocument:
    """Return an organisation as a case names it."""
    return OrganisationDocument(
        slug=shown(organisation, "slug"),
        name=shown_words(organisation, "name"),
        kind=shown(organisation, "kind"),
    )


def build_court(court: Court) -> CourtDocument:
    """Return a court as a decision names it."""
    return CourtDocument(
        slug=shown(court, "slug"),
        name=shown_words(court, "name"),
        kind=shown(court, "kind"),
        place=maybe(build_place, shown(court, "place")),
    )


def refer_to_site(site: DetentionSite) -> SiteReference:
    """Return a detention site as a stay names it."""
    return SiteReference(
        slug=shown(site, "slug"),
        name=shown_words(site, "name"),
        kind=shown(site, "kind"),
        regime=shown(site, "regime"),
        place=build_place(shown(site, "place")),
    )


def refer_to_provision(provision: Provision) -> ProvisionReference:
    """Return a provision as a charge names it."""
    code = shown(provision, "code")
    return ProvisionReference(
        slug=shown(provision, "slug"),
        code=shown(code, "slug"),
        code_name=shown_words(code, "short_name") or shown_words(code, "name"),
        article=shown(provision, "article"),
        part=shown(provision, "part"),
        number=provision.number,
        title=shown_words(provision, "title"),
        verified=shown(provision, "verified"),
    )


def build_sites(sites: Sequence[DetentionSite]) -> list[SiteDocument]:
    """Return the documents of many sites; their citations are fetched in one query."""
    citations = citations_of(sites)
    documents = []
    for site in sites:
        numbering = Numbering(nothing_withheld)
        fact = numbering.fact(citations.get(key_of(site), []))
        documents.append(
            SiteDocument(
                schema=SCHEMA,
                slug=shown(site, "slug"),
                name=shown_words(site, "name"),
                kind=shown(site, "kind"),
                regime=shown(site, "regime"),
                number=shown(site, "number"),
                place=build_place(shown(site, "place")),
                postal_address=shown(site, "postal_address"),
                latitude=degrees(shown(site, "latitude")),
                longitude=degrees(shown(site, "longitude")),
                coordinate_precision=shown(site, "coordinate_precision"),
                opened=edtf(shown(site, "opened")),
                closed=edtf(shown(site, "closed")),
                sources=numbering.sources,
                **fact,
            )
        )
    return documents


def build_provisions(provisions: Iterable[Provision]) -> list[ProvisionDocument]:
    """Return the documents of many provisions; their citations are fetched in one query."""
    rows = list(provisions)
    prefetch_related_objects(rows, Prefetch("penalties", Penalty.objects.select_related("source")))
    penalties = [penalty for provision in rows for penalty in provision.penalties.all()]
    citations = citations_of([*rows, *penalties])
    documents = []
    for provision in rows:
        numbering = Numbering(nothing_withheld)
        fact = _with_source(numbering, citations.get(key_of(provision), []), shown(provision, "source"))
        code = shown(provision, "code")
        documents.append(
            ProvisionDocument(
                schema=SCHEMA,
                slug=shown(provision, "slug"),
                code=shown(code, "slug"),
                code_name=shown_words(code, "name"),
                code_short_name=shown_words(code, "short_name"),
                jurisdiction=shown(code, "jurisdiction"),
                article=shown(provision, "article"),
                part=shown(provision, "part"),
                number=provision.number,
                title=shown_words(provision, "title"),
                description=shown_words(provision, "description"),
                in_force_from=edtf(shown(provision, "in_force_from")),
                in_force_to=edtf(shown(provision, "in_force_to")),
                introduced_by=shown(provision, "introduced_by"),
                rests_on=shown(provision, "rests_on"),
                verified=shown(provision, "verified"),
                penalties=[
                    build_penalty(row, citations.get(key_of(row), []), numbering) for row in _in_order(provision)
                ],
                sources=numbering.sources,
                **fact,
            )
        )
    return documents


def _in_order(provision: Provision) -> list[Penalty]:
    """Return the penalties by their beginning; databases disagree where dates that are not known come."""

    def begun(row: Penalty) -> tuple[dt.date, dt.date]:
        found = window(shown(row, "in_force_from"), shown(row, "in_force_to"))
        return found.begins, found.ended

    return sorted(provision.penalties.all(), key=begun)


def build_penalty(row: Penalty, citations: Iterable[Citation], numbering: Numbering) -> PenaltyDocument:
    """Return one wording of what a provision threatens."""
    fine = shown(row, "fine_most")
    return PenaltyDocument(
        in_force_from=edtf(shown(row, "in_force_from")),
        in_force_to=edtf(shown(row, "in_force_to")),
        is_unknown=shown(row, "is_unknown"),
        least_months=shown(row, "least_months"),
        most_months=shown(row, "most_months"),
        life=shown(row, "life"),
        fine_most="" if fine is None else f"{fine:.2f}",
        fine_currency=shown(row, "fine_currency"),
        enacted_by=shown(row, "enacted_by"),
        note=shown_words(row, "note"),
        verified=shown(row, "verified"),
        **_with_source(numbering, citations, shown(row, "source")),
    )


def _with_source(numbering: Numbering, citations: Iterable[Citation], source: Source | None) -> Fact:
    """Return the citations of a row of the law, with the document that its own `source` names among them."""
    fact = numbering.fact(citations)
    if source is not None:
        numbers = fact["cites"].setdefault("", [])
        numbers += [number for number in [numbering.number(source)] if number not in numbers]
    return fact


def build_site(site: DetentionSite) -> SiteDocument:
    """Return the public document of a detention site."""
    return build_sites([site])[0]


def build_provision(provision: Provision) -> ProvisionDocument:
    """Return the public document of a provision."""
    return build_provisions([provision])[0]
