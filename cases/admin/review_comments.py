"""Comments of reviewers where they are read: at the row of the difference, on the case's screen; written and settled."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from cases.actions.comments import MAY_SETTLE, comment, settle
from cases.actions.review import MAY_REVIEW
from cases.admin.attempts import attempt
from cases.admin.chosen import number_in, numbers_in
from cases.admin.pointers import Place, address_of
from cases.admin.review_queue import require_reviewer
from cases.models import Prisoner, ReviewComment, Submission
from cases.queries.changes import Change
from cases.queries.comments import is_author, of_submission, open_comments, shown_as

#: The name of the ticks on the case's screen by which comments are settled when the case is saved.
TICKED = "settled_comment"


@dataclass(frozen=True, slots=True)
class CommentedChange(Change):
    """A row of the difference with what was said about it."""

    comments: list[ReviewComment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Discussion:
    """The difference with its comments, those on the submission as a whole, and the open ones of earlier submissions."""

    changes: list[CommentedChange]
    whole: list[ReviewComment]
    carried: list[ReviewComment]
    open_number: int


def discussion(submission: Submission, changed: Iterable[Change]) -> Discussion:
    """Put each comment of the submission where it belongs; one whose row is gone stands with the earlier ones."""
    at_rows: dict[str, list[ReviewComment]] = defaultdict(list)
    carried = []
    said = list(of_submission(submission))
    for one in said:
        if one.submission_id == submission.pk:
            at_rows[one.path].append(one)
        else:
            carried.append(one)
    rows = [
        CommentedChange(row.path, row.before, row.after, key=row.key, comments=at_rows.pop(row.key, []))
        for row in changed
    ]
    whole = at_rows.pop("", [])
    carried += [one for found in at_rows.values() for one in found]
    for one in carried:
        one.shown_as = shown_as(one)  # for this page alone: the record keeps what its writer saw
    return Discussion(rows, whole, carried, sum(one.resolved_at is None for one in said))


@dataclass(frozen=True, slots=True)
class Remark:
    """An open comment on the screen of its case, and the box that it is about."""

    comment: ReviewComment
    places: list[Place]
    is_ticked: bool


def remarks(actor: Any, prisoner: Prisoner, ticked: Sequence[str] = ()) -> list[Remark]:
    """Return the open comments on a case for its authors and for reviewers; nobody else is told of them."""
    if not actor.has_perm(MAY_SETTLE) or not (actor.has_perm(MAY_REVIEW) or is_author(actor, prisoner)):
        return []
    return [
        Remark(
            one,
            [Place(shown_as(one), address_of(one.path, prisoner))] if one.path else [],
            str(one.pk) in ticked,
        )
        for one in open_comments(prisoner)
    ]


def settle_ticked(request: HttpRequest, prisoner: Prisoner) -> None:
    """Settle the comments that were ticked on the case's screen, now that the case is saved."""
    wanted = numbers_in(request.POST.getlist(TICKED))
    found = [one for one in open_comments(prisoner) if one.pk in wanted] if wanted else []
    for one in found:
        settle(request.user, one, at=timezone.now())
    if found:
        words = ngettext("%(number)d comment is settled.", "%(number)d comments are settled.", len(found))
        messages.success(request, words % {"number": len(found)})


def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a comment on one row of the difference or on the submission as a whole."""
    require_reviewer(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    submission = get_object_or_404(Submission, pk=pk)
    text, path = request.POST.get("text", ""), request.POST.get("path", "")
    attempt(
        request,
        lambda: comment(request.user, submission, text=text, path=path, at=timezone.now()),
        _("The comment is kept. Its author sees it when you send the case back, or on the case's screen."),
    )
    return redirect("admin:submission", pk)


def mark_settled(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle one comment from the page of a submission."""
    require_reviewer(request)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    said = get_object_or_404(ReviewComment.objects.select_related("submission__prisoner"), pk=pk)
    attempt(request, lambda: settle(request.user, said, at=timezone.now()), _("The comment is settled."))
    return redirect("admin:submission", number_in(request.POST.get("back", "")) or said.submission_id)
