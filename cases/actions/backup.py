"""Making a backup: everything both databases and the media folder hold, in one encrypted file. Keys are never in it.

Sealed values stay the tokens that they are in their columns. Whoever finds the file needs the backup key to read
anything, and the sealing keys besides to read what is sealed.
"""

import fcntl
import hashlib
import io
import os
import stat
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from cases.actions.permissions import ActionRefused
from cases.domain.backup_file import BackupKey, BackupWriter
from cases.domain.backup_items import PIECE_BYTES, Contents, ItemKind, ItemWriter, RowSum, Sum, TableHead, line
from cases.domain.backup_reading import Reading
from cases.enums import AuditAction
from cases.models import AuditEntry, AuditHead
from cases.queries.engine import last_number, snapshot
from cases.queries.stored_tables import StoredTable, kept_tables, rows, unknown_tables
from cases.sealed_files import file_storage

Say = Callable[[str], None]
PARTIAL = ".partial"
#: Tables of so many rows are named while they are read.
LARGE = 10_000


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: the file, its size in bytes, its SHA-256 and what it holds."""

    path: Path
    size: int
    sha256: str
    contents: Contents


def make_backup(path: Path, *, keys: list[BackupKey], at: datetime, say: Say) -> Made:
    """Write everything into one file, read it back, note it in the audit, and only then give it its name.

    Killed at any moment, there is the file that was there before or none; run again, it begins anew. Raises
    ActionRefused, BackupUnreadable where what was written does not read back, OSError.
    """
    _refuse_place(path)
    _refuse_pending_migrations()
    with _partial(path) as (partial, stream):
        writer = BackupWriter(stream, keys[0])
        said = _write(writer, at=at, say=say)
        writer.close()
        stream.flush()
        os.fsync(stream.fileno())
        say("Reading the file back")
        with partial.open("rb") as written:
            contents = Reading(written, keys).to_the_end()
        made = Made(path, writer.size, writer.sha256, contents)
        AuditEntry.objects.append(
            AuditAction.BACKED_UP,
            payload={**told(made.contents), "sha256": made.sha256, "file": path.name, **said},
            at=at,
        )
        partial.replace(path)
        sync_folder(path.parent)
    return made


def told(contents: Contents) -> dict[str, Any]:
    """Return what the audit tells of a backup."""
    return {"tables": len(contents.tables), "rows": contents.rows, "files": len(contents.files)}


def sync_folder(folder: Path) -> None:
    """Have the names in a folder reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refuse_place(path: Path) -> None:
    if not settings.HOLDS_RECORDS:
        raise ActionRefused("This process serves the public site and has no records. Make backups at the desk.")
    if path.is_dir() or not path.parent.is_dir():
        raise ActionRefused(f"{path} cannot be written: name a file in a folder that is there.")
    if path.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise ActionRefused(f"{path} lies in the media folder, which the backup holds: name a file elsewhere.")


def _refuse_pending_migrations() -> None:
    for alias in settings.DATABASES:
        loader = MigrationLoader(connections[alias])
        if not set(loader.graph.nodes) <= set(loader.applied_migrations):
            raise ActionRefused(
                f"The database '{alias}' is older than the program. Run 'manage.py migrate --database {alias}' first."
            )


@contextmanager
def _partial(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """Give a file beside `path` to write into; it is gone afterwards unless it got its name."""
    partial = path.with_name(path.name + PARTIAL)
    descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = partial.stat().st_ino == os.fstat(descriptor).st_ino
        except OSError:  # held by another process, or given its name by one that ended just now
            is_ours = False
        if not is_ours:
            raise ActionRefused(f"Another backup is being written to {path}. Let it end, or name another file.")
        os.fchmod(stream.fileno(), 0o600)
        stream.truncate(0)  # what a backup that was killed left behind
        try:
            yield partial, stream
        except BaseException:
            with suppress(FileNotFoundError):
                partial.unlink()
            raise


def _write(writer: BackupWriter, *, at: datetime, say: Say) -> dict[str, Any]:
    """Write both databases, each as it is at one moment, and the files; return what the audit is to tell besides."""
    out, contents = ItemWriter(writer), Contents()
    with ExitStack() as stack:
        with transaction.atomic():  # nobody publishes or withdraws between the two snapshots
            AuditHead.objects.select_for_update().get_or_create(pk=AuditHead.ONLY)
            # The records first: what the public copy shows was approved, and what it withdrew stays withdrawn.
            seen = {alias: stack.enter_context(snapshot(connections[alias])) for alias in sorted(settings.DATABASES)}
        for alias, connection in seen.items():
            for name in unknown_tables(connection):
                say(f"Left out: table {name} of the database '{alias}' belongs to no installed application")
        entries = _audit_head(seen["default"])
        out.put_json(ItemKind.BEGIN, _about(seen, entries, at=at))
        tables = kept_tables()
        say(f"Reading the databases: {len(tables)} tables")
        for table in tables:
            contents.tables[table.label] = total = _write_table(out, table, seen[table.alias])
            if total.size >= LARGE:
                say(f"  {table.label}: {total.size} rows")
    say("Reading the files")
    _write_files(out, contents, say=say)
    out.put_json(ItemKind.END, contents.to_json())
    out.close()
    return {"entries": entries["entries"]}


def _about(seen: Mapping[str, Any], head: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    migrations: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(seen["default"]).applied_migrations()):
        migrations.setdefault(app, []).append(name)
    return {
        "made_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "program": program_version(),
        "databases": {alias: connection.vendor for alias, connection in seen.items()},
        "migrations": migrations,
        "audit": head,
    }


def program_version() -> str:
    """Return the version of this program."""
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["project"]
    return str(project["version"])


def _audit_head(connection: Any) -> dict[str, Any]:
    """Return where the chain of the audit ends in a snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT entries, last, seal FROM {AuditHead._meta.db_table}")  # noqa: S608 - our own table
        found = cursor.fetchone() or (0, "", "")
    return dict(zip(("entries", "last", "seal"), found, strict=True))


def _write_table(out: ItemWriter, table: StoredTable, connection: Any) -> Sum:
    numbered = table.numbered
    sequence = None if numbered is None else last_number(connection, table.name, numbered)
    out.put_json(ItemKind.TABLE, TableHead(table.label, table.columns, sequence).to_json())
    total, waiting, size = RowSum(table.columns), [], 0
    for row in rows(table, connection):
        total.add(row)
        waiting.append(line(row))
        size += len(waiting[-1])
        if size >= PIECE_BYTES:
            out.put(ItemKind.ROWS, b"\n".join(waiting))
            waiting, size = [], 0
    if waiting:
        out.put(ItemKind.ROWS, b"\n".join(waiting))
    found = total.total()
    out.put_json(ItemKind.TABLE_END, [found.size, found.sha256])
    return found


def media_files(folder: Path) -> Iterator[str]:
    """Yield the names of the files in the media folder, in order, with slashes; links are no files."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if stat.S_ISREG(path.lstat().st_mode):
                yield path.relative_to(folder).as_posix()


def _write_files(out: ItemWriter, contents: Contents, *, say: Say) -> None:
    storage, folder = file_storage(), Path(settings.MEDIA_ROOT)
    for name in media_files(folder) if storage.is_folder else storage.names():
        try:
            stream = (folder / name).open("rb") if storage.is_folder else io.BytesIO(storage.stored(name))
        except FileNotFoundError:  # erased since its name was read
            continue
        with stream:
            contents.files[name] = _write_file(out, name, stream)
        if len(contents.files) % 1000 == 0:
            say(f"  {len(contents.files)} files")


def _write_file(out: ItemWriter, name: str, stream: BinaryIO) -> Sum:
    out.put_json(ItemKind.FILE, {"name": name})
    found, size = hashlib.sha256(), 0
    while piece := stream.read(PIECE_BYTES):
        out.put(ItemKind.BYTES, piece)
        found.update(piece)
        size += len(piece)
    out.put_json(ItemKind.FILE_END, [size, found.hexdigest()])
    return Sum(size, found.hexdigest())
