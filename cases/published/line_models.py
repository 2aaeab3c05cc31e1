"""The lines of files, kept by publication."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.published.models import PublishedCase


class PublishedLine(models.Model):
    """A case as the files tell it in one language, finished but for what depends on the day of the file and its address.

    The days held are stored counted to nought (`days_least + least_grows * number of the day`), so that any day is a sum.
    """

    case = models.ForeignKey(PublishedCase, models.CASCADE, related_name="lines", db_index=False)
    language = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    show_until = models.DateField(null=True, help_text="That of the case")
    before = models.TextField(help_text="The line of CSV as far as the days held")
    after = models.TextField(help_text="The line of CSV after them")
    json_before = models.TextField(help_text="The line of JSON as far as the days held")
    json_after = models.TextField(help_text="The line of JSON after them, as far as the document")
    days_least = models.IntegerField()
    least_grows = models.SmallIntegerField(help_text="1 where each day adds one")
    days_most = models.IntegerField(null=True)
    most_grows = models.SmallIntegerField()

    class Meta:
        verbose_name = _("published line")
        verbose_name_plural = _("published lines")
        ordering = ["language", "case_id"]
        constraints = [models.UniqueConstraint(fields=["language", "case"], name="published_line_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.language}"
