"""The statuses of a person one after the other: on which day each began, as the dated facts give them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cases.domain.case_facts import CaseFacts
from cases.domain.chronology import has_come, may_differ, moments_of
from cases.domain.course import other_readings, replay
from cases.domain.partial_dates import PartialDate
from cases.domain.picture import Picture
from cases.domain.standing import deciding_rule, is_certain
from cases.enums import Status

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StatusSpan:
    """One status from a day on, until the next span begins; `certain` as in `Standing`."""

    since: date
    status: Status
    certain: bool


def status_spans(facts: CaseFacts, on: date, *, undated_since: date) -> tuple[StatusSpan, ...]:
    """Return the statuses up to the day `on`, oldest first: on each day what `standing` gives for it.

    A person is in a status on a day if that is the standing derived for the day, certain or not. Before the first dated
    fact of the case there is none: the person is not counted yet. A case without any dated fact begins on `undated_since`.
    The last span is the one of `on`, and there is always one.
    """
    reader = _Reader(facts)
    first = min(_first_day(facts) or undated_since, on)
    days = sorted({first, on, *(day for day in turning_days(facts) if first < day <= on)})
    spans: list[StatusSpan] = []
    for day, following in zip(days, [*days[1:], on + ONE_DAY], strict=True):
        for span in _changes(reader, day, following - ONE_DAY):
            if not spans or _state(span) != _state(spans[-1]):
                spans.append(span)
    return tuple(spans)


def _first_day(facts: CaseFacts) -> date | None:
    """Return the first day of the case: birth, and death by itself, are no part of it. None where nothing is dated."""
    days = [on.earliest or on.latest for on in _dates_of_the_case(facts) if on is not None]
    return min((day for day in days if day is not None), default=None)


def _dates_of_the_case(facts: CaseFacts) -> Iterator[PartialDate | None]:
    for stay in facts.stays:
        yield stay.started or stay.ended
    yield from (event.on for event in facts.events)
    yield from (hearing.on for hearing in facts.hearings)
    for decision in facts.decisions:
        yield decision.on
        yield decision.in_force


def turning_days(facts: CaseFacts) -> Iterator[date]:
    """Yield the days on which a fact may begin or cease to count: the bounds of every date, and the day after an end."""
    dates = [*_dates_of_the_case(facts), facts.died]
    ends = [*(stay.ended for stay in facts.stays), *(one.term_ends for one in facts.decisions)]
    for on in (*dates, *ends):
        if on is not None:
            yield from (day for day in (on.earliest, on.latest) if day is not None)
    for on in ends:
        if on is not None:
            yield from (day + ONE_DAY for day in (on.earliest, on.latest) if day is not None and day < date.max)


def _changes(reader: "_Reader", first: date, last: date) -> Iterator[StatusSpan]:
    """Yield what holds on `first`, and each change up to `last` that comes by the mere passing of time.

    Such a change (a term that is over, a long silence) is looked for by halving, so of two that undo one another within
    the stretch neither is seen.
    """
    span = reader.span(first)
    yield span
    ending = reader.span(last) if last > first else span
    while _state(span) != _state(ending):
        before, after = span.since, last
        while after - before > ONE_DAY:
            middle = before + (after - before) // 2
            if _state(reader.span(middle)) == _state(span):
                before = middle
            else:
                after = middle
        span = reader.span(after)
        yield span


class _Reader:
    """Standings of one case on many days: its facts are replayed once for all days by which the same turns have come."""

    def __init__(self, facts: CaseFacts) -> None:
        self.facts = facts
        self.dates = tuple({moment.on for moment in moments_of(facts)})
        self.pictures: dict[tuple[tuple[bool, bool], ...], tuple[Picture, ...]] = {}

    def span(self, day: date) -> StatusSpan:
        """Return the span that begins on a day, as `standing` gives it."""
        come = tuple((has_come(on, day), may_differ(on, day)) for on in self.dates)
        if come not in self.pictures:
            self.pictures[come] = replay(self.facts, day), *other_readings(self.facts, day)
        now, *others = (replace(picture, day=day) for picture in self.pictures[come])
        rule = deciding_rule(now)
        return StatusSpan(day, rule.status, is_certain(now, rule, others))


def _state(span: StatusSpan) -> tuple[Status, bool]:
    return span.status, span.certain
