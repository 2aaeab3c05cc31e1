"""What reviewers say about a submission, and what follows from it for the decision."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from cases.actions.comments import comment, settle
from cases.actions.permissions import ActionRefused
from cases.actions.review import approve, send_back, submit
from cases.models import Prisoner, ReviewComment, Submission
from cases.queries.changes import changes
from cases.queries.comments import of_submission, open_comments, shown_as
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
LATER = NOW + datetime.timedelta(hours=1)


@pytest.fixture
def prisoner(groups: None) -> Prisoner:
    return factories.case()


@pytest.fixture
def waiting(alice: User, prisoner: Prisoner) -> Submission:
    return submit(alice, prisoner, at=NOW)


def test_a_comment_keeps_the_place_and_the_words_of_its_row(bob: User, waiting: Submission) -> None:
    said = comment(bob, waiting, text=" Which day? ", path="events.0", at=LATER)
    row = next(change for change in changes(None, waiting.document) if change.key == "events.0")
    assert (said.path, said.text, said.author, said.at) == ("events.0", "Which day?", bob, LATER)
    assert said.shown_as == f"Events, 1: {row.after}"


def test_the_place_of_a_comment_is_read_in_the_language_of_the_reader(bob: User, waiting: Submission) -> None:
    with translation.override("uk"):
        said = comment(bob, waiting, text="Якого дня?", path="summary.en", at=LATER)
        assert shown_as(said) == said.shown_as
    assert not said.shown_as.startswith("Summary")
    assert shown_as(said) == "Summary › in English: An invented teacher."
    said.shown_as = "Some words of an older program"
    assert shown_as(said) == "Some words of an older program"


@pytest.mark.parametrize("path", ["events.7", "private_notes", "../x", "events"])
def test_a_comment_on_a_row_that_the_difference_has_not_is_refused(bob: User, waiting: Submission, path: str) -> None:
    with pytest.raises(ActionRefused, match="no longer part"):
        comment(bob, waiting, text="Hm.", path=path, at=LATER)
    assert not ReviewComment.objects.exists()


def test_a_comment_has_words_in_the_action_and_in_the_database(bob: User, waiting: Submission) -> None:
    with pytest.raises(ActionRefused, match="Write the comment"):
        comment(bob, waiting, text="  ", at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewComment.objects.create(submission=waiting, text="", author=bob, at=LATER)


def test_only_a_reviewer_comments_and_only_while_the_submission_waits(
    alice: User, anna: User, bob: User, waiting: Submission
) -> None:
    for person in (alice, anna):
        with pytest.raises(PermissionDenied):
            comment(person, waiting, text="Hm.", at=LATER)
    approve(bob, waiting, at=LATER)
    with pytest.raises(ActionRefused, match="already decided"):
        comment(bob, waiting, text="Hm.", at=LATER)


def test_an_open_comment_is_enough_to_send_back(bob: User, waiting: Submission) -> None:
    with pytest.raises(ActionRefused, match="as a note or as a comment"):
        send_back(bob, waiting, at=LATER)
    comment(bob, waiting, text="Which day?", path="events.0", at=LATER)
    sent = send_back(bob, waiting, at=LATER)
    assert (sent.state, sent.decision_note) == ("sent_back", "")


def test_approving_with_open_comments_has_to_be_said_for_as_many_as_there_are(bob: User, waiting: Submission) -> None:
    for text in ("Which day?", "Which court?"):
        comment(bob, waiting, text=text, at=LATER)
    for accepted in (0, 1):
        with pytest.raises(ActionRefused, match="2 comments are open"):
            approve(bob, waiting, although_open=accepted, at=LATER)
    assert approve(bob, waiting, although_open=2, at=LATER).state == "approved"


def test_a_settled_comment_does_not_stand_in_the_way(alice: User, bob: User, waiting: Submission) -> None:
    said = comment(bob, waiting, text="Which day?", at=LATER)
    settled = settle(alice, said, at=LATER)
    assert (settled.resolved_by, settled.resolved_at) == (alice, LATER)
    with pytest.raises(ActionRefused, match="already settled"):
        settle(bob, said, at=LATER)
    assert approve(bob, waiting, at=LATER).state == "approved"


def test_somebody_who_did_not_submit_the_case_settles_nothing(anna: User, bob: User, waiting: Submission) -> None:
    said = comment(bob, waiting, text="Which day?", at=LATER)
    stranger = factories.UserFactory(group="Researcher")
    for person in (anna, stranger):
        with pytest.raises(PermissionDenied):
            settle(person, said, at=LATER)
    assert open_comments(waiting.prisoner).count() == 1


def test_what_was_not_settled_comes_along_to_the_next_submission(
    alice: User, bob: User, prisoner: Prisoner, waiting: Submission
) -> None:
    kept = comment(bob, waiting, text="Which day?", path="events.0", at=LATER)
    done = comment(bob, waiting, text="Which court?", at=LATER)
    send_back(bob, waiting, at=LATER)
    settle(alice, done, at=LATER)
    again = submit(alice, prisoner, at=LATER)
    assert list(of_submission(again)) == [kept]
    assert list(of_submission(waiting)) == [kept, done]
    with pytest.raises(ActionRefused, match="1 comment is open"):
        approve(bob, again, at=LATER)


def test_comments_on_one_case_stay_with_it(alice: User, bob: User, waiting: Submission) -> None:
    comment(bob, waiting, text="Which day?", at=LATER)
    other = submit(alice, factories.case("Taras Vydumanyi"), at=LATER)
    assert list(of_submission(other)) == []
    assert approve(bob, other, at=LATER).state == "approved"


def test_the_database_refuses_a_settled_comment_that_nobody_settled(bob: User, waiting: Submission) -> None:
    said = comment(bob, waiting, text="Which day?", at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewComment.objects.filter(pk=said.pk).update(resolved_at=LATER)
