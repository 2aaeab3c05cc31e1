"""Until when a person may be held by the captor's own law, counted from the records of their case."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from cases.domain.sentence_standing import Punishment
from cases.domain.term_counting import Counted, Threshold, Transfer
from cases.domain.term_law import Row
from cases.domain.term_reading import Result, TermReading, overlapping, read_term
from cases.domain.term_working import Days, StepKind
from cases.enums import CaseKind, FindingAnswer, LegalFindingKind
from cases.models import Proceeding
from cases.publication.casefile import CaseFile
from cases.publication.legal_facts import custody_of, ref_of, rows_by_ref, tried
from cases.publication.legal_shapes import LegalFinding, dated, finding_document, law_of_row, step, used_facts
from cases.publication.policy import shown
from cases.published.documents import StepDocument
from cases.published.reading_telling import told_note, told_punishment
from cases.published.term_telling import (
    PAROLE_LABEL,
    adding_up,
    law_as_of,
    term_law,
    told_days,
    told_parole,
    told_regime,
    told_rules,
    told_step,
)


@dataclass(frozen=True, slots=True)
class ProceedingTerm:
    """The term of one proceeding: how it was read, and whether another term runs at the same time."""

    proceeding: Proceeding
    place: int
    reading: TermReading
    overlaps: bool


def terms_of(case: CaseFile) -> list[ProceedingTerm]:
    """Return the term of each proceeding, in the order of the document; none of a historical case."""
    if shown(case.prisoner, "kind") == CaseKind.HISTORICAL:
        return []
    facts = custody_of(case)
    readings = [read_term(tried(trial), facts, term_law()) for trial in case.trials]
    together = overlapping(readings)
    return [
        ProceedingTerm(trial.proceeding, place, reading, place in together)
        for place, (trial, reading) in enumerate(zip(case.trials, readings, strict=True))
    ]


def last_day_of(case: CaseFile) -> Days | None:
    """Return the last day of imprisonment by the terms of a case; see `last_of`."""
    return last_of(terms_of(case))


def last_of(found: Iterable[ProceedingTerm]) -> Days | None:
    """Return the last day of several terms, first and last possible; None for none, for life, and where facts are missing.

    Of several terms that run at the same time no last day is computed: adding them up is for the court. Of terms that
    follow one another, the last to end.
    """
    terms = [term for term in found if term.reading.counted is not None]
    if any(term.overlaps or term.reading.counted.last_day is None for term in terms if term.reading.counted):
        return None
    days = [term.reading.counted.last_day for term in terms if term.reading.counted]
    return max((one for one in days if one is not None), key=lambda one: one.latest, default=None)


def term_findings(case: CaseFile) -> Iterator[LegalFinding]:
    """Yield a finding for each term that was counted, and for each sentence for life."""
    told = rows_by_ref(case)
    for term in terms_of(case):
        reading = term.reading
        counted, punishment = reading.counted, reading.standing.punishment
        if counted is None or punishment is None:
            continue
        used = used_facts(reading.refs, told)
        document = finding_document(
            LegalFindingKind.TERM,
            FindingAnswer.FIGURE,
            partial(_told, reading, punishment),
            proceeding=term.place,
            used=used,
            working=[*_working(counted, reading), *([_adding_up_step()] if term.overlaps else [])],
            law=[*map(law_of_row, _rows(counted)), *([law_of_row(adding_up())] if term.overlaps else [])],
            law_as_of=law_as_of(),
            last_day=counted.last_day.pair if counted.last_day is not None else [],
            transfers=[dated(partial(_told_transfer, one), one.days.pair) for one in counted.transfers],
            thresholds=[dated(partial(_told_threshold, one), one.days.pair) for one in counted.thresholds],
        )
        yield LegalFinding(f"term:{ref_of(term.proceeding)}", document, used)


def _told(reading: TermReading, punishment: Punishment) -> str:
    counted = reading.counted
    if reading.result is Result.LIFE or counted is None or counted.last_day is None:
        return _("The sentence is for life: it has no last day.")
    days = counted.last_day
    said = {"term": told_punishment(punishment), "days": told_days(days)}
    in_force = next((one.days for one in counted.steps if one.kind is StepKind.IN_FORCE and one.days), None)
    if in_force is not None and days.latest < in_force.earliest:
        return _(
            "By the captor’s own law, the term of %(term)s had been served in custody before the sentence entered force "
            "(%(in_force)s): counted back, its last day was %(days)s."
        ) % {**said, "in_force": told_days(in_force)}
    if days.earliest == days.latest:
        return _("By the captor’s own law, the last day of the term of %(term)s is %(days)s.") % said
    return _("By the captor’s own law, the last day of the term of %(term)s lies %(days)s.") % said


def _working(counted: Counted, reading: TermReading) -> list[StepDocument]:
    steps = [step(partial(told_note, note)) for note in reading.notes]
    return steps + [step(partial(told_step, one), told_rules(one.rows)) for one in counted.steps]


def _told_transfer(transfer: Transfer) -> str:
    return f"{told_regime(transfer.before)} → {told_regime(transfer.after)}"


def _told_threshold(threshold: Threshold) -> str:
    return f"{told_parole(threshold.parole)} ({PAROLE_LABEL})"


def _adding_up_step() -> StepDocument:
    return step(
        lambda: _(
            "Another term runs at the same time. Whether and how they are added up is for the court: it is not computed."
        ),
        adding_up().rule,
    )


def _rows(counted: Counted) -> list[Row]:
    return [row for one in counted.steps for row in one.rows] + [one.parole.row for one in counted.thresholds]
