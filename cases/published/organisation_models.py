"""Organisations as published cases name them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import OrganisationKind
from cases.fields import VocabularyField


class PublishedOrganisation(models.Model):
    """An organisation that a published case names; gone with the last of them. How many there are: facet `organisation`."""

    slug = models.CharField(max_length=120, primary_key=True)
    kind = VocabularyField(OrganisationKind, blank=True)
    name = models.JSONField(help_text="By language")
    sort_en = models.CharField(max_length=400)
    sort_uk = models.CharField(max_length=400)
    published_at = models.DateTimeField(help_text="Of the case that named it last, whose words these are")

    class Meta:
        verbose_name = _("published organisation")
        verbose_name_plural = _("published organisations")
        ordering = ["sort_en", "slug"]
        indexes = [
            models.Index(fields=["sort_en", "slug"], name="organisation_by_name_en"),
            models.Index(fields=["sort_uk", "slug"], name="organisation_by_name_uk"),
        ]

    def __str__(self) -> str:
        return self.slug
