"""Documents of the invented crowd: what the door would build if each of its people were recorded at the desk.

Nothing of a crowd is recorded there, so this module reads the rows that `domain/crowd_cases.py` makes up in place of
records, in the order and shape of `document.py`; a test holds the two together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from cases.domain.crowd_cases import CrowdCase
from cases.domain.demo_world import Row, World
from cases.domain.names import fold
from cases.enums import DateDetail
from cases.models import Court, DetentionSite, Organisation, Place, Provision, Source
from cases.publication.citing import Numbering
from cases.publication.reference import (
    build_court,
    build_organisation,
    build_place,
    nothing_withheld,
    refer_to_provision,
    refer_to_site,
)
from cases.published.documents import (
    SCHEMA,
    CaseDocument,
    ChargeDocument,
    CitizenshipDocument,
    CourtDocument,
    DecisionDocument,
    EventDocument,
    Fact,
    HearingDocument,
    NameDocument,
    OrganisationDocument,
    PlaceDocument,
    ProceedingDocument,
    ProvisionReference,
    RehabilitationDocument,
    RoleDocument,
    SegmentDocument,
    SentenceDocument,
    SiteReference,
    SourceDocument,
    StayDocument,
    Words,
)

#: The earlier versions of a case, the earliest first: the one language of the summary, and what was not yet known.
NOT_YET_KNOWN = (("uk", ("roles", "rehabilitations")), ("en", ("roles",)))


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference data of an installation as documents name them, read once."""

    world: World
    places: Mapping[str, PlaceDocument]
    regions: Mapping[str, PlaceDocument]
    sites: Mapping[str, SiteReference]
    provisions: Mapping[str, ProvisionReference]
    courts: Mapping[str, CourtDocument]
    bodies: Mapping[str, OrganisationDocument]
    sources: Mapping[str, SourceDocument]


def read_reference(world: World, sources: Mapping[str, Source]) -> Reference:
    """Read what documents of a crowd name. `sources`: the invented sources by their key."""
    numbering = Numbering(nothing_withheld)
    for source in sources.values():
        numbering.number(source)
    places = list(Place.objects.all())
    return Reference(
        world=world,
        places={place.slug: build_place(place) for place in places},
        regions={place.region: build_place(place) for place in places if place.kind == "region" and place.region},
        sites={site.slug: refer_to_site(site) for site in DetentionSite.objects.select_related("place")},
        provisions={row.slug: refer_to_provision(row) for row in Provision.objects.select_related("code")},
        courts={court.slug: build_court(court) for court in Court.objects.select_related("place")},
        bodies={body.slug: build_organisation(body) for body in Organisation.objects.filter(kind="state")},
        sources=dict(zip(sources, numbering.sources, strict=True)),
    )


def slug_of(case: CrowdCase) -> str:
    """Return what stands in the address of a case beside its code; "" where the name is withheld."""
    head = case.called.heads["en"]
    return (slugify(head)[:80] or "-".join(fold(head).split())[:80]) if case.life.is_named else ""


def crowd_documents(case: CrowdCase, reference: Reference, *, slug: str) -> list[CaseDocument]:
    """Return the document of each version of an invented case, the present one last."""
    last = _Telling(case, reference).document(slug)
    earlier = NOT_YET_KNOWN[len(NOT_YET_KNOWN) + 1 - len(case.life.published) :]
    return [*(_earlier(last, language, parts) for language, parts in earlier), last]


def _earlier(document: CaseDocument, language: str, parts: Iterable[str]) -> CaseDocument:
    less: Any = {**document, "summary": {language: document["summary"][language]}}
    for part in parts:
        less[part] = less[part][:-1]
    return less  # type: ignore[no-any-return]


def _words(row: Row, field: str) -> Words:
    return {language: row[f"{field}_{language}"] for language in ("en", "uk") if row.get(f"{field}_{language}")}


class _Telling:
    """One case being told: gives its sources their numbers in the order in which they are cited."""

    def __init__(self, case: CrowdCase, reference: Reference) -> None:
        self.case, self.reference = case, reference
        self.named = case.life.is_named
        self.numbers: dict[str, int] = {}

    def document(self, slug: str) -> CaseDocument:
        prisoner, parts = self.case.life.prisoner, self.case.parts
        own = self._fact(prisoner)
        return CaseDocument(
            schema=SCHEMA,
            code=self.case.called.code,
            slug=slug,
            kind=prisoner["kind"],
            invented=True,
            consent="full" if self.named else "initials",
            name=dict(self.case.called.heads),
            names=[self._name(row) for row in parts["names"]] if self.named else [],
            sex=prisoner["sex"],
            ethnicity=prisoner["ethnicity"],
            religion=prisoner["religion"] if self.named else "",
            whereabouts=prisoner.get("whereabouts", ""),
            born=self._date(prisoner["born"], whole=self.named and prisoner["born_detail"] == DateDetail.DAY),
            died=self._date(prisoner.get("died", ""), whole=self.named),
            birthplace=None,
            home=self._home(prisoner["home"]),
            summary=_words(prisoner, "summary"),
            photo=None,
            roles=[self._role(row) for row in parts["roles"]],
            affiliations=[],
            citizenships=[
                CitizenshipDocument(country=row["country"], basis=row["basis"], **self._fact(row))
                for row in parts.get("citizenships", ())
            ],
            languages=[],
            stays=[self._stay(row) for row in parts.get("stays", ())],
            events=[self._event(row) for row in self._in_order(parts.get("events", ()), "happened")],
            proceedings=[self._proceeding(row) for row in self._in_order(parts.get("proceedings", ()), "opened")],
            assessments=[],
            rehabilitations=[self._rehabilitation(row) for row in parts.get("rehabilitations", ())],
            cites=own["cites"],
            assertions=own["assertions"],
            sources=[{**self.reference.sources[key], "number": number} for key, number in self.numbers.items()],
        )

    def _fact(self, row: Row) -> Fact:
        numbers = self.numbers
        cites = [numbers.setdefault(one["source"], len(numbers) + 1) for one in row["citations"]]
        return {"cites": {"": cites}, "assertions": []}

    @staticmethod
    def _in_order(rows: Sequence[Row], field: str) -> Sequence[Row]:
        """Return rows in the order of their dates, which are written so that their texts compare."""
        return [row for row in sorted(rows, key=lambda row: str(row.get(field, ""))) if row.get("is_public", True)]

    @staticmethod
    def _date(text: str, *, whole: bool) -> str:
        return text if whole else text[:4]

    def _home(self, slug: str) -> PlaceDocument | None:
        if not slug:
            return None
        place = self.reference.places[slug]
        return place if self.named else self.reference.regions.get(place["region"])

    def _name(self, row: Row) -> NameDocument:
        return NameDocument(
            text=row["text"],
            language=row["language"],
            kind=row["kind"],
            preferred=row["is_preferred"],
            **self._fact(row),
        )

    def _role(self, row: Row) -> RoleDocument:
        return RoleDocument(role=row["role"], detail={}, since="", until="", **self._fact(row))

    def _stay(self, row: Row) -> StayDocument:
        return StayDocument(
            kind=row["kind"],
            site=self.reference.sites[row["site"]] if row.get("site") else None,
            started=row["started"],
            ended=row.get("ended", ""),
            **self._fact(row),
        )

    def _event(self, row: Row) -> EventDocument:
        return EventDocument(
            kind=row["kind"],
            happened=row["happened"],
            ended=row.get("ended", ""),
            release_kind=row.get("release_kind", ""),
            title=_words(row, "title"),
            description={},
            place=self.reference.places[row["place"]] if row.get("place") else None,
            organisation=None,
            **self._fact(row),
        )

    def _proceeding(self, row: Row) -> ProceedingDocument:
        charges = [self._charge(charge) for charge in row.get("charges", ())]
        hearings = [self._hearing(one) for one in self._in_order(row.get("hearings", ()), "held_on")]
        decisions = [self._decision(one) for one in row.get("decisions", ())]
        return ProceedingDocument(
            kind=row["kind"],
            title=_words(row, "title"),
            number="",
            opened=row.get("opened", ""),
            summary={},
            charges=charges,
            hearings=hearings,
            decisions=decisions,
            **self._fact(row),
        )

    def _charge(self, row: Row) -> ChargeDocument:
        fact = self._fact(row)
        return ChargeDocument(
            provision=self.reference.provisions[row["provision"]],
            form=row.get("form", "completed"),
            act_from=row.get("act_from", ""),
            act_to=row.get("act_to", ""),
            brought=row.get("brought", ""),
            dropped=row.get("dropped", ""),
            outcome=row["outcome"],
            cites=fact["cites"],
            assertions=fact["assertions"],
        )

    def _hearing(self, row: Row) -> HearingDocument:
        return HearingDocument(
            instance=row["instance"],
            held_on=row["held_on"],
            court=self.reference.courts[row["court"]],
            note=_words(row, "note"),
            **self._fact(row),
        )

    def _decision(self, row: Row) -> DecisionDocument:
        fact = self._fact(row)
        return DecisionDocument(
            instance=row["instance"],
            court=self.reference.courts[row["court"]],
            decided_on=row["decided_on"],
            judges=row.get("judges", ""),
            outcome=row["outcome"],
            in_force_from=row.get("in_force_from", ""),
            summary={},
            sentence=self._sentence(row["sentence"]) if "sentence" in row else None,
            **fact,
        )

    def _sentence(self, row: Row) -> SentenceDocument:
        return SentenceDocument(
            years=row.get("years"),
            months=row.get("months"),
            days=row.get("days"),
            life=False,
            death=row.get("death", False),
            suspended=False,
            fine_amount="",
            fine_currency="",
            other={},
            segments=[self._segment(one) for one in row.get("segments", ())],
            **self._fact(row),
        )

    def _segment(self, row: Row) -> SegmentDocument:
        return SegmentDocument(
            regime=row["regime"],
            years=row.get("years"),
            months=row.get("months"),
            days=row.get("days"),
            is_remainder=row.get("is_remainder", False),
            **self._fact(row),
        )

    def _rehabilitation(self, row: Row) -> RehabilitationDocument:
        return RehabilitationDocument(
            outcome=row["outcome"],
            body=self.reference.bodies[row["body"]],
            decided_on=row["decided_on"],
            law=_words(row, "law"),
            document_number=row["document_number"] if self.named else "",
            reasoning={},
            **self._fact(row),
        )
