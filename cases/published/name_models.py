"""The index of public names. PostgreSQL reads one row a case, SQLite the rows of `PublishedName`; both share the vocabulary.

The vocabulary is what misspelt names are looked for in. It never decides what is shown: every answer is a visible case.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.published.models import PublishedCase


class PublishedNames(models.Model):
    """The name forms of a published case, a line each, and the terms under which it is found (`domain.name_terms`)."""

    case = models.OneToOneField(PublishedCase, models.CASCADE, primary_key=True, related_name="names")
    forms = models.TextField()
    terms = models.TextField()

    class Meta:
        verbose_name = _("published names of a case")
        verbose_name_plural = _("published names of cases")
        ordering = ["case"]

    def __str__(self) -> str:
        return self.forms.split("\n", 1)[0]


class PublishedNameWord(models.Model):
    """A sound key that published names have, with how many cases have it and with its skeleton."""

    word = models.CharField(max_length=60, primary_key=True)
    skeleton = models.CharField(max_length=60, db_index=True)
    frequency = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("word of published names")
        verbose_name_plural = _("words of published names")
        ordering = ["word"]

    def __str__(self) -> str:
        return f"{self.word}: {self.frequency}"


class PublishedNameMiss(models.Model):
    """What remains of a word of the vocabulary, or of its skeleton, when a letter is left out (`name_terms.near_terms`)."""

    miss = models.CharField(max_length=60)
    word = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("misspelling of published names")
        verbose_name_plural = _("misspellings of published names")
        ordering = ["miss", "word"]
        constraints = [models.UniqueConstraint(fields=["miss", "word"], name="published_miss_once")]
        indexes = [models.Index(fields=["word"], name="published_miss_word")]

    def __str__(self) -> str:
        return f"{self.miss} < {self.word}"


class PublishedNameChange(models.Model):
    """By how much the frequency of a word changes, until it is counted (`name_vocabulary`). Written, never updated."""

    word = models.CharField(max_length=60)
    by = models.SmallIntegerField()

    class Meta:
        verbose_name = _("change of the words of published names")
        verbose_name_plural = _("changes of the words of published names")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.word} {self.by:+}"


class PublishedNameIndex(models.Model):
    """Which rules the whole index was made by. Without a row of the present rules it may be incomplete: rebuild it."""

    rules = models.PositiveIntegerField(primary_key=True)
    built_at = models.DateTimeField()

    class Meta:
        verbose_name = _("index of published names")
        verbose_name_plural = _("indexes of published names")
        ordering = ["rules"]

    def __str__(self) -> str:
        return str(self.rules)
