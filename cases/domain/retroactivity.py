"""May the law of a charge be applied to the alleged act? Four days are held against the act.

1. The provision came into force. 2. A harsher penalty came into force later (article 10 of the code, article 54 of the
constitution, article 7 ECHR). 3. The organisation was designated, where the charge rests on that. 4. The occupying power
began to apply its law at that place. An act that was over before the day makes the charge retroactive; one that straddles
it, possibly; what is not recorded is said to be missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from cases.domain.alleged_acts import Answer, Why, before
from cases.domain.maximum import Above, Accusation, Compared, at_the_act, share_of
from cases.domain.partial_dates import Certainty, PartialDate
from cases.domain.statutes import FormLaw, LawRow, Range, reduced


class Clock(StrEnum):
    """Which of the four days a reason is about."""

    PROVISION = "provision"
    PENALTY = "penalty"
    DESIGNATION = "designation"
    APPLICATION = "application"


class Told(StrEnum):
    """What a reason says beyond where the act lies."""

    HARSHER_LATER = "harsher_later"  # a harsher penalty came after the act; which one was applied is not recorded
    HARSHER_APPLIED = "harsher_applied"  # and the sentence is above what the penalty of then allowed
    PENALTY_MISSING = "penalty_missing"  # what the penalty was is not recorded for all of that time
    IN_FORCE_THEN = "in_force_then"  # since when the provision is in force is not recorded, but a penalty of then is
    NEVER_HARSHER = "never_harsher"
    ORGANISATION_MISSING = "organisation_missing"
    PLACE_MISSING = "place_missing"
    NOT_OCCUPIED = "not_occupied"  # the law is not of the place of the act, and no occupation brought it there
    ARRESTED_ELSEWHERE = "arrested_elsewhere"  # nor is that of the act recorded, and the place of arrest tells nothing
    PLACE_OF_ARREST = "place_of_arrest"  # the place of the act is not recorded, the place of arrest is


@dataclass(frozen=True, slots=True)
class Reason:
    """One of the four days held against the act; not `is_of_act` where the place is that of the arrest."""

    clock: Clock
    answer: Answer
    why: Why | Told
    day: PartialDate | None = None
    was: Range | None = None
    became: Range | None = None
    rows: tuple[LawRow, ...] = ()
    is_of_act: bool = True


@dataclass(frozen=True, slots=True)
class Dated:
    """A day on which something of the law began, with its row; `day` None where the row does not say."""

    day: PartialDate | None
    row: LawRow


@dataclass(frozen=True, slots=True)
class Applied:
    """From which day the occupying power applied its law at the place of the act.

    `is_abroad`: the law of another state is that of the place. `is_place_of_act`: not only the place of arrest.
    `is_controlled`: the power whose law it is occupies the place.
    """

    is_abroad: bool
    is_place_of_act: bool
    since: Dated | None
    is_controlled: bool = True


@dataclass(frozen=True, slots=True)
class ChargeFacts:
    """What the four days are held against. `decided`: the last decision; None while there is none.

    `designated` is None where the organisation, or its designation, is not recorded; `applied` where no place is.
    """

    accusation: Accusation
    decided: PartialDate | None = None
    designated: Dated | None = None
    has_organisation: bool = False
    applied: Applied | None = None
    is_of_occupier: bool = False
    sentence: Compared | None = None  # of a sentence for this charge alone


ORDER = (Answer.YES, Answer.POSSIBLY, Answer.UNKNOWN, Answer.NO)
"""The first of them that any of the four days gives is the answer for the charge."""


@dataclass(frozen=True, slots=True)
class Retroactivity:
    """The answer for a charge with every reason that was looked at."""

    answer: Answer
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons that give the answer."""
        return tuple(one for one in self.reasons if one.answer is self.answer)

    @property
    def missing(self) -> tuple[Reason, ...]:
        """The reasons that could not be looked at."""
        return tuple(one for one in self.reasons if one.answer is Answer.UNKNOWN)

    @property
    def rows(self) -> tuple[LawRow, ...]:
        """The rows of the law that the answer rests on."""
        return tuple(dict.fromkeys(row for reason in self.deciding for row in reason.rows))

    @property
    def is_verified(self) -> bool:
        return all(row.verified for row in self.rows)


def retroactivity(charge: ChargeFacts, forms: FormLaw) -> Retroactivity:
    """Hold the four days against the alleged act."""
    reasons = tuple(_reasons(charge, forms))
    answer = next(one for one in ORDER if any(reason.answer is one for reason in reasons))
    return Retroactivity(answer, reasons)


def _reasons(charge: ChargeFacts, forms: FormLaw) -> Iterator[Reason]:
    statute = charge.accusation.statute
    provision = _provision(charge)
    yield provision
    if provision.answer is not Answer.YES:
        yield _penalty(charge, forms)
    if statute.rests_on:
        yield _designation(charge)
    if charge.is_of_occupier and not _is_at_home(charge.applied):
        yield _application(charge)


def _provision(charge: ChargeFacts) -> Reason:
    """Where the day of the provision is not recorded, a penalty in force when the act began shows that it was there."""
    statute, act = charge.accusation.statute, charge.accusation.act
    if statute.first is None:
        for version in statute.versions:
            if version.window.begun <= act.begins:
                return Reason(Clock.PROVISION, Answer.NO, Told.IN_FORCE_THEN, version.first, rows=(version.row,))
    answer, why = before(act, statute.first)
    return Reason(Clock.PROVISION, answer, why, statute.first, rows=(statute.row,))


def _designation(charge: ChargeFacts) -> Reason:
    if not charge.has_organisation:
        return Reason(Clock.DESIGNATION, Answer.UNKNOWN, Told.ORGANISATION_MISSING)
    if charge.designated is None:
        return Reason(Clock.DESIGNATION, Answer.UNKNOWN, Why.DAY_MISSING)
    found = charge.designated
    answer, why = before(charge.accusation.act, found.day)
    return Reason(Clock.DESIGNATION, answer, why, found.day, rows=(found.row,))


def _is_at_home(applied: Applied | None) -> bool:
    """Tell whether the act was done where the power's law was always in force."""
    return applied is not None and applied.is_place_of_act and not applied.is_abroad


def _application(charge: ChargeFacts) -> Reason:
    applied = charge.applied
    if applied is None:
        return Reason(Clock.APPLICATION, Answer.UNKNOWN, Told.PLACE_MISSING)
    if applied.since is None:
        return Reason(Clock.APPLICATION, Answer.UNKNOWN, _why_undated(applied), is_of_act=applied.is_place_of_act)
    day, rows = applied.since.day, (applied.since.row,)
    answer, why = before(charge.accusation.act, day)
    if answer is Answer.YES and not applied.is_place_of_act:
        return Reason(Clock.APPLICATION, Answer.POSSIBLY, Told.PLACE_OF_ARREST, day, rows=rows)
    return Reason(Clock.APPLICATION, answer, why, day, rows=rows, is_of_act=applied.is_place_of_act)


def _why_undated(applied: Applied) -> Why | Told:
    if applied.is_abroad and applied.is_controlled:
        return Why.DAY_MISSING
    return Told.NOT_OCCUPIED if applied.is_place_of_act else Told.ARRESTED_ELSEWHERE


# The penalty -------------------------------------------------------------------------------------------------------


def _penalty(charge: ChargeFacts, forms: FormLaw) -> Reason:
    """Look for a version, in force before the case was decided, that is harsher than one of the time of the act."""
    act, statute = charge.accusation.act, charge.accusation.statute
    until = _latest(charge.decided)
    if not act.is_dated:
        return Reason(Clock.PENALTY, Answer.UNKNOWN, Why.ACT_MISSING)
    changes = tuple(_changes(charge.accusation, forms, until))
    found = next((one for one in changes if one.answer is Answer.POSSIBLY), None)
    if found is not None:
        return _weighed(charge, found)
    then = at_the_act(charge.accusation, forms, until=until)
    rows = then.rows or (statute.row,)
    if changes or not then.is_complete:
        return Reason(Clock.PENALTY, Answer.UNKNOWN, Told.PENALTY_MISSING, rows=rows)
    return Reason(Clock.PENALTY, Answer.NO, Told.NEVER_HARSHER, rows=rows)


def _latest(day: PartialDate | None) -> date:
    return (day and day.latest) or date.max


def _changes(accusation: Accusation, forms: FormLaw, until: date) -> Iterator[Reason]:
    """Yield each later version that is harsher, or may be: POSSIBLY, or UNKNOWN where one of the two is not recorded."""
    act, statute = accusation.act, accusation.statute
    share = share_of(accusation, forms)
    last = min(act.ended, until)
    for place, later in enumerate(statute.versions):
        begins = later.window.begins
        if begins > until or later.window.begun <= act.begins:
            continue
        for earlier in statute.versions[:place]:
            if not earlier.window.may_cover(act.begins, last):
                continue
            rows = (earlier.row, later.row, *((share.row,) if share else ()))
            if earlier.penalty is None or later.penalty is None:
                yield Reason(Clock.PENALTY, Answer.UNKNOWN, Told.PENALTY_MISSING, later.first, rows=rows)
                continue
            was, became = reduced(earlier.penalty, share), reduced(later.penalty, share)
            if became.is_harsher_than(was) is Certainty.NO:
                continue
            answer, why = before(act, later.first)
            told: Why | Told = Told.HARSHER_LATER if answer is Answer.YES else why
            yield Reason(Clock.PENALTY, Answer.POSSIBLY, told, later.first, was, became, rows)


def _weighed(charge: ChargeFacts, found: Reason) -> Reason:
    """A harsher penalty came later. Where the sentence is above what the earlier allowed, it was the one applied."""
    sentence = charge.sentence
    if found.why is not Told.HARSHER_LATER or sentence is None or sentence.answer is not Answer.YES:
        return found
    if sentence.why is not Above.ALL:
        return found
    rows = tuple(dict.fromkeys((*found.rows, *sentence.rows)))
    return Reason(Clock.PENALTY, Answer.YES, Told.HARSHER_APPLIED, found.day, found.was, found.became, rows)
