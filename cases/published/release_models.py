"""Releases: frozen states of all data, never altered."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReleaseIsFinal(Exception):
    """Raised on any attempt to alter or delete a release other than by closing it."""


class PublishedReleaseQuerySet(models.QuerySet["PublishedRelease"]):
    def update(self, **_values: Any) -> int:
        raise ReleaseIsFinal

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ReleaseIsFinal

    def finished(self) -> Self:
        """Return the releases that readers may know of; the files of those that are closed are gone."""
        return self.filter(finished_at__isnull=False)


class PublishedRelease(models.Model):
    """One frozen state of all data. It is never altered; closed, it keeps its manifest and hashes and loses its files."""

    number = models.PositiveIntegerField(primary_key=True)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, help_text="Empty while it is being made; nobody sees it before")
    note = models.TextField(blank=True)
    cases = models.PositiveIntegerField(default=0)
    manifest = models.TextField(blank=True, help_text="JSON text")
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the manifest")
    show_until = models.DateField(null=True, help_text="The earliest last day of a consent in it")
    closed_at = models.DateTimeField(null=True, help_text="Closed when somebody in it may no longer be shown")

    objects = PublishedReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ReleaseIsFinal
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ReleaseIsFinal

    def is_open(self, on: dt.date) -> bool:
        """Whether its files may be handed out on the day `on`."""
        return self.closed_at is None and (self.show_until is None or self.show_until >= on)


class PublishedReleaseFile(models.Model):
    """One file of a release. `is_served` is False for the list of its codes, from which the next release counts changes."""

    release = models.ForeignKey(PublishedRelease, models.PROTECT, related_name="files")
    name = models.CharField(max_length=60)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(null=True)
    is_served = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("file of a release")
        verbose_name_plural = _("files of releases")
        ordering = ["release", "pk"]
        constraints = [models.UniqueConstraint(fields=["release", "name"], name="release_file_once")]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.name}"


class PublishedReleasePart(models.Model):
    """A piece of a file, compressed by itself, so that a file is served without being read whole."""

    file = models.ForeignKey(PublishedReleaseFile, models.PROTECT, related_name="parts", db_index=False)
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("part of a file")
        verbose_name_plural = _("parts of files")
        ordering = ["file", "position"]
        constraints = [models.UniqueConstraint(fields=["file", "position"], name="release_part_once")]

    def __str__(self) -> str:
        return f"{self.file_id} {self.position}"
