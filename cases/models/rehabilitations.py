"""What was decided on rehabilitation, one row a decision. The present status is that of the last; nothing is overwritten."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import RehabilitationOutcome
from cases.fields import PartialDateField, VocabularyField
from cases.models.base import CaseRecord, passage, words
from cases.models.organisations import Organisation
from cases.models.prisoners import Prisoner


class Rehabilitation(CaseRecord):
    """One decision to rehabilitate a person, to refuse it, or to take it back."""

    prisoner = models.ForeignKey(Prisoner, models.CASCADE, related_name="rehabilitations", verbose_name=_("prisoner"))
    outcome = VocabularyField(RehabilitationOutcome, verbose_name=_("outcome"))
    body = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, verbose_name=_("body"))
    decided_on = PartialDateField(_("decided on"), blank=True, null=True)
    law = words(_("under which law"), help_text=_("For example: Law of 18 October 1991, article 3"))
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    reasoning = passage(_("reasoning"))
    is_public = models.BooleanField(_("may be shown"), default=True)

    class Meta:
        verbose_name = _("decision on rehabilitation")
        verbose_name_plural = _("decisions on rehabilitation")
        ordering = ["prisoner", "decided_on_earliest", "pk"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.decided_on or '?'}"
