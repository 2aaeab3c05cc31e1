"""The course of a case: its turns replayed in order up to a day, so that rules can be asked of the picture they leave."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from cases.domain.case_facts import CaseFacts, Decision, Event, Stay
from cases.domain.chronology import EVENT_TURNS, Moment, Turn, certainly_before, has_come, may_differ, moments_of, ready
from cases.domain.partial_dates import PartialDate
from cases.enums import DecisionOutcome, EventKind, Instance, ReleaseKind, StayKind

ADMINISTRATIVE_ARREST_LONGEST = timedelta(days=30)
"""Code of Administrative Offences of Russia, art. 3.9: up to 15 days, for some offences up to 30. Not verified here."""


class Liberty(Enum):
    """What the facts say of a person's liberty."""

    UNTOLD = "untold"
    MISSING = "missing"
    FOUND = "found"
    HELD = "held"
    FREE = "free"
    EXCHANGED = "exchanged"
    EXILED = "exiled"
    ESCAPED = "escaped"


class Procedure(Enum):
    """How far the case against the person has come."""

    NONE = "none"
    ADMINISTRATIVE = "administrative"
    ON_TRIAL = "on_trial"
    CONVICTED = "convicted"
    IN_FORCE = "in_force"
    AT_LIBERTY = "convicted without deprivation of liberty"
    ACQUITTED = "acquitted"
    DROPPED = "dropped"


UNDECIDED = frozenset({Procedure.NONE, Procedure.ADMINISTRATIVE, Procedure.ON_TRIAL})
COURT_FREES = frozenset({Procedure.ACQUITTED, Procedure.DROPPED, Procedure.AT_LIBERTY})
DECIDED = frozenset({Procedure.CONVICTED, Procedure.IN_FORCE}) | COURT_FREES
SETTLED = frozenset({Liberty.EXCHANGED, Liberty.EXILED, Liberty.ESCAPED})


@dataclass(slots=True)
class Custody:
    """One unbroken deprivation of liberty: the dates on which the person was taken or held, and what ended it."""

    begun: Moment
    held_on: list[PartialDate] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    refs: list[str] = field(default_factory=list)
    ended_by: Moment | None = None
    ended: PartialDate | None = None


@dataclass(slots=True)
class Picture:
    """What has become of the person when the turns so far are replayed. `doubt`: an assumption was needed."""

    day: date
    facts: CaseFacts
    liberty: Liberty = Liberty.UNTOLD
    liberty_by: Moment | None = None
    abducted_by: Moment | None = None
    release: ReleaseKind | None = None
    procedure: Procedure = Procedure.NONE
    procedure_by: Moment | None = None
    confined_by: Moment | None = None
    term_ends: PartialDate | None = None
    remanded: bool = False
    doubt: bool = False
    died_by: Moment | None = None
    stays: list[Stay] = field(default_factory=list)
    custodies: list[Custody] = field(default_factory=list)

    @property
    def held(self) -> bool:
        return self.liberty is Liberty.HELD

    def covering(self, day: date) -> list[Stay]:
        """Return the stays of the present custody that have not ended before `day`; the last begun comes last."""
        return [stay for stay in self.stays if not _ended_before(stay.ended, day)]


def _ended_before(ended: PartialDate | None, day: date) -> bool:
    return ended is not None and ended.latest is not None and ended.latest < day


# What each turn changes --------------------------------------------------------------------------------------------


def _take(picture: Picture, moment: Moment) -> None:
    """Put the person in custody, or note one more day on which they certainly were."""
    if picture.liberty in (Liberty.FREE, Liberty.EXCHANGED, Liberty.EXILED) and (
        picture.release != ReleaseKind.UNDER_INVESTIGATION
    ):
        picture.procedure, picture.procedure_by, picture.term_ends = Procedure.NONE, None, None
    if not picture.held:
        picture.custodies.append(Custody(begun=picture.abducted_by or moment))
        picture.stays = []
        picture.confined_by = None
        picture.liberty, picture.liberty_by, picture.release = Liberty.HELD, moment, None
        picture.abducted_by = None
    custody = picture.custodies[-1]
    if moment.on is not None:
        custody.held_on.append(moment.on)
    custody.refs.append(moment.ref)


def _let_go(picture: Picture, moment: Moment, *, to: Liberty, release: ReleaseKind | None = None) -> None:
    if picture.held:
        custody = picture.custodies[-1]
        custody.ended_by, custody.ended = moment, moment.on
    picture.liberty, picture.liberty_by, picture.release = to, moment, release
    picture.abducted_by = picture.confined_by = None
    picture.doubt = any(stay.ended is not None and certainly_before(moment.on, stay.ended) for stay in picture.stays)
    picture.stays = []


def _starts_after(on: PartialDate, day: date) -> bool:
    return on.earliest is not None and on.earliest > day


def administrative_end(picture: Picture) -> date | None:
    """Return the last day that the administrative arrest can have lasted; None if nothing tells."""
    moment = picture.procedure_by
    if moment is None or not isinstance(moment.fact, Decision):
        return None
    if moment.fact.term_ends is not None:
        return moment.fact.term_ends.latest
    if moment.on is None or moment.on.latest is None:
        return None
    return min(moment.on.latest, date.max - ADMINISTRATIVE_ARREST_LONGEST) + ADMINISTRATIVE_ARREST_LONGEST


def _lapse(picture: Picture, moment: Moment) -> None:
    """End an administrative arrest whose days are over before what comes now."""
    end = administrative_end(picture) if picture.procedure is Procedure.ADMINISTRATIVE else None
    if end is None or not picture.held or moment.on is None or not _starts_after(moment.on, end):
        return
    assert picture.procedure_by is not None  # noqa: S101 - administrative_end answered
    custody = picture.custodies[-1]
    custody.ended_by, custody.ended = picture.procedure_by, None
    picture.liberty, picture.release = Liberty.FREE, ReleaseKind.TERM_SERVED


def _vanished(picture: Picture, moment: Moment) -> None:
    if picture.held:
        return
    picture.liberty, picture.liberty_by, picture.release = Liberty.MISSING, moment, None
    abducted = isinstance(moment.fact, Event) and moment.fact.kind == EventKind.ABDUCTION
    picture.abducted_by = moment if abducted else None


def _found(picture: Picture, moment: Moment) -> None:
    if picture.liberty is Liberty.MISSING:
        picture.liberty, picture.liberty_by = Liberty.FOUND, moment


def _arrested(picture: Picture, moment: Moment) -> None:
    _lapse(picture, moment)
    if picture.held and picture.procedure in COURT_FREES | {Procedure.ADMINISTRATIVE}:
        picture.procedure, picture.procedure_by = Procedure.NONE, moment
    picture.confined_by = None
    _take(picture, moment)


def _stay_began(picture: Picture, moment: Moment) -> None:
    _lapse(picture, moment)
    _take(picture, moment)
    assert isinstance(moment.fact, Stay)  # noqa: S101 - chronology makes this turn of stays only
    picture.stays.append(moment.fact)
    picture.custodies[-1].stays.append(moment.fact)
    picture.confined_by = moment if moment.fact.kind == StayKind.HOUSE_ARREST else None


def _ordered(picture: Picture, moment: Moment) -> None:
    """A court orders detention. It may do so in the absence of a person who is free: that leaves doubt."""
    if picture.liberty in SETTLED:
        return
    _lapse(picture, moment)
    was_free = picture.liberty is Liberty.FREE
    _take(picture, moment)
    picture.doubt = picture.doubt or was_free
    picture.remanded = True
    if picture.procedure is Procedure.ADMINISTRATIVE:
        picture.procedure, picture.procedure_by = Procedure.NONE, moment
    picture.confined_by = moment if moment.turn is Turn.CONFINED_AT_HOME else None


def _administrative(picture: Picture, moment: Moment) -> None:
    _lapse(picture, moment)
    if picture.liberty in SETTLED:
        return
    _take(picture, moment)
    if picture.procedure is Procedure.NONE:
        picture.procedure, picture.procedure_by = Procedure.ADMINISTRATIVE, moment


def _heard(picture: Picture, moment: Moment) -> None:
    if picture.procedure in (Procedure.NONE, Procedure.ADMINISTRATIVE):
        picture.procedure, picture.procedure_by = Procedure.ON_TRIAL, moment


def _sentenced(picture: Picture, moment: Moment) -> None:
    """A sentence to deprivation of liberty; passed on a person who had been freed, it does not by itself hold them."""
    if isinstance(moment.fact, Decision) and moment.fact.term_ends is not None:
        picture.term_ends = moment.fact.term_ends
    if picture.liberty in SETTLED:
        return
    if picture.liberty is not Liberty.FREE:
        _take(picture, moment)
    elif picture.release == ReleaseKind.UNDER_INVESTIGATION:
        _take(picture, moment)
        picture.doubt = True
    elif picture.procedure in UNDECIDED:
        picture.doubt = True
    done = Procedure.CONVICTED if moment.turn is Turn.CONVICTED else Procedure.IN_FORCE
    if not (done is Procedure.CONVICTED and picture.procedure is Procedure.IN_FORCE):
        picture.procedure, picture.procedure_by = done, moment


def _affirmed(picture: Picture, moment: Moment) -> None:
    if picture.procedure is Procedure.IN_FORCE:
        if isinstance(moment.fact, Decision) and moment.fact.term_ends is not None:
            picture.term_ends = moment.fact.term_ends
        return
    if picture.procedure is Procedure.CONVICTED:
        _sentenced(picture, moment)
        return
    upheld = isinstance(moment.fact, Decision) and moment.fact.outcome == DecisionOutcome.UPHELD
    if picture.procedure not in (Procedure.NONE, Procedure.ON_TRIAL) or (upheld and picture.remanded):
        return
    _sentenced(picture, moment)
    picture.doubt = True


def _undone(picture: Picture, moment: Moment) -> None:
    if picture.procedure in DECIDED:
        picture.procedure, picture.procedure_by, picture.term_ends = Procedure.NONE, moment, None


FREED_BY_COURT: dict[Turn, tuple[Procedure, ReleaseKind]] = {
    Turn.ACQUITTED: (Procedure.ACQUITTED, ReleaseKind.ACQUITTED),
    Turn.DROPPED: (Procedure.DROPPED, ReleaseKind.CASE_DROPPED),
    Turn.CONVICTED_AT_LIBERTY: (Procedure.AT_LIBERTY, ReleaseKind.UNKNOWN),
}


def _freed_by_court(picture: Picture, moment: Moment) -> None:
    """The court lets the person go, unless a stay is recorded that goes on after the day of the decision."""
    if picture.liberty in SETTLED | {Liberty.MISSING}:
        return
    procedure, release = FREED_BY_COURT[moment.turn]
    picture.procedure, picture.procedure_by, picture.term_ends = procedure, moment, None
    latest = moment.on.latest if moment.on is not None else None
    goes_on = [stay for stay in picture.stays if stay.ended is None or (latest and not _ended_by(stay.ended, latest))]
    if picture.held and not goes_on:
        _let_go(picture, moment, to=Liberty.FREE, release=release)


def _ended_by(ended: PartialDate, day: date) -> bool:
    return ended.latest is not None and ended.latest <= day


def _freed(picture: Picture, moment: Moment) -> None:
    release = (moment.fact.release if isinstance(moment.fact, Event) else None) or ReleaseKind.UNKNOWN
    _let_go(picture, moment, to=Liberty.FREE, release=release)
    if release == ReleaseKind.ACQUITTED:
        picture.procedure, picture.procedure_by = Procedure.ACQUITTED, moment


def _exchanged(picture: Picture, moment: Moment) -> None:
    _let_go(picture, moment, to=Liberty.EXCHANGED)


def _exiled(picture: Picture, moment: Moment) -> None:
    deported = isinstance(moment.fact, Event) and moment.fact.kind == EventKind.DEPORTATION_1944
    if not (deported and picture.held):
        _let_go(picture, moment, to=Liberty.EXILED)


def _escaped(picture: Picture, moment: Moment) -> None:
    _let_go(picture, moment, to=Liberty.ESCAPED)


def _died(picture: Picture, moment: Moment) -> None:
    picture.died_by = moment


CHANGES: dict[Turn, Callable[[Picture, Moment], None]] = {
    Turn.VANISHED: _vanished,
    Turn.FOUND: _found,
    Turn.ARRESTED: _arrested,
    Turn.ADMINISTRATIVE: _administrative,
    Turn.REMANDED: _ordered,
    Turn.CONFINED_AT_HOME: _ordered,
    Turn.STAY_BEGAN: _stay_began,
    Turn.HEARD: _heard,
    Turn.CONVICTED: _sentenced,
    Turn.CONVICTED_AT_LIBERTY: _freed_by_court,
    Turn.ACQUITTED: _freed_by_court,
    Turn.AFFIRMED: _affirmed,
    Turn.IN_FORCE: _sentenced,
    Turn.UNDONE: _undone,
    Turn.DROPPED: _freed_by_court,
    Turn.FREED: _freed,
    Turn.EXCHANGED: _exchanged,
    Turn.EXILED: _exiled,
    Turn.ESCAPED: _escaped,
    Turn.DIED: _died,
}


# In what order -----------------------------------------------------------------------------------------------------


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


def _same_day(one: Moment, other: Moment) -> bool:
    return one.on is not None and other.on is not None and one.on.is_day() and one.on == other.on


def _next(picture: Picture, waiting: Iterable[Moment], *, contrary: bool) -> Moment:
    """Choose what comes next among turns whose dates do not say; `contrary` prefers the unusual where two are possible.

    A stay that begins on the very day of a release, in a custody begun earlier, comes after it (released to house arrest).
    """
    candidates = ready(waiting)
    fitting = [one for one in candidates if FITS.get(one.turn, lambda *_: True)(picture, one)] or candidates
    first = fitting[0]
    if first.turn is Turn.STAY_BEGAN and picture.held and not _same_day(first, picture.custodies[-1].begun):
        first = next((one for one in fitting if one.turn is Turn.FREED and _same_day(one, first)), first)
    if not contrary or first.on is None:
        return first
    others = [one for one in fitting if one.on is not None and not _same_day(one, first)]
    return others[-1] if others else first


def _replay(facts: CaseFacts, moments: Iterable[Moment], day: date, *, contrary: bool) -> Picture:
    picture = Picture(day=day, facts=facts)
    waiting = list(moments)
    while waiting and picture.died_by is None:
        moment = _next(picture, waiting, contrary=contrary)
        waiting.remove(moment)
        CHANGES[moment.turn](picture, moment)
    return picture


def replay(facts: CaseFacts, day: date) -> Picture:
    """Replay what has come by `day`, in the usual order where the dates leave a choice."""
    return _replay(facts, [one for one in moments_of(facts) if has_come(one.on, day)], day, contrary=False)


def other_readings(facts: CaseFacts, day: date) -> Iterator[Picture]:
    """Yield the pictures that other readings of the partial dates allow: each unsure turn come or not, all, none, reordered."""
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
    """Return the last day, not after `day`, on which anything dated is recorded of the person; rehabilitation is no sign."""
    dates = [moment.on for moment in moments_of(facts)]
    dates += [event.on for event in facts.events if event.kind not in SAYS_NOTHING_OF_LIFE | EVENT_TURNS.keys()]
    dates += [stay.ended for stay in facts.stays]
    known = [on for on in dates if on is not None and has_come(on, day)]
    return max((min(on.latest or day, day) for on in known), default=None)
