"""Organisations as published cases name them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import OrganisationKind
from cases.fields import VocabularyField
from cases.published.models import PublishedCase


class PublishedOrganisation(models.Model):
    """An organisation in the words of one published case that names it; how many cases do is the total of its facet."""

    case = models.ForeignKey(PublishedCase, models.CASCADE, related_name="organisations", db_index=False)
    slug = models.CharField(max_length=120)
    kind = VocabularyField(OrganisationKind, blank=True)
    name = models.JSONField(help_text="By language")
    sort_en = models.CharField(max_length=400, help_text="Sort key of the English name")

    class Meta:
        verbose_name = _("published organisation")
        verbose_name_plural = _("published organisations")
        ordering = ["case", "slug"]
        indexes = [models.Index(fields=["slug", "id"], name="organisation_last_named")]
        constraints = [models.UniqueConstraint(fields=["case", "slug"], name="published_organisation_once")]

    def __str__(self) -> str:
        return f"{self.slug} of {self.case_id}"
