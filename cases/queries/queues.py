"""The desk's queues: what waits for whom, oldest first where somebody is waiting."""

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery

from cases.enums import SubmissionState
from cases.models import Prisoner, Submission

#: Rows of a queue that the first page of the desk shows.
SHOWN = 12


def assigned_to(user: User) -> QuerySet[Prisoner]:
    """Return the cases that the user is to work on, last changed first."""
    return Prisoner.objects.filter(assigned_to=user).prefetch_related("names").select_related("publication")


def sent_back_to(user: User) -> QuerySet[Submission]:
    """Return the user's submissions that a reviewer sent back and that were not submitted again since."""
    latest = Submission.objects.filter(prisoner=OuterRef("prisoner")).order_by("-submitted_at", "-pk").values("pk")[:1]
    return (
        Submission.objects.filter(
            submitted_by=user, state=SubmissionState.SENT_BACK.value, pk=Subquery(latest), prisoner__isnull=False
        )
        .defer("document")
        .select_related("prisoner", "decided_by")
        .prefetch_related("prisoner__names")
    )


def waiting() -> QuerySet[Submission]:
    """Return the submissions that wait for a reviewer, the longest waiting first."""
    return (
        Submission.objects.filter(state=SubmissionState.WAITING.value)
        .defer("document")
        .select_related("prisoner", "submitted_by", "prisoner__publication")
        .prefetch_related("prisoner__names")
        .order_by("submitted_at", "pk")
    )


def drafts() -> QuerySet[Prisoner]:
    """Return the cases that are not public and wait for nobody, last changed first."""
    return (
        Prisoner.objects.filter(publication__isnull=True)
        .exclude(submissions__state=SubmissionState.WAITING.value)
        .select_related("assigned_to")
        .prefetch_related("names")
    )


def last_submission(prisoner: Prisoner) -> Submission | None:
    """Return the latest submission of the case, whatever became of it."""
    return (
        Submission.objects.filter(prisoner=prisoner)
        .defer("document")
        .select_related("submitted_by", "decided_by")
        .first()
    )
