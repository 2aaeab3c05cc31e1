"""What reviewers said about a case and what of it is not settled, whichever submission it was said about."""

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from cases.models import Prisoner, ReviewComment, Submission


def comments_of(prisoner: Prisoner) -> QuerySet[ReviewComment]:
    """Return every comment on the submissions of a case, in the order in which they were written."""
    return (
        ReviewComment.objects.filter(submission__prisoner=prisoner)
        .select_related("author", "resolved_by", "submission__submitted_by")
        .defer("submission__document", "submission__shown")
        .order_by("at", "pk")
    )


def open_comments(prisoner: Prisoner) -> QuerySet[ReviewComment]:
    """Return the comments that nobody has settled yet."""
    return comments_of(prisoner).filter(resolved_at__isnull=True)


def of_submission(submission: Submission) -> QuerySet[ReviewComment]:
    """Return what stands on the page of a submission: its own comments, and the open ones of those before it."""
    own = Q(submission=submission)
    carried = Q(resolved_at__isnull=True, submission__submitted_at__lt=submission.submitted_at)
    return comments_of(submission.prisoner).filter(own | carried)


def is_author(user: User, prisoner: Prisoner) -> bool:
    """Tell whether the user submitted the case at any time: what reviewers said of it is said to them."""
    return Submission.objects.filter(prisoner=prisoner, submitted_by=user).exists()
