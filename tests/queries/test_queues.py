"""Who finds which work."""

import datetime

import pytest
from django.utils import timezone

from cases.actions import accounts
from cases.models import Submission
from cases.queries import queues
from cases.queries.alarms import RENEW_BEFORE, contradictory_cases, expiring_consents
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)


def sent_back(**fields: object) -> Submission:
    reviewer = factories.UserFactory()
    return factories.SubmissionFactory(
        state="sent_back", decided_by=reviewer, decided_at=timezone.now(), decision_note="Which court?", **fields
    )


def test_the_longest_waiting_submission_comes_first() -> None:
    now = timezone.now()
    young = factories.SubmissionFactory(submitted_at=now)
    old = factories.SubmissionFactory(submitted_at=now - datetime.timedelta(days=2))
    sent_back()
    assert list(queues.waiting()) == [old, young]


def test_the_readers_own_come_first_then_the_urgent_then_the_longest_waiting() -> None:
    now, reader = timezone.now(), factories.UserFactory()

    def made(hours: int, priority: str = "normal", **fields: object) -> Submission:
        return factories.SubmissionFactory(
            submitted_at=now - datetime.timedelta(hours=hours), priority=priority, **fields
        )

    waits, young, old, urgent = made(9, "can_wait"), made(1), made(2), made(0, "urgent")
    others = made(3, reviewer=factories.UserFactory(), assigned_at=now)
    mine = made(0, "can_wait", reviewer=reader, assigned_at=now)
    expected = [mine, urgent, others, old, young, waits]
    assert list(queues.waiting(reader)) == expected
    for place, last in enumerate(expected):
        assert list(queues.after(queues.waiting(reader), last.pk)) == expected[place + 1 :]
    assert list(queues.after(queues.waiting(reader), mine.pk + 999)) == expected


def test_who_may_review_a_submission_is_every_reviewer_but_its_author() -> None:
    accounts.ensure_groups()
    author, bob, carol = (factories.UserFactory(group=accounts.REVIEWER) for _number in range(3))
    factories.UserFactory(group=accounts.RESEARCHER)
    factories.UserFactory(group=accounts.REVIEWER, is_active=False)
    assert list(queues.reviewers_for(factories.SubmissionFactory(submitted_by=author))) == [bob, carol]


def test_what_was_sent_back_comes_to_its_author_until_it_is_submitted_again() -> None:
    author = factories.UserFactory()
    back = sent_back(submitted_by=author)
    sent_back()
    assert list(queues.sent_back_to(author)) == [back]
    factories.SubmissionFactory(prisoner=back.prisoner, submitted_by=author)
    assert list(queues.sent_back_to(author)) == []


def test_a_draft_is_neither_public_nor_waiting() -> None:
    draft = factories.case()
    factories.SubmissionFactory()
    assert list(queues.drafts()) == [draft]


def test_consents_that_end_soon_or_have_ended_are_alarms() -> None:
    soon = factories.case(consent_expires=TODAY + datetime.timedelta(days=RENEW_BEFORE))
    ended = factories.case("Taras Vydumanyi", consent_expires=TODAY - datetime.timedelta(days=1))
    factories.case("Danylo Vydumanyi", consent_expires=TODAY + datetime.timedelta(days=RENEW_BEFORE + 1))
    factories.case("Ostap Vydumanyi")
    alarms = expiring_consents(TODAY)
    assert [alarm.prisoner for alarm in alarms] == [ended, soon]
    assert ["ended" in alarm.message for alarm in alarms] == [True, False]


def test_cases_whose_facts_contradict_are_alarms() -> None:
    factories.case()
    wrong = factories.case("Taras Vydumanyi")
    factories.StayFactory(prisoner=wrong, started="2018-06", ended="2019")
    assert [alarm.prisoner for alarm in contradictory_cases(TODAY)] == [wrong]
