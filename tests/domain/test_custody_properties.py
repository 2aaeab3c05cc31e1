"""What must hold of custody whatever the facts."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings, strategies as st

from cases.domain.custody import (
    CaseFacts,
    Decision,
    Event,
    Hearing,
    Stay,
    current_stay,
    days_held,
    standing,
)
from cases.domain.partial_dates import PartialDate, parse
from cases.enums import DecisionOutcome, EventKind, Instance, ReleaseKind, Status, StayKind, Whereabouts

PRECISIONS = st.sampled_from(["{0:%Y}", "{0:%Y-%m}", "{0:%Y-%m-%d}", "{0:%Y}~", "../{0:%Y}", "{0:%Y}/.."])
SOME_DAYS = st.dates(date(2014, 1, 1), date(2026, 12, 31))
DATES = st.none() | st.builds(lambda shape, day: parse(shape.format(day)), PRECISIONS, SOME_DAYS)
STAYS = st.builds(
    Stay, kind=st.sampled_from(StayKind), started=DATES, ended=DATES, site=st.sampled_from(["", "A", "B"])
)
EVENTS = st.builds(Event, kind=st.sampled_from(EventKind), on=DATES, release=st.none() | st.sampled_from(ReleaseKind))
HEARINGS = st.builds(Hearing, on=DATES, instance=st.sampled_from(Instance))
DECISIONS = st.builds(
    Decision,
    instance=st.sampled_from(Instance),
    outcome=st.sampled_from(DecisionOutcome),
    on=DATES,
    in_force=DATES,
    term_ends=DATES,
    custodial=st.booleans(),
)


def some(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(strategy, max_size=3).map(tuple)


ANY_FACTS = st.builds(
    CaseFacts,
    born=DATES,
    died=DATES,
    whereabouts=st.none() | st.sampled_from(Whereabouts),
    stays=some(STAYS),
    events=some(EVENTS),
    hearings=some(HEARINGS),
    decisions=some(DECISIONS),
)


@settings(deadline=None)
@given(ANY_FACTS, SOME_DAYS)
def test_any_facts_have_a_standing_and_days_of_which_the_least_is_not_above_the_most(
    known: CaseFacts, day: date
) -> None:
    found = standing(known, day)
    days = days_held(known, day)
    assert found.status in Status
    assert days.least is not None
    assert days.least >= 0
    assert days.most is None or days.least <= days.most
    assert (current_stay(known, day) is None) or found.status.in_custody


@settings(deadline=None)
@given(ANY_FACTS, SOME_DAYS, st.sampled_from(EventKind), st.integers(min_value=1, max_value=2000))
def test_a_later_fact_never_changes_an_earlier_day(known: CaseFacts, day: date, kind: EventKind, later: int) -> None:
    after = Event(kind=kind, on=parse(date.fromordinal(day.toordinal() + later).isoformat()))
    more = replace(known, events=(*known.events, after))
    assert standing(more, day) == standing(known, day)
    assert days_held(more, day) == days_held(known, day)


def _wider(on: PartialDate) -> list[PartialDate]:
    day = on.earliest
    assert day is not None
    return [
        parse(f"{day:%Y-%m}"),
        parse(f"{day:%Y}"),
        parse(f"{day:%Y}~"),
        parse(f"../{day:%Y}"),
        parse(f"{day:%Y}/.."),
    ]


EXACT = st.dates(date(2014, 1, 1), date(2026, 12, 31)).map(lambda day: parse(day.isoformat()))
SPELLS = st.lists(EXACT, min_size=1, max_size=4, unique_by=str).map(lambda days: sorted(days, key=str))


@settings(deadline=None)
@given(SPELLS, st.data(), SOME_DAYS)
def test_a_date_less_well_known_never_narrows_the_days(
    spells: list[PartialDate], data: st.DataObject, day: date
) -> None:
    kinds = (EventKind.ARREST, EventKind.RELEASE)
    events = [Event(kind=kinds[index % 2], on=on) for index, on in enumerate(spells)]
    index = data.draw(st.integers(0, len(events) - 1))
    wider = data.draw(st.sampled_from(_wider(spells[index])))
    exact = days_held(CaseFacts(events=tuple(events)), day)
    loose = days_held(CaseFacts(events=(*events[:index], replace(events[index], on=wider), *events[index + 1 :])), day)
    assert loose.least <= exact.least
    assert loose.most is None or loose.most >= exact.most
