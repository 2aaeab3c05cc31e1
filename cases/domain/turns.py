"""What each turn of a case changes in its picture: one small function a turn, and the table that names them."""

from collections.abc import Callable
from datetime import date, timedelta

from cases.domain.case_facts import Decision, Event, Stay
from cases.domain.chronology import Moment, Turn, certainly_before
from cases.domain.partial_dates import PartialDate, parse
from cases.domain.picture import COURT_FREES, DECIDED, SETTLED, Custody, Liberty, Picture, Procedure
from cases.enums import DecisionOutcome, EventKind, ReleaseKind, StayKind

ADMINISTRATIVE_ARREST_LONGEST = timedelta(days=30)
"""Code of Administrative Offences of Russia, art. 3.9: up to 15 days, for some offences up to 30. Not verified here."""


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


def _administrative_end_told(moment: Moment, last: date) -> PartialDate:
    if isinstance(moment.fact, Decision) and moment.fact.term_ends is not None:
        return moment.fact.term_ends
    first = moment.on.earliest if moment.on is not None else None
    return parse(f"{first.isoformat() if first else '..'}/{last.isoformat()}")


def _lapse(picture: Picture, moment: Moment) -> None:
    """End an administrative arrest whose days are over before what comes now."""
    end = administrative_end(picture) if picture.procedure is Procedure.ADMINISTRATIVE else None
    if end is None or not picture.held or moment.on is None or not _starts_after(moment.on, end):
        return
    assert picture.procedure_by is not None  # noqa: S101 - administrative_end answered
    custody = picture.custodies[-1]
    custody.ended_by, custody.ended = picture.procedure_by, _administrative_end_told(picture.procedure_by, end)
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
    elif picture.procedure not in (Procedure.CONVICTED, Procedure.IN_FORCE):
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
    """Of an event of death and a date of death the event is kept: it says how, and has a source of its own."""
    if picture.died_by is None or picture.died_by.fact is None:
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
