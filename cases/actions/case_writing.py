"""Writing a whole case down from one plain document: the person, what belongs to the person, proceedings, citations.

The document has the names of the fields; what belongs to a record stands inside it as a list, and `citations` say where
its facts come from. A proceeding that several people share is written once under a `key`; the others `join` it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models

from cases.actions.fixture_accounts import sign
from cases.actions.fixture_rows import Finder, FixtureError, Row, check, make_row, values_for
from cases.actions.reference import citations_for
from cases.models import (
    Affiliation,
    Assessment,
    Charge,
    Citizenship,
    Decision,
    Defendant,
    Event,
    Hearing,
    PersonName,
    Prisoner,
    Proceeding,
    PublicRole,
    Rehabilitation,
    Sentence,
    SentenceSegment,
    SpokenLanguage,
    Stay,
)

#: What belongs to the person: the list in the document, and its table.
OF_THE_PERSON: dict[str, type[models.Model]] = {
    "names": PersonName,
    "roles": PublicRole,
    "affiliations": Affiliation,
    "citizenships": Citizenship,
    "languages": SpokenLanguage,
    "stays": Stay,
    "events": Event,
    "assessments": Assessment,
    "rehabilitations": Rehabilitation,
}
OF_THE_CASE = ("notes", "prisoner", *OF_THE_PERSON, "proceedings")


@dataclass(slots=True)
class CaseWriter:
    """Writes cases under one account, with one reason in the history; keeps the proceedings that others may join."""

    author: User
    reason: str
    find: Finder
    #: Whether each row is checked before it is written, so that an error names it; the database checks all the same.
    checks: bool = True
    shared: dict[str, tuple[Proceeding, list[Decision]]] = field(default_factory=dict)

    def write(self, where: str, document: Any) -> Prisoner:
        """Write one case. Raises FixtureError; the caller's transaction then takes everything back."""
        unknown = [name for name in document if name not in OF_THE_CASE]
        if unknown:
            raise FixtureError(f"{where}, {unknown[0]}: a case has no such part; correct the name.")
        if "prisoner" not in document:
            raise FixtureError(f"{where}, prisoner: is missing; say whose case this is.")
        prisoner = Prisoner()
        self._save(prisoner, make_row(f"{where}, prisoner", document["prisoner"]), prisoner)
        for part, model in OF_THE_PERSON.items():
            for row in _rows(where, document, part):
                self._save(model(prisoner=prisoner), row, prisoner)
        for row in _rows(where, document, "proceedings"):
            self._proceeding(row, prisoner)
        return prisoner

    def _save(self, record: Any, row: Row, prisoner: Prisoner) -> Any:
        for name, value in values_for(type(record), row, self.find).items():
            setattr(record, name, value)
        sign(record, self.author, self.reason)
        if self.checks:
            check(record, row)
        record.save()
        for citation in citations_for(row, record, ContentType.objects.get_for_model(record), self.find):
            citation.prisoner = prisoner
            sign(citation, self.author, self.reason)
            citation.save()
        return record

    def _proceeding(self, row: Row, prisoner: Prisoner) -> None:
        values = row.values
        joined, key = values.pop("join", ""), values.pop("key", "")
        charges, hearings, decisions = _taken(row, "charges"), _taken(row, "hearings"), _taken(row, "decisions")
        sentences = values.pop("sentences", [])
        counsel = values.pop("counsel", "")
        if joined and joined not in self.shared:
            raise row.error("join", f"no proceeding {joined!r} was written before; correct the key.")
        if joined:
            proceeding, taken = self.shared[joined]
        else:
            proceeding, taken = self._save(Proceeding(), row, prisoner), []
        about = Row(where=f"{row.where}, defendant", values={"counsel": counsel}, citations=row.citations)
        defendant = self._save(Defendant(prisoner=prisoner, proceeding=proceeding), about, prisoner)
        for charge in charges:
            self._save(Charge(defendant=defendant), charge, prisoner)
        for hearing in hearings:
            self._save(Hearing(proceeding=proceeding), hearing, prisoner)
        for decision in decisions:
            sentence = decision.values.pop("sentence", None)
            taken.append(self._save(Decision(proceeding=proceeding), decision, prisoner))
            sentences = [*sentences, sentence]
        for decision_record, sentence in zip(taken, sentences, strict=False):
            if sentence is not None:
                self._sentence(make_row(f"{row.where}, sentence", sentence), decision_record, defendant)
        if key:
            self.shared[key] = proceeding, taken

    def _sentence(self, row: Row, decision: Decision, defendant: Defendant) -> None:
        segments = _taken(row, "segments")
        sentence = self._save(Sentence(decision=decision, defendant=defendant), row, defendant.prisoner)
        for position, segment in enumerate(segments, start=1):
            self._save(SentenceSegment(sentence=sentence, position=position), segment, defendant.prisoner)


def _rows(where: str, document: Any, part: str) -> Iterator[Row]:
    for number, values in enumerate(document.get(part, []), start=1):
        yield make_row(f"{where}, {part} {number}", values)


def _taken(row: Row, part: str) -> list[Row]:
    """Take the rows inside a row out of it."""
    return list(_rows(row.where, {part: row.values.pop(part, [])}, part))
