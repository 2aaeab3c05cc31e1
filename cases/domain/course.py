"""The course of a case: its turns replayed in a possible order up to a day, in the usual reading and in others."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from cases.domain.case_facts import CaseFacts, Decision
from cases.domain.chronology import EVENT_TURNS, Moment, Turn, has_come, may_differ, moments_of, ready
from cases.domain.picture import DECIDED, UNDECIDED, Liberty, Picture, Procedure
from cases.domain.turns import CHANGES
from cases.enums import EventKind, Instance


def _at_once(moment: Moment) -> bool:
    return isinstance(moment.fact, Decision) and moment.fact.instance != Instance.FIRST


FITS: dict[Turn, Callable[[Picture, Moment], bool]] = {
    Turn.VANISHED: lambda now, _: not now.held and now.liberty is not Liberty.MISSING,
    Turn.FOUND: lambda now, _: now.liberty is Liberty.MISSING,
    Turn.ARRESTED: lambda now, _: not now.held or now.procedure is Procedure.ADMINISTRATIVE,
    Turn.HEARD: lambda now, _: now.procedure in UNDECIDED,
    Turn.CONVICTED: lambda now, _: now.procedure in UNDECIDED,
    Turn.AFFIRMED: lambda now, _: now.procedure in DECIDED,
    Turn.IN_FORCE: lambda now, moment: now.procedure is Procedure.CONVICTED or _at_once(moment),
    Turn.UNDONE: lambda now, _: now.procedure in DECIDED,
    Turn.FREED: lambda now, _: now.held or now.liberty is Liberty.MISSING,
    Turn.EXCHANGED: lambda now, _: now.held,
    Turn.EXILED: lambda now, _: now.held,
    Turn.ESCAPED: lambda now, _: now.held,
    Turn.DIED: lambda _, moment: moment.on is not None,
}
"""Which turn can follow which picture; a turn not named here can always come."""


def _fits(picture: Picture, moment: Moment) -> bool:
    test = FITS.get(moment.turn)
    return test is None or test(picture, moment)


OPENINGS = frozenset({Turn.VANISHED, Turn.ARRESTED})
"""Where the dates leave it open, these come before the other facts of the custody that they open."""


def _same_day(one: Moment, other: Moment) -> bool:
    return one.on is not None and other.on is not None and one.on.is_day() and one.on == other.on


def _next(picture: Picture, waiting: Iterable[Moment], *, contrary: bool) -> Moment:
    """Choose what comes next among turns whose dates do not say; `contrary` prefers the unusual where two are possible.

    A stay that begins on the very day of a release, in a custody begun earlier, comes after it (to house arrest).
    """
    candidates = ready(waiting)
    fitting = [one for one in candidates if _fits(picture, one)] or candidates
    first = fitting[0]
    if first.turn is Turn.STAY_BEGAN and picture.held and not _same_day(first, picture.custodies[-1].begun):
        first = next((one for one in fitting if one.turn is Turn.FREED and _same_day(one, first)), first)
    if not contrary or first.on is None:
        return first
    others = [one for one in fitting if one.on is not None and not _same_day(one, first)]
    if first.turn in OPENINGS:
        others = [one for one in others if one.turn is first.turn]
    return others[-1] if others else first


def _replay(facts: CaseFacts, moments: Iterable[Moment], day: date, *, contrary: bool) -> Picture:
    picture = Picture(day=day, facts=facts)
    waiting = list(moments)
    while waiting:
        moment = _next(picture, waiting, contrary=contrary)
        waiting.remove(moment)
        if picture.died_by is None or moment.turn is Turn.DIED:
            CHANGES[moment.turn](picture, moment)
    return picture


@lru_cache(maxsize=64)
def replay(facts: CaseFacts, day: date) -> Picture:
    """Replay what has come by `day`, in the usual order where the dates leave a choice.

    Whoever tells of a case asks for the same picture several times, and changes nothing in it.
    """
    return _replay(facts, [one for one in moments_of(facts) if has_come(one.on, day)], day, contrary=False)


def other_readings(facts: CaseFacts, day: date) -> Iterator[Picture]:
    """Yield the pictures of other readings of the partial dates: each unsure turn come or not, all, none, reordered."""
    moments = moments_of(facts)
    come = [one for one in moments if has_come(one.on, day)]
    unsure = [one for one in moments if may_differ(one.on, day)]
    for doubtful in unsure:
        others = [one for one in come if one is not doubtful]
        yield _replay(facts, others if len(others) < len(come) else [*come, doubtful], day, contrary=False)
    if len(unsure) > 1:
        yield _replay(facts, [one for one in come if all(one is not other for other in unsure)], day, contrary=False)
        yield _replay(facts, [one for one in moments if one in unsure or one in come], day, contrary=False)
    if any(one.on is not None and not one.on.is_day() for one in come):
        yield _replay(facts, come, day, contrary=True)


SAYS_NOTHING_OF_LIFE = frozenset(
    {
        EventKind.AWARD,
        EventKind.OTHER,
        EventKind.REHABILITATION_GRANTED,
        EventKind.REHABILITATION_REFUSED,
        EventKind.REHABILITATION_RESCINDED,
    }
)


def last_sign(facts: CaseFacts, day: date) -> date | None:
    """Return the last day, up to `day`, on which anything dated is recorded; rehabilitation is no sign of life."""
    dates = [moment.on for moment in moments_of(facts) if moment.turn is not Turn.DIED]
    dates += [event.on for event in facts.events if event.kind not in SAYS_NOTHING_OF_LIFE | EVENT_TURNS.keys()]
    dates += [stay.ended for stay in facts.stays]
    known = [on for on in dates if on is not None and has_come(on, day)]
    return max((min(on.latest or day, day) for on in known), default=None)
