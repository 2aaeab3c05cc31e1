"""What every record has in common: when it was written, its history, its citations, its words by language."""

import secrets
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import get_language, gettext_lazy as _
from simple_history.models import HistoricalRecords
from translated_fields import TranslatedField, to_attribute

#: Languages in which researchers write titles and summaries; the first one with text stands in for an empty one.
CONTENT_LANGUAGES = ("en", "uk", "crh-latn", "ru")

#: Digits and consonants that no font confuses; without vowels no code spells a word.
CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 6

COUNTRY_PATTERN = r"^[A-Z]{2}$"
REGION_PATTERN = r"^[A-Z]{2}-[A-Z0-9]{1,3}$"


def new_code() -> str:
    """Return a random public code; codes tell neither how many drafts there are nor in which order they were made."""
    return "".join(secrets.choice(CODE_ALPHABET) for _position in range(CODE_LENGTH))


def first_filled(name: str, field: TranslatedField) -> Any:
    """Return a getter: the text in the active language, else the first of CONTENT_LANGUAGES that has one."""

    def text(record: models.Model) -> str:
        wanted = [get_language() or "en", *field.languages]
        texts = (getattr(record, to_attribute(name, language), "") for language in wanted)
        return next((found for found in texts if found), "")

    return text


def in_languages(field: "models.Field[Any, Any]") -> TranslatedField:
    """Give `field` one real column for each of CONTENT_LANGUAGES, all of them seen by the history."""
    return TranslatedField(field, languages=CONTENT_LANGUAGES, attrgetter=first_filled)


def words(verbose_name: Any, *, max_length: int = 300, help_text: Any = "") -> TranslatedField:
    """Return a short text that is written in several languages."""
    return in_languages(models.CharField(verbose_name, max_length=max_length, blank=True, help_text=help_text))


def passage(verbose_name: Any, *, help_text: Any = "") -> TranslatedField:
    """Return a long text that is written in several languages."""
    return in_languages(models.TextField(verbose_name, blank=True, help_text=help_text))


class RecordHistory(HistoricalRecords):  # type: ignore[misc]  # the library has no types
    """History of records, whose fields come before the library's own attributes: a court has an `instance` too."""

    def get_extra_fields(self, model: Any, fields: dict[str, Any]) -> dict[str, Any]:
        extra = super().get_extra_fields(model, fields)
        return {name: value for name, value in extra.items() if name not in fields}


class Record(models.Model):
    """A private row whose every change is kept: who, when, before, after."""

    created_at = models.DateTimeField(_("written down"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    history = RecordHistory(inherit=True)

    class Meta:
        abstract = True


class CitedRecord(Record):
    """A record whose facts can be cited, as a whole or field by field."""

    citations = GenericRelation("cases.Citation", content_type_field="content_type", object_id_field="object_id")

    class Meta:
        abstract = True


class CaseRecord(CitedRecord):
    """A cited record that belongs to one prisoner's case."""

    #: The way from this record to its prisoner, for queries.
    prisoner_path: ClassVar[str] = "prisoner"

    class Meta:
        abstract = True
