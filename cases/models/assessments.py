"""What bodies concluded about a detention: never one yes or no, but who, by which criteria, when, in which document."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import AssessmentCriterion, AssessmentDecision, AssessmentScheme
from cases.fields import PartialDateField, VocabularyField
from cases.models.base import CaseRecord, passage
from cases.models.organisations import Organisation
from cases.models.prisoners import Prisoner
from cases.models.sources import Source


def validate_criteria(value: list[str]) -> None:
    """Refuse words that are not criteria of a scheme."""
    known = {word for word, _label in AssessmentCriterion.choices()}
    if not isinstance(value, list) or not set(value) <= known:
        raise ValidationError(_("Choose criteria from the list."))


class Assessment(CaseRecord):
    """One body's conclusion about one person's detention."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="assessments", verbose_name=_("prisoner"))
    body = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("body"))
    scheme = VocabularyField(AssessmentScheme, verbose_name=_("scheme"))
    criteria = models.JSONField(_("criteria met"), default=list, blank=True, validators=[validate_criteria])
    decision = VocabularyField(AssessmentDecision, verbose_name=_("decision"))
    decided_on = PartialDateField(_("decided on"), blank=True, null=True)
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    reasoning = passage(_("reasoning"))
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, verbose_name=_("document"))
    is_public = models.BooleanField(_("may be shown"), default=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["prisoner", "decided_on_earliest", "pk"]

    def clean(self) -> None:
        foreign = [word for word in self.criteria or [] if not word.startswith(f"{self.scheme}_")]
        if foreign:
            raise ValidationError(
                {"criteria": _("These criteria belong to another scheme: choose those of the scheme.")}
            )

    def __str__(self) -> str:
        return f"{self.body}: {self.get_decision_display()}"
