"""Comments at the row that they are about: written by reviewers, seen and settled by authors."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.actions.accounts import RESEARCHER, REVIEWER
from cases.actions.comments import comment
from cases.actions.review import submit
from cases.admin.pointers import address_of
from cases.models import AuditEntry, Prisoner, ReviewComment, Submission
from cases.published.models import PublishedCase
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.forms import filled

pytestmark = pytest.mark.django_db


def page_of(submission: Submission) -> str:
    return reverse("admin:submission", args=[submission.pk])


def case_page(prisoner: Prisoner) -> str:
    return reverse("admin:cases_prisoner_change", args=[prisoner.pk])


@pytest.fixture
def waiting(researcher: Client) -> Submission:
    prisoner = factories.case()
    researcher.post(reverse("admin:cases_prisoner_submit", args=[prisoner.pk]), {"priority": "normal"})
    return Submission.objects.get()


@pytest.fixture
def said(waiting: Submission, reviewer: Client) -> ReviewComment:
    reviewer.post(reverse("admin:comment", args=[waiting.pk]), {"path": "events.0", "text": "Which day was it?"})
    return ReviewComment.objects.get()


def test_a_case_goes_from_its_author_to_a_reviewer_and_back_and_is_public_in_the_end(
    researcher: Client, reviewer: Client
) -> None:
    """The whole way: submitted with a priority, assigned, commented on, sent back, settled, submitted again, approved."""
    prisoner = factories.case()
    me = User.objects.get(groups__name=REVIEWER)
    submit_page = reverse("admin:cases_prisoner_submit", args=[prisoner.pk])
    assert "Can wait" in researcher.get(submit_page).content.decode()
    researcher.post(submit_page, {"priority": "urgent", "note": "A hearing on Monday."})
    first = Submission.objects.get()
    assert first.priority == "urgent"

    reviewer.post(reverse("admin:assign-submission", args=[first.pk]), {"reviewer": me.pk})
    assert list(reviewer.get(reverse("admin:review") + "?whose=mine").context["waiting"]) == [first]
    reviewer.post(reverse("admin:comment", args=[first.pk]), {"path": "summary.en", "text": "Teacher of what?"})
    said = ReviewComment.objects.get()
    assert said.shown_as == "Summary › in English: An invented teacher."
    answer = reviewer.post(page_of(first), {"decision": "send_back", "note": "", "seen": first.sha256})
    assert answer.url == reverse("admin:review")

    assert "1 comment is" in researcher.get(reverse("admin:index")).content.decode()
    text = researcher.get(case_page(prisoner)).content.decode()
    assert "Teacher of what?" in text
    assert 'href="#id_summary_en"' in text
    told = {"summary_en": "An invented teacher of music.", "settled_comment": said.pk}
    answer = researcher.post(case_page(prisoner), filled(researcher, case_page(prisoner), told), follow=True)
    assert "1 comment is settled" in answer.content.decode()
    said.refresh_from_db()
    assert said.resolved_by == first.submitted_by
    assert "Teacher of what?" not in researcher.get(case_page(prisoner)).content.decode()

    researcher.post(submit_page, {"priority": "normal"})
    second = Submission.objects.get(state="waiting")
    reviewer.post(page_of(second), {"decision": "approve", "seen": second.sha256})
    assert PublishedCase.objects.get().document["summary"]["en"] == "An invented teacher of music."
    entry = AuditEntry.objects.get(action="published")
    assert (entry.case, entry.actor_name, entry.payload) == (
        prisoner.code,
        me.username,
        {"version": 1, "sha256": second.sha256, "submission": second.pk},
    )


def test_every_row_of_the_difference_takes_a_comment_without_script(waiting: Submission, reviewer: Client) -> None:
    page = reviewer.get(page_of(waiting))
    rows = page.context["discussion"].changes
    fields = re.findall(r'<input type="hidden" name="path" value="([^"]*)">', page.content.decode())
    assert fields == [*(row.key for row in rows), ""]
    assert page.content.decode().count('<details class="comment">') == len(rows) + 1


def test_a_comment_stands_at_its_row(said: ReviewComment, waiting: Submission, reviewer: Client) -> None:
    rows = reviewer.get(page_of(waiting)).context["discussion"].changes
    assert {row.key: row.comments for row in rows if row.comments} == {"events.0": [said]}


def test_a_row_keeps_its_comment_when_the_public_side_has_it_already(
    said: ReviewComment, waiting: Submission, reviewer: Client
) -> None:
    """After approval the difference is empty; what was said is still there, with the words of its row."""
    reviewer.post(page_of(waiting), {"decision": "approve", "seen": waiting.sha256, "although_open": 1})
    page = reviewer.get(page_of(waiting))
    assert page.context["discussion"].carried == [said]
    assert "Events, 1: Arrest" in page.content.decode()


def test_approving_with_open_comments_asks_for_a_tick(
    said: ReviewComment, waiting: Submission, reviewer: Client
) -> None:
    assert "Approve although" in re.sub(r"\s+", " ", reviewer.get(page_of(waiting)).content.decode())
    answer = reviewer.post(page_of(waiting), {"decision": "approve", "seen": waiting.sha256}, follow=True)
    assert "1 comment is open" in answer.content.decode()
    assert not PublishedCase.objects.exists()
    reviewer.post(page_of(waiting), {"decision": "approve", "seen": waiting.sha256, "although_open": 1})
    assert PublishedCase.objects.count() == 1


def test_comments_of_an_earlier_submission_are_carried_to_the_next(
    said: ReviewComment, waiting: Submission, researcher: Client, reviewer: Client
) -> None:
    reviewer.post(page_of(waiting), {"decision": "send_back"})
    again = submit(waiting.submitted_by, waiting.prisoner, at=timezone.now())
    page = reviewer.get(page_of(again))
    assert page.context["discussion"].carried == [said]
    answer = reviewer.post(reverse("admin:settle-comment", args=[said.pk]), {"back": again.pk})
    assert answer.url == page_of(again)
    assert reviewer.get(page_of(again)).context["discussion"].carried == []


def test_a_comment_on_no_row_of_the_difference_is_refused_with_words(waiting: Submission, reviewer: Client) -> None:
    answer = reviewer.post(
        reverse("admin:comment", args=[waiting.pk]), {"path": "private_notes", "text": "x"}, follow=True
    )
    assert "no longer part" in answer.content.decode()
    assert not ReviewComment.objects.exists()


def test_comments_are_told_to_authors_and_reviewers_and_to_nobody_else(
    said: ReviewComment, waiting: Submission, sign_in: SignIn, researcher: Client, reviewer: Client
) -> None:
    page = case_page(waiting.prisoner)
    for client in (researcher, reviewer):
        assert "Which day was it?" in client.get(page).content.decode()
    for group in (RESEARCHER, "Analyst", "Support coordinator", "Administrator"):
        answer = sign_in(group).get(page)
        assert answer.status_code == 200
        assert "Which day was it?" not in answer.content.decode()


def test_a_researcher_who_is_not_its_author_cannot_settle_a_comment_by_hand(
    said: ReviewComment, waiting: Submission, sign_in: SignIn
) -> None:
    other, page = sign_in(RESEARCHER), case_page(waiting.prisoner)
    answer = other.post(page, filled(other, page, {"settled_comment": said.pk}))
    assert answer.status_code == 403
    said.refresh_from_db()
    assert said.resolved_at is None


def test_a_tick_stays_when_the_form_has_an_error(said: ReviewComment, waiting: Submission, researcher: Client) -> None:
    page = case_page(waiting.prisoner)
    answer = researcher.post(page, filled(researcher, page, {"born": "30.02.2018", "settled_comment": said.pk}))
    assert [one.is_ticked for one in answer.context["case"].remarks] == [True]
    said.refresh_from_db()
    assert said.resolved_at is None


def test_a_comment_of_another_case_is_not_settled_from_here(
    said: ReviewComment, waiting: Submission, researcher: Client
) -> None:
    other = factories.case("Taras Vydumanyi")
    researcher.post(case_page(other), filled(researcher, case_page(other), {"settled_comment": said.pk}))
    said.refresh_from_db()
    assert said.resolved_at is None


PATHS = [
    "name.en",
    "names.0.text",
    "names.-1",
    "summary.en",
    "summary.crh-latn",
    "born",
    "birthplace.region",
    "photo.alt.en",
    "photo.credit",
    "photo",
    "religion",
    "sex",
    "kind",
    "invented",
    "stays.0.site",
    "events.0.title.en",
    "roles.0",
    "assessments.0",
    "citizenships.0",
    "languages.0",
    "affiliations.0",
    "sources.0",
    "cites.born",
    "assertions.0",
    "proceedings.-1",
    "photo.sha256",
]


def test_a_comment_leads_to_a_box_or_rows_of_the_form(researcher: Client) -> None:
    prisoner = factories.case()
    addresses = {path: address_of(path, prisoner) for path in PATHS}
    text = researcher.get(case_page(prisoner)).content.decode()
    assert {path: to for path, to in addresses.items() if f'id="{to.removeprefix("#")}"' not in text} == {}


def test_a_comment_on_a_proceeding_leads_to_its_page(researcher: Client) -> None:
    prisoner = factories.case()
    proceeding = prisoner.defendants.get().proceeding
    address = reverse("admin:cases_proceeding_change", args=[proceeding.pk])
    text = researcher.get(address).content.decode()
    inside = ["", ".charges.0.outcome", ".title.en", ".number", ".hearings.0", ".decisions.0.sentence.years"]
    places = {path: address_of(f"proceedings.0{path}", prisoner).partition("#") for path in inside}
    assert {page for page, _hash, _anchor in places.values()} == {address}
    assert [path for path, (_page, _hash, anchor) in places.items() if f'id="{anchor}"' not in text] == []


def test_comments_ask_as_often_for_three_as_for_one(
    waiting: Submission,
    reviewer: Client,
) -> None:
    bob = User.objects.get(groups__name=REVIEWER)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert reviewer.get(page_of(waiting)).status_code == 200
        return len(queries)

    comment(bob, waiting, text="One.", path="events.0", at=timezone.now())
    asked()
    one = asked()
    for path in ("summary.en", ""):
        comment(bob, waiting, text="More.", path=path, at=timezone.now())
    assert asked() == one
