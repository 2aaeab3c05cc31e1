"""The statuses of cases day by day: spans to list by, what each case adds to the sums, and the sums to count by."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import Status
from cases.fields import VocabularyField
from cases.published.models import PublishedCase


class PublishedSpan(models.Model):
    """One status of a case as shown now, from one day up to another: who was in which status on a past day."""

    case = models.ForeignKey(PublishedCase, models.CASCADE, related_name="spans")
    status = VocabularyField(Status)
    since = models.DateField()
    until = models.DateField(
        help_text="The first day on which it is so no longer; the last of the calendar if it lasts"
    )

    class Meta:
        verbose_name = _("published status span")
        verbose_name_plural = _("published status spans")
        ordering = ["case", "since"]
        indexes = [models.Index(fields=["status", "since", "until", "case"], name="span_by_status")]

    def __str__(self) -> str:
        return f"{self.status} {self.since}"


class PublishedCourse(models.Model):
    """What the versions of a case add to the sums: kept so that exactly this is taken out when the case goes."""

    case = models.OneToOneField(PublishedCase, models.CASCADE, primary_key=True, related_name="course")
    editions = models.JSONField(help_text="cases/published/courses.py")
    as_of = models.DateField(help_text="The day for which the statuses were derived, as in the columns of the case")
    look_on = models.DateField(
        null=True, help_text="The first day on which anything of the case may be otherwise; empty: not looked at yet"
    )

    class Meta:
        verbose_name = _("published course")
        verbose_name_plural = _("published courses")
        indexes = [models.Index(fields=["look_on", "case"], name="course_to_look_at")]

    def __str__(self) -> str:
        return self.case_id


class PublishedSum(models.Model):
    """How many people came under a value and left it, in one stretch of days, by what became known in another.

    Every change stands in nine rows, one for each pair of lengths (cases/domain/counted_days.py), so that a count for any
    day reads few of them. Sums alone: a row names nobody, and a row that comes to nought goes.
    """

    day_grain = models.CharField(max_length=1)
    known_grain = models.CharField(max_length=1)
    day = models.DateField()
    known = models.DateField()
    dimension = models.CharField(max_length=16)
    value = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=10)
    came = models.IntegerField()
    went = models.IntegerField()

    class Meta:
        verbose_name = _("published sum")
        verbose_name_plural = _("published sums")
        ordering = ["day_grain", "known_grain", "day", "known"]
        indexes = [models.Index(fields=["id"], name="sum_of_nought", condition=Q(came=0, went=0))]
        constraints = [
            models.UniqueConstraint(
                fields=["day_grain", "known_grain", "day", "known", "dimension", "value", "reason"],
                name="published_sum_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dimension}={self.value} {self.day}: {self.came - self.went}"
