"""What beside people can be found by words: sites, provisions, places."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SubjectKind(models.TextChoices):
    """What a found subject is."""

    PROVISION = "provision", _("Provision")
    SITE = "site", _("Detention site")
    PLACE = "place", _("Place")


class PublishedSubject(models.Model):
    """A site, provision or place by name. A place is shown only while a published case counts under it (facet `place`)."""

    kind = models.CharField(max_length=12, choices=SubjectKind.choices)
    key = models.CharField(max_length=120, help_text="Its slug")
    name = models.JSONField(help_text="By language")

    class Meta:
        verbose_name = _("published subject")
        verbose_name_plural = _("published subjects")
        ordering = ["kind", "key"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="published_subject_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class PublishedSubjectTerm(models.Model):
    """One stem of the names of a subject (`domain.name_terms.text_stems`), or a number of a provision."""

    subject = models.ForeignKey(PublishedSubject, models.CASCADE, related_name="terms")
    term = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("word of a published subject")
        verbose_name_plural = _("words of published subjects")
        ordering = ["subject", "term"]
        constraints = [models.UniqueConstraint(fields=["term", "subject"], name="published_subject_term_once")]

    def __str__(self) -> str:
        return self.term
