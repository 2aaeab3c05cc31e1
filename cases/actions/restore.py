"""Restoring a backup: everything or nothing, proven before it counts, and resumable wherever it was killed.

The order is: the whole file is read and checked; nothing was touched so far. A state file in VAR_DIR says that a restore
is under way, and while it is there the site answers 503. Files go into a folder beside the media folder, rows into one
transaction for each database; they are read back and compared; the databases commit; the folder takes its place; the
state file goes. Killed before a commit, nothing has changed; killed after, the same command does it all again.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import DatabaseError, connections, router
from django.db.migrations.loader import MigrationLoader

from cases.actions.backup import Say, media_files, program_version, told
from cases.actions.permissions import ActionRefused
from cases.actions.restore_keys import KeysNeeded
from cases.actions.restore_loading import audit_faults, load, note, one_transaction_each
from cases.actions.restore_state import COMMITTING, LOADING, Staging, Unfinished, alone, forget, media_is_movable
from cases.domain.audit_chain import Broken, head_seal
from cases.domain.backup_file import BackupKey
from cases.domain.backup_items import PIECE_BYTES, Contents
from cases.domain.backup_reading import Reading
from cases.published.engine import overwrite
from cases.published.state import renew
from cases.published.state_models import PublishedState
from cases.queries.stored_tables import FILLED_BY_MIGRATE, StoredTable, holds_rows, kept_tables
from cases.sealed_files import file_storage

#: So many names are told of a long list.
NAMED = 6
#: Given what would be lost, tells whether to go on.
Confirm = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup that was read through: its hash, what it holds, the keys that its sealed values need."""

    sha256: str
    contents: Contents
    needed: KeysNeeded


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and what cannot be opened or believed although it was."""

    contents: Contents
    opened: int
    needed: KeysNeeded
    faults: list[Broken]


def check_backup(path: Path, *, keys: list[BackupKey]) -> Checked:
    """Read a backup through without touching anything else. Raises BackupUnreadable, OSError."""
    with path.open("rb") as stream:
        return _checked(stream, keys)


def restore(
    path: Path, *, keys: list[BackupKey], at: datetime, replace: bool, despite_audit: bool, say: Say, confirm: Confirm
) -> Restored:
    """Restore a backup. `replace`: remove what is here. `despite_audit`: also where the audit does not verify.

    Raises ActionRefused, BackupUnreadable, OSError; nothing has changed then, except after an error between the commits
    of two databases or while files are put in place, when the site stays closed until the command is run again.
    """
    if not settings.HOLDS_RECORDS:
        raise ActionRefused("This process serves the public site and has no records. Restore backups at the desk.")
    with alone(), path.open("rb") as stream:
        say("Checking the file")
        checked = _checked(stream, keys)
        tables = _fitting_tables(checked.contents)
        _refuse_other_audit_key(checked.contents.about["audit"], despite_audit=despite_audit)
        before = Unfinished.read()
        _refuse_data(checked, tables, before, replace=replace, confirm=confirm)
        goes_on = before is not None and before.sha256 == checked.sha256 and before.step == COMMITTING
        state = Unfinished(path.name, checked.sha256, COMMITTING if goes_on else LOADING)
        state.write()
        try:
            restored = _restore(Reading(stream, keys), state, tables, at=at, despite_audit=despite_audit, say=say)
        except BaseException:
            if Unfinished.read() == state:  # nothing of this restore was committed
                before.write() if before is not None else forget()
            raise
    _forget_what_was_here()
    return restored


def _checked(stream: BinaryIO, keys: list[BackupKey]) -> Checked:
    needed = KeysNeeded({table.label: table for table in kept_tables()})
    reading = Reading(stream, keys)
    for event in reading:
        needed.watch(event)
    return Checked(_sha256_of(stream), reading.contents, needed)


def _sha256_of(stream: BinaryIO) -> str:
    found = hashlib.sha256()
    stream.seek(0)
    while piece := stream.read(PIECE_BYTES):
        found.update(piece)
    return found.hexdigest()


def _restore(
    reading: Reading,
    state: Unfinished,
    tables: dict[str, StoredTable],
    *,
    at: datetime,
    despite_audit: bool,
    say: Say,
) -> Restored:
    needed = KeysNeeded(tables)
    with Staging() as staging, one_transaction_each():
        contents = load(reading, tables, staging, needed=needed, say=say)
        found = audit_faults()
        if found and not despite_audit:
            raise ActionRefused(
                f"The audit in this backup does not verify: {'; '.join(worded(broken) for broken in found)}. It was "
                "altered before the backup was made. Restore an older backup, or this one with --despite-audit. "
                "Nothing was changed here."
            )
        made_at, entries = contents.about["made_at"], contents.about["audit"]["entries"]
        said = {
            "file": state.file,
            "sha256": state.sha256,
            "made_at": made_at,
            "entries": entries,
            "faults": len(found),
        }
        note({**told(contents), **said}, at=at)
        renew(router.db_for_write(PublishedState))  # pages that are kept anywhere are of what was here before
        Unfinished(state.file, state.sha256, COMMITTING).write()
        say("Committing")
    say("Putting the files in place")
    staging.put_in_place()
    forget()
    return Restored(contents, needed.open_samples(), needed, found)


def worded(broken: Broken) -> str:
    """Return a fault of the audit in words."""
    return f"entry {broken.number}: {broken.fault.value}"


def _fitting_tables(contents: Contents) -> dict[str, StoredTable]:
    """Return the tables for what the backup holds. Raises ActionRefused where they are not the same here."""
    made_by = f"The backup was made by version {contents.about['program']}; this is version {program_version()}."
    _refuse_other_migrations({(app, n) for app, names in contents.about["migrations"].items() for n in names}, made_by)
    tables = {table.label: table for table in kept_tables()}
    for label in sorted({*contents.heads, *tables}):
        head, table = contents.heads.get(label), tables.get(label)
        if head is None or table is None or head.columns != table.columns:
            raise ActionRefused(
                f"{label} is not the same table in the backup and in this program. {made_by} Restore with the version "
                "and the settings that made the backup, then update. Nothing was changed here."
            )
    return tables


def _refuse_other_migrations(wanted: set[tuple[str, str]], made_by: str) -> None:
    for alias in settings.DATABASES:
        loader = MigrationLoader(connections[alias])
        # A database made in one step and one that went through every step are the same: the steps are compared.
        in_one_step = {name for name, migration in loader.disk_migrations.items() if migration.replaces}
        here, theirs = set(loader.applied_migrations) - in_one_step, wanted - in_one_step
        unknown, missing, ahead = theirs - set(loader.disk_migrations), theirs - here, here - theirs
        if unknown:
            raise ActionRefused(
                f"{made_by} This one does not know its migrations {_named(unknown)}. Install the version that made the "
                "backup, restore, then update. Nothing was changed here."
            )
        if missing:
            raise ActionRefused(
                f"The database '{alias}' lacks the migrations {_named(missing)}: run "
                f"'manage.py migrate --database {alias}', then this command again. Nothing was changed here."
            )
        if ahead:
            raise ActionRefused(
                f"{made_by} The database '{alias}' has had further migrations: {_named(ahead)}. Install the version that "
                "made the backup, restore into a database that it migrated, then update. Nothing was changed here."
            )


def _named(migrations: set[tuple[str, str]]) -> str:
    return _in_short([f"{app}.{name}" for app, name in sorted(migrations)])


def _in_short(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def _refuse_other_audit_key(head: dict[str, Any], *, despite_audit: bool) -> None:
    if despite_audit or not head["entries"]:
        return
    if head_seal(head["entries"], head["last"], settings.AUDIT_KEY) != head["seal"]:
        raise ActionRefused(
            "The audit in this backup was not sealed with the audit key that is at hand. Put the key of the machine that "
            "made the backup into AUDIT_KEY or its file; where it is lost, --despite-audit restores without proof that "
            "the audit is whole. Nothing was changed here."
        )


def _refuse_data(
    checked: Checked,
    tables: dict[str, StoredTable],
    before: Unfinished | None,
    *,
    replace: bool,
    confirm: Confirm,
) -> None:
    """Refuse where something would be lost, unless it was half restored from this very backup, or may go."""
    media = Path(settings.MEDIA_ROOT)
    if not file_storage().is_folder:
        raise ActionRefused(
            f"A backup is restored into a folder, not into the bucket {settings.MEDIA_BUCKET}. Take MEDIA_BUCKET out "
            f"of the settings, restore, copy {media} into an empty bucket as it is, sealed, and set it again."
        )
    if not media_is_movable(media):
        raise ActionRefused(f"{media} is a mounted disk, which cannot be replaced in one step: mount {media.parent}.")
    is_same = before is not None and before.sha256 == checked.sha256
    if before is not None and not is_same and not replace:
        raise ActionRefused(
            f"The restore of {before.file} is not finished here. Run it again, or restore this backup with --replace."
        )
    held = [
        table.name
        for table in tables.values()
        if table.label not in FILLED_BY_MIGRATE and holds_rows(table, connections[table.alias])
    ]
    held += ["the media folder"] if any(media_files(media)) else []
    if not held or (before is not None and is_same and before.step == COMMITTING):
        return
    if not replace:
        raise ActionRefused(
            f"There are data here: {_in_short(held)}. Restore into new databases and an empty media folder, or remove what "
            "is here with --replace. Nothing was changed."
        )
    if not confirm(held):
        raise ActionRefused("Nothing was changed.")


def _forget_what_was_here() -> None:
    """Empty what remembers rows of the databases: in this process, in caches, in SQLite's log."""
    ContentType.objects.clear_cache()
    for alias in settings.CACHES:
        with suppress(DatabaseError):  # a cache whose table was not made holds nothing
            caches[alias].clear()
    for alias in settings.DATABASES:
        overwrite(alias)
