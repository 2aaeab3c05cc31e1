"""What reviewers said about a case and what of it is not settled, whichever submission it was said about."""

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import translation

from cases.models import Prisoner, ReviewComment, Submission
from cases.queries.changes import place_in_words


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


def shown_as(said: ReviewComment) -> str:
    """Return the row as it was shown, its place in the words of the active language whatever that of its writer was."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            place = f"{place_in_words(said.path)}: "
        if said.shown_as.startswith(place):
            return f"{place_in_words(said.path)}: {said.shown_as.removeprefix(place)}"
    return said.shown_as


def is_author(user: User, prisoner: Prisoner) -> bool:
    """Tell whether the user submitted the case at any time: what reviewers said of it is said to them."""
    return Submission.objects.filter(prisoner=prisoner, submitted_by=user).exists()
