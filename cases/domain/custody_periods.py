"""How long a person has been deprived of liberty: unbroken periods, and days as a range."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cases.domain.case_facts import CaseFacts
from cases.domain.course import other_readings, replay
from cases.domain.partial_dates import PartialDate, Span
from cases.domain.picture import Custody, Picture
from cases.domain.standing import rule_of_the_living
from cases.domain.turns import administrative_end
from cases.enums import StayKind

ENDS_UNKNOWN = frozenset({"too_old", "silent_too_long", "term_over"})
"""The rules by which custody has ended at some time, nobody knows when: the days have no upper bound."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One unbroken deprivation of liberty. `end` is None while it continues and where its end is not known."""

    start: PartialDate | None
    end: PartialDate | None
    kind: StayKind
    continuing: bool
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Bounds:
    """The extreme readings of one custody: at least `inner`, at most `outer`; an outer end of None is unbounded."""

    inner_first: date
    inner_last: date
    outer_first: date | None
    outer_last: date | None


def _kind(custody: Custody) -> StayKind:
    kinds = {stay.kind for stay in custody.stays}
    if len(kinds) == 1:
        return kinds.pop()
    return StayKind.SITE if StayKind.SITE in kinds else StayKind.UNKNOWN


def _is_open(now: Picture, custody: Custody) -> bool:
    """Tell whether nothing recorded ended the custody before the day, or before death."""
    return now.held and custody is now.custodies[-1]


def _continues(now: Picture, custody: Custody) -> bool:
    return now.died_by is None and _is_open(now, custody) and rule_of_the_living(now).status.in_custody


def _stated_end(now: Picture, custody: Custody) -> PartialDate | None:
    if not _is_open(now, custody):
        return custody.ended
    if not rule_of_the_living(now).status.in_custody:
        return None
    return now.died_by.on if now.died_by is not None else None


def _period(now: Picture, custody: Custody) -> Period:
    return Period(
        start=custody.begun.on,
        end=_stated_end(now, custody),
        kind=_kind(custody),
        continuing=_continues(now, custody),
        refs=tuple(dict.fromkeys(ref for ref in (custody.begun.ref, *custody.refs) if ref)),
    )


def custody_periods(facts: CaseFacts, on: date) -> tuple[Period, ...]:
    """Return the unbroken deprivations of liberty up to the day, oldest first; overlapping and adjoining stays are one.

    An abduction opens a period when the person is later found to be held; a disappearance does not.
    """
    return periods_of(replay(facts, on))


def periods_of(now: Picture) -> tuple[Period, ...]:
    """Return the deprivations of liberty of a picture, oldest first."""
    return tuple(_period(now, custody) for custody in now.custodies)


def held_since(facts: CaseFacts, on: date) -> PartialDate | None:
    """Return when the present unbroken deprivation of liberty began, or the last one; None if none or not known."""
    periods = custody_periods(facts, on)
    return periods[-1].start if periods else None


# Days --------------------------------------------------------------------------------------------------------------


def _latest_end(now: Picture, custody: Custody) -> date | None:
    """Return the last day on which the custody can have lasted; None where it has no bound."""
    stated = _stated_end(now, custody)
    if stated is not None:
        return min(stated.latest or now.day, now.day)
    if not _is_open(now, custody):
        later = [one.begun.on for one in now.custodies[now.custodies.index(custody) + 1 :]]
        return min((on.latest for on in later if on is not None and on.latest is not None), default=now.day)
    rule = rule_of_the_living(now)
    if rule.name in ENDS_UNKNOWN:
        return None
    if rule.name == "administrative_over" and not custody.stays:
        return min(administrative_end(now) or now.day, now.day)
    if rule.status.in_custody:
        return now.day
    ends = [stay.ended.latest for stay in custody.stays if stay.ended is not None and stay.ended.latest is not None]
    return min(max(ends, default=now.day), now.day)


def _earliest_end(now: Picture, custody: Custody, outer_last: date) -> date:
    """Return the first day on which the custody can have ended, given the days on which the person was surely held."""
    if _continues(now, custody) and (now.covering(now.day) or not custody.stays):
        return now.day
    stated = _stated_end(now, custody)
    if stated is not None:
        return min(stated.earliest or date.min, outer_last)
    seen = [on.earliest for on in custody.held_on if on.earliest is not None]
    seen += [
        stay.ended.earliest for stay in custody.stays if stay.ended is not None and stay.ended.earliest is not None
    ]
    return min(max(seen, default=date.min), outer_last)


def _bounds(now: Picture, custody: Custody) -> _Bounds:
    outer_last = _latest_end(now, custody)
    cap = outer_last or now.day
    begun = custody.begun.on
    taken = [on.latest for on in (begun, *custody.held_on) if on is not None and on.latest is not None]
    taken += [stay.ended.latest for stay in custody.stays if stay.ended is not None and stay.ended.latest is not None]
    return _Bounds(
        inner_first=min([*taken, cap]),
        inner_last=_earliest_end(now, custody, cap),
        outer_first=begun.earliest if begun is not None else None,
        outer_last=outer_last,
    )


def _days_of_union(spans: Iterable[tuple[date, date]]) -> int:
    """Count the days in any of the spans, first and last day counted; a span turned round counts as one day."""
    total, counted_to = 0, date.min
    for first, last in sorted((first, max(first, last)) for first, last in spans):
        if last <= counted_to:
            continue
        total += (last - max(first, counted_to + ONE_DAY)).days + 1
        counted_to = last
    return total


def _days(now: Picture) -> Span:
    bounds = [_bounds(now, custody) for custody in now.custodies]
    least = _days_of_union((one.inner_first, one.inner_last) for one in bounds)
    outer = [(one.outer_first, one.outer_last) for one in bounds]
    whole = [(first, last) for first, last in outer if first is not None and last is not None]
    if len(whole) < len(outer):
        return Span(least, None)
    return Span(least, max(least, _days_of_union(whole)))


def days_held(facts: CaseFacts, on: date) -> Span:
    """Return how many days up to `on` the person was deprived of liberty, least and most, first and last day counted.

    Custody is unbroken from the first fact that tells of it to the fact that ends it: days between two stays count.
    Where the last stay has ended and nothing else is recorded, the days since count to the most only. `most` is None
    where the beginning is not known or where custody ended at some time that nobody recorded.
    """
    spans = [_days(now) for now in (replay(facts, on), *other_readings(facts, on))]
    least = min(span.least or 0 for span in spans)
    most = [span.most for span in spans if span.most is not None]
    return Span(least, max(most) if len(most) == len(spans) else None)
