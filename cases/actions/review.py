"""Submitting a case for review, and deciding on it: nobody decides on their own submission."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.permissions import ActionRefused, Actor, require, require_case
from cases.enums import PublicationState, SubmissionState
from cases.models import Prisoner, Publication, Submission
from cases.publication.casefile import read_case
from cases.publication.document import build_case, build_from
from cases.publication.findings import findings_of
from cases.publication.publish import publish_case
from cases.publication.shown_rows import shown_keys
from cases.published.documents import canonical, sha256
from cases.queries.published import is_withdrawn, shown_until

MAY_SUBMIT = ("cases.change_prisoner", "cases.add_submission")
MAY_REVIEW = "cases.review_submission"


def submit(actor: Actor, prisoner: Prisoner, *, note: str = "", at: datetime) -> Submission:
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


def approve(actor: Actor, submission: Submission, *, note: str = "", at: datetime) -> Submission:
    """Publish exactly the document that was submitted.

    Refused to its author, for a submission that was decided, and when the case has changed since. The public side is
    written last: if it cannot be reached, nothing is kept on this side either.
    """
    reviewer = require(actor, MAY_REVIEW)
    with transaction.atomic():
        submission = _waiting(submission)
        if submission.submitted_by_id == reviewer.pk:
            raise ActionRefused(_("Nobody approves their own submission: ask another reviewer."))
        prisoner = submission.prisoner
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
    return submission


def send_back(actor: Actor, submission: Submission, *, note: str, at: datetime) -> Submission:
    """Return the submission to its author with what is to be done."""
    reviewer = require(actor, MAY_REVIEW)
    if not note.strip():
        raise ActionRefused(_("Write to the author what is to be done."))
    with transaction.atomic():
        submission = _waiting(submission)
        if submission.submitted_by_id == reviewer.pk:
            raise ActionRefused(_("This is your own submission: recall it instead."))
        _decide(submission, SubmissionState.SENT_BACK, decided_by=reviewer, note=note, at=at)
    return submission


def recall(actor: Actor, submission: Submission, *, at: datetime) -> Submission:
    """Take back one's own submission before it is decided."""
    author = require(actor, "cases.add_submission")
    with transaction.atomic():
        submission = _waiting(submission)
        if submission.submitted_by_id != author.pk:
            raise ActionRefused(_("Only the author recalls a submission."))
        _decide(submission, SubmissionState.RECALLED, decided_by=author, note="", at=at)
    return submission


def _waiting(submission: Submission) -> Submission:
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
