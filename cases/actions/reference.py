"""Loading the reference data of `fixtures/reference/`: places, sites, codes, provisions with their penalties, courts,
organisations with what states call them, sources.

The rule for loading again: a row is found by the key under which it was loaded; a field takes the value of the fixture
unless somebody changed that field at the desk, which then keeps it; a row that was deleted at the desk stays deleted.
The history tells the two apart: what the loader writes carries `REASON` and the key.
"""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from simple_history.utils import bulk_create_with_history

from cases.actions.fixture_accounts import sign
from cases.actions.fixture_rows import FIXTURES, Finder, Row, check, read_lines, values_for
from cases.enums import AuditAction
from cases.models import (
    AuditEntry,
    Citation,
    Court,
    Designation,
    DetentionSite,
    LegalCode,
    Organisation,
    Penalty,
    Place,
    Provision,
    Source,
)

REASON = "reference data: "

#: The files in the order in which they are loaded, so that what is referred to is there: file, table, name of the key.
FILES: tuple[tuple[str, type[models.Model], str], ...] = (
    ("sources", Source, "key"),
    ("places", Place, "slug"),
    ("organisations", Organisation, "slug"),
    ("designations", Designation, "key"),
    ("codes", LegalCode, "slug"),
    ("provisions", Provision, "slug"),
    ("penalties", Penalty, "key"),
    ("courts", Court, "slug"),
    ("sites", DetentionSite, "slug"),
)


#: The columns of a citation that name a record which was found or written just now: the database need not be asked again.
FOUND = ("content_type", "source")


@dataclass(slots=True)
class Counts:
    """What loading did with the rows of one file."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class Known:
    """The records of one table by the key under which they were loaded, and the keys of those deleted since."""

    by_key: dict[str, models.Model] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    from_desk: set[int] = field(default_factory=set)


def load_reference(author: User, *, folder: Path = FIXTURES / "reference") -> dict[str, Counts]:
    """Bring the records up to the reference data. Raises FixtureError; then nothing was written."""
    with transaction.atomic():
        return {name: _load_file(author, folder / f"{name}.jsonl", model, key) for name, model, key in FILES}


def find_reference(model: type[models.Model], key: str) -> models.Model:
    """Return the record that reference data name by `key` (a slug, or the key of a source). Raises LookupError."""
    if model is Source:
        found = Source.history.filter(history_type="+", history_change_reason=REASON + key).values_list("id", flat=True)
        record: models.Model | None = Source.objects.filter(pk__in=list(found)).first()
    else:
        record = model._default_manager.filter(slug=key).first()
    if record is None:
        raise LookupError(key)
    return record


def _load_file(author: User, path: Path, model: type[models.Model], key_name: str) -> Counts:
    rows = _keyed(read_lines(path), key_name)
    known = _known(model, key_name)
    edited = _fields_edited_at_desk(model, known)
    related: dict[tuple[type[models.Model], str], models.Model] = {}

    def find(target: type[models.Model], key: str) -> models.Model:
        if (target, key) not in related:
            related[target, key] = find_reference(target, key)
        return related[target, key]

    counts, new = Counts(), []
    loaded: list[tuple[Row, models.Model]] = []
    for key, row in rows.items():
        if key in known.deleted:
            counts.unchanged += 1
            continue
        if _owner_was_deleted(model, row, find):
            counts.unchanged += 1
            continue
        values = values_for(model, row, find)
        record = known.by_key.get(key)
        if record is None:
            record = model(**values)
            sign(record, author, REASON + key)
            check(record, row)
            new.append(record)
        elif record.pk in known.from_desk:
            counts.unchanged += 1
            continue
        elif _take_over(record, values, edited.get(record.pk, set())):
            sign(record, author, REASON + key)
            check(record, row)
            record.save()
            counts.changed += 1
        else:
            counts.unchanged += 1
        loaded.append((row, record))
    counts.added = len(new)
    if new:
        bulk_create_with_history(new, model, batch_size=200, default_user=author)
        _audit(author, model, new, keys=sorted(key for key in rows if key not in known.by_key))
    _cite(author, model, loaded, find)
    return counts


def _owner_was_deleted(model: type[models.Model], row: Row, find: Finder) -> bool:
    """Tell whether the row belongs to a record that was loaded once and that the desk has deleted since."""
    for column in model._meta.concrete_fields:
        owner: Any = column.related_model
        key = row.values.get(column.name)
        if key is None or owner is None or getattr(column.remote_field, "on_delete", None) is not models.CASCADE:
            continue
        try:
            find(owner, key)
        except LookupError:
            return bool(owner.history.filter(history_type="+", history_change_reason=REASON + key).exists())
    return False


def _keyed(rows: Iterable[Row], key_name: str) -> dict[str, Row]:
    keyed: dict[str, Row] = {}
    for row in rows:
        key = row.values.get(key_name)
        if not key:
            raise row.error(key_name, "is missing; give the row a key of its own.")
        if key in keyed:
            raise row.error(key_name, f"{key!r} is also in {keyed[key].where}; keep one of them.")
        if key_name == "key":
            del row.values["key"]
        keyed[str(key)] = row
    return keyed


def _known(model: Any, key_name: str) -> Known:
    """Find by history what was loaded before; what the desk wrote under the same slug belongs to the desk."""
    records = {record.pk: record for record in model.objects.all()}
    first = model.history.filter(history_type="+", history_change_reason__startswith=REASON)
    keys = {pk: reason.removeprefix(REASON) for pk, reason in first.values_list("id", "history_change_reason")}
    known = Known(deleted={key for pk, key in keys.items() if pk not in records})
    for pk, record in records.items():
        key = keys.get(pk) or (getattr(record, "slug", "") if key_name == "slug" else "")
        if key:
            known.by_key[key] = record
        if pk not in keys:
            known.from_desk.add(pk)
    known.deleted -= known.by_key.keys()
    return known


def _fields_edited_at_desk(model: Any, known: Known) -> dict[int, set[str]]:
    """Return for each record the names of the fields that somebody other than the loader ever changed."""
    pks = {record.pk for record in known.by_key.values()} - known.from_desk
    others = model.history.filter(id__in=pks).exclude(history_change_reason__startswith=REASON)
    others |= model.history.filter(id__in=pks, history_change_reason=None)
    edited: dict[int, set[str]] = {}
    for pk in set(others.values_list("id", flat=True)):
        versions = list(model.history.filter(id=pk).order_by("history_date", "history_id"))
        edited[pk] = {
            column.name
            for before, after in itertools.pairwise(versions)
            if not (after.history_change_reason or "").startswith(REASON)
            for column in model._meta.concrete_fields
            if getattr(before, column.attname) != getattr(after, column.attname)
        }
    return edited


def _take_over(record: models.Model, values: Mapping[str, Any], edited: set[str]) -> bool:
    """Give the record the values of the fixture, except where the desk has edited; tell whether anything changed."""
    changed = False
    for name, value in values.items():
        if name not in edited and getattr(record, name) != value:
            setattr(record, name, value)
            changed = True
    return changed


def _cite(author: User, model: Any, loaded: Iterable[tuple[Row, models.Model]], find: Any) -> None:
    """Write down the citations that were never loaded for these rows; one that the desk deleted stays deleted."""
    content_type = ContentType.objects.get_for_model(model)
    columns = ("object_id", "field", "source_id", "value", "page")
    there = set(Citation.history.filter(content_type=content_type).values_list(*columns))
    new = []
    for row, record in loaded:
        for citation in citations_for(row, record, content_type, find):
            identity = tuple(getattr(citation, column) for column in columns)
            if identity in there:
                continue
            there.add(identity)
            new.append(citation)
    if new:
        reason = REASON + "citation"
        bulk_create_with_history(new, Citation, batch_size=200, default_user=author, default_change_reason=reason)
        _audit(author, Citation, new)


def _audit(author: User, model: type[models.Model], new: Iterable[models.Model], **said: Any) -> None:
    """Append one entry for the rows that were written down at once."""
    payload = {"kind": str(model._meta.model_name), "rows": sorted(record.pk for record in new), **said}
    AuditEntry.objects.append(AuditAction.CREATED, actor=author, payload=payload)


def citations_for(row: Row, record: models.Model, content_type: ContentType, find: Any) -> Iterable[Citation]:
    """Yield the citations of a row, checked and not saved."""
    fields = {column.name for column in record._meta.concrete_fields}
    for given in row.citations:
        if given.get("field") and given["field"] not in _citable(fields):
            raise row.error("citations", f"{given['field']!r} is no field of the record; correct the name.")
        values = values_for(Citation, Row(where=f"{row.where}, citations", values=given), find)
        citation = Citation(content_type=content_type, object_id=record.pk, **values)
        try:
            citation.clean_fields(exclude=FOUND)
        except ValidationError as problem:
            raise row.error("citations", " ".join(problem.messages)) from problem
        yield citation


def _citable(fields: set[str]) -> set[str]:
    """Return field names as citations use them: a translated field goes by its name without the language."""
    suffixes = ("_en", "_uk", "_crh_latn", "_ru")
    return fields | {name.removesuffix(suffix) for name in fields for suffix in suffixes if name.endswith(suffix)}
