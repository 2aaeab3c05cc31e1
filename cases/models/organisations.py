"""Bodies that document, assess, support or persecute."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import DesignationKind, OrganisationKind
from cases.fields import PartialDateField, VocabularyField
from cases.models.base import COUNTRY_PATTERN, CitedRecord, words
from cases.models.sources import Source
from cases.sealed import SealedField


class Organisation(CitedRecord):
    """One body: a human-rights organisation, a movement, a state body, a newspaper."""

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=80)
    name = words(_("name"))
    kind = VocabularyField(OrganisationKind, verbose_name=_("kind"))
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166-1, for example UA"))
    website = models.URLField(_("website"), blank=True)
    private_notes = SealedField(_("private notes"), blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name or self.slug


class Designation(CitedRecord):
    """A state put a label on an organisation, from a day on. It is that state's word, never this site's."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="designations", verbose_name=_("organisation")
    )
    kind = VocabularyField(DesignationKind, verbose_name=_("kind"))
    state = models.CharField(_("state"), max_length=2, help_text=_("ISO 3166-1, for example RU"))
    designated = PartialDateField(_("designated"), blank=True, null=True)
    designated_by = models.CharField(
        _("decided by"), max_length=200, blank=True, help_text=_("For example: Supreme Court")
    )
    note = words(_("note"))
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, verbose_name=_("source"))
    verified = models.BooleanField(
        _("checked"), default=False, help_text=_("Until ticked, pages say that it awaits review")
    )

    class Meta:
        verbose_name = _("designation")
        verbose_name_plural = _("designations by states")
        ordering = ["organisation", "designated_earliest", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "state", "kind"],
                name="designation_once",
                violation_error_message=_("This designation is already there."),
            ),
            models.CheckConstraint(
                name="designation_state_is_a_country",
                condition=Q(state__regex=COUNTRY_PATTERN),
                violation_error_message=_("The state is two capital letters, for example RU."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state}: {self.get_kind_display()}, {self.designated or '?'}"
