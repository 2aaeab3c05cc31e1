"""Everything that a profile shows, prepared from the public document for one reader's language and one day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from cases.domain.custody import CaseFacts, Stay as StayFact, current_stay
from cases.enums import CaseKind, Consent, Status
from cases.published.custody import case_facts
from cases.published.documents import (
    AssessmentDocument,
    CaseDocument,
    ChargeDocument,
    DecisionDocument,
    NameDocument,
    ProceedingDocument,
    SiteReference,
    StayDocument,
)
from cases.published.words import gettext
from cases.templatetags.tracker import bcp47, choose, edtf
from cases.views.presentation.chronology import Chronology, chronology, decision_title
from cases.views.presentation.legal_findings import LegalFinding, legal_findings
from cases.views.presentation.life import LifeFact, life
from cases.views.presentation.notes import CitedSource, Citer, Notes
from cases.views.presentation.rehabilitation import Rehabilitation, rehabilitation
from cases.views.presentation.standing import Head, head


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version of the document is shown, and whether it is the present one."""

    version: int
    published_at: datetime | None
    is_current: bool
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class NameForm:
    text: str
    language: str
    kind: str
    notes: Notes


@dataclass(frozen=True, slots=True)
class Charge:
    charge: ChargeDocument
    acts: str
    notes: Notes


@dataclass(frozen=True, slots=True)
class Decision:
    decision: DecisionDocument
    title: str
    notes: Notes


@dataclass(frozen=True, slots=True)
class Proceeding:
    proceeding: ProceedingDocument
    charges: tuple[Charge, ...]
    decisions: tuple[Decision, ...]
    notes: Notes


@dataclass(frozen=True, slots=True)
class Stay:
    stay: StayDocument
    is_present: bool
    notes: Notes


@dataclass(frozen=True, slots=True)
class Assessment:
    assessment: AssessmentDocument
    notes: Notes


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile page, section by section in the order in which it is read."""

    document: CaseDocument
    edition: Edition
    name: str
    name_language: str
    names: tuple[NameForm, ...]
    is_withheld: bool
    summary_notes: Notes
    head: Head
    chronology: Chronology
    proceedings: tuple[Proceeding, ...]
    stays: tuple[Stay, ...]
    present_site: SiteReference | None
    assessments: tuple[Assessment, ...]
    findings: tuple[LegalFinding, ...]
    rehabilitation: Rehabilitation | None
    life: tuple[LifeFact, ...]
    sources: tuple[CitedSource, ...]

    @property
    def initial(self) -> str:
        """The letter that stands in for a photograph; none where the name is withheld."""
        return "" if self.is_withheld else self.name[:1]

    @property
    def has_charges(self) -> bool:
        return any(proceeding.charges for proceeding in self.proceedings)

    @property
    def has_decisions(self) -> bool:
        return any(proceeding.decisions for proceeding in self.proceedings)

    @property
    def may_be_counted(self) -> bool:
        """Whether the calculator of terms is of use here: it counts by the law of today's captor."""
        return self.has_decisions and self.document["kind"] == CaseKind.CONTEMPORARY.value

    @property
    def may_receive_letters(self) -> bool:
        return self.head.in_custody and self.head.status != Status.HOUSE_ARREST


def profile_of(document: CaseDocument, edition: Edition, *, on: date) -> Profile:
    """Prepare a profile in the active language. Sources are numbered marks, given out in the order of the page."""
    citer, facts = Citer(document["sources"]), case_facts(document)
    language = get_language() or "en"
    name, name_code = choose(document["name"], language)
    now = current_stay(facts, on)
    return Profile(
        document=document,
        edition=edition,
        name=name or gettext("Name withheld"),
        name_language="" if name_code in (language, "") else bcp47(name_code),
        names=tuple(_names(document, name, citer)),
        is_withheld=document["consent"] == Consent.INITIALS.value,
        summary_notes=citer.notes(document, "summary"),
        head=head(document, facts, citer, on=on),
        chronology=chronology(document, facts, citer, on=on),
        proceedings=tuple(_proceeding(one, citer) for one in document["proceedings"]),
        stays=tuple(_stays(document, facts, citer, now)),
        present_site=_present_site(document, facts, now),
        assessments=tuple(Assessment(one, citer.notes(one)) for one in document["assessments"]),
        findings=legal_findings(document, facts, on=on),
        rehabilitation=rehabilitation(document, citer),
        life=life(document, citer, on=on),
        sources=citer.cited(),
    )


def _names(document: CaseDocument, shown: str, citer: Citer) -> Iterator[NameForm]:
    seen = {shown}
    for form in sorted(document["names"], key=_name_order):
        if form["text"] not in seen:
            seen.add(form["text"])
            yield NameForm(
                form["text"], "" if form["language"] == "und" else form["language"], form["kind"], citer.notes(form)
            )


def _name_order(form: NameDocument) -> tuple[bool, bool]:
    return not form["preferred"], form["kind"] not in ("legal", "romanised")


def _proceeding(proceeding: ProceedingDocument, citer: Citer) -> Proceeding:
    return Proceeding(
        proceeding,
        tuple(Charge(one, _acts(one), citer.notes(one)) for one in proceeding["charges"]),
        tuple(Decision(one, decision_title(one), citer.notes(one)) for one in proceeding["decisions"]),
        citer.notes(proceeding),
    )


def _acts(charge: ChargeDocument) -> str:
    """Return when the alleged act is said to have taken place."""
    first, last = charge["act_from"], charge["act_to"]
    if not first or not last or first == last:
        return edtf(first or last)
    return gettext("%(first)s to %(last)s") % {"first": edtf(first), "last": edtf(last)}


def _stays(document: CaseDocument, facts: CaseFacts, citer: Citer, now: StayFact | None) -> Iterator[Stay]:
    for number, stay in enumerate(document["stays"]):
        present = now is not None and now == facts.stays[number]
        yield Stay(stay, present, citer.notes(stay))


def _present_site(document: CaseDocument, facts: CaseFacts, now: StayFact | None) -> SiteReference | None:
    if now is None:
        return None
    return next((stay["site"] for stay, fact in zip(document["stays"], facts.stays, strict=True) if fact == now), None)
