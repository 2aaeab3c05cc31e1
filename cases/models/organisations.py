"""Bodies that document, assess, support or persecute."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import OrganisationKind
from cases.fields import VocabularyField
from cases.models.base import CitedRecord, words
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
