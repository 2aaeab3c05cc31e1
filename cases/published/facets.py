"""What a case counts towards: the values by which a list can be filtered, read off its document."""

from collections.abc import Iterator
from datetime import date

from cases.domain.custody import Brief, Stay, current_stay, held_since
from cases.domain.event_kinds import VANISHINGS
from cases.enums import StayKind
from cases.published.custody import case_facts, last_sentence
from cases.published.documents import CaseDocument, PlaceDocument, SiteReference
from cases.published.figures import figures_of
from cases.published.law import acts_of
from cases.published.measures import age_at, age_bands, arrest_years, sentence_kind
from cases.published.models import EVER, Facet
from cases.published.organisations import organisations_in
from cases.published.rehabilitations import present_of, rehabilitations_of, rescissions, years_of


def present_site(document: CaseDocument, on: date) -> SiteReference | None:
    """Return the detention site at which the person is held on the day `on`, None where there is none or it is not known."""
    return site_of(document, current_stay(case_facts(document), on))


def site_of(document: CaseDocument, stay: Stay | None) -> SiteReference | None:
    """Return the detention site of a stay that was read off the document."""
    if stay is None or stay.kind is not StayKind.SITE:
        return None
    position = int(stay.ref.split("/")[1])
    return document["stays"][position]["site"]


def facets_of(document: CaseDocument, status: str, on: date, *, now: Brief | None = None) -> set[tuple[str, str]]:
    """Return (facet, value) for everything the case is counted under; `now` is its custody on the day, if at hand."""
    site = present_site(document, on) if now is None else site_of(document, now.stay)
    arrest = held_since(case_facts(document), on) if now is None else now.held_since
    sentence = sentence_kind(last_sentence(document))
    single = {
        (Facet.ALL.value, "all"),
        (Facet.STATUS.value, status),
        (Facet.KIND.value, document["kind"]),
        (Facet.ETHNICITY.value, document["ethnicity"]),
        (Facet.SEX.value, document["sex"]),
        (Facet.SITE.value, site["slug"] if site else ""),
        (Facet.RELIGION.value, document["religion"]),
        (Facet.SENTENCE.value, sentence.value if sentence else ""),
    }
    several = {
        *((Facet.ROLE.value, role["role"]) for role in document["roles"]),
        *_law(document),
        *((Facet.ACT.value, value) for value in acts_of(document)),
        *_regions(document, site),
        *((Facet.PLACE.value, place["slug"]) for place in places_of(document)),
        *((Facet.ARREST_YEAR.value, year) for year in arrest_years(arrest)),
        *((Facet.AGE.value, band.value) for band in age_bands(age_at(arrest, document))),
        *_assessments(document),
        *((Facet.ORGANISATION.value, one["slug"]) for one in organisations_in(document)),
        *((Facet.PAST_SITE.value, slug) for slug in _past_sites(document, site)),
        *_rehabilitation(document),
        *figures_of(document, status, {region for _facet, region in _regions(document, site)}, on),
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


def _regions(document: CaseDocument, site: SiteReference | None) -> Iterator[tuple[str, str]]:
    """Yield the regions of home, of arrest or abduction, and of the present place of detention: each alone, and any."""
    found = [(Facet.HOME_REGION, document["home"]["region"])] if document["home"] else []
    found += [
        (Facet.ARREST_REGION, event["place"]["region"])
        for event in document["events"]
        if event["kind"] in VANISHINGS and event["place"]
    ]
    if site:
        found.append((Facet.SITE_REGION, site["place"]["region"]))
    for facet, region in found:
        yield facet.value, region
        yield Facet.REGION.value, region


def places_of(document: CaseDocument) -> Iterator[PlaceDocument]:
    """Yield the places of home, of arrest or abduction, and of every detention site, as often as they are named."""
    if document["home"]:
        yield document["home"]
    for event in document["events"]:
        if event["kind"] in VANISHINGS and event["place"]:
            yield event["place"]
    yield from (stay["site"]["place"] for stay in document["stays"] if stay["site"])


def _assessments(document: CaseDocument) -> Iterator[tuple[str, str]]:
    for one in document["assessments"]:
        decision, body = one["decision"], one["body"]["slug"]
        yield Facet.ASSESSED.value, decision
        yield Facet.ASSESSED_BY.value, body
        yield Facet.ASSESSMENT.value, f"{decision} {body}" if decision else ""


def _past_sites(document: CaseDocument, present: SiteReference | None) -> set[str]:
    sites = {stay["site"]["slug"] for stay in document["stays"] if stay["site"]}
    return sites - {present["slug"] if present else ""}
