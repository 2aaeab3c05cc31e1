"""What follows from places and dates under the Fourth Geneva Convention: flags, each with its answer and its reasons.

A place is under occupation from the day on which another power than its sovereign came into control. The person is
protected who is in the hands of an occupying power of which they are no national (article 4); a nationality that the
occupying power imposed does not take the protection away. Every answer is *yes*, *possibly* or *no*; a flag whose answer
is *no* is not raised.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cases.domain.alleged_acts import Act, Answer, before
from cases.domain.partial_dates import Certainty, PartialDate
from cases.domain.sentence_standing import TRYING
from cases.enums import CitizenshipBasis, DecisionOutcome, Instance

JUDGING = frozenset({DecisionOutcome.CONVICTED, DecisionOutcome.ACQUITTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place: whose it is, who is in control of it, and since when (None: not recorded)."""

    slug: str
    sovereign: str
    controlled_by: str = ""
    controlled_since: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The person was taken (`is_seizure`), or was certainly held, at a place on a day."""

    where: Where
    on: PartialDate | None
    is_seizure: bool = True
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldAt:
    """A stay at a site in a place."""

    where: Where
    started: PartialDate | None
    ended: PartialDate | None
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A decision of a court that sits in a place."""

    where: Where
    instance: Instance
    outcome: DecisionOutcome
    on: PartialDate | None
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accused:
    """A charge under the law of a `power`: the alleged act, where it was (None: not recorded), and since when the
    provision is in force."""

    number: str
    power: str
    act: Act
    in_force_from: PartialDate | None
    where: Where | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class National:
    """A citizenship of the person."""

    country: str
    basis: CitizenshipBasis
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The person served in armed forces, until a day or (None) as far as anybody wrote down."""

    until: PartialDate | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that the flags are computed from."""

    nationals: tuple[National, ...] = ()
    served: tuple[Served, ...] = ()
    taken: tuple[Taken, ...] = ()
    held: tuple[HeldAt, ...] = ()
    judged: tuple[Judged, ...] = ()
    accused: tuple[Accused, ...] = ()


class FlagKind(StrEnum):
    """Which articles a flag is about."""

    TRANSFER = "transfer"  # 49, 76
    COURT = "court"  # 66
    BEFORE_OCCUPATION = "before_occupation"  # 70
    PROVISION_LATER = "provision_later"  # 65, 67


#: The articles that each flag names. The first is the one for which it is raised.
ARTICLES: dict[FlagKind, tuple[str, ...]] = {
    FlagKind.TRANSFER: ("49", "76", "4"),
    FlagKind.COURT: ("66", "4"),
    FlagKind.BEFORE_OCCUPATION: ("70", "4"),
    FlagKind.PROVISION_LATER: ("65", "67", "4"),
}


class Protection(StrEnum):
    """Why the person is, or perhaps is, protected."""

    NATIONAL_OF_ANOTHER = "national_of_another"
    IMPOSED = "imposed"
    NOT_RECORDED = "not_recorded"
    BASIS_UNKNOWN = "basis_unknown"
    SERVICE_MEMBER = "service_member"  # a prisoner of war is protected by the Third Convention instead (article 4)
    OWN_NATIONAL = "own_national"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One flag: its answer, the place under occupation and since when, what was held against it, and the rows used.

    `about` are the stays, decisions or the charge that raise it; `appeals` decisions of courts of appeal outside; `seized`
    is where the power seized the person in its own country, perhaps before: then the flag is raised possibly at most.
    """

    kind: FlagKind
    answer: Certainty
    base: Taken
    protection: Protection
    about: tuple[HeldAt | Judged | Accused, ...]
    appeals: tuple[Judged, ...] = ()
    seized: Taken | None = None
    refs: tuple[str, ...] = ()


def flags(situation: Situation) -> tuple[Flag, ...]:
    """Return the flags that are raised, certainly or possibly."""
    base, occupied = _base(situation.taken)
    if base is None or occupied is Certainty.NO:
        return ()
    protection, protected, refs = _protected(situation.nationals, base.where.controlled_by)
    if protected is Certainty.NO:
        return ()
    served = tuple(one.ref for one in situation.served if _may_have_served(one, base.on))
    if served:
        protection, protected, refs = Protection.SERVICE_MEMBER, Certainty.POSSIBLY, (*refs, *served)
    seized = _seized_at_home(base, situation.taken)
    answer = _both(occupied, protected, Certainty.POSSIBLY if seized else Certainty.YES)
    ground = _Ground(base, protection, answer, (base.ref, *([seized.ref] if seized else []), *refs), seized)
    return tuple(
        flag
        for flag in (
            *_transfer(situation, ground),
            *_court(situation, ground),
            *_before_occupation(situation, ground),
            *_provision_later(situation, ground),
        )
        if flag.answer is not Certainty.NO
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What all flags stand on: a protected person in the hands of the power that occupies a place."""

    base: Taken
    protection: Protection
    answer: Certainty
    refs: tuple[str, ...]
    seized: Taken | None = None


def occupied(where: Where, on: PartialDate | None) -> Certainty:
    """Tell whether a place was under occupation on a day."""
    if not where.controlled_by or where.controlled_by == where.sovereign:
        return Certainty.NO
    if on is None or where.controlled_since is None:
        return Certainty.POSSIBLY
    answers = {Certainty.YES: Certainty.NO, Certainty.NO: Certainty.YES}
    return answers.get(on.before(where.controlled_since), Certainty.POSSIBLY)


def _base(taken: Sequence[Taken]) -> tuple[Taken | None, Certainty]:
    """Return the first fact that puts the person, most certainly, into the hands of an occupying power."""
    found = [(one, occupied(one.where, one.on)) for one in taken]
    for wanted in (Certainty.YES, Certainty.POSSIBLY):
        for one, answer in found:
            if answer is wanted:
                return one, answer
    return None, Certainty.NO


def _seized_at_home(base: Taken, taken: Iterable[Taken]) -> Taken | None:
    """Return where the power may have seized the person in its own country, before holding them in the occupied one."""
    found = (
        one
        for one in taken
        if one.is_seizure
        and one.where.sovereign == base.where.controlled_by
        and (one.on is None or base.on is None or base.on.before(one.on) is not Certainty.YES)
    )
    return None if base.is_seizure else next(found, None)


def _may_have_served(one: Served, on: PartialDate | None) -> bool:
    """Tell whether the person may have been a service member on the day."""
    return one.until is None or on is None or one.until.before(on) is not Certainty.YES


def _protected(nationals: Iterable[National], power: str) -> tuple[Protection, Certainty, tuple[str, ...]]:
    """Tell whether the person is protected from the power: not where they are its national by birth or by choice."""
    rows = tuple(nationals)
    refs = tuple(one.ref for one in rows)
    own = [one for one in rows if one.country == power]
    if any(one.basis == CitizenshipBasis.BIRTH_OR_CHOICE for one in own):
        return Protection.OWN_NATIONAL, Certainty.NO, refs
    if any(one.basis == CitizenshipBasis.UNKNOWN for one in own):
        return Protection.BASIS_UNKNOWN, Certainty.POSSIBLY, refs
    if own:
        return Protection.IMPOSED, Certainty.YES, refs
    if rows:
        return Protection.NATIONAL_OF_ANOTHER, Certainty.YES, refs
    return Protection.NOT_RECORDED, Certainty.POSSIBLY, refs


def _both(*answers: Certainty) -> Certainty:
    """Return the weakest of several answers that all have to hold."""
    if Certainty.NO in answers:
        return Certainty.NO
    return Certainty.POSSIBLY if Certainty.POSSIBLY in answers else Certainty.YES


def _flag(
    kind: FlagKind,
    ground: _Ground,
    answer: Certainty,
    about: Sequence[HeldAt | Judged | Accused],
    *,
    appeals: Sequence[Judged] = (),
) -> Flag:
    return Flag(
        kind=kind,
        answer=_both(ground.answer, answer),
        base=ground.base,
        protection=ground.protection,
        about=tuple(about),
        appeals=tuple(appeals),
        seized=ground.seized,
        refs=(*ground.refs, *(one.ref for one in (*about, *appeals))),
    )


def _transfer(situation: Situation, ground: _Ground) -> Iterator[Flag]:
    """Articles 49 and 76: held or serving in another country than the occupied one."""
    outside = [one for one in situation.held if one.where.sovereign != ground.base.where.sovereign]
    later = [(one, _not_before(one.started, one.ended, ground.base.on)) for one in outside]
    found = [one for one, answer in later if answer is not Certainty.NO]
    if found:
        answer = Certainty.YES if any(answer is Certainty.YES for _one, answer in later) else Certainty.POSSIBLY
        yield _flag(FlagKind.TRANSFER, ground, answer, found)


def _not_before(started: PartialDate | None, ended: PartialDate | None, on: PartialDate | None) -> Certainty:
    """Tell whether a stay came after the person was taken: a stay without dates may have been before."""
    if on is None:
        return Certainty.POSSIBLY
    if started is not None:
        answers = {Certainty.YES: Certainty.NO, Certainty.NO: Certainty.YES}
        return answers.get(started.before(on), Certainty.POSSIBLY)
    return Certainty.NO if ended is not None and ended.before(on) is Certainty.YES else Certainty.POSSIBLY


def _court(situation: Situation, ground: _Ground) -> Iterator[Flag]:
    """Article 66: the court that tries the case shall sit in the occupied country, courts of appeal "preferably"."""
    outside = [one for one in situation.judged if one.where.sovereign != ground.base.where.sovereign]
    later = [(one, _not_before(one.on, None, ground.base.on)) for one in outside]
    trying = [
        (one, answer)
        for one, answer in later
        if one.instance in TRYING and one.outcome in JUDGING and answer is not Certainty.NO
    ]
    if trying:
        answer = Certainty.YES if any(answer is Certainty.YES for _one, answer in trying) else Certainty.POSSIBLY
        appeals = [one for one, answer in later if one.instance == Instance.APPEAL and answer is not Certainty.NO]
        yield _flag(FlagKind.COURT, ground, answer, [one for one, _answer in trying], appeals=appeals)


def _before_occupation(situation: Situation, ground: _Ground) -> Iterator[Flag]:
    """Article 70: nobody is prosecuted for what was done before the occupation of the place where it was done.

    Where that place is not recorded, the place where the person was taken makes it possible and no more.
    """
    for one in _accused(situation, ground):
        where = one.where or ground.base.where
        if where.controlled_by == one.power and where.sovereign != one.power:
            answer = _act_before(one, where.controlled_since)
            yield _flag(
                FlagKind.BEFORE_OCCUPATION,
                ground,
                answer if one.where is not None else _both(answer, Certainty.POSSIBLY),
                [one],
            )


def _provision_later(situation: Situation, ground: _Ground) -> Iterator[Flag]:
    """Articles 65 and 67: only provisions that were applicable before the offence."""
    for one in _accused(situation, ground):
        yield _flag(FlagKind.PROVISION_LATER, ground, _act_before(one, one.in_force_from), [one])


def _accused(situation: Situation, ground: _Ground) -> Iterator[Accused]:
    """Yield the charges under the law of the occupying power: those of another state are no concern of these articles."""
    return (one for one in situation.accused if one.power == ground.base.where.controlled_by)


def _act_before(charge: Accused, day: PartialDate | None) -> Certainty:
    """Tell whether the alleged act was over before a day; what is not recorded raises no flag."""
    answers = {Answer.YES: Certainty.YES, Answer.POSSIBLY: Certainty.POSSIBLY}
    return answers.get(before(charge.act, day)[0], Certainty.NO)
