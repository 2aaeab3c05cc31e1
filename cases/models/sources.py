"""Where facts come from: sources, and the citations that join a source to a record and a field."""

from urllib.parse import urlsplit

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import Confidence, Language, Reliability, SourceKind
from cases.fields import PartialDateField, VocabularyField
from cases.file_fields import KeptFileField
from cases.models.base import Record
from cases.sealed import SealedField


class Source(Record):
    """One document, page, interview or file that asserts facts. Entered once, cited many times."""

    title = models.CharField(_("title"), max_length=500)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    published = PartialDateField(_("published"), blank=True, null=True)
    accessed = models.DateField(_("read on"), null=True, blank=True)
    language = VocabularyField(Language, blank=True, verbose_name=_("language"))
    kind = VocabularyField(SourceKind, verbose_name=_("kind"))
    reliability = VocabularyField(Reliability, default=Reliability.UNKNOWN, verbose_name=_("reliability"))
    file = KeptFileField(_("file"), folder="sources", hash_name="file_sha256", blank=True)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, editable=False)
    is_public = models.BooleanField(
        _("may be named in public"),
        default=True,
        help_text=_(
            "Untick for a source that would be endangered: the fact is then shown as from a confidential source."
        ),
    )
    is_invented = models.BooleanField(_("invented for the demonstration"), default=False)
    private_notes = SealedField(_("private notes"), blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="source_file_has_its_hash",
                condition=Q(file="") | Q(file_sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message=_("A file is kept with its SHA-256."),
            )
        ]

    def clean(self) -> None:
        if "@" in urlsplit(self.url).netloc:
            raise ValidationError({"url": _("The address contains a user name: give it without.")})

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})" if self.publisher else self.title


class Citation(Record):
    """A source asserts a fact: of a record as a whole, or of one field with the value that the source gives."""

    prisoner = models.ForeignKey(
        "cases.Prisoner", models.CASCADE, null=True, blank=True, related_name="case_citations", verbose_name=_("case")
    )
    content_type = models.ForeignKey(ContentType, models.PROTECT, verbose_name=_("kind of record"))
    object_id = models.PositiveBigIntegerField(_("record"))
    record = GenericForeignKey("content_type", "object_id")
    field = models.CharField(
        _("field"), max_length=60, blank=True, help_text=_("Empty: the source supports the record as a whole")
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations", verbose_name=_("source"))
    value = models.CharField(
        _("value that the source gives"),
        max_length=300,
        blank=True,
        help_text=_("Only where it differs from what is recorded: both are kept, and the page shows both"),
    )
    quote = models.TextField(_("quotation"), blank=True)
    page = models.CharField(_("page"), max_length=60, blank=True)
    confidence = VocabularyField(Confidence, default=Confidence.CERTAIN, verbose_name=_("confidence"))

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="citation_record")]
        constraints = [
            models.CheckConstraint(
                name="citation_value_names_its_field",
                condition=Q(value="") | ~Q(field=""),
                violation_error_message=_("A value that differs belongs to a field: choose the field."),
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "source", "value", "page"],
                name="citation_once",
                violation_error_message=_("This source is already cited here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.field} {self.value}".rstrip(": ")
