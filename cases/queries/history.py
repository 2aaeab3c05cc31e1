"""What happened to a record and to every row below it: who, when, and each field before and after, in words.

Deleted rows are found through the history of the rows above them, so the number of queries depends on the number of
kinds of rows, never on the number of rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext as _, gettext_lazy

from cases import models as records
from cases.domain.partial_dates import PartialDate, describe
from cases.models import Citation, Defendant, Prisoner, Proceeding, Publication
from cases.queries.files import told_file
from cases.queries.lines import JOINT, TOLD

KINDS = {"+": gettext_lazy("written down"), "~": gettext_lazy("changed"), "-": gettext_lazy("deleted")}
BOOKKEEPING = frozenset({"id", "created_at", "updated_at", "sha256"})
POINTERS = frozenset({"content_type", "object_id", "prisoner"})
LANGUAGES = (("_en", "en"), ("_uk", "uk"), ("_crh_latn", "crh"), ("_ru", "ru"))

#: How rows hang together: (kind of row, the column of its history, the kind of row whose keys stand in the column).
_OF_A_PERSON = (
    "PersonName",
    "PublicRole",
    "Affiliation",
    "Citizenship",
    "SpokenLanguage",
    "Stay",
    "Event",
    "Assessment",
)
_OF_A_DEFENDANT = (
    ("Charge", "defendant_id", "Defendant"),
    ("Sentence", "defendant_id", "Defendant"),
    ("SentenceSegment", "sentence_id", "Sentence"),
)
_OF_A_PROCEEDING = (
    ("Hearing", "proceeding_id", "Proceeding"),
    ("Decision", "proceeding_id", "Proceeding"),
    ("Involvement", "proceeding_id", "Proceeding"),
)
PARTS: dict[type[models.Model], tuple[tuple[str, str, str], ...]] = {
    Prisoner: (
        *((name, "prisoner_id", "Prisoner") for name in _OF_A_PERSON),
        ("Publication", "prisoner_id", "Prisoner"),
        ("Defendant", "prisoner_id", "Prisoner"),
        ("Proceeding", "id", "Proceeding"),
        *_OF_A_DEFENDANT,
        *_OF_A_PROCEEDING,
    ),
    Proceeding: (("Defendant", "proceeding_id", "Proceeding"), *_OF_A_DEFENDANT, *_OF_A_PROCEEDING),
}

#: What `str()` of a related record reads beside its own columns.
READS: dict[type[models.Model], tuple[str, ...]] = {Prisoner: ("names",), Defendant: ("prisoner__names",)}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one row. `row` says what kind of row it is, `title` which one; `is_change`: neither new nor deleted."""

    at: datetime
    who: str
    what: str
    row: str
    title: str
    is_change: bool = False
    fields: list[FieldChange] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Moment:
    """What one person changed at once."""

    at: datetime
    who: str
    entries: list[Entry]


def history_of(record: models.Model) -> list[Entry]:
    """Return every change of the record and of the rows below it, the latest first."""
    versions = _versions(record)
    words = _Words(record, versions)
    entries = [entry for rows in versions.values() for entry in _of_row(rows, words)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def moments(entries: Iterable[Entry], *, within: int = 5) -> list[Moment]:
    """Put together what one person changed within a few seconds: one press of "Save"."""
    found: list[Moment] = []
    for entry in entries:
        last = found[-1] if found else None
        if last and last.who == entry.who and (last.entries[-1].at - entry.at).total_seconds() <= within:
            last.entries.append(entry)
        else:
            found.append(Moment(at=entry.at, who=entry.who, entries=[entry]))
    return found


# Reading ---------------------------------------------------------------------------------------------------------

Versions = dict[tuple[type[models.Model], Any], list[Any]]


def _versions(record: models.Model) -> Versions:
    """Return the versions of every row, oldest first."""
    keys: dict[str, set[Any]] = defaultdict(set, {type(record).__name__: {record.pk}})
    found: Versions = defaultdict(list)
    _read(found, keys, type(record), Q(id=record.pk))
    for name, column, above in PARTS.get(type(record), ()):
        if keys[above]:
            _read(found, keys, getattr(records, name), Q(**{f"{column}__in": keys[above]}))
    _read(found, keys, Citation, _citations(record, found))
    return found


def _read(found: Versions, keys: dict[str, set[Any]], model: Any, condition: Q) -> None:
    rows = model.history.filter(condition).select_related("history_user").order_by("history_date", "history_id")
    for row in rows:
        found[model, row.id].append(row)
        keys[model.__name__].add(row.id)
        if model is Defendant:
            keys["Proceeding"].add(row.proceeding_id)


def _citations(record: models.Model, found: Versions) -> Q:
    """Return what the citations of the rows have in common; those of a person carry the case too."""
    by_kind: dict[Any, list[Any]] = defaultdict(list)
    for model, pk in found:
        by_kind[model].append(pk)
    condition = Q(prisoner_id=record.pk) if isinstance(record, Prisoner) else Q()
    for model, pks in by_kind.items():
        condition |= Q(content_type_id=ContentType.objects.get_for_model(model).pk, object_id__in=pks)
    return condition


# Words -----------------------------------------------------------------------------------------------------------


class _Words:
    """The versions of one history in words, with every related record fetched once."""

    def __init__(self, record: models.Model, versions: Versions) -> None:
        self.owner = record._meta.model_name
        self.related = _related(versions)
        self.titles = {
            (model._meta.model_name, pk): self.title(rows[-1])
            for (model, pk), rows in versions.items()
            if model is not Citation
        }

    def value(self, column: Any, version: Any) -> str:
        value = getattr(version, column.attname, None)
        if value in (None, "", [], {}):
            return ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(column, models.FileField):
            return told_file(str(value))
        if isinstance(column, models.ForeignKey):
            return self.related.get((column.related_model, value), _("a deleted record"))
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        return _plain(value)

    def title(self, version: Any) -> str:
        """Say which row it is, as its line on the form does."""
        model = version.instance_type
        if model is Citation:
            fact = self.titles.get(
                (ContentType.objects.get_for_id(version.content_type_id).model, version.object_id),
                _("a deleted record"),
            )
            return JOINT.join([fact, self.value(model._meta.get_field("source"), version)])
        parts = (((part,) if isinstance(part, str) else part) for part in TOLD.get(model, ()))
        said = ([self.value(model._meta.get_field(name), version) for name in part if name] for part in parts)
        return JOINT.join(" – ".join(word for word in words if word) for words in said if any(words))


def _related(versions: Versions) -> dict[tuple[Any, Any], str]:
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for (model, _pk), rows in versions.items():
        for column in model._meta.concrete_fields:
            if isinstance(column, models.ForeignKey):
                wanted[column.related_model] |= {getattr(row, column.attname, None) for row in rows} - {None}
    found = {}
    for model, pks in wanted.items():
        for row in model._default_manager.prefetch_related(*READS.get(model, ())).filter(pk__in=pks):
            found[model, row.pk] = str(row)
    return found


def _plain(value: Any) -> str:
    if isinstance(value, PartialDate):
        return describe(value, get_language() or "en")
    if isinstance(value, datetime):
        return date_format(value, "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)


def _of_row(rows: list[Any], words: _Words) -> Iterator[Entry]:
    before = None
    for version in rows:
        changed = list(_changes(before, version, words))
        if changed or version.history_type != "~":
            user = version.history_user
            yield Entry(
                at=version.history_date,
                who=user.get_username() if user else _("the system"),
                what=str(KINDS[version.history_type]),
                row=capfirst(str(version.instance_type._meta.verbose_name)),
                title=words.title(version),
                is_change=version.history_type == "~",
                fields=changed,
            )
        before = version


def _changes(before: Any, after: Any, words: _Words) -> Iterator[FieldChange]:
    gone = after.history_type == "-"
    for column in _columns(after, words.owner):
        old = words.value(column, after if gone else before) if gone or before is not None else ""
        new = "" if gone else words.value(column, after)
        if old != new:
            yield FieldChange(label=capfirst(_label(column)), before=old, after=new)


def _columns(version: Any, owner: str | None) -> Iterator[models.Field]:
    """Yield the columns that a person fills; not the way to the record whose history is read."""
    for column in version.instance_type._meta.concrete_fields:
        is_pointer = version.instance_type is Citation and column.name in POINTERS
        if column.name in BOOKKEEPING or column.name == owner or is_pointer:
            continue
        if column.editable or version.instance_type is Publication:
            yield column


def _label(column: models.Field) -> str:
    for suffix, language in LANGUAGES:
        if column.name.endswith(suffix):
            return f"{column.verbose_name} [{language}]"
    return str(column.verbose_name)
