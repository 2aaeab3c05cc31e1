"""The checks for what cannot be: one small function a rule of `contradiction_rules`, of facts and a day."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from cases.domain.case_facts import CaseFacts, Event, Fact, Stay
from cases.domain.chronology import certainly_before
from cases.domain.contradiction_rules import Contradiction, ContradictionRule
from cases.domain.course import replay
from cases.domain.event_kinds import DEATHS, RELEASES, TAKINGS
from cases.domain.partial_dates import PartialDate, age, from_day
from cases.domain.picture import Procedure
from cases.domain.standing import place_now, standing
from cases.enums import DecisionOutcome, EventKind, Instance, ReleaseKind, Status, StayKind, gettext_noop

YOUNGEST_AT_ARREST, OLDEST_AT_ARREST = 10, 110
"""Full years; an arrest at another age is more likely a mistake in a date."""

NOT_KNOWN = gettext_noop("date not known")
STAY_BEGINS = gettext_noop("The beginning of a stay")
STAY_ENDS = gettext_noop("The end of a stay")
DECISION = gettext_noop("A decision")


def _found(rule: ContradictionRule, *facts: Fact, **params: object) -> Contradiction:
    shown = {name: NOT_KNOWN if value is None else value for name, value in params.items()}
    return Contradiction(rule=rule, params=shown, refs=tuple(dict.fromkeys(fact.ref for fact in facts if fact.ref)))


def _name(stay: Stay) -> str:
    return stay.site or stay.kind.label


# Stays -------------------------------------------------------------------------------------------------------------


def _elsewhere(one: Stay, other: Stay) -> bool:
    """Tell whether the two stays cannot be one: a place not known may be any place."""
    if StayKind.UNKNOWN in (one.kind, other.kind):
        return False
    return one.kind != other.kind or (one.site != other.site and bool(one.site and other.site))


def _pairs(facts: CaseFacts, on: date) -> Iterator[tuple[Stay, Stay]]:
    """Yield the stays at different places in pairs, the one that begins first before the other."""
    begun = [stay for stay in facts.stays if not _begins_after(stay.started, on)]
    for one, other in combinations(begun, 2):
        if _elsewhere(one, other):
            yield (other, one) if certainly_before(other.started, one.started) else (one, other)


def _begins_after(on: PartialDate | None, day: date) -> bool:
    return on is not None and on.earliest is not None and on.earliest > day


def _both_open(first: Stay, second: Stay) -> bool:
    return first.ended is None and second.ended is None


def _certainly_overlap(first: Stay, second: Stay) -> bool:
    """Tell whether the stays share more than the one day of a transfer in every reading."""
    first_goes_on = first.ended is None or certainly_before(second.started, first.ended)
    second_goes_on = second.ended is None or certainly_before(first.started, second.ended)
    dated = first.started is not None and second.started is not None
    return dated and first_goes_on and second_goes_on and not _both_open(first, second)


def _is_transfer(ended: PartialDate | None, started: PartialDate | None) -> bool:
    """Tell whether one stay may simply have ended when the other began: both known to the same month, year, or day."""
    return ended is not None and started is not None and ended.text == started.text


def _may_overlap(first: Stay, second: Stay) -> bool:
    dates = (first.started, first.ended, second.started, second.ended)
    if None in dates or _certainly_overlap(first, second):
        return False
    if _is_transfer(first.ended, second.started) or _is_transfer(second.ended, first.started):
        return False
    return _may_be_before(second.started, first.ended) and _may_be_before(first.started, second.ended)


def _may_be_before(one: PartialDate | None, other: PartialDate | None) -> bool:
    if one is None or other is None or one.earliest is None or other.latest is None:
        return True
    return one.earliest < other.latest


def overlapping_stays(facts: CaseFacts, on: date) -> Iterator[Contradiction]:
    for first, second in _pairs(facts, on):
        if _certainly_overlap(first, second):
            yield _found(ContradictionRule.OVERLAPPING_STAYS, first, second, first=_name(first), second=_name(second))


def stays_may_overlap(facts: CaseFacts, on: date) -> Iterator[Contradiction]:
    for first, second in _pairs(facts, on):
        if _may_overlap(first, second):
            yield _found(ContradictionRule.STAYS_MAY_OVERLAP, first, second, first=_name(first), second=_name(second))


def two_open_stays(facts: CaseFacts, on: date) -> Iterator[Contradiction]:
    """A stay that a release closed is told of by another rule."""
    for first, second in _pairs(facts, on):
        closed = any(_closes(released, first) for released in _ends_of_custody(facts, on))
        if _both_open(first, second) and not closed:
            yield _found(ContradictionRule.TWO_OPEN_STAYS, first, second, first=_name(first), second=_name(second))


def stay_ends_before_it_starts(facts: CaseFacts, _: date) -> Iterator[Contradiction]:
    for stay in facts.stays:
        if certainly_before(stay.ended, stay.started):
            yield _found(
                ContradictionRule.STAY_ENDS_BEFORE_IT_STARTS,
                stay,
                site=_name(stay),
                ended=stay.ended,
                started=stay.started,
            )


# Arrest and release ------------------------------------------------------------------------------------------------

DETAINING = frozenset(
    {
        DecisionOutcome.REMANDED,
        DecisionOutcome.HOUSE_ARREST,
        DecisionOutcome.ADMINISTRATIVE_ARREST,
        DecisionOutcome.CONVICTED,
    }
)


def _ends_of_custody(facts: CaseFacts, on: date) -> list[Event]:
    return [event for event in facts.events if event.kind in RELEASES and not _begins_after(event.on, on)]


def _takings(facts: CaseFacts) -> list[tuple[PartialDate | None, Fact]]:
    """Return the dated and undated facts by which the person came to be held."""
    found: list[tuple[PartialDate | None, Fact]] = [(stay.started, stay) for stay in facts.stays]
    found += [(event.on, event) for event in facts.events if event.kind in TAKINGS]
    found += [(one.on, one) for one in facts.decisions if one.outcome in DETAINING and one.custodial]
    return found


def _closes(released: Event, stay: Stay) -> bool:
    return stay.ended is None and certainly_before(stay.started, released.on)


def release_before_arrest(facts: CaseFacts, on: date) -> Iterator[Contradiction]:
    takings = _takings(facts)
    for released in _ends_of_custody(facts, on):
        if takings and all(certainly_before(released.on, held) for held, _ in takings):
            first, fact = min(takings, key=lambda taken: (taken[0] and taken[0].earliest) or date.max)
            yield _found(ContradictionRule.RELEASE_BEFORE_ARREST, released, fact, released=released.on, held=first)


def released_twice(facts: CaseFacts, on: date) -> Iterator[Contradiction]:
    for one, other in combinations(_ends_of_custody(facts, on), 2):
        first, second = (other, one) if certainly_before(other.on, one.on) else (one, other)
        if not certainly_before(first.on, second.on):
            continue
        between = [
            held
            for held, _ in _takings(facts)
            if not certainly_before(held, first.on) and not certainly_before(second.on, held)
        ]
        if not between:
            yield _found(ContradictionRule.RELEASED_TWICE, first, second, first=first.on, second=second.on)


def held_while_released(facts: CaseFacts, on: date) -> Iterator[Contradiction]:
    for released in _ends_of_custody(facts, on):
        for stay in facts.stays:
            outlasts = certainly_before(stay.started, released.on) and certainly_before(released.on, stay.ended)
            if outlasts or _closes(released, stay):
                yield _found(
                    ContradictionRule.HELD_WHILE_RELEASED, stay, released, site=_name(stay), released=released.on
                )


# Birth and death ---------------------------------------------------------------------------------------------------

OF_THE_LIVING = (
    TAKINGS
    | RELEASES
    | {
        EventKind.ESCAPE,
        EventKind.EXILE,
        EventKind.SEARCH,
        EventKind.INTERROGATION,
        EventKind.TORTURE_ALLEGED,
        EventKind.ILL_TREATMENT,
        EventKind.HUNGER_STRIKE,
        EventKind.PUNISHMENT_CELL,
        EventKind.STRICT_CONDITIONS,
        EventKind.HOSPITALISED,
        EventKind.VISIT,
        EventKind.PERSECUTED_ACT,
    }
)
"""What can befall only the living. Trials, awards and rehabilitation may be posthumous, and a letter appear late."""


def _death(facts: CaseFacts) -> tuple[PartialDate | None, tuple[Event, ...]]:
    events = tuple(event for event in facts.events if event.kind in DEATHS)
    return (facts.died or next((event.on for event in events), None)), events


def death_before_birth(facts: CaseFacts, _: date) -> Iterator[Contradiction]:
    died, events = _death(facts)
    if certainly_before(died, facts.born):
        yield _found(ContradictionRule.DEATH_BEFORE_BIRTH, *events, died=died, born=facts.born)


def deaths_differ(facts: CaseFacts, _: date) -> Iterator[Contradiction]:
    for event in _death(facts)[1]:
        if certainly_before(event.on, facts.died) or certainly_before(facts.died, event.on):
            yield _found(ContradictionRule.DEATHS_DIFFER, event, died=facts.died, event=event.on)


def event_after_death(facts: CaseFacts, _: date) -> Iterator[Contradiction]:
    died, _events = _death(facts)
    dated: list[tuple[str, PartialDate | None, Fact]] = []
    dated += [(event.kind.label, event.on, event) for event in facts.events if event.kind in OF_THE_LIVING]
    dated += [(STAY_BEGINS, stay.started, stay) for stay in facts.stays]
    dated += [(STAY_ENDS, stay.ended, stay) for stay in facts.stays if not certainly_before(died, stay.started)]
    for what, when, fact in dated:
        if certainly_before(died, when):
            yield _found(ContradictionRule.EVENT_AFTER_DEATH, fact, what=what, on=when, died=died)


def decision_before_birth(facts: CaseFacts, _: date) -> Iterator[Contradiction]:
    for decision in facts.decisions:
        if certainly_before(decision.on, facts.born):
            yield _found(ContradictionRule.DECISION_BEFORE_BIRTH, decision, on=decision.on, born=facts.born)


def improbable_age(facts: CaseFacts, _: date) -> Iterator[Contradiction]:
    taken: list[tuple[PartialDate | None, Fact]] = [(one.on, one) for one in facts.events if one.kind in TAKINGS]
    taken += [(stay.started, stay) for stay in facts.stays]
    for when, fact in taken:
        if when is None or facts.born is None:
            continue
        years = age(facts.born, when)
        too_young = certainly_before(when, facts.born) or (years.most is not None and years.most < YOUNGEST_AT_ARREST)
        if too_young or (years.least is not None and years.least > OLDEST_AT_ARREST):
            yield _found(ContradictionRule.IMPROBABLE_AGE, fact, on=when, born=facts.born)


# Decisions ---------------------------------------------------------------------------------------------------------

OF_A_VERDICT = frozenset(
    {
        DecisionOutcome.CONVICTED,
        DecisionOutcome.ACQUITTED,
        DecisionOutcome.REDUCED,
        DecisionOutcome.INCREASED,
    }
)
OF_A_SENTENCE = frozenset({DecisionOutcome.REDUCED, DecisionOutcome.INCREASED})
AFTER_A_SENTENCE = frozenset({ReleaseKind.TERM_SERVED, ReleaseKind.PAROLE})
CONVICTIONS = frozenset({DecisionOutcome.CONVICTED, DecisionOutcome.ADMINISTRATIVE_ARREST})


def appeal_before_first_instance(facts: CaseFacts, _: date) -> Iterator[Contradiction]:
    """An appeal upheld before the verdict may be one against detention, so only outcomes of a verdict count."""
    verdicts = [
        one
        for one in facts.decisions
        if one.instance == Instance.FIRST and one.outcome in (DecisionOutcome.CONVICTED, DecisionOutcome.ACQUITTED)
    ]
    for appeal in facts.decisions:
        if appeal.instance != Instance.APPEAL or appeal.outcome not in OF_A_VERDICT or not verdicts:
            continue
        if all(certainly_before(appeal.on, verdict.on) for verdict in verdicts):
            first = verdicts[0]
            yield _found(
                ContradictionRule.APPEAL_BEFORE_FIRST_INSTANCE, appeal, first, appeal=appeal.on, first=first.on
            )


def in_force_before_decided(facts: CaseFacts, _: date) -> Iterator[Contradiction]:
    for decision in facts.decisions:
        if certainly_before(decision.in_force, decision.on):
            yield _found(
                ContradictionRule.IN_FORCE_BEFORE_DECIDED, decision, in_force=decision.in_force, on=decision.on
            )


def acquitted_but_held(facts: CaseFacts, on: date) -> Iterator[Contradiction]:
    now = replay(facts, on)
    stay = place_now(now)
    if (
        now.died_by is None
        and now.procedure is Procedure.ACQUITTED
        and stay is not None
        and now.procedure_by is not None
    ):
        by = now.procedure_by
        facts_named = [fact for fact in (by.fact, stay) if fact is not None]
        yield _found(ContradictionRule.ACQUITTED_BUT_HELD, *facts_named, on=by.on, site=_name(stay))


def sentence_without_conviction(facts: CaseFacts, _: date) -> Iterator[Contradiction]:
    if any(one.outcome in CONVICTIONS for one in facts.decisions):
        return
    for decision in facts.decisions:
        if decision.outcome in OF_A_SENTENCE and decision.instance != Instance.REHABILITATION:
            yield _found(ContradictionRule.SENTENCE_WITHOUT_CONVICTION, decision, on=decision.on)
    for event in facts.events:
        if event.kind == EventKind.RELEASE and event.release in AFTER_A_SENTENCE:
            yield _found(ContradictionRule.SENTENCE_WITHOUT_CONVICTION, event, on=event.on)


# The day -----------------------------------------------------------------------------------------------------------


def in_the_future(facts: CaseFacts, on: date) -> Iterator[Contradiction]:
    """Hearings are announced ahead, and a decision may come into force later: neither is a contradiction."""
    dated: list[tuple[str, PartialDate | None, Fact]] = []
    dated += [(event.kind.label, event.on, event) for event in facts.events]
    dated += [(STAY_BEGINS, stay.started, stay) for stay in facts.stays]
    dated += [(STAY_ENDS, stay.ended, stay) for stay in facts.stays if not _begins_after(stay.started, on)]
    dated += [(DECISION, one.on, one) for one in facts.decisions]
    for what, when, fact in dated:
        if certainly_before(from_day(on), when):
            yield _found(ContradictionRule.IN_THE_FUTURE, fact, what=what, on=when)


def unknown_but_held(facts: CaseFacts, on: date) -> Iterator[Contradiction]:
    now = replay(facts, on)
    stay = place_now(now)
    if now.died_by is None and stay is not None and standing(facts, on).status == Status.UNKNOWN:
        yield _found(ContradictionRule.UNKNOWN_BUT_HELD, stay, site=_name(stay))
