"""The sentence of one proceeding as it stands after its last decision, and the day on which it entered force."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from cases.domain.partial_dates import Certainty, PartialDate, parse
from cases.domain.terms import Term
from cases.enums import DecisionOutcome, Instance

SENTENCING = frozenset(
    {
        DecisionOutcome.CONVICTED,
        DecisionOutcome.REDUCED,
        DecisionOutcome.INCREASED,
        DecisionOutcome.ADMINISTRATIVE_ARREST,
        DecisionOutcome.FINED,
    }
)
"""Outcomes that replace the sentence; one that states no sentence leaves it not known."""

UNDOING = frozenset(
    {DecisionOutcome.ACQUITTED, DecisionOutcome.QUASHED, DecisionOutcome.SENT_BACK, DecisionOutcome.CLOSED}
)
"""Outcomes after which no sentence stands. Rehabilitation does not remove it: it is what the person was given."""

TRYING = frozenset({Instance.FIRST, Instance.RETRIAL})
"""Instances whose sentence is a new one: it enters force by itself or with the appeal, not when it is passed."""


NO_TERM = Term()
#: Days that a date without a beginning or an end leaves open: more than any other.
OPEN = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a sentence under one regime, as it was pronounced; its length is None for the rest of the term."""

    regime: str
    length: Term | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Punishment:
    """What one decision gives the person."""

    term: Term = NO_TERM
    life: bool = False
    death: bool = False
    suspended: bool = False
    parts: tuple[Part, ...] = ()

    @property
    def deprives_of_liberty(self) -> bool:
        """Whether something is to be served behind bars: not a fine, nor a suspended term."""
        return not self.suspended and (bool(self.term) or self.life or self.death or bool(self.parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One decision of one instance, in the order in which they were taken; `ref` finds its row again."""

    instance: Instance
    outcome: DecisionOutcome
    on: PartialDate | None = None
    in_force: PartialDate | None = None
    punishment: Punishment | None = None
    ref: str = ""


class Stands(Enum):
    """What is left after the last decision. `UNTOLD`: there is a sentence, and it is not recorded which."""

    NOTHING_PASSED = "nothing_passed"
    UNDONE = "undone"
    UNTOLD = "untold"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class StandingSentence:
    """The sentence that stands, by which decision of which day, and since when it is in force (None: not recorded)."""

    state: Stands
    punishment: Punishment | None = None
    by: Ruling | None = None
    in_force: PartialDate | None = None
    refs: tuple[str, ...] = ()


def standing_sentence(rulings: Iterable[Ruling]) -> StandingSentence:
    """Return what stands after all rulings.

    An appeal brings the sentence into force on its own day. What cassation or supervision changes later changes the
    length alone: the term goes on being counted from the day on which the sentence first entered force.
    """
    now = StandingSentence(Stands.NOTHING_PASSED)
    for ruling in rulings:
        if ruling.outcome in UNDOING:
            if now.state is not Stands.NOTHING_PASSED:
                now = StandingSentence(Stands.UNDONE, by=ruling, refs=(*now.refs, ruling.ref))
        elif ruling.punishment is not None or ruling.outcome in SENTENCING:
            now = _sentenced(now, ruling)
        elif ruling.outcome == DecisionOutcome.UPHELD and now.by is not None and now.state is not Stands.UNDONE:
            now = replace(now, in_force=_in_force(now.in_force, ruling), refs=(*now.refs, ruling.ref))
    return now


def _sentenced(now: StandingSentence, ruling: Ruling) -> StandingSentence:
    state = Stands.SENTENCE if ruling.punishment is not None else Stands.UNTOLD
    is_new = ruling.instance in TRYING or now.state in (Stands.NOTHING_PASSED, Stands.UNDONE)
    before = None if is_new else now.in_force
    refs = (ruling.ref,) if is_new else (*now.refs, ruling.ref)
    return StandingSentence(state, ruling.punishment, ruling, _in_force(before, ruling), refs)


def _in_force(before: PartialDate | None, ruling: Ruling) -> PartialDate | None:
    """Return since when the sentence is in force, once `ruling` has come; `before`: as far as was known until then."""
    if ruling.instance in TRYING:
        return ruling.in_force
    if ruling.instance != Instance.APPEAL:
        return before
    told = ruling.in_force or ruling.on
    if told is None or before is None:
        return told or before
    if told.overlaps(before) is not Certainty.NO:
        return min(told, before, key=_width)
    return told if ruling.in_force is not None else _either(told, before)


def _width(date: PartialDate) -> int:
    """Return how many days a date leaves open; more than any where it has no beginning or no end."""
    if date.earliest is None or date.latest is None:
        return OPEN
    return (date.latest - date.earliest).days


def _either(one: PartialDate, other: PartialDate) -> PartialDate:
    """Return a date that covers both: the records disagree."""
    first = min((day for day in (one.earliest, other.earliest) if day), default=None)
    last = max((day for day in (one.latest, other.latest) if day), default=None)
    return parse(f"{first.isoformat() if first else '..'}/{last.isoformat() if last else '..'}")
