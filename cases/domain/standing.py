"""The status of a person on a day: an ordered table of named rules over the picture that the dated facts leave.

Conventions, beside the rules themselves: custody lasts until something recorded ends it; facts after the day are not
looked at; a fact with a partial date counts from the first day of that date on, and `certain` is False where another
reading of a date would give another status.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cases.domain.case_facts import CaseFacts, Event, Stay
from cases.domain.chronology import Moment
from cases.domain.course import last_sign, other_readings, replay
from cases.domain.partial_dates import PartialDate
from cases.domain.picture import COURT_FREES, Liberty, Picture, Procedure
from cases.domain.turns import administrative_end
from cases.enums import EventKind, ReleaseKind, Status, StayKind, Whereabouts

YEAR = timedelta(days=365.2425)
LONGEST_TERM = 35 * YEAR
"""The longest fixed term for cumulated sentences (Criminal Code of Russia, art. 56 and 70; not verified)."""
LONGEST_LIFE = 110 * YEAR
TERM_MARGIN = 1 * YEAR
"""How long after the last day of a term its end is not yet taken to have passed unrecorded."""
APPEAL_MARGIN = 2 * YEAR
"""Longer than the appeals of the seed cases took (eighteen months): after it a conviction is taken to be in force."""
SILENCE = 5 * YEAR
"""Without any news for so long, a status that rests on nothing having been recorded is not certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a person stands on a day: since when, how released, whether beyond doubt, and which facts say so."""

    status: Status
    since: PartialDate | None = None
    release: ReleaseKind | None = None
    certain: bool = True
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason for a status; the first rule that applies decides. `by` names the turn since which it holds."""

    name: str
    sentence: str
    status: Status
    applies: Callable[[Picture], bool]
    by: Callable[[Picture], Moment | None]
    certain: bool = True


# What the rules ask ------------------------------------------------------------------------------------------------


def _executed(now: Picture) -> bool:
    fact = now.died_by.fact if now.died_by is not None else None
    return isinstance(fact, Event) and fact.kind == EventKind.EXECUTION


def _died_held(now: Picture) -> bool:
    return now.died_by is not None and (_executed(now) or rule_of_the_living(now).status.in_custody)


def _died_abducted(now: Picture) -> bool:
    return now.died_by is not None and now.liberty is Liberty.MISSING and now.abducted_by is not None


def _day_of_death(now: Picture) -> date:
    latest = now.died_by.on.latest if now.died_by is not None and now.died_by.on is not None else None
    return min(latest or now.day, now.day)


def rule_of_the_living(now: Picture) -> Rule:
    """Return the rule that applies on the day of the picture or, to the dead, applied on the day they died."""
    before = _before_death(now)
    return next(rule for rule in RULES_OF_THE_LIVING if rule.applies(before))


def _before_death(now: Picture) -> Picture:
    return replace(now, day=_day_of_death(now), died_by=None)


def _too_old(now: Picture) -> bool:
    born = now.facts.born.latest if now.facts.born is not None else None
    waiting = now.held or now.liberty in (Liberty.UNTOLD, Liberty.MISSING, Liberty.FOUND)
    return waiting and born is not None and now.day - born > LONGEST_LIFE


def _silent_too_long(now: Picture) -> bool:
    sign = last_sign(now.facts, now.day)
    lasts = any(stay.ended is not None for stay in now.covering(now.day))
    return now.held and not lasts and sign is not None and now.day - sign > LONGEST_TERM


def _term_over(now: Picture) -> bool:
    ends = now.term_ends.latest if now.term_ends is not None else None
    sentenced = now.procedure in (Procedure.CONVICTED, Procedure.IN_FORCE)
    return now.held and sentenced and not now.covering(now.day) and ends is not None and now.day - ends > TERM_MARGIN


def _administrative_over(now: Picture) -> bool:
    if not now.held or now.procedure is not Procedure.ADMINISTRATIVE or now.covering(now.day):
        return False
    end = administrative_end(now)
    return bool(now.stays) or end is None or end < now.day


def _administrative(now: Picture) -> bool:
    if not now.held or now.procedure is not Procedure.ADMINISTRATIVE:
        return False
    end = administrative_end(now)
    return end is None or now.day <= end


def _freed_by_court(now: Picture) -> bool:
    return now.held and now.procedure in COURT_FREES and not now.covering(now.day)


def _acquitted(now: Picture) -> bool:
    free = now.liberty in (Liberty.FREE, Liberty.UNTOLD) or _freed_by_court(now)
    return now.procedure is Procedure.ACQUITTED and free


def _capture_denied(now: Picture) -> bool:
    if now.facts.whereabouts != Whereabouts.CAPTURE_DENIED:
        return False
    place_known = any(stay.kind != StayKind.UNKNOWN for stay in now.covering(now.day))
    return now.liberty in (Liberty.UNTOLD, Liberty.HELD, Liberty.FOUND) and not place_known


def place_now(now: Picture) -> Stay | None:
    """Return the stay that covers the day of the picture; of several, the last begun."""
    covering = now.covering(now.day)
    return covering[-1] if now.held and covering else None


def _in_transit(now: Picture) -> bool:
    stay = place_now(now)
    return stay is not None and stay.kind == StayKind.IN_TRANSIT


def _at_home(now: Picture) -> bool:
    stay = place_now(now)
    at_home = stay is not None and stay.kind == StayKind.HOUSE_ARREST and now.procedure is not Procedure.IN_FORCE
    undecided = now.procedure in (Procedure.NONE, Procedure.ON_TRIAL, Procedure.ADMINISTRATIVE)
    return now.held and (at_home or (now.confined_by is not None and undecided))


def _appeal_overdue(now: Picture) -> bool:
    decided = now.procedure_by.on.latest if now.procedure_by is not None and now.procedure_by.on is not None else None
    waiting = now.held and now.procedure is Procedure.CONVICTED
    return waiting and decided is not None and now.day - decided > APPEAL_MARGIN


def _by_liberty(now: Picture) -> Moment | None:
    return now.liberty_by


def _by_procedure(now: Picture) -> Moment | None:
    return now.procedure_by


def _by_death(now: Picture) -> Moment | None:
    return now.died_by


def _by_stay(now: Picture) -> Moment | None:
    stay = place_now(now)
    return Moment(now.liberty_by.turn, stay.started, stay) if stay is not None and now.liberty_by is not None else None


def _by_nothing(_: Picture) -> None:
    return None


def _is(liberty: Liberty) -> Callable[[Picture], bool]:
    return lambda now: now.liberty is liberty


def _held_and(procedure: Procedure) -> Callable[[Picture], bool]:
    return lambda now: now.held and now.procedure is procedure


# The rules ---------------------------------------------------------------------------------------------------------

RULES_OF_THE_DEAD = (
    Rule(
        "died_held",
        "Died while deprived of liberty, or was executed.",
        Status.DEAD_IN_CUSTODY,
        _died_held,
        _by_death,
    ),
    Rule(
        "died_abducted",
        "Was abducted and not seen free or held since: taken to have died in the captors' hands.",
        Status.DEAD_IN_CUSTODY,
        _died_abducted,
        _by_death,
        certain=False,
    ),
    Rule(
        "died",
        "Died at liberty, or after custody that had ended.",
        Status.DEAD,
        lambda n: n.died_by is not None,
        _by_death,
    ),
)

RULES_OF_THE_LIVING = (
    Rule("too_old", "Would be over 110 years old.", Status.UNKNOWN, _too_old, _by_nothing, certain=False),
    Rule("exchanged", "Was freed in an exchange.", Status.EXCHANGED, _is(Liberty.EXCHANGED), _by_liberty),
    Rule("exiled", "Was exiled or deported.", Status.EXILED, _is(Liberty.EXILED), _by_liberty),
    Rule("escaped", "Escaped; what became of them is not known.", Status.UNKNOWN, _is(Liberty.ESCAPED), _by_liberty),
    Rule("acquitted", "Was acquitted and no stay goes on.", Status.ACQUITTED, _acquitted, _by_procedure),
    Rule("released", "Was released and not taken again.", Status.RELEASED, _is(Liberty.FREE), _by_liberty),
    Rule(
        "freed_by_court",
        "The case was closed or the sentence was not to deprivation of liberty, and no stay goes on.",
        Status.RELEASED,
        _freed_by_court,
        _by_procedure,
        certain=False,
    ),
    Rule(
        "administrative_over",
        "The days of an administrative arrest are over and no stay goes on.",
        Status.RELEASED,
        _administrative_over,
        _by_nothing,
        certain=False,
    ),
    Rule(
        "missing",
        "Was abducted or disappeared, and nothing tells of them since.",
        Status.MISSING,
        _is(Liberty.MISSING),
        _by_liberty,
    ),
    Rule(
        "capture_denied",
        "The captor denies the capture and no place is known.",
        Status.MISSING,
        _capture_denied,
        _by_liberty,
    ),
    Rule("found", "Was found; whether held or free is not recorded.", Status.UNKNOWN, _is(Liberty.FOUND), _by_liberty),
    Rule(
        "silent_too_long",
        "Nothing has been recorded for longer than the longest fixed term.",
        Status.UNKNOWN,
        _silent_too_long,
        _by_nothing,
        certain=False,
    ),
    Rule(
        "term_over",
        "The term ended more than a year ago, no release is recorded and no stay goes on.",
        Status.UNKNOWN,
        _term_over,
        _by_nothing,
        certain=False,
    ),
    Rule("in_transit", "The present stay is transport.", Status.IN_TRANSIT, _in_transit, _by_stay),
    Rule(
        "house_arrest",
        "Is under house arrest by a stay or an order.",
        Status.HOUSE_ARREST,
        _at_home,
        lambda n: n.confined_by,
    ),
    Rule("administrative", "Serves an administrative arrest.", Status.SERVING, _administrative, _by_procedure),
    Rule("serving", "Is held under a sentence in force.", Status.SERVING, _held_and(Procedure.IN_FORCE), _by_procedure),
    Rule(
        "appeal_overdue",
        "Was convicted over two years ago and no appeal is recorded: the sentence is taken to be in force.",
        Status.SERVING,
        _appeal_overdue,
        _by_procedure,
        certain=False,
    ),
    Rule(
        "awaiting_appeal",
        "Is held, convicted at first instance, and the sentence is not in force.",
        Status.AWAITING_APPEAL,
        _held_and(Procedure.CONVICTED),
        _by_procedure,
    ),
    Rule("on_trial", "Is held and the trial has begun.", Status.ON_TRIAL, _held_and(Procedure.ON_TRIAL), _by_procedure),
    Rule(
        "on_trial_untold",
        "The trial has begun; that the defendant is held is not recorded.",
        Status.ON_TRIAL,
        lambda now: now.liberty is Liberty.UNTOLD and now.procedure is Procedure.ON_TRIAL,
        _by_procedure,
        certain=False,
    ),
    Rule(
        "held_after_decision",
        "Is held although acquitted, the case closed, or administrative days over: perhaps in another case.",
        Status.PRETRIAL,
        lambda now: now.held and now.procedure is not Procedure.NONE,
        _by_liberty,
        certain=False,
    ),
    Rule("pretrial", "Is held and no trial has begun.", Status.PRETRIAL, lambda now: now.held, _by_liberty),
    Rule("untold", "Nothing recorded tells.", Status.UNKNOWN, lambda _: True, _by_nothing),
)

RULES = RULES_OF_THE_DEAD + RULES_OF_THE_LIVING


# Putting it together -----------------------------------------------------------------------------------------------


def deciding_rule(now: Picture) -> Rule:
    """Return the first rule that applies to the picture; the last applies to any."""
    return next(rule for rule in RULES if rule.applies(now))


def _leaves_doubt(now: Picture, rule: Rule) -> bool:
    """Tell whether the rule assumes something; a death in custody is as doubtful as the custody was on that day."""
    if rule.name == "died_held":
        return not _executed(now) and _leaves_doubt(_before_death(now), rule_of_the_living(now))
    if not rule.certain or now.doubt:
        return True
    if not rule.status.in_custody or not now.held or now.covering(now.day):
        return False
    if now.stays:
        return True
    ends = now.term_ends.earliest if now.term_ends is not None else None
    sign = last_sign(now.facts, now.day)
    if ends is not None:
        return ends < now.day
    return sign is None or now.day - sign > SILENCE


def _refs(now: Picture, by: Moment | None) -> tuple[str, ...]:
    stay = place_now(now) if now.died_by is None else None
    liberty = now.liberty_by.ref if now.liberty_by is not None else ""
    return tuple(dict.fromkeys(ref for ref in (by.ref if by else "", liberty, stay.ref if stay else "") if ref))


def standing(facts: CaseFacts, on: date) -> Standing:
    """Return the status on the day, with the facts it rests on.

    `certain` is False where a rule assumes something, where the present place is not known, or where another reading
    of a partial date gives another status. Never raises, whatever the facts contradict.
    """
    now = replay(facts, on)
    rule = deciding_rule(now)
    by = rule.by(now)
    certain = not _leaves_doubt(now, rule) and all(
        deciding_rule(other).status == rule.status for other in other_readings(facts, on)
    )
    return Standing(
        status=rule.status,
        since=by.on if by is not None else None,
        release=release_of(now, rule),
        certain=certain,
        refs=_refs(now, by),
    )


def release_of(now: Picture, rule: Rule) -> ReleaseKind | None:
    """Return how the person was released, where the rule that decides says that they were."""
    if rule.name == "administrative_over":
        return ReleaseKind.TERM_SERVED
    return now.release if rule.status in (Status.RELEASED, Status.ACQUITTED) else None


def current_stay(facts: CaseFacts, on: date) -> Stay | None:
    """Return where the person is held on the day; None when free, dead, missing, or held at a place not recorded."""
    now = replay(facts, on)
    return stay_of(now, deciding_rule(now))


def stay_of(now: Picture, rule: Rule) -> Stay | None:
    """Return where the person of a picture is held, where the rule that decides says that they are."""
    return place_now(now) if rule.status.in_custody else None
