"""The reviewers' pages: the queue, the readable difference, the decision."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.accounts import REVIEWER
from cases.actions.review import submit
from cases.models import Prisoner, Submission
from cases.published.models import PublishedCase
from tests import factories
from tests.admin.conftest import SignIn
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db


def page_of(submission: Submission) -> str:
    return reverse("admin:submission", args=[submission.pk])


@pytest.fixture
def waiting(researcher: Client) -> Submission:
    prisoner = factories.case()
    answer = researcher.post(reverse("admin:cases_prisoner_submit", args=[prisoner.pk]), {"note": "New case."})
    assert answer.status_code == 302
    return Submission.objects.get()


def test_from_submission_to_publication(waiting: Submission, reviewer: Client) -> None:
    assert page_of(waiting) in reviewer.get(reverse("admin:review")).content.decode()
    text = reviewer.get(page_of(waiting)).content.decode()
    assert "New case." in text
    assert "Approve and publish" in text
    assert "Вигадан Ніхто" in text
    answer = reviewer.post(page_of(waiting), {"decision": "approve", "note": "", "seen": waiting.sha256})
    assert (answer.status_code, answer.url) == (302, reverse("admin:review"))
    assert PublishedCase.objects.get().code == waiting.prisoner.code
    assert page_of(waiting) not in reviewer.get(reverse("admin:review")).content.decode()


def test_the_difference_names_each_field_before_and_after(waiting: Submission, reviewer: Client) -> None:
    reviewer.post(page_of(waiting), {"decision": "approve", "seen": waiting.sha256})
    prisoner = Prisoner.objects.get()
    prisoner.summary_en = "An invented teacher of music."
    prisoner.save()
    again = submit(waiting.submitted_by, prisoner, at=timezone.now())
    changes = reviewer.get(page_of(again)).context["changes"]
    assert [(change.path, change.before, change.after) for change in changes] == [
        ("Summary › in English", "An invented teacher.", "An invented teacher of music.")
    ]


def test_sending_back_needs_a_note_and_shows_it_to_the_author(
    waiting: Submission, reviewer: Client, researcher: Client
) -> None:
    refused = reviewer.post(page_of(waiting), {"decision": "send_back", "note": ""})
    assert (refused.status_code, Submission.objects.get().state) == (200, "waiting")
    assert reviewer.post(page_of(waiting), {"decision": "send_back", "note": "Which court?"}).status_code == 302
    assert "Which court?" in researcher.get(reverse("admin:index")).content.decode()
    assert not PublishedCase.objects.exists()


def test_an_author_finds_no_button_but_the_reason(sign_in: SignIn) -> None:
    client = sign_in(REVIEWER)
    author = User.objects.get()
    own = submit(author, factories.case(), at=timezone.now())
    text = client.get(page_of(own)).content.decode()
    assert "nobody approves their own" in text
    assert "Approve and publish" not in text
    answer = client.post(page_of(own), {"decision": "approve"}, follow=True)
    assert "ask another reviewer" in answer.content.decode()
    assert (Submission.objects.get().state, PublishedCase.objects.count()) == ("waiting", 0)


def test_a_stale_submission_cannot_be_approved_and_says_why(waiting: Submission, reviewer: Client) -> None:
    factories.EventFactory(prisoner=waiting.prisoner, happened="2019")
    text = reviewer.get(page_of(waiting)).content.decode()
    assert "has changed since it was submitted" in text
    assert "Approve and publish" not in text
    answer = reviewer.post(page_of(waiting), {"decision": "approve", "seen": waiting.sha256}, follow=True)
    assert "send it back" in answer.content.decode()
    assert not PublishedCase.objects.exists()


def test_looking_changes_nothing(waiting: Submission, reviewer: Client) -> None:
    for page in ("submit", "withdraw", "republish", "recall"):
        reviewer.get(reverse(f"admin:cases_prisoner_{page}", args=[waiting.prisoner.pk]))
    reviewer.get(page_of(waiting), {"decision": "approve"})
    assert (Submission.objects.get().state, PublishedCase.objects.count()) == ("waiting", 0)


def test_a_decision_without_a_token_of_our_form_is_refused(waiting: Submission, reviewer: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    signed_in(User.objects.get(groups__name=REVIEWER), strict)
    assert strict.post(page_of(waiting), {"decision": "approve"}).status_code == 403
    assert not PublishedCase.objects.exists()


@pytest.mark.parametrize("seen", ["", "0" * 64])
def test_a_decision_that_does_not_say_what_was_read_approves_nothing(
    waiting: Submission, reviewer: Client, seen: str
) -> None:
    answer = reviewer.post(page_of(waiting), {"decision": "approve", "seen": seen}, follow=True)
    assert "not the document that you read" in answer.content.decode()
    assert not PublishedCase.objects.exists()


def test_withdrawing_says_what_will_happen_and_asks_why(waiting: Submission, reviewer: Client) -> None:
    reviewer.post(page_of(waiting), {"decision": "approve", "seen": waiting.sha256})
    address = reverse("admin:cases_prisoner_withdraw", args=[waiting.prisoner.pk])
    text = reviewer.get(address).content.decode()
    assert "410" in text
    assert str(waiting.prisoner) in text
    assert reviewer.post(address, {"reason": ""}).status_code == 200
    assert PublishedCase.objects.get().state == "published"
    assert reviewer.post(address, {"reason": "The family asks."}).status_code == 302
    assert PublishedCase.objects.get().state == "withdrawn"
