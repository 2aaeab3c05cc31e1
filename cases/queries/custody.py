"""The dated facts of one case, read from the records, for the desk's status and warnings."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language, gettext

from cases.domain.custody import CaseFacts, Decision, Event, Hearing, Stay, contradictions
from cases.domain.partial_dates import PartialDate, describe
from cases.domain.term_ends import latest_end
from cases.domain.terms import Term
from cases.enums import DecisionOutcome, EventKind, Instance, ProceedingKind, ReleaseKind, StayKind, Whereabouts
from cases.models import Decision as DecisionRecord, Defendant, Event as EventRecord, Prisoner, Stay as StayRecord
from cases.models.decisions import Sentence
from cases.published.custody import IN_FORCE_WHEN_DECIDED


def with_facts(prisoners: QuerySet[Prisoner]) -> QuerySet[Prisoner]:
    """Bring along what `custody_facts` reads: a fixed number of queries, however many prisoners."""
    defendants = Defendant.objects.prefetch_related(
        "proceeding__hearings",
        Prefetch("proceeding__decisions", DecisionRecord.objects.prefetch_related("sentences__segments")),
    )
    return prisoners.prefetch_related(
        "names",
        Prefetch("stays", StayRecord.objects.select_related("site")),
        "events",
        Prefetch("defendants", defendants.select_related("proceeding")),
    )


def custody_facts(prisoner: Prisoner) -> CaseFacts:
    """Return what is recorded of the person's custody; decisions for another defendant are left out."""
    defendants = list(prisoner.defendants.all())
    return CaseFacts(
        born=prisoner.born,
        died=prisoner.died,
        whereabouts=Whereabouts(prisoner.whereabouts) if prisoner.whereabouts else None,
        stays=tuple(_stay(row) for row in prisoner.stays.all()),
        events=tuple(_event(row) for row in prisoner.events.all()),
        hearings=tuple(
            Hearing(on=row.held_on, instance=Instance(row.instance), ref=f"hearing-{row.pk}")
            for defendant in defendants
            for row in defendant.proceeding.hearings.all()
        ),
        decisions=tuple(
            _decision(row, defendant)
            for defendant in defendants
            for row in defendant.proceeding.decisions.all()
            if row.defendant_id in (None, defendant.pk)
        ),
    )


def _stay(row: StayRecord) -> Stay:
    return Stay(
        kind=StayKind(row.kind),
        started=row.started,
        ended=row.ended,
        site=str(row.site or ""),
        ref=f"stay-{row.pk}",
    )


def _event(row: EventRecord) -> Event:
    return Event(
        kind=EventKind(row.kind),
        on=row.happened,
        ended=row.ended,
        release=ReleaseKind(row.release_kind) if row.release_kind else None,
        ref=f"event-{row.pk}",
    )


def _decision(row: DecisionRecord, defendant: Defendant) -> Decision:
    sentence = next((one for one in row.sentences.all() if one.defendant_id == defendant.pk), None)
    return Decision(
        instance=Instance(row.instance),
        outcome=DecisionOutcome(row.outcome),
        on=row.decided_on,
        in_force=row.in_force_from,
        term_ends=_term_ends(row, sentence, defendant.proceeding.kind),
        custodial=sentence is None or is_custodial(sentence),
        ref=f"decision-{row.pk}",
    )


def is_custodial(sentence: Sentence) -> bool:
    """Tell whether the sentence deprives of liberty: a fine or a suspended term does not."""
    if sentence.suspended:
        return False
    return bool(term_of(sentence)) or sentence.life or sentence.death or bool(sentence.segments.all())


def term_of(sentence: Sentence) -> Term:
    return Term(years=sentence.years, months=sentence.months, days=sentence.days)


def _term_ends(decision: DecisionRecord, sentence: Sentence | None, kind: str) -> PartialDate | None:
    """Return the last day of the term, by the same rule as `cases.published.custody`."""
    if sentence is None or sentence.life or sentence.death or not is_custodial(sentence):
        return None
    start = decision.in_force_from
    if start is None and (decision.instance in IN_FORCE_WHEN_DECIDED or kind == ProceedingKind.ADMINISTRATIVE):
        start = decision.decided_on
    return latest_end(term_of(sentence), start)


@dataclass(frozen=True, slots=True)
class Warned:
    """One contradiction in words, and the rows that it is about ("stay-12", "decision-7")."""

    message: str
    refs: tuple[str, ...] = ()


def contradictions_told(facts: CaseFacts, on: date) -> list[Warned]:
    """Return what cannot be in the facts, each as a sentence in the active language with its rows."""
    return [Warned(gettext(found.message) % _words(found.params), found.refs) for found in contradictions(facts, on)]


def contradictions_in_words(facts: CaseFacts, on: date) -> list[str]:
    """Return what cannot be in the facts, each as a sentence in the active language."""
    return [warned.message for warned in contradictions_told(facts, on)]


def _words(params: dict[str, object]) -> dict[str, str]:
    language = get_language() or "en"
    return {
        name: describe(value, language) if isinstance(value, PartialDate) else gettext(str(value))
        for name, value in params.items()
        if str(value)
    } | {name: "?" for name, value in params.items() if not str(value)}
