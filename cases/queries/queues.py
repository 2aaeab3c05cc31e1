"""The desk's queues: what waits for whom; reviews by priority, the longest waiting first."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from cases.enums import Priority, SubmissionState
from cases.models import Prisoner, ReviewComment, Submission

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
        .annotate(open_comments=open_comments_of_case())
        .select_related("prisoner", "decided_by")
        .prefetch_related("prisoner__names")
    )


def open_comments_of_case() -> Coalesce:
    """Return how many comments of a submission's case are not settled, those of earlier submissions included."""
    counted = (
        ReviewComment.objects.filter(submission__prisoner=OuterRef("prisoner"), resolved_at__isnull=True)
        .order_by()
        .values("submission__prisoner")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def waiting(reader: User | None = None) -> QuerySet[Submission]:
    """Return the submissions that wait: those of the reader first, then by priority, then the longest waiting."""
    mine = When(reviewer=reader, then=Value(0)) if reader else When(pk__isnull=True, then=Value(0))
    ranks = [When(priority=word.value, then=Value(rank)) for rank, word in enumerate(Priority)]
    return (
        Submission.objects.filter(state=SubmissionState.WAITING.value)
        .defer("document", "shown")
        .annotate(
            place=Case(mine, default=Value(1), output_field=IntegerField()),
            rank=Case(*ranks, default=Value(len(ranks)), output_field=IntegerField()),
            open_comments=open_comments_of_case(),
        )
        .select_related("prisoner", "submitted_by", "reviewer", "prisoner__publication")
        .prefetch_related("prisoner__names")
        .order_by("place", "rank", "submitted_at", "pk")
    )


def after(queue: "QuerySet[Any]", pk: int) -> QuerySet[Submission]:
    """Return what of `waiting` comes after a submission; all of it where that one waits no longer."""
    last = queue.filter(pk=pk).values("place", "rank", "submitted_at").first()
    if last is None:
        return queue
    return queue.filter(
        Q(place__gt=last["place"])
        | Q(place=last["place"], rank__gt=last["rank"])
        | Q(place=last["place"], rank=last["rank"], submitted_at__gt=last["submitted_at"])
        | Q(place=last["place"], rank=last["rank"], submitted_at=last["submitted_at"], pk__gt=pk)
    )


def reviewers_for(submission: Submission) -> QuerySet[User]:
    """Return who may review a submission by their role: everybody who may review, but its author."""
    may = User.objects.with_perm(
        "cases.review_submission", include_superusers=False, backend="django.contrib.auth.backends.ModelBackend"
    )
    return may.exclude(pk=submission.submitted_by_id).order_by("username")


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
