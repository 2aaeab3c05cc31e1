import datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cases.actions.permissions import ActionRefused
from cases.actions.publication import republish, withdraw
from cases.actions.review import approve, assign, prioritise, recall, send_back, submit
from cases.enums import AuditAction, Consent, Priority
from cases.models import AuditEntry, Publication, Submission
from cases.published.models import PublishedCase, PublishedVersion
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(hours=1)


def test_a_case_that_another_person_approves_is_public(alice: User, bob: User) -> None:
    prisoner = factories.case()
    waiting = submit(alice, prisoner, note="New.", at=NOW)
    assert (waiting.state, waiting.submitted_at, PublishedCase.objects.count()) == ("waiting", NOW, 0)
    approved = approve(bob, waiting, note="Good.", at=LATER)
    assert (approved.state, approved.decided_by, approved.decided_at) == ("approved", bob, LATER)
    public = PublishedCase.objects.get()
    assert (public.code, public.sha256) == (prisoner.code, waiting.sha256)
    publication = Publication.objects.get()
    assert (publication.version, publication.sha256, publication.published_by) == (1, waiting.sha256, bob)


def test_nobody_approves_their_own_submission(bob: User) -> None:
    waiting = submit(bob, factories.case(), at=NOW)
    with pytest.raises(ActionRefused, match="another reviewer"):
        approve(bob, waiting, at=LATER)
    with pytest.raises(ActionRefused, match="recall"):
        send_back(bob, waiting, note="Hm.", at=LATER)
    assert (Submission.objects.get().state, PublishedCase.objects.count()) == ("waiting", 0)


def test_the_database_refuses_an_approval_by_the_author_whoever_writes_it(bob: User) -> None:
    waiting = submit(bob, factories.case(), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=waiting.pk).update(state="approved", decided_by=bob, decided_at=LATER)


@pytest.mark.parametrize("state", ["approved", "sent_back"])
def test_the_database_refuses_a_decision_that_nobody_took(alice: User, state: str) -> None:
    waiting = submit(alice, factories.case(), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=waiting.pk).update(state=state)


def test_a_superuser_does_not_approve_their_own_either() -> None:
    root = User.objects.create_superuser("root")
    waiting = submit(root, factories.case(), at=NOW)
    with pytest.raises(ActionRefused):
        approve(root, waiting, at=LATER)


def test_a_researcher_does_not_approve(alice: User, bob: User) -> None:
    waiting = submit(bob, factories.case(), at=NOW)
    with pytest.raises(PermissionDenied):
        approve(alice, waiting, at=LATER)
    with pytest.raises(PermissionDenied):
        send_back(alice, waiting, note="No.", at=LATER)


def test_an_analyst_does_not_submit(anna: User) -> None:
    with pytest.raises(PermissionDenied):
        submit(anna, factories.case(), at=NOW)


def test_an_account_that_was_switched_off_does_nothing(alice: User, bob: User) -> None:
    waiting = submit(alice, factories.case(), at=NOW)
    bob.is_active = False
    bob.save()
    with pytest.raises(PermissionDenied):
        approve(User.objects.get(pk=bob.pk), waiting, at=LATER)


def test_a_case_that_changed_after_it_was_submitted_is_not_published(alice: User, bob: User) -> None:
    prisoner = factories.case()
    waiting = submit(alice, prisoner, at=NOW)
    factories.EventFactory(prisoner=prisoner, happened="2019")
    with pytest.raises(ActionRefused, match="changed since"):
        approve(bob, waiting, at=LATER)
    assert (Submission.objects.get().state, PublishedCase.objects.count()) == ("waiting", 0)


def test_a_change_of_what_is_never_public_does_not_make_a_submission_stale(alice: User, bob: User) -> None:
    prisoner = factories.case()
    waiting = submit(alice, prisoner, at=NOW)
    prisoner.private_notes = "Only ours."
    prisoner.save()
    approve(bob, waiting, at=LATER)
    assert PublishedCase.objects.count() == 1


def test_a_submission_is_decided_once(alice: User, bob: User, carol: User) -> None:
    waiting = submit(alice, factories.case(), at=NOW)
    approve(bob, waiting, at=LATER)
    with pytest.raises(ActionRefused, match="already decided"):
        send_back(carol, waiting, note="Wait.", at=LATER)


def test_two_submissions_of_a_case_do_not_wait_at_once(alice: User, bob: User) -> None:
    prisoner = factories.case()
    submit(alice, prisoner, at=NOW)
    with pytest.raises(ActionRefused, match="already waiting"):
        submit(bob, prisoner, at=LATER)


def test_sending_back_needs_words(alice: User, bob: User) -> None:
    waiting = submit(alice, factories.case(), at=NOW)
    with pytest.raises(ActionRefused, match="Write to the author"):
        send_back(bob, waiting, note="  ", at=LATER)
    sent = send_back(bob, waiting, note="Which court?", at=LATER)
    assert (sent.state, sent.decision_note, PublishedCase.objects.count()) == ("sent_back", "Which court?", 0)


def test_what_was_sent_back_can_be_submitted_again(alice: User, bob: User) -> None:
    prisoner = factories.case()
    send_back(bob, submit(alice, prisoner, at=NOW), note="Which court?", at=NOW)
    approve(bob, submit(alice, prisoner, at=LATER), at=LATER)
    assert PublishedCase.objects.count() == 1


def test_an_author_recalls_their_own_submission_and_nobody_elses(alice: User, bob: User) -> None:
    waiting = submit(alice, factories.case(), at=NOW)
    with pytest.raises(ActionRefused, match="Only the author"):
        recall(bob, waiting, at=LATER)
    assert recall(alice, waiting, at=LATER).state == "recalled"


def test_without_consent_nothing_is_submitted(alice: User) -> None:
    prisoner = factories.case(consent=Consent.NONE.value, consent_given_by="")
    with pytest.raises(ActionRefused, match="no consent"):
        submit(alice, prisoner, at=NOW)
    assert not Submission.objects.exists()


def test_a_case_that_is_public_as_it_is_has_nothing_to_submit(alice: User, bob: User) -> None:
    prisoner = factories.case()
    approve(bob, submit(alice, prisoner, at=NOW), at=NOW)
    with pytest.raises(ActionRefused, match="Nothing has changed"):
        submit(alice, prisoner, at=LATER)


def test_a_second_approval_makes_a_second_version(alice: User, bob: User) -> None:
    prisoner = factories.case()
    approve(bob, submit(alice, prisoner, at=NOW), at=NOW)
    prisoner.summary_en = "An invented teacher of mathematics."
    prisoner.save()
    approve(bob, submit(alice, prisoner, at=LATER), at=LATER)
    assert (Publication.objects.get().version, PublishedVersion.objects.filter(kind="case").count()) == (2, 2)


def test_when_the_public_side_fails_nothing_is_half_published(
    alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = submit(alice, factories.case(), at=NOW)

    def unreachable(*_args: object, **_kwargs: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("cases.actions.review.publish_case", unreachable)
    with pytest.raises(ConnectionError):
        approve(bob, waiting, at=LATER)
    assert Submission.objects.get().state == "waiting"
    assert not Publication.objects.exists()


def test_a_submission_has_the_priority_that_its_author_gives_and_a_reviewer_changes(alice: User, bob: User) -> None:
    waiting = submit(alice, factories.case(), priority=Priority.URGENT, at=NOW)
    assert waiting.priority == "urgent"
    with pytest.raises(PermissionDenied):
        prioritise(alice, waiting, priority=Priority.NORMAL)
    assert prioritise(bob, waiting, priority=Priority.CAN_WAIT).priority == "can_wait"
    approve(bob, waiting, at=LATER)
    with pytest.raises(ActionRefused, match="already decided"):
        prioritise(bob, waiting, priority=Priority.URGENT)


def test_a_reviewer_takes_a_submission_hands_it_on_and_puts_it_back(alice: User, bob: User, carol: User) -> None:
    waiting = submit(alice, factories.case(), at=NOW)
    for reviewer, since in ((bob, NOW), (carol, LATER)):
        taken = assign(bob, waiting, reviewer=reviewer, at=since)
        assert (taken.reviewer, taken.assigned_at) == (reviewer, since)
    free = assign(carol, waiting, reviewer=None, at=LATER)
    assert (free.reviewer, free.assigned_at) == (None, None)


def test_only_who_may_review_and_is_not_the_author_is_made_the_reviewer(alice: User, bob: User, carol: User) -> None:
    own = submit(bob, factories.case(), at=NOW)
    for reviewer, message in ((bob, "own submission"), (alice, "may not review")):
        with pytest.raises(ActionRefused, match=message):
            assign(carol, own, reviewer=reviewer, at=LATER)
    carol.is_active = False
    carol.save()
    with pytest.raises(ActionRefused, match="may not review"):
        assign(bob, own, reviewer=carol, at=LATER)
    with pytest.raises(PermissionDenied):
        assign(alice, own, reviewer=bob, at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=own.pk).update(reviewer=bob, assigned_at=LATER)
    assert Submission.objects.get().reviewer is None


def test_a_reviewer_approves_what_they_read_and_nothing_else(alice: User, bob: User) -> None:
    waiting = submit(alice, factories.case(), at=NOW)
    with pytest.raises(ActionRefused, match="not the document that you read"):
        approve(bob, waiting, seen="0" * 64, at=LATER)
    assert approve(bob, waiting, seen=waiting.sha256, at=LATER).state == "approved"


def test_the_audit_says_which_version_became_public_and_which_stopped_being_so(alice: User, bob: User) -> None:
    prisoner = factories.case()
    approved = approve(bob, submit(alice, prisoner, at=NOW), at=NOW)
    withdraw(bob, prisoner, reason="Asked.", at=LATER)
    republish(bob, prisoner, reason="Asked again.", at=LATER)
    told = AuditEntry.objects.filter(action__in=[AuditAction.PUBLISHED.value, AuditAction.WITHDRAWN.value])
    version = {"version": 1, "sha256": approved.sha256}
    assert [(one.action, one.actor_name, one.case, one.at, one.payload) for one in told.order_by("number")] == [
        ("published", "bob", prisoner.code, NOW, {**version, "submission": approved.pk}),
        ("withdrawn", "bob", prisoner.code, LATER, version),
        ("published", "bob", prisoner.code, LATER, version),
    ]


def test_what_was_refused_leaves_no_entry_that_something_became_public(alice: User, bob: User) -> None:
    prisoner = factories.case()
    waiting = submit(alice, prisoner, at=NOW)
    factories.EventFactory(prisoner=prisoner, happened="2019")
    with pytest.raises(ActionRefused):
        approve(bob, waiting, at=LATER)
    assert not AuditEntry.objects.filter(action=AuditAction.PUBLISHED.value).exists()
