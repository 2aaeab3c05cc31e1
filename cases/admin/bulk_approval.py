"""Approving several submissions at once, each after its public difference was read: nothing is ticked beforehand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from cases.actions.permissions import ActionRefused
from cases.actions.review import MAY_REVIEW, approve
from cases.admin.chosen import number_in, numbers_in
from cases.admin.pointers import Pointed, pages_that_come_along, what_to_settle
from cases.admin.site import desk
from cases.enums import SubmissionState
from cases.models import Submission
from cases.publication.publish import PublicationRefused, PublicSideUnreachable
from cases.published.documents import canonical, sha256
from cases.queries.changes import Change, changes
from cases.queries.comments import open_comments
from cases.queries.published import public_document

#: How many submissions are read on one page: each of them in full.
MOST = 10
CHOSEN, READ = "submission", "read"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One submission with all that publishing it would change, and why it cannot be ticked, if so."""

    submission: Submission
    changes: list[Change]
    findings: list[Pointed]
    refusal: str

    @property
    def tick(self) -> str:
        """What a tick sends: the submission, and the document that was shown."""
        return f"{self.submission.pk}:{self.submission.sha256}"


def bulk_approval(request: HttpRequest) -> HttpResponse:
    """Show every chosen submission in full; on POST, approve those that were ticked, each by itself."""
    if not request.user.has_perm(MAY_REVIEW):
        raise PermissionDenied
    if request.method == "POST":
        ticked = [_read(value) for value in request.POST.getlist(READ)[:MOST]]
        _approve_each(request, [one for one in ticked if one is not None])
        return redirect("admin:review")
    asked = numbers_in(request.GET.getlist(CHOSEN))
    found = Submission.objects.filter(pk__in=asked[:MOST]).select_related("prisoner", "submitted_by", "reviewer")
    rows = sorted(found.prefetch_related("prisoner__names"), key=lambda row: asked.index(row.pk))
    today = timezone.localdate()
    context = {
        **desk.each_context(request),
        "title": _("Approve several submissions"),
        "candidates": [_candidate(request.user, row, today) for row in rows],
        "left_out": max(0, len(asked) - MOST),
        "most": MOST,
    }
    return render(request, "desk/review/bulk.html", context)


def _candidate(reader: Any, submission: Submission, today: date) -> Candidate:
    document, findings = what_to_settle(submission.prisoner, on=today)
    is_stale = sha256(canonical(document)) != submission.sha256
    return Candidate(
        submission=submission,
        changes=changes(public_document(submission.prisoner.code), submission.document),
        findings=[*findings, *pages_that_come_along(submission.prisoner)],
        refusal=_refusal(reader, submission, findings, is_stale=is_stale),
    )


def _refusal(reader: Any, submission: Submission, findings: list[Pointed], *, is_stale: bool) -> str:
    """Say why a submission cannot be approved here; "" where it can."""
    if submission.state != SubmissionState.WAITING.value:
        return _("This submission was already decided.")
    if submission.submitted_by_id == reader.pk:
        return _("This is your own submission: another reviewer decides.")
    if is_stale:
        return _("The case has changed since it was submitted: send it back, to be submitted again.")
    if any(finding.blocks for finding in findings):
        return _("Something forbids publication.")
    number = open_comments(submission.prisoner).count()
    return (
        ngettext("%(number)d comment is open.", "%(number)d comments are open.", number) % {"number": number}
        if number
        else ""
    )


def _read(value: str) -> tuple[int, str] | None:
    pk, _colon, digest = value.partition(":")
    number = number_in(pk)
    return (number, digest) if number is not None and digest else None


def _approve_each(request: HttpRequest, ticked: list[tuple[int, str]]) -> None:
    """Approve each in a transaction of its own and say what became of it; one that fails does not stop the others."""
    if not ticked:
        messages.warning(request, _("Nothing was ticked, so nothing was approved."))
    found = Submission.objects.select_related("prisoner").in_bulk([pk for pk, _digest in ticked])
    for pk, digest in dict(ticked).items():
        if pk not in found:
            messages.error(request, _("Submission %(number)s is not there any more.") % {"number": pk})
            continue
        case = found[pk].prisoner
        try:
            approve(request.user, found[pk], seen=digest, at=timezone.now())
        except (ActionRefused, PublicationRefused, PublicSideUnreachable) as refusal:
            messages.error(request, _("Not approved: %(case)s. %(why)s") % {"case": case, "why": refusal})
        else:
            messages.success(request, _("Approved and published: %(case)s.") % {"case": case})
