"""Each rule of contradiction has facts that break it and facts close to them that do not."""

from dataclasses import dataclass
from datetime import date

import pytest

from cases.domain.contradictions import CHECKS, ContradictionRule
from cases.domain.custody import CaseFacts, Decision, Event, Stay, contradictions
from cases.domain.partial_dates import parse
from cases.enums import DecisionOutcome, EventKind, Instance, ReleaseKind, StayKind
from tests.domain.custody_facts import (
    ABDUCTION,
    APPEAL,
    ARREST,
    CONVICTION,
    DEATH,
    KOZLOVSKYI,
    MUSTAFAYEV,
    OSO,
    RADCHENKO,
    RELEASE,
    TODAY,
    decided,
    facts,
    happened,
    stayed,
)

Rule = ContradictionRule
FREED = happened(EventKind.RELEASE, "2020-01-01")
ACQUITTAL = decided(DecisionOutcome.ACQUITTED, "2020-09-16")
LONG_AGO = stayed("1937", site="Kolyma")


@dataclass(frozen=True)
class Case:
    """Facts that the rule warns of, what it says, and near facts that it must let pass."""

    broken: CaseFacts
    says: str
    passes: tuple[CaseFacts, ...]


TABLE: dict[ContradictionRule, Case] = {
    Rule.OVERLAPPING_STAYS: Case(
        facts(stayed("2018-05-01", "2018-06-01", site="A"), stayed("2018-05-20", "2018-07-01", site="B")),
        "The stays at A and B overlap.",
        (
            facts(stayed("2018-05-01", "2018-06-01", site="A"), stayed("2018-06-01", "2018-07-01", site="B")),
            facts(stayed("2018-05-01", "2018-06-01", site="A"), stayed("2018-05-20", "2018-07-01", site="A")),
            facts(
                stayed("2018-05-01", "2018-06-01", site="A"),
                stayed("2018-05-20", "2018-07-01", kind=StayKind.UNKNOWN),
            ),
            facts(stayed("2018", "2019", site="A"), stayed("2019", "2020", site="B")),
        ),
    ),
    Rule.STAYS_MAY_OVERLAP: Case(
        facts(stayed("2018-05-01", "2018", site="A"), stayed("2018-06", "2019-07-01", site="B")),
        "The stays at A and B may overlap.",
        (
            facts(stayed("2018-05-01", "2018-06", site="A"), stayed("2018-06", "2019-07-01", site="B")),
            facts(stayed("2018", "2019", site="A"), stayed("2020", "2021", site="B")),
            facts(stayed("2018-05-01", "2018-06-01", site="A"), stayed("2018-05-20", "2018-07-01", site="B")),
        ),
    ),
    Rule.TWO_OPEN_STAYS: Case(
        facts(stayed("2018-05-01", site="A"), stayed("2019-05-01", site="B")),
        "The stays at A and B both have no end.",
        (facts(stayed("2018-05-01", "2019-05-01", site="A"), stayed("2019-05-01", site="B")),),
    ),
    Rule.STAY_ENDS_BEFORE_IT_STARTS: Case(
        facts(stayed("2018-05", "2018-04", site="A")),
        "The stay at A ends (2018-04) before it begins (2018-05).",
        (facts(stayed("2018-05", "2018", site="A")), facts(stayed("2018-05-01", "2018-05-01", site="A"))),
    ),
    Rule.RELEASE_BEFORE_ARREST: Case(
        facts(happened(EventKind.RELEASE, "2017"), ARREST),
        "The release (2017) is before the first arrest or detention (2018-05-21).",
        (
            facts(happened(EventKind.RELEASE, "2018"), ARREST),
            facts(happened(EventKind.RELEASE, "2017")),
            facts(happened(EventKind.RELEASE, "2017"), happened(EventKind.ARREST)),
            facts(stayed("2016", "2017"), happened(EventKind.RELEASE, "2017"), ARREST),
        ),
    ),
    Rule.RELEASED_TWICE: Case(
        facts(ARREST, FREED, RELEASE),
        "Released on 2020-01-01 and again on 2021-03-01, with no arrest or detention in between.",
        (
            facts(ARREST, FREED, happened(EventKind.ARREST, "2020-06"), RELEASE),
            facts(ARREST, FREED, happened(EventKind.ARREST), RELEASE),
            facts(ARREST, happened(EventKind.RELEASE, "2021"), RELEASE),
        ),
    ),
    Rule.HELD_WHILE_RELEASED: Case(
        facts(stayed("2018-05-01", site="A"), FREED),
        "The stay at A goes on after the release on 2020-01-01.",
        (
            facts(stayed("2018-05-01", "2020-01-01", site="A"), FREED),
            facts(stayed("2018-05-01", "2020-01-01", site="A"), FREED, stayed("2020-01-01", site="B")),
            facts(stayed("2018-05-01", "2020", site="A"), FREED),
        ),
    ),
    Rule.DEATH_BEFORE_BIRTH: Case(
        facts(born=parse("1986"), died=parse("1985")),
        "The death (1985) is before the birth (1986).",
        (facts(born=parse("1986"), died=parse("1986")), facts(died=parse("1986"))),
    ),
    Rule.DEATHS_DIFFER: Case(
        facts(DEATH, died=parse("2021")),
        "The date of death (2021) differs from the event of death (2022-01-01).",
        (facts(DEATH, died=parse("2022")),),
    ),
    Rule.EVENT_AFTER_DEATH: Case(
        facts(DEATH, happened(EventKind.ARREST, "2023")),
        "Arrest (2023) is after the death (2022-01-01).",
        (
            facts(DEATH, happened(EventKind.ARREST, "2022")),
            facts(DEATH, happened(EventKind.AWARD, "2023")),
            facts(DEATH, happened(EventKind.REHABILITATION_GRANTED, "2023")),
            facts(DEATH, decided(DecisionOutcome.CONVICTED, "2023")),
        ),
    ),
    Rule.DECISION_BEFORE_BIRTH: Case(
        facts(CONVICTION, born=parse("2021")),
        "The decision of 2020-09-16 is before the birth (2021).",
        (facts(CONVICTION, born=parse("2020")),),
    ),
    Rule.IMPROBABLE_AGE: Case(
        facts(ARREST, born=parse("2010")),
        "The arrest or detention of 2018-05-21 would be at an age under 10 or over 110 (born 2010).",
        (facts(ARREST, born=parse("2008")), facts(ARREST, born=parse("1908")), facts(ARREST)),
    ),
    Rule.APPEAL_BEFORE_FIRST_INSTANCE: Case(
        facts(CONVICTION, decided(DecisionOutcome.REDUCED, "2019-01", instance=Instance.APPEAL)),
        "The decision on appeal (2019-01) is before the decision at first instance (2020-09-16).",
        (
            facts(CONVICTION, APPEAL),
            facts(CONVICTION, decided(DecisionOutcome.REDUCED, "2020", instance=Instance.APPEAL)),
            facts(CONVICTION, decided(DecisionOutcome.UPHELD, "2018-06-20", instance=Instance.APPEAL)),
        ),
    ),
    Rule.IN_FORCE_BEFORE_DECIDED: Case(
        facts(decided(DecisionOutcome.CONVICTED, "2020-09-16", in_force="2020-08")),
        "The decision is in force (2020-08) before it was taken (2020-09-16).",
        (facts(decided(DecisionOutcome.CONVICTED, "2020-09-16", in_force="2020")),),
    ),
    Rule.ACQUITTED_BUT_HELD: Case(
        facts(stayed("2018-05-21", site="A"), ACQUITTAL),
        "Acquitted on 2020-09-16, but the stay at A goes on.",
        (
            facts(stayed("2018-05-21", "2020-09-16", site="A"), ACQUITTAL),
            facts(stayed("2018-05-21", site="A"), ACQUITTAL, died=parse("2021")),
        ),
    ),
    Rule.SENTENCE_WITHOUT_CONVICTION: Case(
        facts(ARREST, RELEASE),
        "A sentence was confirmed, changed or served (2021-03-01), but no conviction is recorded.",
        (facts(ARREST, CONVICTION, RELEASE), facts(ARREST, FREED)),
    ),
    Rule.IN_THE_FUTURE: Case(
        facts(happened(EventKind.ARREST, "2027")),
        "Arrest is dated in the future (2027).",
        (facts(happened(EventKind.ARREST, "2026")),),
    ),
    Rule.UNKNOWN_BUT_HELD: Case(
        facts(LONG_AGO),
        "The stay at Kolyma has no end, but the facts do not tell where the person stands today.",
        (facts(stayed("1937", "1947", site="Kolyma")), facts(stayed("2018", site="A"))),
    ),
}


def _rules(known: CaseFacts, on: date = TODAY) -> list[ContradictionRule]:
    return [found.rule for found in contradictions(known, on)]


@pytest.mark.parametrize("rule", TABLE, ids=str)
def test_facts_that_cannot_be_are_told_in_one_sentence(rule: ContradictionRule) -> None:
    found = [one for one in contradictions(TABLE[rule].broken, TODAY) if one.rule is rule]
    assert [str(one) for one in found] == [TABLE[rule].says]


PASSES = [(rule, known) for rule, case in TABLE.items() for known in case.passes]


@pytest.mark.parametrize(("rule", "known"), PASSES, ids=[str(rule) for rule, _ in PASSES])
def test_near_facts_are_let_pass(rule: ContradictionRule, known: CaseFacts) -> None:
    assert rule not in _rules(known)


def test_every_rule_has_a_check_and_a_row() -> None:
    assert set(CHECKS) == set(TABLE) == set(ContradictionRule)


def test_a_warning_names_the_facts_it_rests_on() -> None:
    found = contradictions(facts(ARREST, FREED, happened(EventKind.RELEASE, "2021-03")), TODAY)
    assert [one.refs for one in found] == [("release 2020-01-01", "release 2021-03")]


@pytest.mark.parametrize("known", [MUSTAFAYEV, RADCHENKO, KOZLOVSKYI, facts(ABDUCTION), facts(OSO)])
def test_cases_in_order_give_no_warning_but_an_open_end(known: CaseFacts) -> None:
    assert set(_rules(known)) <= {Rule.UNKNOWN_BUT_HELD}


def test_what_has_not_come_yet_is_a_warning_for_its_day_only() -> None:
    known = facts(happened(EventKind.ARREST, "2026-05-20"))
    assert _rules(known, date(2026, 5, 19)) == [Rule.IN_THE_FUTURE]
    assert _rules(known, date(2026, 5, 20)) == []


def test_facts_without_dates_contradict_nothing() -> None:
    known = CaseFacts(
        stays=(Stay(kind=StayKind.SITE, site="A", ended=parse("2017")), Stay(kind=StayKind.SITE, site="B")),
        events=(Event(kind=EventKind.ARREST), Event(kind=EventKind.RELEASE, release=ReleaseKind.PARDON)),
        decisions=(Decision(instance=Instance.FIRST, outcome=DecisionOutcome.CONVICTED),),
    )
    assert _rules(known) == []
