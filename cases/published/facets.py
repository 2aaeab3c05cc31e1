"""What a case counts towards: the values by which a list can be filtered, read off its document."""

from collections.abc import Iterator
from datetime import date

from cases.domain.custody import current_stay
from cases.enums import EventKind, StayKind
from cases.published.custody import case_facts
from cases.published.documents import CaseDocument, PlaceDocument, SiteReference
from cases.published.law import acts_of
from cases.published.models import EVER, Facet
from cases.published.rehabilitations import present_of, rehabilitations_of, rescissions, years_of

SEIZURES = frozenset({EventKind.ARREST.value, EventKind.ABDUCTION.value, EventKind.DISAPPEARANCE.value})


def present_site(document: CaseDocument, on: date) -> SiteReference | None:
    """Return the detention site at which the person is held on the day `on`, None where there is none or it is not known."""
    stay = current_stay(case_facts(document), on)
    if stay is None or stay.kind is not StayKind.SITE:
        return None
    position = int(stay.ref.split("/")[1])
    return document["stays"][position]["site"]


def facets_of(document: CaseDocument, status: str, on: date) -> set[tuple[str, str]]:
    """Return (facet, value) for everything the case is counted under."""
    site = present_site(document, on)
    single = {
        (Facet.ALL.value, "all"),
        (Facet.STATUS.value, status),
        (Facet.KIND.value, document["kind"]),
        (Facet.ETHNICITY.value, document["ethnicity"]),
        (Facet.SEX.value, document["sex"]),
        (Facet.SITE.value, site["slug"] if site else ""),
    }
    several = {
        *((Facet.ROLE.value, role["role"]) for role in document["roles"]),
        *_law(document),
        *((Facet.ACT.value, value) for value in acts_of(document)),
        *((Facet.REGION.value, region) for region in _regions(document, site)),
        *((Facet.PLACE.value, place["slug"]) for place in places_of(document)),
        *((Facet.PAST_SITE.value, slug) for slug in _past_sites(document, site)),
        *_rehabilitation(document),
    }
    return {(facet, value) for facet, value in single | several if value}


def _law(document: CaseDocument) -> Iterator[tuple[str, str]]:
    for proceeding in document["proceedings"]:
        for charge in proceeding["charges"]:
            provision = charge["provision"]
            yield Facet.PROVISION.value, provision["slug"]
            yield Facet.ARTICLE.value, provision["article"]
            yield Facet.ARTICLE.value, provision["number"]


def _rehabilitation(document: CaseDocument) -> Iterator[tuple[str, str]]:
    """Yield the present status, that a rehabilitation was ever rescinded, in which years that may have been, and by whom."""
    now = present_of(rehabilitations_of(document))
    yield Facet.REHABILITATION.value, now.outcome.value if now else ""
    for decision in rescissions(document):
        yield Facet.RESCINDED.value, EVER
        yield from ((Facet.RESCINDED.value, str(year)) for year in years_of(decision))
        yield Facet.RESCINDED_BY.value, decision["body"]["slug"] if decision["body"] else ""


def _regions(document: CaseDocument, site: SiteReference | None) -> Iterator[str]:
    """Yield the regions of home, of arrest or abduction, and of the present place of detention."""
    if document["home"]:
        yield document["home"]["region"]
    for event in document["events"]:
        if event["kind"] in SEIZURES and event["place"]:
            yield event["place"]["region"]
    if site:
        yield site["place"]["region"]


def places_of(document: CaseDocument) -> Iterator[PlaceDocument]:
    """Yield the places of home, of arrest or abduction, and of every detention site, as often as they are named."""
    if document["home"]:
        yield document["home"]
    for event in document["events"]:
        if event["kind"] in SEIZURES and event["place"]:
            yield event["place"]
    yield from (stay["site"]["place"] for stay in document["stays"] if stay["site"])


def _past_sites(document: CaseDocument, present: SiteReference | None) -> set[str]:
    sites = {stay["site"]["slug"] for stay in document["stays"] if stay["site"]}
    return sites - {present["slug"] if present else ""}
