"""Everything recorded of one case, fetched in a fixed number of queries, for the door to read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Prefetch, Q

from cases.models import (
    Affiliation,
    Assessment,
    Charge,
    Citation,
    Decision,
    Defendant,
    Event,
    Hearing,
    Prisoner,
    Proceeding,
    Rehabilitation,
    Sentence,
    Stay,
)

Key = tuple[int, int]

#: The rows that belong to the person, by their relation.
OF_THE_PERSON = (
    *("names", "roles", "affiliations", "citizenships", "languages"),
    *("stays", "events", "assessments", "rehabilitations"),
)


@dataclass(frozen=True)
class Trial:
    """One proceeding as it concerns one defendant."""

    defendant: Defendant
    proceeding: Proceeding
    charges: list[Charge]
    hearings: list[Hearing]
    decisions: list[Decision]
    sentences: dict[int, Sentence]  # by the primary key of the decision


@dataclass(frozen=True)
class CaseFile:
    """A prisoner with every row of the case, private ones included, and the citations of each row."""

    prisoner: Prisoner
    trials: list[Trial]
    citations: dict[Key, list[Citation]]

    def cited(self, record: models.Model) -> list[Citation]:
        """Return the citations of a record, in the order in which they were written down."""
        return self.citations.get(key_of(record), [])


def key_of(record: models.Model) -> Key:
    """Return the content type and primary key by which citations find a record."""
    return ContentType.objects.get_for_model(record).pk, record.pk


def read_case(prisoner: Prisoner) -> CaseFile:
    """Fetch the case of a prisoner as it is in the database now, whatever the instance at hand says."""
    fresh = (
        Prisoner.objects.select_related("birthplace", "home")
        .prefetch_related(
            "names",
            "roles",
            "citizenships",
            "languages",
            Prefetch("affiliations", Affiliation.objects.select_related("organisation")),
            Prefetch("stays", Stay.objects.select_related("site__place")),
            Prefetch("events", Event.objects.select_related("place", "organisation")),
            Prefetch("assessments", Assessment.objects.select_related("body", "source")),
            Prefetch("rehabilitations", Rehabilitation.objects.select_related("body")),
        )
        .get(pk=prisoner.pk)
    )
    trials = read_trials(fresh)
    return CaseFile(prisoner=fresh, trials=trials, citations=citations_of(case_rows(fresh, trials)))


def read_trials(prisoner: Prisoner) -> list[Trial]:
    """Fetch the proceedings of a prisoner, each with what concerns this defendant only."""
    return [_trial(defendant) for defendant in _defendants().filter(prisoner=prisoner)]


def _defendants() -> "models.QuerySet[Defendant]":
    return (
        Defendant.objects.select_related("proceeding")
        .prefetch_related(
            Prefetch("charges", Charge.objects.select_related("provision__code")),
            Prefetch("sentences", Sentence.objects.prefetch_related("segments")),
            Prefetch("proceeding__hearings", Hearing.objects.select_related("court__place")),
            Prefetch("proceeding__decisions", Decision.objects.select_related("court__place")),
        )
        .order_by("proceeding__opened_earliest", "proceeding_id")
    )


def read_cases(prisoners: "models.QuerySet[Prisoner]") -> list[CaseFile]:
    """Fetch many cases in a fixed number of queries, whatever their number."""
    found = list(
        prisoners.select_related("birthplace", "home").prefetch_related(
            "names",
            "roles",
            "citizenships",
            "languages",
            Prefetch("affiliations", Affiliation.objects.select_related("organisation")),
            Prefetch("stays", Stay.objects.select_related("site")),
            Prefetch("events", Event.objects.select_related("place", "organisation")),
            Prefetch("assessments", Assessment.objects.select_related("body", "source")),
            Prefetch("rehabilitations", Rehabilitation.objects.select_related("body")),
            Prefetch("defendants", _defendants()),
        )
    )
    trials = {prisoner.pk: [_trial(row) for row in prisoner.defendants.all()] for prisoner in found}
    citations = citations_of(row for prisoner in found for row in case_rows(prisoner, trials[prisoner.pk]))
    return [CaseFile(prisoner, trials[prisoner.pk], citations) for prisoner in found]


def _trial(defendant: Defendant) -> Trial:
    proceeding = defendant.proceeding
    return Trial(
        defendant=defendant,
        proceeding=proceeding,
        charges=list(defendant.charges.all()),
        hearings=list(proceeding.hearings.all()),
        decisions=[row for row in proceeding.decisions.all() if row.defendant_id in (None, defendant.pk)],
        sentences={sentence.decision_id: sentence for sentence in defendant.sentences.all()},
    )


def case_rows(prisoner: Prisoner, trials: Iterable[Trial]) -> list[models.Model]:
    """Return every row of a case: the prisoner, what belongs to the person, and the proceedings."""
    rows: list[models.Model] = [prisoner]
    for relation in OF_THE_PERSON:
        rows += getattr(prisoner, relation).all()
    for trial in trials:
        rows += [trial.defendant, trial.proceeding, *trial.charges, *trial.hearings, *trial.decisions]
        for sentence in trial.sentences.values():
            rows += [sentence, *sentence.segments.all()]
    return rows


def citations_of(rows: Iterable[models.Model]) -> dict[Key, list[Citation]]:
    """Fetch the citations of many rows in one query."""
    wanted: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        content_type, pk = key_of(row)
        wanted[content_type].append(pk)
    condition = Q()
    for content_type, pks in wanted.items():
        condition |= Q(content_type_id=content_type, object_id__in=pks)
    found: dict[Key, list[Citation]] = defaultdict(list)
    if wanted:
        for citation in Citation.objects.filter(condition).select_related("source").order_by("pk"):
            found[citation.content_type_id, citation.object_id].append(citation)
    return dict(found)
