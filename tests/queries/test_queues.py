"""Who finds which work."""

import datetime

import pytest
from django.utils import timezone

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
