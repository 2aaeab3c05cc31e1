"""Who has which value of which facet, as bits, so that any choice of several is counted exactly."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.published.models import Facet, PublishedCase


class PublishedNumber(models.Model):
    """Which bit is that of a case: numbers are given once, one after another."""

    case = models.OneToOneField(PublishedCase, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("number of a published case")
        verbose_name_plural = _("numbers of published cases")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.pk}"


class PublishedBlock(models.Model):
    """The cases of a block of numbers that have a value of a facet: a bit for each, the lowest first, no empty end."""

    facet = models.CharField(max_length=20, choices=Facet.choices)
    value = models.CharField(max_length=160, blank=True)
    block = models.PositiveIntegerField()
    bits = models.BinaryField()
    people = models.PositiveIntegerField(help_text="How many bits are set")

    class Meta:
        verbose_name = _("published block")
        verbose_name_plural = _("published blocks")
        ordering = ["facet", "value", "block"]
        constraints = [models.UniqueConstraint(fields=["facet", "value", "block"], name="published_block_once")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}, {self.block}: {self.people}"
