"""The term of one proceeding, read from a case's dated facts: what to count, or exactly which fact is missing for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cases.domain.case_facts import CaseFacts
from cases.domain.custody_before import CustodyBefore, Note, custody_before
from cases.domain.partial_dates import Certainty, PartialDate
from cases.domain.sentence_standing import Punishment, Ruling, StandingSentence, Stands, standing_sentence
from cases.domain.term_case import TermCase, TermInputError, read_case
from cases.domain.term_counting import Counted, count
from cases.domain.term_law import REGIMES, TermLaw
from cases.domain.term_working import Days
from cases.domain.terms import Term
from cases.enums import ChargeOutcome, ProceedingKind

#: Charges that are no longer in the sentence.
GONE = frozenset({ChargeOutcome.ACQUITTED, ChargeOutcome.DROPPED, ChargeOutcome.REQUALIFIED})
#: Proceedings whose sentences article 72 counts.
COUNTED_KINDS = frozenset({ProceedingKind.CRIMINAL, ProceedingKind.MILITARY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """One charge: the provision's number ("205.5(2)"), whether the captor's code has it, and what became of it."""

    number: str
    is_captors: bool
    outcome: ChargeOutcome
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One proceeding as it concerns one person; rulings stand in the order in which they were taken."""

    kind: ProceedingKind
    began: PartialDate | None = None
    charges: tuple[Charged, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    ref: str = ""


class Result(StrEnum):
    """What can be said of the term of a proceeding."""

    COUNTED = "counted"
    LIFE = "life"
    DEATH = "death"
    SUSPENDED = "suspended"
    NO_TERM = "no_term"
    UNDONE = "undone"
    NO_SENTENCE = "no_sentence"
    OTHER_LAW = "other_law"
    LACKING = "lacking"


class Lack(StrEnum):
    """A fact without which nothing can be counted."""

    SENTENCE = "sentence"
    IN_FORCE = "in_force"
    IN_FORCE_OPEN = "in_force_open"
    CUSTODY = "custody"
    CUSTODY_START = "custody_start"
    INPUT = "input"


class Taken(StrEnum):
    """What was taken for granted of the sentence."""

    CHARGES = "charges"
    DAYS_OF_PARTS = "days_of_parts"
    REGIME = "regime"


@dataclass(frozen=True, slots=True)
class TermReading:
    """The answer for one proceeding. `mistake` says what of the input cannot be counted with; `refs` what was read."""

    result: Result
    standing: StandingSentence
    lacks: tuple[Lack, ...] = ()
    mistake: TermInputError | None = None
    case: TermCase | None = None
    counted: Counted | None = None
    notes: tuple[Note | Taken, ...] = ()
    refs: tuple[str, ...] = ()


def read_term(tried: Tried, facts: CaseFacts, law: TermLaw) -> TermReading:
    """Return the term of a proceeding, counted by `law`, or what it lacks."""
    standing = standing_sentence(tried.rulings)
    result = _without_counting(tried, standing)
    if result is not None:
        return TermReading(result, standing, refs=standing.refs)
    punishment, in_force = standing.punishment, standing.in_force
    if punishment is None:
        return TermReading(Result.LACKING, standing, (Lack.SENTENCE,), refs=standing.refs)
    if in_force is None:
        return TermReading(Result.LACKING, standing, (Lack.IN_FORCE,), refs=standing.refs)
    if in_force.earliest is None or in_force.latest is None:
        return TermReading(Result.LACKING, standing, (Lack.IN_FORCE_OPEN,), refs=standing.refs)
    custody = custody_before(facts, in_force, began=tried.began)
    refs = (*standing.refs, *custody.refs)
    if not custody.is_known:
        lack = Lack.CUSTODY_START if custody.refs else Lack.CUSTODY
        return TermReading(Result.LACKING, standing, (lack,), refs=refs)
    return _counted(tried, standing, custody, law, refs)


def _without_counting(tried: Tried, standing: StandingSentence) -> Result | None:
    """Return what is said where there is nothing to count."""
    punishment = standing.punishment
    foreign = tried.charges and not any(one.is_captors for one in tried.charges)
    reasons = (
        (Result.NO_SENTENCE, standing.state is Stands.NOTHING_PASSED),
        (Result.UNDONE, standing.state is Stands.UNDONE),
        (Result.OTHER_LAW, tried.kind not in COUNTED_KINDS or bool(foreign)),
        (Result.DEATH, punishment is not None and punishment.death),
        (Result.SUSPENDED, punishment is not None and punishment.suspended),
        (Result.NO_TERM, punishment is not None and not (punishment.life or punishment.term)),
    )
    return next((result for result, holds in reasons if holds), None)


def _counted(
    tried: Tried, standing: StandingSentence, custody: CustodyBefore, law: TermLaw, refs: tuple[str, ...]
) -> TermReading:
    punishment = standing.punishment
    assert punishment is not None  # noqa: S101 - read_term has looked
    charges = [one for one in tried.charges if one.is_captors and one.outcome not in GONE]
    convicted = [one for one in charges if one.outcome == ChargeOutcome.CONVICTED]
    parts, taken = _parts(punishment)
    notes: list[Note | Taken] = [*custody.notes, *taken]
    if charges and not convicted:
        notes.append(Taken.CHARGES)
    used = convicted or charges
    data = {
        "custody": [
            {"kind": piece.kind.value, "from": str(piece.start), "to": str(piece.end) if piece.end else None}
            for piece in custody.pieces
            if not _is_after(piece.start, standing.in_force)
        ],
        "offences": list(dict.fromkeys(one.number for one in used)),
        "sentence": _lengths(punishment.term) | {"life": punishment.life, "segments": parts},
        "in_force": str(standing.in_force),
    }
    refs = (*refs, *(one.ref for one in used))
    try:
        case = read_case(data)
        counted = count(case, law)
    except TermInputError as mistake:
        return TermReading(Result.LACKING, standing, (Lack.INPUT,), mistake, notes=tuple(notes), refs=refs)
    result = Result.LIFE if case.life else Result.COUNTED
    return TermReading(result, standing, case=case, counted=counted, notes=tuple(notes), refs=refs)


def _is_after(start: PartialDate, in_force: PartialDate | None) -> bool:
    """Tell whether a piece that was cut off by another one begins after the days that are credited."""
    return in_force is not None and start.after(in_force) is Certainty.YES


def _lengths(term: Term) -> dict[str, Any]:
    return {"years": term.years, "months": term.months, "days": term.days}


def _parts(punishment: Punishment) -> tuple[list[Mapping[str, Any]], list[Taken]]:
    """Return the parts of a sentence as they are counted, and what had to be taken for granted.

    A part of a regime that article 72 does not name leaves the regime open; parts that are told in days leave open when
    the next one begins, so that the regimes alone are kept where there is but one.
    """
    parts = punishment.parts
    if any(part.regime not in REGIMES for part in parts):
        return [], [Taken.REGIME]
    if len(parts) == 1:
        return [{"regime": parts[0].regime}], []
    if any(part.length is not None and part.length.days for part in parts):
        return [], [Taken.DAYS_OF_PARTS]
    return [
        {"regime": part.regime}
        | ({"years": part.length.years or 0, "months": part.length.months or 0} if part.length else {})
        for part in parts
    ], []


def overlapping(readings: Sequence[TermReading]) -> frozenset[int]:
    """Return the places of the terms that run, perhaps, at the same time as another: adding them up is for the court."""
    spans = {place: span for place, one in enumerate(readings) if (span := _span(one)) is not None}
    return frozenset(
        place
        for place, span in spans.items()
        if any(
            other != place and span.earliest <= that.latest and that.earliest <= span.latest
            for other, that in spans.items()
        )
    )


def _span(reading: TermReading) -> Days | None:
    """Return the days on which a term can run, from its custody or its entry into force on; a life has no end."""
    case, counted = reading.case, reading.counted
    if case is None or counted is None or case.in_force.earliest is None:
        return None
    starts = [one.start.earliest for one in case.custody if one.start.earliest is not None]
    last = counted.last_day.latest if counted.last_day is not None else case.in_force.earliest.max
    return Days(min([*starts, case.in_force.earliest]), last)
