"""Which record a file belongs to, now or earlier, and which files belong to a record."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.db import models
from django.utils.translation import gettext as _

from cases.file_fields import KeptFileField, PhotographField
from cases.models import Prisoner, Source
from cases.models.base import Record
from cases.sealed_files import file_storage, stored_files, thumbnail_of


@dataclass(frozen=True, slots=True)
class Owned:
    """A file as a record names it, or named it once: the record's kind and key, and the hash of what was kept."""

    model: type[Record]
    field: KeptFileField
    pk: int
    sha256: str
    is_current: bool


#: Every record that keeps files; `tests/queries/test_files.py` compares it with the tables.
OWNERS: tuple[type[Record], ...] = (Prisoner, Source)


def file_columns(model: type[models.Model]) -> list[KeptFileField]:
    """Return the columns of a record that name files."""
    return [field for field in model._meta.concrete_fields if isinstance(field, KeptFileField)]


def owner_of(name: str) -> Owned | None:
    """Return the record that names a file, or whose history does."""
    for model in OWNERS:
        for field in file_columns(model):
            for rows, key, is_current in ((model._default_manager, "pk", True), (model.history, "id", False)):
                found = rows.filter(**{field.name: name}).values_list(key, field.hash_name).first()
                if found:
                    pk, sha256 = found
                    return Owned(model, field, pk, sha256, is_current)
    return None


def files_of(record: models.Model) -> list[str]:
    """Return the names of all files of a record, thumbnails and those that only its history names among them.

    The record may be deleted already, as long as its history is there.
    """
    found: set[str] = set()
    for field in file_columns(type(record)):
        rows = (type(record)._default_manager.filter(pk=record.pk), type(record).history.filter(id=record.pk))  # type: ignore[attr-defined]  # every record has a history
        for names in rows:
            found |= _with_thumbnails(field, names.values_list(field.name, flat=True))
    return sorted(found)


def named_files() -> set[str]:
    """Return the names of all files that any record or any history names."""
    found: set[str] = set()
    for model in OWNERS:
        for field in file_columns(model):
            for rows in (model._default_manager.all(), model.history.all()):
                found |= _with_thumbnails(field, rows.values_list(field.name, flat=True))
    return found


def unnamed_files(*, before: dt.datetime) -> Iterator[str]:
    """Yield files stored before a time that nothing names: left by a save that was undone or cut off.

    What is younger may belong to a save that is not through yet.
    """
    stored, named, storage = list(stored_files()), named_files(), file_storage()
    return (name for name in stored if name not in named and storage.get_modified_time(name) < before)


def told_file(name: str) -> str:
    """Say which file of the history it is, and whether it is gone: only an erasure removes one that history names."""
    number = PurePosixPath(name).stem[:8]
    if file_storage().exists(name):
        return _("file %(number)s") % {"number": number}
    return _("file %(number)s, which is no longer kept") % {"number": number}


def _with_thumbnails(field: KeptFileField, names: "models.QuerySet[models.Model, str]") -> set[str]:
    found = {name for name in names.distinct().order_by().iterator() if name}
    return found | {thumbnail_of(name) for name in found} if isinstance(field, PhotographField) else found
