"""One case as the columns of a file ask for it: what follows from the document is worked out once, when first asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any, cast

from django.urls import reverse
from django.utils.functional import cached_property

from cases.domain.custody import CaseFacts, Standing, current_stay, days_held, held_since, standing
from cases.domain.partial_dates import PartialDate, Span
from cases.enums import DecisionOutcome, Instance, ProceedingKind, Status, StayKind
from cases.published.custody import case_facts, last_sentence
from cases.published.documents import (
    CaseDocument,
    ChargeDocument,
    DecisionDocument,
    NameDocument,
    SentenceDocument,
    SiteReference,
)
from cases.published.models import PublishedCase

VERDICTS = frozenset({DecisionOutcome.CONVICTED.value, DecisionOutcome.ACQUITTED.value})
FIRST_INSTANCES = frozenset({Instance.FIRST.value, Instance.EXTRAJUDICIAL.value})
FREED = frozenset({Status.RELEASED, Status.EXCHANGED, Status.ACQUITTED})
LANGUAGES_WITH_A_COLUMN = ("crh-Latn", "crh-Cyrl", "ru")


@dataclass(frozen=True)
class Derived:
    """What follows from the document of a case on a day, whatever the language."""

    document: CaseDocument
    on: date

    @cached_property
    def facts(self) -> CaseFacts:
        return case_facts(self.document)

    @cached_property
    def now(self) -> Standing:
        return standing(self.facts, self.on)

    @cached_property
    def held_since(self) -> PartialDate | None:
        return held_since(self.facts, self.on)

    @cached_property
    def days(self) -> Span:
        return days_held(self.facts, self.on)

    @cached_property
    def site(self) -> SiteReference | None:
        """The detention site at which the person is held on the day."""
        stay = current_stay(self.facts, self.on)
        if stay is None or stay.kind is not StayKind.SITE:
            return None
        return self.document["stays"][int(stay.ref.split("/")[1])]["site"]

    @cached_property
    def sentence(self) -> SentenceDocument | None:
        return last_sentence(self.document)

    @cached_property
    def verdict(self) -> DecisionDocument | None:
        """The first verdict; one in an administrative case only where there is no other."""
        proceedings = sorted(
            self.document["proceedings"], key=lambda one: one["kind"] == ProceedingKind.ADMINISTRATIVE.value
        )
        decisions = [decision for proceeding in proceedings for decision in proceeding["decisions"]]
        return next(
            (one for one in decisions if one["outcome"] in VERDICTS and one["instance"] in FIRST_INSTANCES), None
        )


@dataclass(frozen=True)
class Line:
    """A published case on a day, in a language; `site_address` is the scheme and host of the links."""

    case: PublishedCase
    derived: Derived
    language: str
    site_address: str

    @property
    def document(self) -> CaseDocument:
        return self.derived.document

    @property
    def fields(self) -> Mapping[str, Any]:
        """The document, to be asked for a field by name."""
        return cast("Mapping[str, Any]", self.document)

    @property
    def page_address(self) -> str:
        code, slug = self.case.code, self.case.slug
        path = reverse("case", args=[code, slug]) if slug else reverse("case-code", args=[code])
        return f"{self.site_address}{path}"

    @property
    def version_address(self) -> str:
        return f"{self.site_address}{reverse('case-version', args=[self.case.code, self.case.version])}"

    @property
    def published_at(self) -> str:
        return str(self.case.published_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))

    @property
    def now(self) -> Standing:
        return self.derived.now

    @property
    def status(self) -> str:
        return str(self.now.status)

    @property
    def held_since(self) -> PartialDate | None:
        return self.derived.held_since

    @property
    def days(self) -> Span:
        return self.derived.days

    @property
    def released(self) -> str:
        return self.now.since.text if self.now.status in FREED and self.now.since else ""

    @property
    def site(self) -> SiteReference | None:
        return self.derived.site

    @property
    def site_slug(self) -> str:
        return self.site["slug"] if self.site else ""

    @property
    def names(self) -> list[NameDocument]:
        return sorted(self.document["names"], key=lambda name: not name["preferred"])

    @property
    def other_names(self) -> list[NameDocument]:
        """The name forms that have no column of their own."""
        shown = {self.case.name_en, self.case.name_uk}
        for language in LANGUAGES_WITH_A_COLUMN:
            shown |= {next((name["text"] for name in self.names if name["language"] == language), "")}
        return [name for name in self.names if name["text"] not in shown]

    @property
    def charges(self) -> list[ChargeDocument]:
        return [charge for proceeding in self.document["proceedings"] for charge in proceeding["charges"]]

    @property
    def sentence(self) -> SentenceDocument | None:
        return self.derived.sentence

    @property
    def verdict(self) -> DecisionDocument | None:
        return self.derived.verdict
