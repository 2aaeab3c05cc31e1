"""Answers of the law that come in words of their own, as findings: how another computation becomes one more provider."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Protocol

from cases.enums import FindingAnswer, LegalFindingKind
from cases.publication.legal_facts import in_each_language
from cases.publication.legal_shapes import LegalFinding, Used, finding_document
from cases.published.documents import LawDocument


class LawLine(Protocol):
    """A row of the law in the active language, where it is written, and whether it was checked."""

    @property
    def label(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def verified(self) -> bool: ...


class Answer(Protocol):
    """One answer: `key` stays the same while its rows do; facts and law come in the active language."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def answer(self) -> str: ...
    @property
    def law(self) -> Sequence[LawLine]: ...
    @property
    def from_facts(self) -> Sequence[str]: ...
    @property
    def text(self) -> str: ...


def findings_from(answers: Iterable[Answer], *, law_as_of: str) -> Iterator[LegalFinding]:
    """Yield a finding for each answer; one that nobody can give ("unknown") is none."""
    known = {word.value for word in FindingAnswer}
    for answer in answers:
        if answer.answer not in known:
            continue
        used = tuple(_used(answer, place) for place in range(len(answer.from_facts)))
        document = finding_document(
            LegalFindingKind(answer.kind),
            FindingAnswer(answer.answer),
            partial(_text, answer),
            used=used,
            law=[_law(answer, place) for place in range(len(answer.law))],
            law_as_of=law_as_of,
        )
        yield LegalFinding(answer.key, document, used)


def _text(answer: Answer) -> str:
    return answer.text


def _used(answer: Answer, place: int) -> Used:
    words = in_each_language(partial(_fact, answer, place))
    return Used(f"said:{words['en']}", words)


def _fact(answer: Answer, place: int) -> str:
    return answer.from_facts[place]


def _law(answer: Answer, place: int) -> LawDocument:
    return LawDocument(
        rule="",
        name=in_each_language(partial(_line, answer, place)),
        url="",
        quote={},
        since="",
        until="",
        verified=answer.law[place].verified,
    )


def _line(answer: Answer, place: int) -> str:
    row = answer.law[place]
    return ", ".join(part for part in (row.label, row.source) if part)
