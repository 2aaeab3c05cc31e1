"""The reviewers' queue: who reads what how soon, filters that are links, pages that end."""

import datetime
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.accounts import REVIEWER
from cases.admin import review_queue
from cases.models import Submission
from tests import factories
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db

QUEUE = reverse("admin:review")


@pytest.fixture
def reader(sign_in: SignIn) -> Client:
    return sign_in(REVIEWER)


@pytest.fixture
def me(reader: Client) -> User:
    return User.objects.get(groups__name=REVIEWER)


def waits(name: str = "Vyhadan Nikhto", **fields: object) -> Submission:
    prisoner = factories.PrisonerFactory()
    factories.PersonNameFactory(prisoner=prisoner, text=name)
    document = {"document": {"names": []}, "shown": ["prisoner.named"]}
    return factories.SubmissionFactory(prisoner=prisoner, **document, **fields)


def shown(client: Client, asked: str = "") -> list[Submission]:
    return list(client.get(QUEUE + asked).context["waiting"])


def test_the_queue_shows_priority_age_with_its_date_author_and_reviewer(reader: Client) -> None:
    day = timezone.now() - datetime.timedelta(days=3)
    bob = factories.UserFactory(username="bob")
    waits(priority="urgent", submitted_at=day, reviewer=bob, assigned_at=day, note="A hearing on Monday.")
    text = re.sub(r"\s+", " ", reader.get(QUEUE).content.decode())
    for words in (">Urgent</strong>", "3 days", "since", "bob", "A hearing on Monday."):
        assert words in text


def test_the_filters_are_links_that_keep_each_other(reader: Client, me: User) -> None:
    now = timezone.now()
    mine = waits(reviewer=me, assigned_at=now)
    other = waits(reviewer=factories.UserFactory(), assigned_at=now)
    free, urgent = waits(), waits(priority="urgent")
    assert shown(reader) == [mine, urgent, other, free]
    assert shown(reader, "?whose=mine") == [mine]
    assert shown(reader, "?whose=unassigned") == [urgent, free]
    assert shown(reader, "?whose=unassigned&priority=urgent") == [urgent]
    assert shown(reader, "?priority=nonsense&whose=x&after=x") == [mine, urgent, other, free]
    links = reader.get(QUEUE + "?whose=unassigned").context["priorities"]
    assert ("Urgent", "?whose=unassigned&priority=urgent", False) in links


def test_a_long_queue_comes_in_pages_that_leave_nothing_out(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_queue, "PAGE", 2)
    made = [waits(submitted_at=timezone.now() + datetime.timedelta(minutes=minute)) for minute in range(5)]
    seen, asked = [], ""
    for size in (2, 2, 1):
        page = reader.get(QUEUE + asked).context
        assert len(page["waiting"]) == size
        seen += page["waiting"]
        asked = page["next"]
    assert (seen, asked) == (made, "")


def test_a_reviewer_takes_a_submission_from_the_queue(reader: Client, me: User) -> None:
    waiting = waits()
    address = reverse("admin:assign-submission", args=[waiting.pk])
    assert address in reader.get(QUEUE).content.decode()
    answer = reader.post(address, {"reviewer": me.pk, "queue": "1"})
    assert (answer.status_code, answer.url, Submission.objects.get().reviewer) == (302, QUEUE, me)
    assert reader.get(address).status_code == 405


def test_a_reviewer_hands_a_submission_on_and_changes_its_priority(reader: Client, me: User) -> None:
    waiting = waits()
    other = factories.UserFactory(group=REVIEWER, username="carol")
    page = reverse("admin:submission", args=[waiting.pk])
    assert "carol" in reader.get(page).content.decode()
    answer = reader.post(reverse("admin:assign-submission", args=[waiting.pk]), {"reviewer": other.pk})
    assert (answer.url, Submission.objects.get().reviewer) == (page, other)
    reader.post(reverse("admin:submission-priority", args=[waiting.pk]), {"priority": "urgent"})
    assert Submission.objects.get().priority == "urgent"
    reader.post(reverse("admin:submission-priority", args=[waiting.pk]), {"priority": "nonsense"})
    assert Submission.objects.get().priority == "urgent"
    reader.post(reverse("admin:assign-submission", args=[waiting.pk]), {"reviewer": ""})
    assert Submission.objects.get().reviewer is None


@pytest.mark.parametrize("number", ["9" * 18, "9" * 5000, "-1", "x"])
def test_nobody_becomes_the_reviewer_by_a_number_that_is_no_account(reader: Client, number: str) -> None:
    waiting = waits()
    answer = reader.post(reverse("admin:assign-submission", args=[waiting.pk]), {"reviewer": number})
    assert answer.status_code in (302, 404)
    assert Submission.objects.get().reviewer is None


def test_an_author_is_not_offered_their_own_submission(reader: Client, me: User) -> None:
    own = waits(submitted_by=me)
    text = reader.get(QUEUE).content.decode()
    assert reverse("admin:assign-submission", args=[own.pk]) not in text
    answer = reader.post(reverse("admin:assign-submission", args=[own.pk]), {"reviewer": me.pk}, follow=True)
    assert "own submission" in answer.content.decode()
    assert Submission.objects.get().reviewer is None


def test_the_first_page_of_the_desk_has_the_readers_own_first(reader: Client, me: User) -> None:
    urgent = waits("Taras Vydumanyi", priority="urgent")
    mine = waits("Ostap Vydumanyi", reviewer=me, assigned_at=timezone.now())
    page = reader.get(reverse("admin:index"))
    assert list(page.context["waiting"]) == [mine, urgent]
    assert "assigned to you" in page.content.decode()
