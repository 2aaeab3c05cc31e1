"""Erasing a person at lawful request: who asked, who confirmed, and the files that are still to be deleted."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.enums import ErasureGround, ErasureState
from cases.fields import VocabularyField
from cases.models.base import new_code
from cases.sealed import RecordKey, SealedField


class ErasureRequest(models.Model):
    """One erasure, asked for by one person and confirmed by another. Done, it keeps the fact and nothing of the person.

    No foreign key leads to the person, and there is no history: what is written here must be able to go, too.
    """

    id = RecordKey(primary_key=True)
    reference = models.CharField(_("number"), max_length=12, unique=True, default=new_code, editable=False)
    subject_kind = models.CharField(
        _("whom"), max_length=20, choices=[("prisoner", _("Prisoner")), ("relative", _("Relative"))]
    )
    subject_id = models.BigIntegerField(_("record"), null=True, blank=True, help_text=_("Empty when erased"))
    code = models.CharField(
        _("case"), max_length=12, blank=True, help_text=_("Of a prisoner; the audit and the public address keep it")
    )
    mark = models.CharField(
        max_length=64, help_text="A keyed hash, by which the person is erased again from a backup that is restored"
    )
    ground = VocabularyField(ErasureGround, verbose_name=_("ground"))
    note: Any = SealedField(_("what was asked, by whom"), blank=True, help_text=_("Removed with everything else"))
    state = VocabularyField(ErasureState, default=ErasureState.ASKED, verbose_name=_("state"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    counts = models.JSONField(_("what was removed"), default=dict, blank=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-asked_at", "-pk"]
        default_permissions = ()
        permissions = [
            ("ask_erasure", _("Can ask for the erasure of a person")),
            ("confirm_erasure", _("Can confirm the erasure of a person")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=Q(state=ErasureState.ASKED.value),
                name="erasure_one_waiting",
                violation_error_message=_("This erasure has been asked for already."),
            ),
            models.CheckConstraint(
                name="erasure_two_people",
                condition=~Q(state=ErasureState.DONE.value) | ~Q(decided_by=F("asked_by")),
                violation_error_message=_("Nobody erases alone: another person confirms."),
            ),
            models.CheckConstraint(
                name="erasure_decided_says_by_whom",
                condition=Q(state=ErasureState.ASKED.value, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state=ErasureState.ASKED.value) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                violation_error_message=_("A decided erasure says who decided and when."),
            ),
            models.CheckConstraint(
                name="erasure_done_keeps_nothing",
                condition=~Q(state=ErasureState.DONE.value) | Q(subject_id__isnull=True, note=""),
                violation_error_message=_("An erasure that is done keeps nothing of the person."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.get_state_display()}"


class DoomedFile(models.Model):
    """A file whose record was erased and which is to be deleted next: a list that outlives a crash in between."""

    name = models.CharField(max_length=255, primary_key=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("file to be deleted")
        verbose_name_plural = _("files to be deleted")
        ordering = ["since", "name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
