"""Everything recorded of one case, fetched in a fixed number of queries, for the door to read."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
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
    PersonName,
    Prisoner,
    Proceeding,
    PublicRole,
    Rehabilitation,
    Sentence,
    Stay,
)
from cases.publication.policy import NEVER_SHOWN

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
    return _read(prisoner, shown_only=False)


def read_public_case(prisoner: Prisoner) -> CaseFile:
    """Fetch of a case what its document may show: no row that is marked not to be shown, nor what belongs to one.

    What the consent withholds of the person (birth date, home) is still there: whoever reads it has to ask.
    """
    return _read(prisoner, shown_only=True)


def _read(prisoner: Prisoner, *, shown_only: bool) -> CaseFile:
    fresh = (
        Prisoner.objects.select_related("birthplace", "home")
        .prefetch_related(*_rows(shown_only=shown_only))
        .get(pk=prisoner.pk)
    )
    trials = [_trial(row) for row in _defendants(shown_only=shown_only).filter(prisoner=fresh)]
    return CaseFile(prisoner=fresh, trials=trials, citations=citations_of(case_rows(fresh, trials)))


def _rows(*, shown_only: bool) -> "Iterator[str | Prefetch[Any, Any, Any]]":
    shown = {"is_public": True} if shown_only else {}
    yield from ("citizenships", "languages", "finding_ticks")
    yield Prefetch("names", PersonName.objects.filter(**shown))
    yield Prefetch("roles", PublicRole.objects.filter(**shown))
    yield Prefetch("affiliations", Affiliation.objects.filter(**shown).select_related("organisation"))
    yield Prefetch("stays", Stay.objects.filter(**shown).select_related("site__place"))
    events = Event.objects.exclude(kind__in=NEVER_SHOWN) if shown_only else Event.objects.all()
    yield Prefetch("events", events.filter(**shown).select_related("place", "organisation"))
    yield Prefetch("assessments", Assessment.objects.filter(**shown).select_related("body", "source"))
    yield Prefetch("rehabilitations", Rehabilitation.objects.filter(**shown).select_related("body"))


def hides_rows(case: CaseFile) -> bool:
    """Tell whether a row of a case that was read whole is not shown: where none is, `read_public_case` gives the same."""
    return any(
        not getattr(row, "is_public", True) or getattr(row, "kind", "") in NEVER_SHOWN
        for row in case_rows(case.prisoner, case.trials)
    )


def read_trials(prisoner: Prisoner) -> list[Trial]:
    """Fetch the proceedings of a prisoner, each with what concerns this defendant only."""
    return [_trial(defendant) for defendant in _defendants().filter(prisoner=prisoner)]


def _defendants(*, shown_only: bool = False) -> "models.QuerySet[Defendant]":
    shown = {"is_public": True} if shown_only else {}
    sentences = Sentence.objects.filter(**{f"decision__{name}": value for name, value in shown.items()})
    hearings, decisions = Hearing.objects.filter(**shown), Decision.objects.filter(**shown)
    return (
        Defendant.objects.select_related("proceeding")
        .prefetch_related(
            Prefetch("charges", Charge.objects.select_related("provision__code", "act_place", "organisation")),
            Prefetch("sentences", sentences.prefetch_related("segments")),
            Prefetch("proceeding__hearings", hearings.select_related("court__place")),
            Prefetch("proceeding__decisions", decisions.select_related("court__place")),
        )
        .order_by("proceeding__opened_earliest", "proceeding_id")
    )


def read_cases(prisoners: "models.QuerySet[Prisoner]", *, shown_only: bool = False) -> list[CaseFile]:
    """Fetch many cases in a fixed number of queries, whatever their number; `shown_only` as `read_public_case` does."""
    found = list(
        prisoners.select_related("birthplace", "home").prefetch_related(
            *_rows(shown_only=shown_only), Prefetch("defendants", _defendants(shown_only=shown_only))
        )
    )
    trials = {prisoner.pk: [_trial(row) for row in prisoner.defendants.all()] for prisoner in found}
    citations = citations_of(row for prisoner in found for row in case_rows(prisoner, trials[prisoner.pk]))
    return [CaseFile(prisoner, trials[prisoner.pk], citations) for prisoner in found]


def read_for_terms(prisoners: "models.QuerySet[Prisoner]") -> list[CaseFile]:
    """Fetch of many cases what their terms are counted from, and their names; nothing else, and no citations."""
    proceedings = Proceeding.objects.prefetch_related("hearings", "decisions")
    defendants = Defendant.objects.prefetch_related(
        Prefetch("proceeding", proceedings),
        Prefetch("charges", Charge.objects.select_related("provision__code")),
        Prefetch("sentences", Sentence.objects.prefetch_related("segments")),
    ).order_by("proceeding__opened_earliest", "proceeding_id")
    found = prisoners.prefetch_related(
        "names", "events", Prefetch("stays", Stay.objects.select_related("site")), Prefetch("defendants", defendants)
    )
    return [CaseFile(one, [_trial(row) for row in one.defendants.all()], {}) for one in found]


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


def by_date(rows: Iterable[Any], field: str) -> list[Any]:
    """Return rows in order of their first possible day.

    One without any date stands before the dated one that was written down after it, for facts are written down in their
    order; where none follows, it comes last.
    """
    places: list[tuple[date, int, Any]] = []
    following = date.max
    for row in sorted(rows, key=lambda row: row.pk, reverse=True):
        following = getattr(row, f"{field}_earliest") or following
        places.append((following, row.pk, row))
    return [row for _day, _pk, row in sorted(places, key=lambda place: place[:2])]


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
