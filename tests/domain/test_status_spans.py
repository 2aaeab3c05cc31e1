"""Statuses one after the other: on every day what the standing of that day is."""

from copy import deepcopy
from datetime import date, timedelta

from hypothesis import given, settings

from cases.domain.course import replay
from cases.domain.custody import (
    CaseFacts,
    Decision,
    Event,
    Stay,
    brief,
    contradictions,
    current_stay,
    custody_periods,
    days_held,
    held_since,
    standing,
)
from cases.domain.partial_dates import parse
from cases.domain.status_spans import StatusSpan, status_spans
from cases.enums import DecisionOutcome, EventKind, Instance, Status, StayKind
from tests.domain.test_custody_properties import ANY_FACTS, SOME_DAYS

TODAY = date(2026, 11, 26)
SOME_TIME = date(2020, 1, 1)


def arrest(on: str) -> Event:
    return Event(kind=EventKind.ARREST, on=parse(on))


def on_day(spans: tuple[StatusSpan, ...], day: date) -> StatusSpan:
    return [span for span in spans if span.since <= day][-1]


def test_every_day_of_a_course_has_the_standing_of_that_day_also_where_mere_time_changes_it():
    facts = CaseFacts(
        stays=(Stay(kind=StayKind.SITE, started=parse("2014-03"), ended=parse("2014-09-10"), site="A"),),
        events=(arrest("2014-02-28"),),
        decisions=(
            Decision(
                instance=Instance.FIRST,
                outcome=DecisionOutcome.CONVICTED,
                on=parse("2014-08-20"),
                in_force=parse("2014-10"),
                term_ends=parse("2015-02-27"),
            ),
        ),
    )
    spans = status_spans(facts, date(2016, 12, 31), undated_since=SOME_TIME)
    first = date(2014, 2, 28)
    assert spans[0].since == first
    for number in range((date(2016, 12, 31) - first).days + 1):
        day = first + timedelta(days=number)
        now = standing(facts, day)
        assert (day, on_day(spans, day).status, on_day(spans, day).certain) == (day, now.status, now.certain)
    assert {span.status for span in spans} >= {Status.PRETRIAL, Status.SERVING}
    assert not spans[-1].status.in_custody  # the term was over, and a year later nothing says that it was not


@settings(deadline=None, max_examples=15)
@given(ANY_FACTS, SOME_DAYS)
def test_any_course_ends_with_the_standing_of_its_last_day_and_begins_each_span_with_its_own(
    facts: CaseFacts, day: date
) -> None:
    spans = status_spans(facts, day, undated_since=SOME_TIME)
    assert [span.since for span in spans] == sorted({span.since for span in spans})
    for span in (*spans, StatusSpan(day, spans[-1].status, spans[-1].certain)):
        now = standing(facts, span.since)
        assert (span.status, span.certain) == (now.status, now.certain)


def test_nobody_is_counted_before_the_first_dated_fact_and_birth_is_none():
    facts = CaseFacts(born=parse("1986"), events=(arrest("2018-05"),))
    assert status_spans(facts, TODAY, undated_since=SOME_TIME)[0].since == date(2018, 5, 1)


def test_a_case_without_any_date_begins_on_the_day_that_is_given():
    facts = CaseFacts(events=(Event(kind=EventKind.ARREST),))
    assert status_spans(facts, TODAY, undated_since=SOME_TIME)[0].since == SOME_TIME


def test_a_case_of_the_future_counts_from_the_day_of_the_derivation():
    assert status_spans(CaseFacts(events=(arrest("2027"),)), TODAY, undated_since=TODAY)[0].since == TODAY


@settings(deadline=None, max_examples=30)
@given(ANY_FACTS, SOME_DAYS)
def test_whoever_tells_of_a_course_leaves_its_picture_as_it_was(facts: CaseFacts, day: date) -> None:
    """It is kept, and told of again."""
    days = {day, *(span.since for span in status_spans(facts, day, undated_since=SOME_TIME))}
    replay.cache_clear()
    before = {one: deepcopy(replay(facts, one)) for one in days}
    for tell in (standing, brief, current_stay, custody_periods, days_held, held_since, contradictions):
        tell(facts, day)
    status_spans(facts, day, undated_since=SOME_TIME)
    assert {one: replay(facts, one) for one in days} == before
