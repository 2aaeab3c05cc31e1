"""What courts and other bodies decided, instance by instance, and the sentence as it stood after each decision."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _, ngettext

from cases.enums import DecisionOutcome, Instance, Regime
from cases.fields import PartialDateField, VocabularyField
from cases.models.base import CaseRecord, CitedRecord, passage, words
from cases.models.proceedings import Court, Defendant, Proceeding


class Decision(CitedRecord):
    """One decision of one body. It concerns all defendants of the proceeding unless it names one."""

    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="decisions", verbose_name=_("proceeding"))
    defendant = models.ForeignKey(
        Defendant,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="own_decisions",
        verbose_name=_("only for this defendant"),
    )
    instance = VocabularyField(Instance, default=Instance.FIRST, verbose_name=_("instance"))
    court = models.ForeignKey(Court, models.PROTECT, null=True, blank=True, verbose_name=_("court"))
    decided_on = PartialDateField(_("decided on"), blank=True, null=True)
    judges = models.CharField(_("judges"), max_length=300, blank=True)
    outcome = VocabularyField(DecisionOutcome, verbose_name=_("outcome"))
    in_force_from = PartialDateField(_("in force from"), blank=True, null=True)
    summary = passage(_("summary"))
    is_public = models.BooleanField(_("may be shown"), default=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["proceeding", "decided_on_earliest", "pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_in_force_after_decided",
                condition=Q(in_force_from_latest__isnull=True)
                | Q(decided_on_earliest__isnull=True)
                | Q(in_force_from_latest__gte=F("decided_on_earliest")),
                violation_error_message=_("The decision is in force before it was taken."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_instance_display()}: {self.get_outcome_display()}, {self.decided_on or '?'}"


TERM_IS_EMPTY = Q(years__isnull=True, months__isnull=True, days__isnull=True)


class Sentence(CaseRecord):
    """The punishment of one defendant as it stands after one decision: a term, or life, or a fine, or something else."""

    prisoner_path = "defendant__prisoner"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="sentences", verbose_name=_("decision"))
    defendant = models.ForeignKey(Defendant, models.CASCADE, related_name="sentences", verbose_name=_("defendant"))
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    life = models.BooleanField(_("life"), default=False)
    death = models.BooleanField(_("death penalty"), default=False)
    suspended = models.BooleanField(_("suspended"), default=False)
    fine_amount = models.DecimalField(_("fine"), max_digits=12, decimal_places=2, null=True, blank=True)
    fine_currency = models.CharField(_("currency"), max_length=3, blank=True, help_text=_("ISO 4217, for example RUB"))
    other = words(_("other punishment"))

    class Meta:
        verbose_name = _("sentence")
        verbose_name_plural = _("sentences")
        ordering = ["decision", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "defendant"],
                name="sentence_once_a_decision",
                violation_error_message=_("This defendant already has a sentence in this decision."),
            ),
            models.CheckConstraint(
                name="sentence_is_a_term_or_life",
                condition=(Q(life=False) & Q(death=False)) | TERM_IS_EMPTY,
                violation_error_message=_("A sentence is a term or life, not both."),
            ),
            models.CheckConstraint(
                name="sentence_term_is_plausible",
                condition=(Q(years__isnull=True) | Q(years__lte=60))
                & (Q(months__isnull=True) | Q(months__lte=600))
                & (Q(days__isnull=True) | Q(days__lte=3660)),
                violation_error_message=_("A term has at most 60 years, 600 months or 3660 days."),
            ),
            models.CheckConstraint(
                name="sentence_fine_has_a_currency",
                condition=Q(fine_amount__isnull=True) | Q(fine_currency__regex=r"^[A-Z]{3}$"),
                violation_error_message=_("Give the currency of the fine, for example RUB."),
            ),
        ]

    def __str__(self) -> str:
        if self.death:
            return str(_("death penalty"))
        if self.life:
            return str(_("life"))
        years, months, days = self.years or 0, self.months or 0, self.days or 0
        parts = (
            (years, ngettext("%(count)s year", "%(count)s years", years)),
            (months, ngettext("%(count)s month", "%(count)s months", months)),
            (days, ngettext("%(count)s day", "%(count)s days", days)),
        )
        return " ".join(said % {"count": count} for count, said in parts if count) or str(self.other or self.pk)


class SentenceSegment(CaseRecord):
    """A stretch of a sentence under one regime: "the first four years in prison, the rest in a strict-regime colony"."""

    prisoner_path = "sentence__defendant__prisoner"

    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="segments", verbose_name=_("sentence"))
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    regime = VocabularyField(Regime, verbose_name=_("regime"))
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    is_remainder = models.BooleanField(_("the rest of the term"), default=False)

    class Meta:
        verbose_name = _("segment of a sentence")
        verbose_name_plural = _("segments of a sentence")
        ordering = ["sentence", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sentence", "position"],
                name="segment_position_once",
                violation_error_message=_("Two segments have the same place in the order."),
            ),
            models.CheckConstraint(
                name="segment_is_a_term_or_the_rest",
                condition=(Q(is_remainder=True) & TERM_IS_EMPTY) | (Q(is_remainder=False) & ~TERM_IS_EMPTY),
                violation_error_message=_("A segment has its own term or is the rest of the sentence."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_regime_display())
