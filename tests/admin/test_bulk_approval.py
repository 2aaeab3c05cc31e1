"""Several approvals at once: each after its difference was shown in full and ticked by hand, each by itself."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.accounts import RESEARCHER, REVIEWER
from cases.actions.comments import comment
from cases.actions.review import recall, submit
from cases.admin.bulk_approval import MOST
from cases.models import AuditEntry, Prisoner, Submission
from cases.published.models import PublishedCase, PublishedSite
from tests import factories
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:bulk-approval")


@pytest.fixture
def author(sign_in: SignIn) -> User:
    return factories.UserFactory(group=RESEARCHER)


@pytest.fixture
def bob(reviewer: Client) -> User:
    return User.objects.get(groups__name=REVIEWER)


def waits(author: User, name: str = "Vyhadan Nikhto") -> Submission:
    return submit(author, factories.case(name), at=timezone.now())


def tick(submission: Submission) -> str:
    return f"{submission.pk}:{submission.sha256}"


def said(answer: object) -> list[str]:
    return [str(message) for message in answer.context["messages"]]  # type: ignore[attr-defined]


def test_each_submission_is_shown_in_full_and_none_is_ticked(author: User, reviewer: Client) -> None:
    first, second = waits(author), waits(author, "Taras Vydumanyi")
    page = reviewer.get(PAGE, {"submission": [second.pk, first.pk]})
    candidates = page.context["candidates"]
    assert [one.submission for one in candidates] == [second, first]
    assert all(one.changes and one.refusal == "" for one in candidates)
    text = page.content.decode()
    for one in candidates:
        assert f'value="{tick(one.submission)}"' in text
        assert all(change.path in text for change in one.changes)
        assert all(finding.message in text for finding in one.findings)
    assert "checked" not in text


def test_pages_of_sites_and_provisions_that_become_public_with_a_case_are_named_before_it_is_approved(
    author: User, reviewer: Client
) -> None:
    waiting = waits(author)
    site = waiting.prisoner.stays.get().site
    here = reverse("admin:cases_detentionsite_change", args=[site.pk])
    pages = (reverse("admin:submission", args=[waiting.pk]), f"{PAGE}?submission={waiting.pk}")
    assert not PublishedSite.objects.exists()
    for page in pages:
        text = reviewer.get(page).content.decode()
        assert ("These get a public page with the case" in text, f'href="{here}"' in text) == (True, True)
    reviewer.post(PAGE, {"read": tick(waiting)})
    assert [row.slug for row in PublishedSite.objects.all()] == [site.slug]
    assert f'href="{here}"' not in reviewer.get(pages[0]).content.decode()


def test_what_is_ticked_is_published_and_the_rest_waits(author: User, reviewer: Client, bob: User) -> None:
    first, second = waits(author), waits(author, "Taras Vydumanyi")
    answer = reviewer.post(PAGE, {"read": [tick(first)]}, follow=True)
    assert said(answer) == [f"Approved and published: {first.prisoner}."]
    assert [row.code for row in PublishedCase.objects.all()] == [first.prisoner.code]
    states = {row.pk: (row.state, row.decided_by) for row in Submission.objects.all()}
    assert states == {first.pk: ("approved", bob), second.pk: ("waiting", None)}
    assert AuditEntry.objects.filter(action="published").count() == 1


def test_nothing_ticked_is_nothing_approved(author: User, reviewer: Client) -> None:
    waits(author)
    answer = reviewer.post(PAGE, {}, follow=True)
    assert said(answer) == ["Nothing was ticked, so nothing was approved."]
    assert not PublishedCase.objects.exists()


def test_one_that_fails_is_said_and_does_not_stop_the_others(author: User, reviewer: Client) -> None:
    stale, good, gone = waits(author), waits(author, "Taras Vydumanyi"), waits(author, "Ostap Vydumanyi")
    factories.EventFactory(prisoner=stale.prisoner, happened="2019")
    recall(author, gone, at=timezone.now())
    answer = reviewer.post(PAGE, {"read": [tick(stale), tick(gone), tick(good), "999999:x"]}, follow=True)
    assert [message.split(":")[0] for message in said(answer)] == [
        "Not approved",
        "Not approved",
        "Approved and published",
        "Submission 999999 is not there any more.",
    ]
    assert "changed since" in said(answer)[0]
    assert "already decided" in said(answer)[1]
    assert [row.code for row in PublishedCase.objects.all()] == [good.prisoner.code]


def test_a_document_that_was_not_the_one_shown_is_refused(author: User, reviewer: Client) -> None:
    waiting = waits(author)
    answer = reviewer.post(PAGE, {"read": [f"{waiting.pk}:{'0' * 64}"]}, follow=True)
    assert "not the document that you read" in said(answer)[0]
    assert not PublishedCase.objects.exists()


@pytest.mark.parametrize("value", ["x", "1", ":", "1:", "9" * 30 + ":x", "-1:x"])
def test_a_tick_that_says_nothing_approves_nothing(author: User, reviewer: Client, value: str) -> None:
    waits(author)
    assert reviewer.post(PAGE, {"read": [value]}).status_code == 302
    assert not PublishedCase.objects.exists()


def test_what_cannot_be_approved_here_is_listed_with_the_reason_and_without_a_tick(
    author: User, reviewer: Client, bob: User
) -> None:
    own = waits(bob, "Own Vydumanyi")
    stale = waits(author)
    factories.EventFactory(prisoner=stale.prisoner, happened="2019")
    talked = waits(author, "Taras Vydumanyi")
    comment(bob, talked, text="Which day?", at=timezone.now())
    blocked = waits(author, "Ostap Vydumanyi")
    Prisoner.objects.filter(pk=blocked.prisoner.pk).update(consent_expires="2020-01-01")
    decided = waits(author, "Danylo Vydumanyi")
    recall(author, decided, at=timezone.now())
    asked = [own, stale, talked, blocked, decided]
    page = reviewer.get(PAGE, {"submission": [one.pk for one in asked]})
    assert [one.refusal for one in page.context["candidates"]] == [
        "This is your own submission: another reviewer decides.",
        "The case has changed since it was submitted: send it back, to be submitted again.",
        "1 comment is open.",
        "Something forbids publication.",
        "This submission was already decided.",
    ]
    assert 'name="read"' not in page.content.decode()
    reviewer.post(PAGE, {"read": [tick(one) for one in asked]})
    assert not PublishedCase.objects.exists()


def test_one_page_has_so_many_and_says_what_it_left_out(author: User, reviewer: Client) -> None:
    rows = [factories.SubmissionFactory(prisoner=factories.case()) for _number in range(MOST + 1)]
    page = reviewer.get(PAGE, {"submission": [row.pk for row in rows]})
    assert (len(page.context["candidates"]), page.context["left_out"]) == (MOST, 1)


def test_only_reviewers_reach_the_page(author: User, sign_in: SignIn) -> None:
    waiting = waits(author)
    for group in (RESEARCHER, "Analyst", "Support coordinator", "Administrator"):
        client = sign_in(group)
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, {"read": [tick(waiting)]}).status_code == 403
    assert not PublishedCase.objects.exists()
