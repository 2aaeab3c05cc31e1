"""Rehabilitation as a sequence of decisions: what stands at present is the last of them, as far as their dates tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.domain.partial_dates import PartialDate
from cases.enums import RehabilitationOutcome


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision of the sequence; `on` is None where the date is not known."""

    outcome: RehabilitationOutcome
    on: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """The status that stands, and its place in the sequence; not `certain` where another decision may be the last."""

    outcome: RehabilitationOutcome
    place: int
    certain: bool


def present(sequence: Sequence[Decided]) -> Present | None:
    """Return what stands after a sequence in the order in which it is shown; None for an empty one.

    A rescission takes back a grant, so a grant is not the last where every grant is needed for a rescission.
    """
    if not sequence:
        return None
    begun = max(_first(one) for one in sequence)
    possible = [place for place, one in enumerate(sequence) if _last(one) >= begun and _may_be_last(one, sequence)] or [
        len(sequence) - 1
    ]
    outcomes = {sequence[place].outcome for place in possible}
    return Present(sequence[possible[-1]].outcome, possible[-1], certain=len(outcomes) == 1)


def _may_be_last(one: Decided, sequence: Sequence[Decided]) -> bool:
    if one.outcome is not RehabilitationOutcome.GRANTED:
        return True
    outcomes = [other.outcome for other in sequence]
    return outcomes.count(RehabilitationOutcome.RESCINDED) < outcomes.count(RehabilitationOutcome.GRANTED)


def _first(one: Decided) -> date:
    return (one.on and one.on.earliest) or date.min


def _last(one: Decided) -> date:
    return (one.on and one.on.latest) or date.max
