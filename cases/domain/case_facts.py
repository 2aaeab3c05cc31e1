"""The dated facts of one case, from which custody is derived: plain values, filled from records or a document.

A date of None means "not known"; an end of None means "no end is recorded". `ref` is any text by which the caller finds
the record again; it is handed back in `Standing.refs` and `Contradiction.refs` and never looked at.
"""

from dataclasses import dataclass
from typing import TypeAlias

from cases.domain.partial_dates import PartialDate
from cases.enums import DecisionOutcome, EventKind, Instance, ReleaseKind, StayKind, Whereabouts


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Days in one place of detention, on transport, or under house arrest; first and last day belong to it."""

    kind: StayKind
    started: PartialDate | None = None
    ended: PartialDate | None = None
    site: str = ""
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to the person; `release` says how, for a release only."""

    kind: EventKind
    on: PartialDate | None = None
    ended: PartialDate | None = None
    release: ReleaseKind | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """One day in court on the merits at the given instance."""

    on: PartialDate | None = None
    instance: Instance = Instance.FIRST
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of a court or extrajudicial body.

    `custodial` is False for a fine or a suspended sentence; `term_ends` is its last day, reckoned elsewhere.
    """

    instance: Instance
    outcome: DecisionOutcome
    on: PartialDate | None = None
    in_force: PartialDate | None = None
    term_ends: PartialDate | None = None
    custodial: bool = True
    ref: str = ""


Fact: TypeAlias = Stay | Event | Hearing | Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """All that is known of one person's custody; `whereabouts` is what the captor acknowledges at present."""

    born: PartialDate | None = None
    died: PartialDate | None = None
    whereabouts: Whereabouts | None = None
    stays: tuple[Stay, ...] = ()
    events: tuple[Event, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    decisions: tuple[Decision, ...] = ()
