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
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext as _, gettext_lazy

from cases import models as records
from cases.domain.partial_dates import PartialDate, describe
from cases.domain.sealing import SealingError
from cases.models import Citation, Defendant, Household, Prisoner, Proceeding, Publication
from cases.queries.change_words import LABELS
from cases.queries.files import told_file
from cases.queries.lines import JOINT, TOLD
from cases.sealed import Sealed, SealedField

KINDS = {"+": gettext_lazy("written down"), "~": gettext_lazy("changed"), "-": gettext_lazy("deleted")}
BOOKKEEPING = frozenset({"id", "created_at", "updated_at", "sha256"})
POINTERS = frozenset({"content_type", "object_id", "prisoner"})
LANGUAGES = (("_en", "en"), ("_uk", "uk"), ("_crh_latn", "crh-latn"), ("_ru", "ru"))

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
    "Rehabilitation",
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
    Household: tuple((name, "household_id", "Household") for name in ("Relative", "Need", "Aid")),
}

#: What `str()` of a related record reads beside its own columns.
READS: dict[type[models.Model], tuple[str, ...]] = {Prisoner: ("names",), Defendant: ("prisoner__names",)}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after. Each version named is one from which the present value of the field differs."""

    label: str
    before: str
    after: str
    name: str = ""
    before_version: int | None = None
    after_version: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one row. `row` says what kind of row it is, `title` which one; `is_change`: neither new nor deleted.

    `kind` and `version` name what can be restored: None where the row is as it was then, or is no row that people edit.
    """

    at: datetime
    who: str
    what: str
    row: str
    title: str
    is_change: bool = False
    fields: list[FieldChange] = field(default_factory=list)
    kind: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """What one person changed at once."""

    at: datetime
    who: str
    entries: list[Entry]

    @property
    def ended(self) -> datetime:
        """The time of its last change: as of then all of it was done."""
        return self.entries[0].at


def history_of(record: models.Model) -> list[Entry]:
    """Return every change of the record and of the rows below it, the latest first."""
    versions = versions_of(record)
    words = Words(record, versions)
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


def versions_of(record: models.Model) -> Versions:
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


class Words:
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
        if isinstance(value, Sealed):
            return _("sealed") if value else ""
        if value in (None, "", [], {}):
            return ""
        if isinstance(column, models.FileField):
            return told_file(str(value))
        if isinstance(column, models.ForeignKey):
            return self.related.get((column.related_model, value), _("a deleted record"))
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        is_name = column.model is Citation and column.name == "field"
        return cited_field(version.content_type_id, value) if is_name else plain(value)

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
        said = ([self._told(model._meta.get_field(name), version) for name in part if name] for part in parts)
        return JOINT.join(" – ".join(word for word in words if word) for words in said if any(words))

    def _told(self, column: Any, version: Any) -> str:
        return "" if isinstance(column, SealedField) else self.value(column, version)


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


def cited_field(content_type: int, name: str) -> str:
    """Say which field of a record a citation is for."""
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    columns = {column.name: column for column in model._meta.concrete_fields} if model else {}
    return capfirst(label_of(columns[name])) if name in columns else name


def plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, PartialDate):
        return describe(value, get_language() or "en")
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)


def _of_row(rows: list[Any], words: Words) -> Iterator[Entry]:
    before, newest = None, rows[-1]
    for version in rows:
        changed = list(_changes(before, version, words, newest))
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
                kind=str(version.instance_type._meta.model_name),
                version=version.history_id if is_other(version, newest) else None,
            )
        before = version


def is_other(version: Any, newest: Any) -> bool:
    """Tell whether the row is not now as it was in this version, and people edit such rows."""
    if version.instance_type is Publication:
        return False
    if newest.history_type == "-":
        return True
    return version.history_type != "-" and any(differs(column, version, newest) for column in columns_of(version))


def differs(column: models.Field, one: Any, other: Any) -> bool:
    """Tell whether two versions of a row differ in a column; sealed values whose key is gone differ if their tokens do."""
    try:
        return bool(getattr(one, column.attname) != getattr(other, column.attname))
    except SealingError:
        return True


def _changes(before: Any, after: Any, words: Words, newest: Any) -> Iterator[FieldChange]:
    gone = after.history_type == "-"
    for column in columns_of(after, words.owner):
        if before is not None and not gone and not differs(column, before, after):
            continue
        old = words.value(column, after if gone else before) if gone or before is not None else ""
        new = "" if gone else words.value(column, after)
        if old != new or (isinstance(column, SealedField) and old):
            yield FieldChange(
                label=capfirst(label_of(column)),
                before=old,
                after=_("sealed, changed") if old and new and isinstance(column, SealedField) else new,
                name=column.name,
                before_version=_source(column, before, newest) if after.history_type == "~" else None,
                after_version=_source(column, after, newest) if after.history_type == "~" else None,
            )


def _source(column: models.Field, version: Any, newest: Any) -> int | None:
    """Return the version from which the present value of the field can be replaced; None where it is the same."""
    is_fixed = version is None or newest.history_type == "-" or version.instance_type is Publication
    return None if is_fixed or not differs(column, version, newest) else version.history_id


def compared(now: Any, then: Any, words: Words) -> list[FieldChange]:
    """Return what would change if a row became what it was in another version; None stands for no row."""
    found = []
    for column in columns_of(then if then is not None else now, words.owner):
        if now is not None and then is not None and not differs(column, now, then):
            continue
        old, new = (words.value(column, version) if version is not None else "" for version in (now, then))
        if old or new:
            new = _("sealed, changed") if old and new and isinstance(column, SealedField) else new
            found.append(FieldChange(label=capfirst(label_of(column)), before=old, after=new, name=column.name))
    return found


def columns_of(version: Any, owner: str | None = None) -> Iterator[models.Field]:
    """Yield the columns that a person fills; not the way to the record whose history is read."""
    for column in version.instance_type._meta.concrete_fields:
        is_pointer = version.instance_type is Citation and column.name in POINTERS
        if column.name in BOOKKEEPING or column.name == owner or is_pointer:
            continue
        if column.editable or version.instance_type is Publication:
            yield column


def label_of(column: models.Field) -> str:
    for suffix, language in LANGUAGES:
        if column.name.endswith(suffix):
            return f"{column.verbose_name}, {_(LABELS[language])}"
    return str(column.verbose_name)
