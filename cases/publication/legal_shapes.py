"""What a finding of the law is at the desk: the document that would be published, its key, and the facts behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import get_language

from cases.domain.term_law import Row
from cases.enums import FindingAnswer, LegalFindingKind
from cases.publication.legal_facts import in_each_language
from cases.published.documents import (
    DatedDocument,
    FindingDocument,
    LawDocument,
    StepDocument,
    Words,
    canonical,
    sha256,
)
from cases.published.law_names import told_law

Tell = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Used:
    """A fact that a finding was computed from: the key of its row ("stay:12"), and what it says."""

    ref: str
    words: Words


@dataclass(frozen=True, slots=True)
class LegalFinding:
    """One finding. `key` stays the same while its rows do, whatever it says; it is never published."""

    key: str
    document: FindingDocument
    used: tuple[Used, ...]

    @property
    def kind(self) -> LegalFindingKind:
        return LegalFindingKind(self.document["kind"])

    @property
    def says(self) -> str:
        """What the finding says, without the facts it was computed from: to compare what is and what may be shown."""
        return canonical({**self.document, "computed_from": [], "proceeding": None})

    @property
    def digest(self) -> str:
        """The SHA-256 of what a reviewer sees of it. Where its proceeding stands in the document is no part of that."""
        return sha256(canonical({**self.document, "proceeding": None}))

    @property
    def is_verified(self) -> bool:
        return all(row["verified"] for row in self.document["law"])


def finding_document(kind: LegalFindingKind, answer: FindingAnswer, text: Tell, **facts: Any) -> FindingDocument:
    """Return a finding's document; what is not given is empty."""
    return FindingDocument(
        kind=kind.value,
        answer=answer.value,
        proceeding=facts.get("proceeding"),
        says=in_each_language(text),
        working=list(facts.get("working", ())),
        computed_from=[one.words for one in facts.get("used", ())],
        law=without_twins(facts.get("law", ())),
        law_as_of=facts.get("law_as_of", ""),
        last_day=list(facts.get("last_day", ())),
        transfers=list(facts.get("transfers", ())),
        thresholds=list(facts.get("thresholds", ())),
        kilometres=facts.get("kilometres"),
    )


def step(text: Tell, rule: str = "") -> StepDocument:
    """Return a step of the working."""
    return StepDocument(says=in_each_language(text), rule=rule)


def dated(text: Tell, days: Iterable[str]) -> DatedDocument:
    """Return something that falls on a computed day."""
    return DatedDocument(says=in_each_language(text), falls=list(days))


def law_of_row(row: Row) -> LawDocument:
    """Return a rule of the term law as it was applied."""
    return LawDocument(
        rule=row.rule,
        name=in_each_language(partial(told_law, row.source)),
        url="",
        quote={},
        since="" if row.first == row.first.min else row.first.isoformat(),
        until="" if row.last == row.last.max else row.last.isoformat(),
        verified=row.verified,
    )


def without_twins(rows: Iterable[LawDocument]) -> list[LawDocument]:
    """Return each rule once, in the order in which it was first applied."""
    return list({canonical(row): row for row in rows}.values())


def used_facts(refs: Iterable[str], told: dict[str, Tell]) -> tuple[Used, ...]:
    """Return the facts behind the keys, each once; keys of rows that say nothing by themselves are left out."""
    return tuple(Used(ref, in_each_language(told[ref])) for ref in dict.fromkeys(refs) if ref in told)


def in_active_language(words: Words) -> str:
    """Return a text in the language of the reader, else the first that it has."""
    return words.get(get_language() or "en") or next(iter(words.values()), "")
