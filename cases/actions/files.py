"""Files that were stored in clear before files were sealed: sealed, their names replaced, pixels copied."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from cases.domain.file_contents import Taken, read_photograph
from cases.domain.file_kinds import ENDINGS, FileRefused
from cases.enums import AuditAction
from cases.file_fields import PhotographField, refused
from cases.models import AuditEntry
from cases.models.base import code_of
from cases.queries.files import Owned, owner_of
from cases.sealed_files import file_storage, new_name, thumbnail_of


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file that was stored in clear: its new name if it was sealed, and what a person should know."""

    name: str = ""
    remark: str = ""


def seal_plain_file(name: str, *, at: dt.datetime) -> Outcome:
    """Seal one file that is stored in clear, under a new name in its record and the history. Run by commands.

    Of a photograph the pixels are kept, of a source its bytes. One that differs from its recorded hash, or that no
    record names, is left as it is. Cut off at any point and run again, it loses nothing: the clear file goes last.
    """
    storage = file_storage()
    place = Path(storage.path(name))
    content = place.read_bytes()
    owned = owner_of(name)
    if owned is None:
        return Outcome(remark=_("no record names it; left as it is"))
    if hashlib.sha256(content).hexdigest() != owned.sha256:
        return Outcome(remark=_("it differs from the hash that was recorded for it; left as it is, look into it"))
    taken, remark = _taken(owned, content)
    renamed = new_name(owned.field.folder, taken.ending if taken else _ending(owned, place))
    if taken and taken.thumbnail:
        storage.save(thumbnail_of(renamed), ContentFile(taken.thumbnail))
    storage.save(renamed, ContentFile(taken.content if taken else content))
    _rename(owned, name, renamed, taken.sha256 if taken else owned.sha256, at=at)
    storage.delete(name)
    return Outcome(renamed, remark)


def _ending(owned: Owned, place: Path) -> str:
    """A file that nobody looked at keeps its ending where that is one of ours; a photograph may not pass for one."""
    ending = place.suffix.lstrip(".").lower()
    known = {one for endings in ENDINGS.values() for one in endings}
    return ending if ending in known and not isinstance(owned.field, PhotographField) else "bin"


def _taken(owned: Owned, content: bytes) -> tuple[Taken | None, str]:
    if not isinstance(owned.field, PhotographField):
        return None, ""
    try:
        return read_photograph(content, limit=max(len(content), settings.UPLOAD_MAX_BYTES)), ""
    except FileRefused as refusal:
        return None, _("sealed with all its metadata, because its pixels cannot be copied: %(why)s") % {
            "why": refused(refusal).message
        }


@transaction.atomic
def _rename(owned: Owned, name: str, renamed: str, sha256: str, *, at: dt.datetime) -> None:
    """Change the name in the record and in its history: the fact stays, the place moves, and the audit says so."""
    column, values = owned.field.name, {owned.field.name: renamed, owned.field.hash_name: sha256}
    record = owned.model._default_manager.filter(pk=owned.pk).first()
    moved = {column: [name, renamed], owned.field.hash_name: [owned.sha256, sha256]}
    owned.model._default_manager.filter(**{column: name}).update(**values)
    owned.model.history.filter(**{column: name}).update(**values)
    AuditEntry.objects.append(
        AuditAction.CHANGED,
        subject=record,
        case=code_of(record) if record else "",
        # A file that the history alone names is told as a file: the record's own field has another value.
        payload={
            **({"fields": moved} if owned.is_current else {"file": [name, renamed]}),
            "reason": "sealed by seal_files",
        },
        at=at,
    )
