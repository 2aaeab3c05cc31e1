"""Alarms: each kind where it is due and not where it is not; which cases were chosen; never a query more for more cases."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.domain.term_working import Days
from cases.models import Charge, Decision, Prisoner, Publication
from cases.publication.casefile import CaseFile
from cases.queries import term_alarms
from cases.queries.alarm_board import alarm_groups
from cases.queries.alarm_choice import NOBODY, Choice, assignees, chosen_cases, read_choice, regions
from cases.queries.alarms import Alarm
from cases.queries.fact_alarms import hearings_without_outcome, long_transports, unchecked_law, uncited_facts
from cases.queries.term_alarms import TermDays, due_transfers, past_last_day
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)
AT = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def told(alarms: list[Alarm]) -> list[tuple[Prisoner | None, str]]:
    return [(alarm.prisoner, alarm.message) for alarm in alarms]


def everybody() -> Any:
    return Prisoner.objects.all()


def in_transit(started: str, **values: Any) -> Prisoner:
    prisoner = factories.case(**values)
    prisoner.stays.all().delete()
    factories.StayFactory(prisoner=prisoner, kind="in_transit", site=None, started=started, ended=None)
    return prisoner


def transports(days: int = 30) -> list[tuple[Prisoner | None, str]]:
    return told(long_transports(TODAY, days=days, cases=everybody()))


def test_who_is_in_transit_for_longer_than_so_many_days_is_an_alarm() -> None:
    longest = in_transit("2026-09-01")
    just = in_transit("2026-10-22")
    in_transit("2026-10-23")
    assert transports() == [
        (longest, "In transit for at least 82 days, and nobody knows where."),
        (just, "In transit for at least 31 days, and nobody knows where."),
    ]
    assert transports(days=60) == [(longest, "In transit for at least 82 days, and nobody knows where.")]


def test_a_transport_that_may_have_begun_later_is_told_of_from_its_last_possible_day() -> None:
    prisoner = in_transit("2026-09")
    assert transports() == [(prisoner, "In transit for at least 53 days, and nobody knows where.")]


def test_a_transport_that_ended_in_arrival_release_or_death_is_none() -> None:
    factories.StayFactory(prisoner=in_transit("2026-09-01"), started="2026-10-01", ended=None)
    factories.EventFactory(prisoner=in_transit("2026-09-01"), kind="release", happened="2026-10-01")
    in_transit("2026-09-01", died="2026-10-01")
    assert transports() == []


def hearing(held_on: str, **values: Any) -> Any:
    defendant = factories.DefendantFactory()
    return factories.HearingFactory(proceeding=defendant.proceeding, held_on=held_on, **values), defendant.prisoner


def untold() -> list[tuple[Prisoner | None, str]]:
    return told(hearings_without_outcome(TODAY, cases=everybody()))


def test_hearings_that_passed_and_of_which_nothing_is_told_are_one_alarm_a_case() -> None:
    first, prisoner = hearing("2026-11-01")
    factories.HearingFactory(proceeding=first.proceeding, held_on="2026-11-20")
    assert untold() == [(prisoner, "2 hearings have passed without an outcome, the last on 20 November 2026.")]


def test_a_hearing_to_come_or_told_of_or_decided_is_no_alarm() -> None:
    hearing("2026-11-22")
    hearing("2026-12")
    hearing("2026-11-01", note_uk="Відкладено")
    decided, _prisoner = hearing("2026-11-01")
    factories.DecisionFactory(proceeding=decided.proceeding, decided_on="2026-11-01")
    assert untold() == []


def test_a_decision_before_the_hearing_tells_nothing_of_it() -> None:
    after, prisoner = hearing("2026-11-01")
    factories.DecisionFactory(proceeding=after.proceeding, decided_on="2026-10-30")
    assert untold() == [(prisoner, "1 hearing has passed without an outcome: 1 November 2026.")]


def published(**values: Any) -> Prisoner:
    prisoner = factories.case(**values)
    at = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)
    Publication.objects.create(prisoner=prisoner, state="published", version=1, sha256="0" * 64, published_at=at)
    return prisoner


def cite_all(prisoner: Prisoner) -> None:
    decisions = Decision.objects.filter(proceeding__defendants__prisoner=prisoner)
    for row in (*prisoner.stays.all(), *prisoner.events.all(), *decisions):
        factories.CitationFactory(record=row, prisoner=prisoner)


def test_published_facts_without_a_source_are_counted_case_by_case() -> None:
    cited, uncited = published(), published(name="Taras Vydumanyi")
    cite_all(cited)
    cite_all(uncited)
    factories.EventFactory(prisoner=uncited, kind="letter", happened="2023")
    factories.EventFactory(prisoner=uncited, kind="visit", happened="2023")
    factories.EventFactory(prisoner=uncited, kind="award", happened="2024", is_public=False)
    assert told(uncited_facts(cases=everybody())) == [(uncited, "1 published fact has no source.")]


def test_a_draft_without_sources_is_no_alarm() -> None:
    factories.EventFactory(prisoner=factories.case(), kind="letter", happened="2023")
    assert uncited_facts(cases=everybody()) == []


def test_unchecked_law_is_told_once_with_how_many_published_cases_use_it() -> None:
    unchecked, checked = factories.ProvisionFactory(verified=False), factories.ProvisionFactory(verified=True)
    people = (published(), published(name="Taras Vydumanyi"), factories.case("Ostap Vydumanyi"))
    Charge.objects.all().delete()
    for person in people:
        defendant = factories.DefendantFactory(prisoner=person)
        for provision in (unchecked, checked):
            factories.ChargeFactory(defendant=defendant, provision=provision)
    (alarm,) = unchecked_law(cases=everybody())
    assert (alarm.prisoner, alarm.provision) == (None, unchecked)
    assert alarm.message == "Not checked against the law; 2 published cases use it."


def test_a_provision_is_unchecked_while_one_of_its_penalties_is() -> None:
    provision = factories.ProvisionFactory(verified=True)
    penalty = factories.PenaltyFactory(provision=provision, verified=False)
    person = published()
    Charge.objects.all().delete()
    factories.ChargeFactory(defendant=factories.DefendantFactory(prisoner=person), provision=provision)
    assert [one.provision for one in unchecked_law(cases=everybody())] == [provision]
    penalty.verified = True
    penalty.save()
    assert unchecked_law(cases=everybody()) == []


def sentenced(*, years: int = 4, in_force: str = "2021-01-10", **values: Any) -> Prisoner:
    """Somebody in custody since 21 May 2018 with a sentence in force."""
    prisoner = factories.case(**values)
    decision = factories.DecisionFactory(
        proceeding=factories.DefendantFactory(prisoner=prisoner).proceeding,
        instance="appeal",
        outcome="upheld",
        decided_on=in_force,
        in_force_from=in_force,
    )
    defendant = decision.proceeding.defendants.get()
    sentence = factories.SentenceFactory(decision=decision, defendant=defendant, years=years)
    factories.SentenceSegmentFactory(
        sentence=sentence, position=1, regime="prison", years=years - 1, is_remainder=False
    )
    factories.SentenceSegmentFactory(sentence=sentence, position=2, regime="strict", is_remainder=True)
    return prisoner


def days(first: str, last: str = "") -> Days:
    return Days(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))


def reader(last_day: Days | None = None, *transfers: Days) -> Any:
    def read(_case: CaseFile) -> TermDays:
        return TermDays(last_day, transfers)

    return read


def test_who_is_held_after_the_last_possible_day_is_an_alarm() -> None:
    prisoner = sentenced()
    read = reader(days("2022-05-20", "2022-05-22"))
    assert told(past_last_day(TODAY, cases=everybody(), read=read)) == [
        (prisoner, "Still held although the term has ended; its last day: between 20 May 2022 and 22 May 2022.")
    ]


@pytest.mark.parametrize("last_day", [None, days("2022-05-20", "2026-11-22"), days("2032-05-20")])
def test_a_term_that_may_still_run_is_no_alarm(last_day: Days | None) -> None:
    sentenced()
    assert past_last_day(TODAY, cases=everybody(), read=reader(last_day)) == []


def test_who_was_freed_or_died_is_no_alarm() -> None:
    factories.EventFactory(prisoner=sentenced(), kind="release", happened="2022-05-20")
    sentenced(died="2022-01-01")
    assert past_last_day(TODAY, cases=everybody(), read=reader(days("2022-05-20"))) == []


def test_a_sentence_that_cannot_have_ended_is_not_even_counted() -> None:
    def read(_case: CaseFile) -> TermDays:
        raise AssertionError("counted for nothing")

    sentenced(years=14, in_force="2022-01-10")
    assert past_last_day(TODAY, cases=everybody(), read=read) == []


def test_a_release_before_the_sentence_does_not_hide_who_is_held_after_it() -> None:
    prisoner = sentenced()
    factories.EventFactory(prisoner=prisoner, kind="release", happened="2014-05-20")
    read = reader(days("2022-05-20"))
    assert [one.prisoner for one in past_last_day(TODAY, cases=everybody(), read=read)] == [prisoner]
    factories.EventFactory(prisoner=prisoner, kind="exchange", happened="2022-09-21")
    assert past_last_day(TODAY, cases=everybody(), read=read) == []


def test_custody_that_only_a_stay_tells_is_credited_too() -> None:
    prisoner = sentenced(years=8, in_force="2022-01-10")
    prisoner.events.all().delete()
    read = reader(days("2026-05-20"))
    assert [one.prisoner for one in past_last_day(TODAY, cases=everybody(), read=read)] == [prisoner]


def test_terms_that_cannot_be_counted_hide_nobody_behind_them(monkeypatch) -> None:
    monkeypatch.setattr(term_alarms, "AT_ONCE", 1)
    for number in range(3):
        sentenced(name=f"Taras Vydumanyi {number}", in_force="2019-01-10")
    last = sentenced(name="Ostap Vydumanyi", in_force="2021-01-10")

    def read(case: CaseFile) -> TermDays:
        return TermDays(days("2022-05-20") if case.prisoner == last else None)

    assert [one.prisoner for one in past_last_day(TODAY, cases=everybody(), read=read)] == [last]


def test_no_more_terms_are_counted_than_fill_the_list(monkeypatch) -> None:
    monkeypatch.setattr(term_alarms, "AT_ONCE", 1)
    for number in range(3):
        sentenced(name=f"Taras Vydumanyi {number}")
    counted = []

    def read(case: CaseFile) -> TermDays:
        counted.append(case)
        return TermDays(days("2022-05-20"))

    assert len(past_last_day(TODAY, cases=everybody(), read=read, limit=2)) == len(counted) == 2


def test_a_transfer_is_due_until_a_new_place_is_on_record() -> None:
    prisoner = sentenced()
    read = reader(None, days("2021-05-21"))
    assert told(due_transfers(TODAY, cases=everybody(), read=read)) == [
        (prisoner, "The next part of the sentence begins: 21 May 2021. No move since is on record.")
    ]
    prisoner.stays.update(ended="2021-06-01", ended_earliest="2021-06-01", ended_latest="2021-06-01")
    factories.StayFactory(prisoner=prisoner, started="2021-06-01", ended=None)
    assert due_transfers(TODAY, cases=everybody(), read=read) == []


def test_a_transfer_far_ahead_is_not_due() -> None:
    sentenced(years=14, in_force="2022-01-10")
    assert due_transfers(TODAY, cases=everybody(), read=reader(None, days("2031-05-21"))) == []


def test_alarms_are_of_the_chosen_region_or_assignee_alone() -> None:
    crimean = factories.PlaceFactory(sovereign="UA", region="UA-43")
    user = factories.UserFactory()
    here = in_transit("2026-09-01", home=crimean)
    theirs = in_transit("2026-09-02", assigned_to=user)
    found = {
        choice: {
            alarm.prisoner
            for group in alarm_groups(TODAY, at=AT, choice=choice, transit_days=30)
            for alarm in group.alarms
        }
        for choice in (Choice(), Choice(region="UA-43"), Choice(assignee=str(user.pk)), Choice(assignee=NOBODY))
    }
    assert found == {
        Choice(): {here, theirs},
        Choice(region="UA-43"): {here},
        Choice(assignee=str(user.pk)): {theirs},
        Choice(assignee=NOBODY): {here},
    }
    assert [code for code, _name in regions()] == ["UA-43"]
    assert list(assignees()) == [user]


@pytest.mark.parametrize(("region", "assignee"), [("XX-99", "x"), ("", "-1"), ("'", "9" * 40), ("", "")])
def test_what_cannot_be_chosen_chooses_everything(region: str, assignee: str) -> None:
    assert read_choice(region, assignee) == Choice()
    assert list(chosen_cases(Choice())) == []


def test_the_groups_say_what_they_are_and_how_they_were_found() -> None:
    in_transit("2026-09-01")
    groups = alarm_groups(TODAY, at=AT, choice=Choice(), transit_days=30)
    assert [(group.name, group.note) for group in groups] == [("transit", "Told after more than 30 days.")]


def test_alarms_cost_the_same_for_one_case_and_for_many() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            alarm_groups(
                TODAY, at=AT, choice=Choice(), transit_days=30, read=reader(days("2022-05-20"), days("2021-05-21"))
            )
        return len(queries)

    def one_of_each(name: str) -> None:
        in_transit("2026-09-01", name=name)
        sentenced(name=name)
        hearing("2026-11-01")
        published(name=name, consent_expires=TODAY)

    one_of_each("Taras Vydumanyi")
    asked()
    first = asked()
    for name in ("Ostap Vydumanyi", "Danylo Vydumanyi"):
        one_of_each(name)
    assert asked() == first
