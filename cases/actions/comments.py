"""What reviewers say about a submission, row by row, and settling it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.permissions import ActionRefused, Actor, require
from cases.actions.review import MAY_REVIEW, still_waiting
from cases.models import ReviewComment, Submission
from cases.queries.changes import changes
from cases.queries.comments import is_author
from cases.queries.published import public_document

MAY_COMMENT = (MAY_REVIEW, "cases.add_reviewcomment")
MAY_SETTLE = "cases.view_reviewcomment"


def comment(actor: Actor, submission: Submission, *, text: str, path: str = "", at: datetime) -> ReviewComment:
    """Say something about one row of the public difference, or about a waiting submission as a whole.

    `path` is the key of the row (`cases.queries.changes.Change`); one that the difference has not is refused. The words
    in which the row was shown are kept: the case goes on changing.
    """
    reviewer = require(actor, *MAY_COMMENT)
    if not text.strip():
        raise ActionRefused(_("Write the comment."))
    with transaction.atomic():
        submission = still_waiting(submission)
        said = ReviewComment(
            submission=submission,
            path=path,
            shown_as=_shown_as(submission, path) if path else "",
            text=text.strip(),
            author=reviewer,
            at=at,
        )
        said.full_clean()
        said.save()
    return said


def _shown_as(submission: Submission, path: str) -> str:
    rows = changes(public_document(submission.prisoner.code), submission.document)
    row = next((change for change in rows if change.key == path), None)
    if row is None:
        raise ActionRefused(_("This row is no longer part of what would change: read the submission again."))
    return row.words


def settle(actor: Actor, said: ReviewComment, *, at: datetime) -> ReviewComment:
    """Say that a comment is settled: by an author of the case's submissions, or by a reviewer."""
    person = require(actor, MAY_SETTLE)
    if not person.has_perm(MAY_REVIEW) and not is_author(person, said.submission.prisoner):
        raise PermissionDenied(_("Only an author of the case and reviewers settle comments."))
    with transaction.atomic():
        locked = ReviewComment.objects.select_for_update().get(pk=said.pk)
        if locked.resolved_at is not None:
            raise ActionRefused(_("This comment was already settled."))
        locked.resolved_by, locked.resolved_at = person, at
        locked.full_clean()
        locked.save()
    return locked
