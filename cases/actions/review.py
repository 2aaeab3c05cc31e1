"""Submitting a case for review, who reviews it and how soon, and deciding on it: nobody decides on their own."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from cases.actions.permissions import ActionRefused, Actor, require, require_case
from cases.actions.publication import tell
from cases.enums import AuditAction, Priority, PublicationState, SubmissionState
from cases.models import Prisoner, Publication, Submission
from cases.publication.casefile import read_case
from cases.publication.document import build_case, build_from
from cases.publication.findings import findings_of
from cases.publication.publish import publish_case
from cases.publication.shown_rows import shown_keys
from cases.published.documents import canonical, sha256
from cases.queries.comments import open_comments
from cases.queries.published import is_withdrawn, shown_until

MAY_SUBMIT = ("cases.change_prisoner", "cases.add_submission")
MAY_REVIEW = "cases.review_submission"


def submit(
    actor: Actor, prisoner: Prisoner, *, note: str = "", priority: Priority = Priority.NORMAL, at: datetime
) -> Submission:
    """Put the case as it is now before the reviewers.

    Refused while another submission of the case waits, when a finding of the door blocks publication, and when the
    public side shows exactly this already.
    """
    author = require(actor, *MAY_SUBMIT)
    require_case(author, prisoner)
    with transaction.atomic():
        case = read_case(prisoner)
        document = build_from(case)
        findings = findings_of(case, document, on=timezone.localdate(at))
        blocking = [finding.message for finding in findings if finding.blocks]
        if blocking:
            raise ActionRefused(" ".join([_("The case cannot be published yet."), *blocking]))
        digest = sha256(canonical(document))
        if _is_public_now(prisoner, digest):
            raise ActionRefused(_("Nothing has changed since the case was published."))
        submission = Submission(
            prisoner=prisoner,
            submitted_by=author,
            submitted_at=at,
            note=note,
            priority=priority,
            document=document,
            sha256=digest,
            shown=shown_keys(case),
        )
        _save(submission)
    return submission


def _is_public_now(prisoner: Prisoner, digest: str) -> bool:
    public = Publication.objects.filter(prisoner=prisoner, state=PublicationState.PUBLISHED.value, sha256=digest)
    same_end = shown_until(prisoner.code) == prisoner.consent_expires
    return public.exists() and same_end and not is_withdrawn(prisoner.code)


def assign(actor: Actor, submission: Submission, *, reviewer: User | None, at: datetime) -> Submission:
    """Make somebody the reviewer of a waiting submission, or nobody.

    Only who may review is made a reviewer, and never its author. Anybody who may review still may decide.
    """
    require(actor, MAY_REVIEW)
    with transaction.atomic():
        submission = still_waiting(submission)
        if reviewer is not None and (not reviewer.is_active or not reviewer.has_perm(MAY_REVIEW)):
            raise ActionRefused(_("This account may not review: choose somebody who may."))
        if reviewer is not None and reviewer.pk == submission.submitted_by_id:
            raise ActionRefused(_("Nobody reviews their own submission: choose another reviewer."))
        submission.reviewer, submission.assigned_at = reviewer, at if reviewer else None
        _save(submission)
    return submission


def prioritise(actor: Actor, submission: Submission, *, priority: Priority) -> Submission:
    """Say how soon a waiting submission should be read."""
    require(actor, MAY_REVIEW)
    with transaction.atomic():
        submission = still_waiting(submission)
        submission.priority = priority.value
        _save(submission)
    return submission


def approve(
    actor: Actor,
    submission: Submission,
    *,
    note: str = "",
    seen: str | None = None,
    although_open: int = 0,
    at: datetime,
) -> Submission:
    """Publish exactly the document that was submitted.

    Refused to its author, for a submission that was decided, and when the case has changed since; also where the
    reviewer has read another document (`seen` is the SHA-256 of the one read, "" where the answer to a page does not
    say; None only where no page was read, as by a command), and where more comments are open than the reviewer accepts
    (`although_open`). The public side is written last: if it cannot be reached, nothing is kept on this side either.
    """
    reviewer = require(actor, MAY_REVIEW)
    with transaction.atomic():
        submission = still_waiting(submission)
        if submission.submitted_by_id == reviewer.pk:
            raise ActionRefused(_("Nobody approves their own submission: ask another reviewer."))
        if seen is not None and seen != submission.sha256:
            raise ActionRefused(_("This is not the document that you read: open the submission and read it again."))
        prisoner = submission.prisoner
        _refuse_open_comments(prisoner, although_open)
        document = build_case(prisoner)
        if sha256(canonical(document)) != submission.sha256:
            raise ActionRefused(_("The case has changed since it was submitted: send it back, to be submitted again."))
        _decide(submission, SubmissionState.APPROVED, decided_by=reviewer, note=note, at=at)
        publication = Publication.objects.select_for_update().filter(prisoner=prisoner).first()
        publication = publication or Publication(prisoner=prisoner, version=1)
        publication.state = PublicationState.PUBLISHED.value
        publication.published_at, publication.published_by = at, reviewer
        publication.withdrawn_at = publication.withdrawn_by = None
        publication.reason, publication.sha256 = "", submission.sha256
        published = publish_case(prisoner, document, at=at)
        publication.version, publication.sha256 = published.version, published.sha256
        _save(publication)
        tell(AuditAction.PUBLISHED, publication, actor=reviewer, at=at, submission=submission.pk)
    return submission


def _refuse_open_comments(prisoner: Prisoner, accepted: int) -> None:
    number = open_comments(prisoner).count()
    if number > accepted:
        raise ActionRefused(
            ngettext(
                "%(number)d comment is open: settle it, send the case back, or approve although it is open.",
                "%(number)d comments are open: settle them, send the case back, or approve although they are open.",
                number,
            )
            % {"number": number}
        )


def send_back(actor: Actor, submission: Submission, *, note: str = "", at: datetime) -> Submission:
    """Return the submission to its author with what is to be done: a note, or comments that are open."""
    reviewer = require(actor, MAY_REVIEW)
    with transaction.atomic():
        submission = still_waiting(submission)
        if submission.submitted_by_id == reviewer.pk:
            raise ActionRefused(_("This is your own submission: recall it instead."))
        if not note.strip() and not open_comments(submission.prisoner).exists():
            raise ActionRefused(_("Write to the author what is to be done, as a note or as a comment."))
        _decide(submission, SubmissionState.SENT_BACK, decided_by=reviewer, note=note, at=at)
    return submission


def recall(actor: Actor, submission: Submission, *, at: datetime) -> Submission:
    """Take back one's own submission before it is decided."""
    author = require(actor, "cases.add_submission")
    with transaction.atomic():
        submission = still_waiting(submission)
        if submission.submitted_by_id != author.pk:
            raise ActionRefused(_("Only the author recalls a submission."))
        _decide(submission, SubmissionState.RECALLED, decided_by=author, note="", at=at)
    return submission


def still_waiting(submission: Submission) -> Submission:
    """Return the submission, locked for this transaction; refused where it was decided."""
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    if locked.state != SubmissionState.WAITING.value:
        raise ActionRefused(_("This submission was already decided."))
    return locked


def _decide(submission: Submission, state: SubmissionState, *, decided_by: User, note: str, at: datetime) -> None:
    submission.state = state.value
    submission.decided_by, submission.decided_at, submission.decision_note = decided_by, at, note.strip()
    _save(submission)


def _save(row: Submission | Publication) -> None:
    """Save what the model and the database allow; what they refuse becomes a message, never a server error."""
    try:
        row.full_clean()
        with transaction.atomic():
            row.save()
    except ValidationError as refusal:
        raise ActionRefused(" ".join(refusal.messages)) from refusal
    except IntegrityError as refusal:
        raise ActionRefused(_("The database refused this: somebody was faster, or it breaks a rule.")) from refusal
