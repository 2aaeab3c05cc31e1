"""Facts for the tests of custody, written briefly, and the seed cases as far as they are told."""

from datetime import date

from cases.domain.custody import (
    CaseFacts,
    Decision,
    Event,
    Hearing,
    Stay,
)
from cases.domain.partial_dates import parse
from cases.enums import DecisionOutcome, EventKind, Instance, ReleaseKind, StayKind

TODAY = date(2026, 5, 18)


def happened(kind: EventKind, on: str = "", release: ReleaseKind | None = None) -> Event:
    return Event(kind=kind, on=parse(on) if on else None, release=release, ref=f"{kind} {on}".strip())


def decided(
    outcome: DecisionOutcome,
    on: str = "",
    *,
    instance: Instance = Instance.FIRST,
    in_force: str = "",
    ends: str = "",
    custodial: bool = True,
) -> Decision:
    return Decision(
        instance=instance,
        outcome=outcome,
        on=parse(on) if on else None,
        in_force=parse(in_force) if in_force else None,
        term_ends=parse(ends) if ends else None,
        custodial=custodial,
        ref=f"{outcome} {on}".strip(),
    )


def stayed(started: str = "", ended: str = "", *, kind: StayKind = StayKind.SITE, site: str = "SIZO-1") -> Stay:
    return Stay(
        kind=kind,
        started=parse(started) if started else None,
        ended=parse(ended) if ended else None,
        site=site if kind == StayKind.SITE else "",
        ref=f"stay {started}".strip(),
    )


def heard(on: str = "", instance: Instance = Instance.FIRST) -> Hearing:
    return Hearing(on=parse(on) if on else None, instance=instance, ref=f"hearing {on}".strip())


def facts(*given_facts: Stay | Event | Hearing | Decision, **other: object) -> CaseFacts:
    def of(kind: type) -> tuple:
        return tuple(fact for fact in given_facts if isinstance(fact, kind))

    return CaseFacts(stays=of(Stay), events=of(Event), hearings=of(Hearing), decisions=of(Decision), **other)


ARREST = happened(EventKind.ARREST, "2018-05-21")
ABDUCTION = happened(EventKind.ABDUCTION, "2018-05-21")
CONVICTION = decided(DecisionOutcome.CONVICTED, "2020-09-16")
RELEASE = happened(EventKind.RELEASE, "2021-03-01", ReleaseKind.TERM_SERVED)
DEATH = happened(EventKind.DEATH, "2022-01-01")
APPEAL = decided(DecisionOutcome.UPHELD, "2022-03-14", instance=Instance.APPEAL)
OSO = decided(DecisionOutcome.CONVICTED, "1937-10-02", instance=Instance.EXTRAJUDICIAL, ends="1947-10-02")

MUSTAFAYEV = facts(
    ARREST,
    heard("2019-11-15"),
    decided(DecisionOutcome.CONVICTED, "2020-09-16", ends="2032-05-20"),
    decided(DecisionOutcome.UPHELD, "2022-03-14", instance=Instance.APPEAL),
)

RADCHENKO = facts(
    happened(EventKind.PERSECUTED_ACT, "1932"),
    decided(DecisionOutcome.CONVICTED),
    Stay(kind=StayKind.SITE, site="A camp of the Gulag", ref="gulag"),
    born=parse("1896"),
)

KOZLOVSKYI = facts(
    happened(EventKind.ARREST, "2016-01-27"),
    happened(EventKind.TORTURE_ALLEGED, "2016-01"),
    happened(EventKind.RELEASE, "2017-12-27"),
    happened(EventKind.DEATH, "2023-09-06"),
)
