"""What an erasure leaves to be done after its transaction: files, the traces in the database's files, the list.

Everything here can be done again: a process that was killed is finished by the next run of a command.
"""

import logging
import os
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, router

from cases.models import AuditEntry, DoomedFile
from cases.published.engine import sweep
from cases.published.models import PublishedCase
from cases.queries.erased import erased_lines
from cases.queries.erasure import has_past, model_of
from cases.queries.erasure_table import TREATMENT
from cases.sealed_files import delete_files, thumbnail_of
from tracker.routers import is_published

log = logging.getLogger(__name__)


def finish(*, at: datetime) -> int:
    """Delete the files that are still on the list, write the list of erasures, and let nothing linger; return how many."""
    done = delete_doomed_files()
    write_list(at=at)
    sweep_databases()
    return done


def delete_doomed_files() -> int:
    """Delete every file on the list; one that cannot be deleted stays on it, for the next time. Return how many went."""
    done = 0
    for doomed in DoomedFile.objects.all():
        try:
            delete_files([thumbnail_of(doomed.name), doomed.name])
        except OSError:
            log.exception("A file of an erased person cannot be deleted. See that the place for files is writable.")
            continue
        doomed.delete()
        done += 1
    return done


def write_list(*, at: datetime) -> None:
    """Write every erasure known here to the file beside the database, in one step: the old list or the new one."""
    path = Path(settings.ERASURES_FILE)
    lines = sorted(erased_lines())
    text = "".join(f"{line.reference} {line.kind} {line.mark}\n" for line in lines)
    if path.is_file() and text in path.read_text():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.touch(mode=0o600, exist_ok=True)
    with new.open("w") as stream:
        stream.write(f"# Erasures, as keyed hashes, {at:%Y-%m-%d}. Keep this file apart from the backups.\n{text}")
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)


def sweep_databases() -> None:
    """Let the databases overwrite what was deleted; what they refuse is done by the next run."""
    models = [model_of(kind) for kind in TREATMENT]
    models += [model_of(kind).history.model for kind in TREATMENT if has_past(kind)]
    records = sorted({model._meta.db_table for model in [*models, AuditEntry]})
    public = sorted(model._meta.db_table for model in apps.get_models() if is_published(model))
    for alias, tables in ((router.db_for_write(AuditEntry), records), (router.db_for_write(PublishedCase), public)):
        try:
            sweep(alias, tables)
        except DatabaseError as error:
            log.warning("Deleted rows may linger in the files of database '%s' until it cleans up: %s", alias, error)
