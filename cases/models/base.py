"""What every record has in common: when it was written, its history, its citations, its words by language."""

import secrets
from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import get_language, gettext_lazy as _
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from translated_fields import TranslatedField, to_attribute

from cases.enums import AuditAction
from cases.models.audit import AuditEntry, told
from cases.models.checks import CheckedAtOnce
from cases.sealed import LookupField, RecordKey

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


HISTORY_ACTIONS = {"+": AuditAction.CREATED, "~": AuditAction.CHANGED, "-": AuditAction.DELETED}
#: Columns whose change says nothing of its own.
UNTOLD = frozenset({"id", "created_at", "updated_at"})


#: What an action that restores a record writes on it: {"version": …, "at": …}, for the audit.
RESTORED_FROM = "_restored_from"


def is_told(field: "models.Field[Any, Any]") -> bool:
    """Tell whether the audit tells of changes of a column: not of what is computed from another or kept for the machine."""
    return not (field.name in UNTOLD or field.name.endswith(("_earliest", "_latest")) or isinstance(field, LookupField))


class RecordHistoryManager(HistoryManager):  # type: ignore[misc]  # the library has no types
    """The library's, its class made once: the library makes one each time that the history of a record is asked for."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[models.QuerySet[Any]], class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class RecordHistory(HistoricalRecords):  # type: ignore[misc]  # the library has no types
    """History of records, and for each change an entry of the audit.

    Fields come before the library's own attributes: a court has an `instance` too. Lookups of sealed columns are left
    out: a hash that was valid once helps nobody but an attacker.
    """

    def get_extra_fields(self, model: Any, fields: dict[str, Any]) -> dict[str, Any]:
        extra = super().get_extra_fields(model, fields)
        return {name: value for name, value in extra.items() if name not in fields}

    def fields_included(self, model: Any) -> list[Any]:
        return [field for field in super().fields_included(model) if not isinstance(field, LookupField)]

    def create_historical_record(self, instance: Any, history_type: str, using: Any = None) -> None:
        before = None
        if history_type == "~":
            before = type(instance).history.filter(id=instance.pk).order_by("-history_date", "-history_id").first()
        super().create_historical_record(instance, history_type, using=using)
        fields = dict(self._changed(before, instance, history_type))
        if history_type == "~" and not fields:
            return
        reason = getattr(instance, "_change_reason", "") or ""
        restored_from = getattr(instance, RESTORED_FROM, None)
        AuditEntry.objects.append(
            AuditAction.RESTORED if restored_from and history_type != "-" else HISTORY_ACTIONS[history_type],
            actor=self.get_history_user(instance),
            subject=instance,
            case=code_of(instance),
            payload={
                "fields": fields,
                **({"reason": reason} if reason else {}),
                **({"restored_from": restored_from} if restored_from else {}),
            },
        )

    def m2m_changed(self, instance: Any, action: str, attr: str, pk_set: Any, reverse: bool, **kwargs: Any) -> None:  # noqa: FBT001 - the library's signature
        super().m2m_changed(instance, action, attr, pk_set, reverse, **kwargs)
        if reverse or action not in ("post_add", "post_remove", "post_clear"):
            return
        AuditEntry.objects.append(
            AuditAction.CHANGED,
            actor=self.get_history_user(instance),
            subject=instance,
            payload={"links": {attr: {action.removeprefix("post_"): sorted(pk_set or ())}}},
        )

    def _changed(self, before: Any, instance: Any, history_type: str) -> Iterator[tuple[str, list[Any]]]:
        """Yield each field that differs with what stood before and what stands now."""
        for field in self.fields_included(instance):
            if not is_told(field):
                continue
            now = getattr(instance, field.attname)
            was = getattr(before, field.attname) if before is not None else None
            if before is not None and was == now:
                continue
            then, present = told(field, was), told(field, now)
            if history_type == "-":
                then, present = present, None
            if before is not None or then not in (None, "", [], {}) or present not in (None, "", [], {}):
                yield field.name, [then, present]


def code_of(record: Any) -> str:
    """Return the code of the case that a record belongs to; empty for what belongs to none or to several."""
    path = getattr(record, "prisoner_path", "")
    if not path:
        return ""
    for step in path.split("__") if path != "pk" else ():
        record = getattr(record, step, None)
        if record is None:
            return ""
    return str(record.code)


class Record(CheckedAtOnce):
    """A private row whose every change is kept: who, when, before, after."""

    id = RecordKey(primary_key=True)
    created_at = models.DateTimeField(_("written down"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    history = RecordHistory(inherit=True, history_manager=RecordHistoryManager)

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
