"""The way to the door: what was submitted, what was said about it, who decided, and what is public now."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.enums import Priority, PublicationState, SubmissionState
from cases.fields import VocabularyField
from cases.models.base import Record
from cases.models.prisoners import Prisoner


class Submission(Record):
    """A case as its author wants it published: exactly this document is reviewed, approved or sent back."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="submissions", verbose_name=_("prisoner"))
    state = VocabularyField(SubmissionState, default=SubmissionState.WAITING, verbose_name=_("state"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="submissions", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted"))
    note = models.TextField(_("note to the reviewer"), blank=True)
    document = models.JSONField(_("document"), default=dict)
    sha256 = models.CharField(_("SHA-256 of the document"), max_length=64)
    shown = models.JSONField(
        _("rows and fields that the document shows"),
        default=list,
        help_text=_("To close the version when one is hidden"),
    )
    priority = VocabularyField(Priority, default=Priority.NORMAL, verbose_name=_("priority"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_reviews",
        verbose_name=_("reviewer"),
    )
    assigned_at = models.DateTimeField(_("assigned"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision_note = models.TextField(_("note to the author"), blank=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["-submitted_at", "-pk"]
        permissions = [("review_submission", _("Can approve or send back a submission"))]
        constraints = [
            models.UniqueConstraint(
                fields=["prisoner"],
                condition=Q(state=SubmissionState.WAITING.value),
                name="submission_one_waiting",
                violation_error_message=_("This case is already waiting for review."),
            ),
            models.CheckConstraint(
                name="submission_four_eyes",
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=F("submitted_by"))
                | Q(state=SubmissionState.RECALLED.value),
                violation_error_message=_("Nobody approves their own submission: ask another reviewer."),
            ),
            models.CheckConstraint(
                name="submission_reviewer_is_another_person",
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("submitted_by")),
                violation_error_message=_("Nobody reviews their own submission: choose another reviewer."),
            ),
            models.CheckConstraint(
                name="submission_assigned_says_when",
                condition=Q(reviewer__isnull=True, assigned_at__isnull=True)
                | Q(reviewer__isnull=False, assigned_at__isnull=False),
                violation_error_message=_("An assigned submission says since when."),
            ),
            models.CheckConstraint(
                name="submission_decided_says_by_whom",
                condition=Q(state=SubmissionState.WAITING.value, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state=SubmissionState.WAITING.value) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                violation_error_message=_("A decided submission says who decided and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prisoner}: {self.get_state_display()}"


class ReviewComment(Record):
    """What a reviewer says about one row of the public difference, or about the submission as a whole."""

    prisoner_path: ClassVar[str] = "submission__prisoner"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="comments", verbose_name=_("submission"))
    path = models.CharField(
        _("place in the document"),
        max_length=300,
        blank=True,
        help_text=_("For example events.2.title.en. Empty: the comment is about the submission as a whole"),
    )
    shown_as = models.TextField(_("the row as it was shown"), blank=True)
    text = models.TextField(_("comment"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="review_comments", verbose_name=_("author")
    )
    at = models.DateTimeField(_("written"))
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="settled_comments",
        verbose_name=_("settled by"),
    )
    resolved_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment of a reviewer")
        verbose_name_plural = _("comments of reviewers")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["submission"], condition=Q(resolved_at__isnull=True), name="comment_open"),
        ]
        constraints = [
            models.CheckConstraint(
                name="comment_has_words",
                condition=~Q(text=""),
                violation_error_message=_("Write the comment."),
            ),
            models.CheckConstraint(
                name="comment_settled_says_by_whom",
                condition=Q(resolved_by__isnull=True, resolved_at__isnull=True)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                violation_error_message=_("A settled comment says who settled it and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.path or '*'}"


class Publication(Record):
    """What the public side shows of a case now, as the desk knows it."""

    prisoner = models.OneToOneField(Prisoner, models.PROTECT, related_name="publication", verbose_name=_("prisoner"))
    state = VocabularyField(PublicationState, default=PublicationState.PUBLISHED, verbose_name=_("state"))
    version = models.PositiveIntegerField(_("version"))
    sha256 = models.CharField(_("SHA-256 of the document"), max_length=64)
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="publications",
        verbose_name=_("published by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawals",
        verbose_name=_("withdrawn by"),
    )
    reason = models.TextField(_("reason for withdrawal"), blank=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-published_at", "pk"]
        permissions = [
            ("withdraw_publication", _("Can withdraw a published case")),
            ("republish_publication", _("Can publish a withdrawn case again")),
            ("publish_reference", _("Can publish sites and provisions")),
        ]
        constraints = [
            models.CheckConstraint(
                name="publication_withdrawn_says_when",
                condition=Q(state=PublicationState.PUBLISHED.value, withdrawn_at__isnull=True)
                | Q(state=PublicationState.WITHDRAWN.value, withdrawn_at__isnull=False),
                violation_error_message=_("A withdrawn case says when it was withdrawn."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.prisoner}: {self.get_state_display()}, {self.version}"
