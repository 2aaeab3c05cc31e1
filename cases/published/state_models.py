"""In which state everything public is, and which caches in front of the site have been told of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishedState(models.Model):
    """One row: `mark` is another after each change of what is public, so that no page made before it is taken for new."""

    mark = models.CharField(max_length=32)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("state of what is published")
        verbose_name_plural = _("states of what is published")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.mark


class PublishedPurge(models.Model):
    """A cache in front of the site, and the last state of which it was surely told to forget what it held before."""

    target = models.CharField(max_length=400, primary_key=True)
    mark = models.CharField(max_length=32, blank=True)
    failed_since = models.DateTimeField(null=True, help_text="Empty while the cache does as it is told")
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("cache to purge")
        verbose_name_plural = _("caches to purge")
        ordering = ["target"]

    def __str__(self) -> str:
        return self.target
