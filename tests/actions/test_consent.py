"""Consent that is narrowed or ends takes effect on the public side at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from cases.actions.consent import end_expired_consents, keep_within_consent
from cases.actions.review import approve, submit
from cases.enums import AuditAction, Consent
from cases.models import AuditEntry, Prisoner, Publication
from cases.publication.publish import withdraw_expired
from cases.published.models import PublishedCase, PublishedVersion
from tests import factories

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TODAY = NOW.date()


@pytest.fixture
def prisoner(alice: User, bob: User) -> Prisoner:
    person = factories.case()
    approve(bob, submit(alice, person, at=NOW), at=NOW)
    return person


def visible(on: date = TODAY) -> bool:
    return PublishedCase.objects.visible(on).exists()


@pytest.mark.parametrize("consent", [Consent.NONE, Consent.INITIALS])
def test_narrower_consent_withdraws_at_once_and_says_so(alice: User, prisoner: Prisoner, consent: Consent) -> None:
    assert keep_within_consent(alice, prisoner, at=LATER) == ""
    prisoner.consent = consent.value
    prisoner.save()
    assert "withdrawn" in keep_within_consent(alice, prisoner, at=LATER)
    assert not visible()
    assert not PublishedVersion.objects.open().filter(kind="case").exists()
    assert (Publication.objects.get().state, Publication.objects.get().withdrawn_by) == ("withdrawn", alice)


def test_consent_that_has_ended_withdraws(alice: User, prisoner: Prisoner) -> None:
    prisoner.consent_expires = LATER.date() - timedelta(days=1)
    prisoner.save()
    assert "ended" in keep_within_consent(alice, prisoner, at=LATER)
    assert not visible()


def test_an_earlier_end_of_consent_reaches_the_page_and_every_version(alice: User, prisoner: Prisoner) -> None:
    last = LATER.date() + timedelta(days=5)
    prisoner.consent_expires = last
    prisoner.save()
    assert keep_within_consent(alice, prisoner, at=LATER) == ""
    assert (visible(last), visible(last + timedelta(days=1))) == (True, False)
    assert set(PublishedVersion.objects.filter(kind="case").values_list("show_until", flat=True)) == {last}


def test_a_later_end_of_consent_waits_for_a_reviewer(alice: User, bob: User, prisoner: Prisoner) -> None:
    first, second = LATER.date() + timedelta(days=5), LATER.date() + timedelta(days=50)
    prisoner.consent_expires = first
    prisoner.save()
    keep_within_consent(alice, prisoner, at=LATER)
    prisoner.consent_expires = second
    prisoner.save()
    keep_within_consent(alice, prisoner, at=LATER)
    assert not visible(second)
    approve(bob, submit(alice, prisoner, at=LATER), at=LATER)
    assert visible(second)


def test_the_daily_command_withdraws_what_nobody_opened(prisoner: Prisoner) -> None:
    Prisoner.objects.filter(pk=prisoner.pk).update(consent_expires=NOW.date())
    assert end_expired_consents(at=NOW) == 0
    assert end_expired_consents(at=NOW + timedelta(days=1)) == 1
    assert Publication.objects.get().state == "withdrawn"
    assert not PublishedCase.objects.filter(document__isnull=False).exists()


def test_the_daily_command_withdraws_what_slipped_past_the_desk(prisoner: Prisoner) -> None:
    Prisoner.objects.filter(pk=prisoner.pk).update(consent=Consent.NONE.value)
    assert end_expired_consents(at=NOW) == 1
    assert not visible()


def test_the_desk_learns_of_what_the_public_side_withdrew_by_itself(alice: User, bob: User, prisoner: Prisoner) -> None:
    PublishedCase.objects.update(show_until=NOW.date() - timedelta(days=1))
    withdraw_expired(on=NOW.date(), at=NOW)
    assert end_expired_consents(at=LATER) == 1
    assert Publication.objects.get().state == "withdrawn"
    approve(bob, submit(alice, prisoner, at=LATER), at=LATER)
    assert visible()


def test_the_audit_says_that_a_case_left_the_public_side_because_of_its_consent(
    alice: User, bob: User, prisoner: Prisoner
) -> None:
    other = factories.case("Taras Vydumanyi")
    approve(bob, submit(alice, other, at=NOW), at=NOW)
    prisoner.consent = Consent.NONE.value
    prisoner.save()
    keep_within_consent(alice, prisoner, at=LATER)
    Prisoner.objects.filter(pk=other.pk).update(consent_expires=TODAY - timedelta(days=1))
    end_expired_consents(at=LATER)
    told = AuditEntry.objects.filter(action=AuditAction.WITHDRAWN.value).order_by("number")
    assert [(one.case, one.actor_name) for one in told] == [(prisoner.code, "alice"), (other.code, "")]
