"""The shape of the public documents: plain JSON in no language in particular, written by the door, read by the public wing.

Words of a vocabulary are stored as their value (`cases.enums`), dates as canonical EDTF text ("" where not known),
texts as a dict by language code (`en`, `uk`, `crh-latn`, `ru`; only languages that have text). `cites` maps a field name
("" for the row as a whole) to the numbers of `sources`. `assertions` are what sources say differently from what is shown.
"""

import hashlib
import json
from typing import Any, NotRequired, TypedDict

SCHEMA = 1

Words = dict[str, str]
Cites = dict[str, list[int]]


class Assertion(TypedDict):
    field: str
    value: str
    source: int
    quote: str
    page: str
    confidence: str  # enums.Confidence


class Fact(TypedDict):
    cites: Cites
    assertions: list[Assertion]


class NameDocument(Fact):
    text: str
    language: str  # enums.Language
    kind: str  # enums.NameKind
    preferred: bool


class PlaceDocument(TypedDict):
    slug: str
    name: Words
    sovereign: str  # ISO 3166-1; occupied territory of Ukraine is UA
    region: str  # ISO 3166-2 or ""
    controlled_by: str  # "" where it is the sovereign
    controlled_since: str
    latitude: float | None
    longitude: float | None


class OrganisationDocument(TypedDict):
    slug: str
    name: Words
    kind: str  # enums.OrganisationKind


class SiteReference(TypedDict):
    slug: str
    name: Words
    kind: str  # enums.SiteKind
    regime: str  # enums.Regime or ""
    place: PlaceDocument


class ProvisionReference(TypedDict):
    slug: str
    code: str  # slug of the code
    code_name: Words  # its short name
    article: str
    part: str
    number: str  # "205.5(2)"
    title: Words
    verified: bool


class RoleDocument(Fact):
    role: str  # enums.Role
    detail: Words
    since: str
    until: str


class AffiliationDocument(Fact):
    organisation: OrganisationDocument
    kind: str  # enums.AffiliationKind
    since: str
    until: str


class CitizenshipDocument(Fact):
    country: str
    basis: str  # enums.CitizenshipBasis


class LanguageDocument(Fact):
    language: str
    understanding: str  # enums.Understanding


class StayDocument(Fact):
    kind: str  # enums.StayKind
    site: SiteReference | None
    started: str
    ended: str


class EventDocument(Fact):
    kind: str  # enums.EventKind
    happened: str
    ended: str
    release_kind: str  # enums.ReleaseKind or ""
    title: Words
    description: Words
    place: PlaceDocument | None
    organisation: OrganisationDocument | None


class ChargeDocument(Fact):
    provision: ProvisionReference
    form: str  # enums.OffenceForm
    act_from: str
    act_to: str
    act_place: NotRequired[PlaceDocument]  # absent where not recorded, as before the field was there
    organisation: NotRequired[OrganisationDocument]  # the same
    brought: str
    dropped: str
    outcome: str  # enums.ChargeOutcome


class CourtDocument(TypedDict):
    slug: str
    name: Words
    kind: str  # enums.CourtKind
    place: PlaceDocument | None


class HearingDocument(Fact):
    instance: str  # enums.Instance
    held_on: str
    court: CourtDocument | None
    note: Words


class SegmentDocument(Fact):
    regime: str  # enums.Regime
    years: int | None
    months: int | None
    days: int | None
    is_remainder: bool


class SentenceDocument(Fact):
    years: int | None
    months: int | None
    days: int | None
    life: bool
    death: bool
    suspended: bool
    fine_amount: str  # decimal text or ""
    fine_currency: str
    other: Words
    segments: list[SegmentDocument]


class DecisionDocument(Fact):
    instance: str  # enums.Instance
    court: CourtDocument | None
    decided_on: str
    judges: str
    outcome: str  # enums.DecisionOutcome
    in_force_from: str
    summary: Words
    sentence: SentenceDocument | None


class ProceedingDocument(Fact):
    kind: str  # enums.ProceedingKind
    title: Words
    number: str
    opened: str
    summary: Words
    charges: list[ChargeDocument]
    hearings: list[HearingDocument]
    decisions: list[DecisionDocument]  # in order of date


class AssessmentDocument(Fact):
    body: OrganisationDocument
    scheme: str  # enums.AssessmentScheme
    criteria: list[str]  # enums.AssessmentCriterion
    decision: str  # enums.AssessmentDecision
    decided_on: str
    document_number: str
    reasoning: Words


class RehabilitationDocument(Fact):
    outcome: str  # enums.RehabilitationOutcome
    body: OrganisationDocument | None
    decided_on: str
    law: Words
    document_number: str  # "" where the name is withheld
    reasoning: Words


class PhotoDocument(TypedDict):
    sha256: str  # of the published pixels: PublishedPhoto's key
    width: int
    height: int
    credit: str
    licence: str
    alt: Words


class SourceDocument(TypedDict):
    number: int  # as cited, from 1
    confidential: bool  # then every text below is ""
    title: str
    publisher: str
    author: str
    url: str
    published: str
    accessed: str
    language: str
    kind: str  # enums.SourceKind
    reliability: str  # enums.Reliability
    invented: bool


class LawDocument(TypedDict):
    """A rule of law as it was applied, with its period (EDTF days, "" where open) and whether it was checked."""

    rule: str  # "72(3.1)"
    name: Words  # where it is written
    url: str
    quote: Words  # what the rule says, where that is quoted
    since: str
    until: str
    verified: bool


class StepDocument(TypedDict):
    """One step of the working; `rule` is the one of `law` that it applies, or ""."""

    says: Words
    rule: str


class DatedDocument(TypedDict):
    """Something that falls on a computed day: `falls` are the first and the last day that it can be."""

    says: Words
    falls: list[str]


class FindingDocument(TypedDict):
    """What the law says about the case: computed, with its working, and published because a reviewer ticked it.

    Days left are computed when shown, from `last_day` (first and last possible day; empty where there is none).
    """

    kind: str  # enums.LegalFindingKind
    answer: str  # enums.FindingAnswer
    proceeding: int | None  # place in `proceedings`
    says: Words
    working: list[StepDocument]
    computed_from: list[Words]
    law: list[LawDocument]
    law_as_of: str
    last_day: list[str]
    transfers: list[DatedDocument]
    thresholds: list[DatedDocument]
    kilometres: int | None


class FindingsDocument(TypedDict):
    """What the law says, as far as a reviewer ticked it; nothing at all where nothing is ticked."""

    findings: NotRequired[list[FindingDocument]]


class CaseDocument(Fact, FindingsDocument):
    schema: int
    code: str
    slug: str  # "" where the name is withheld
    kind: str  # enums.CaseKind
    invented: bool
    consent: str  # "full" or "initials": whether the person is named
    name: Words  # the name to show, for every interface language
    names: list[NameDocument]
    sex: str
    ethnicity: str
    religion: str
    whereabouts: str  # enums.Whereabouts or ""
    born: str
    died: str
    birthplace: PlaceDocument | None
    home: PlaceDocument | None
    summary: Words
    photo: PhotoDocument | None
    roles: list[RoleDocument]
    affiliations: list[AffiliationDocument]
    citizenships: list[CitizenshipDocument]
    languages: list[LanguageDocument]
    stays: list[StayDocument]  # in order of date
    events: list[EventDocument]  # in order of date
    proceedings: list[ProceedingDocument]
    assessments: list[AssessmentDocument]
    rehabilitations: NotRequired[list[RehabilitationDocument]]  # in order of date; documents before issue 4 have none
    sources: list[SourceDocument]


class SiteDocument(Fact):
    schema: int
    slug: str
    name: Words
    kind: str  # enums.SiteKind
    regime: str
    number: str
    place: PlaceDocument
    postal_address: str
    latitude: float | None
    longitude: float | None
    coordinate_precision: str  # enums.CoordinatePrecision or ""
    opened: str
    closed: str
    sources: list[SourceDocument]


class PenaltyDocument(Fact):
    in_force_from: str
    in_force_to: str
    is_unknown: bool
    least_months: int | None
    most_months: int | None
    life: bool | None  # None: not recorded
    fine_most: str  # decimal text or ""
    fine_currency: str
    enacted_by: str
    note: Words
    verified: bool


class ProvisionDocument(Fact):
    schema: int
    slug: str
    code: str
    code_name: Words  # full name of the code
    code_short_name: Words
    jurisdiction: str
    article: str
    part: str
    number: str
    title: Words
    description: Words
    in_force_from: str
    in_force_to: str
    introduced_by: str
    rests_on: NotRequired[str]  # enums.DesignationKind or ""; absent in documents of before
    verified: bool
    penalties: NotRequired[list[PenaltyDocument]]  # in order of date; absent in documents of before
    sources: list[SourceDocument]


class Period(TypedDict):
    """A stretch of custody as the list needs it: EDTF text; `end` is "" while it lasts."""

    start: str
    end: str


class CardRehabilitation(TypedDict):
    """One decision on rehabilitation as a list shows it."""

    outcome: str  # enums.RehabilitationOutcome
    decided_on: str
    body: Words


class Card(TypedDict):
    """What one row of a list shows of a case, so that a list reads no whole document."""

    names: list[list[str]]  # [text, language] of other public name forms, at most six
    provisions: list[str]  # "205.5(2)", at most six
    sentence: SentenceDocument | None  # as it stands after the last decision
    periods: list[Period]
    status_since: str
    release_kind: str
    site: SiteReference | None  # the present one
    photo: str  # sha256 or ""
    rehabilitations: NotRequired[list[CardRehabilitation]]  # of the cases that have any


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(document: Any) -> str:
    """Return the one text of a document: sorted keys, no spaces, Unicode as it is. Versions are hashed over its UTF-8."""
    return _CANONICAL.encode(document)


def sha256(text: str) -> str:
    """Return the SHA-256 of a canonical text in lower-case hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
