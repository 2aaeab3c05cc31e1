"""Files sealed where they are stored: encrypted as a whole, bound to their names, written so that a crash leaves no half.

Names are random and say nothing. A file that was replaced stays as long as a record's history names it; `delete_files`
is for erasure and for what nothing names any more.
"""

import io
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, storages
from django.utils.translation import gettext as _

from cases.domain.sealing import MAGIC, SealBroken, file_key_id
from cases.sealed import keyring

THUMBNAIL = ".thumb.jpg"
#: How a file that is being written, and the lock of those who rewrite or remove files, are called.
UNFINISHED, LOCK = ".unfinished-", ".lock"


class NotSealed(SealBroken):
    """The file is stored in clear: it was there before files were sealed, or was put there around the program."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The file %(name)s is stored unsealed, so it is not opened. Run 'manage.py seal_files'.") % {"name": name}
        )


class SealedFile(File):  # type: ignore[type-arg]  # not generic at run time
    """An opened file: its content in memory alone, read from the storage again when it is opened again."""

    def __init__(self, storage: "SealedStorage", name: str) -> None:
        super().__init__(io.BytesIO(storage.opened(name)), name)
        self._storage = storage

    def open(self, mode: str | None = None, *_args: Any, **_kwargs: Any) -> "SealedFile":  # noqa: ARG002 - Django's signature
        if self.closed:
            self.file = io.BytesIO(self._storage.opened(str(self.name)))
        self.seek(0)
        return self


class SealedStorage(FileSystemStorage):
    """Keeps every file sealed for its name. Opening one raises SealingError where the key or the seal is not right.

    In a folder; `cases/sealed_bucket.py` overrides what asks the folder.
    """

    #: Whether the files lie in the folder MEDIA_ROOT.
    is_folder = True

    def stored(self, name: str) -> bytes:
        """Return the bytes of a file as they are stored. Raises OSError where it is missing."""
        return Path(self.path(name)).read_bytes()

    def head(self, name: str, size: int) -> bytes:
        """Return the first bytes of a file as they are stored."""
        with Path(self.path(name)).open("rb") as stored:
            return stored.read(size)

    def _stored_size(self, name: str) -> int:
        return super().size(name)

    def opened(self, name: str) -> bytes:
        """Return the content of a file. Raises SealingError, and OSError where it is missing."""
        stored = self.stored(name)
        if not stored.startswith(MAGIC):
            raise NotSealed(name)
        return keyring().open_bytes(stored, _place(name))

    def is_sealed(self, name: str) -> bool:
        return self.head(name, len(MAGIC)) == MAGIC

    def size(self, name: str) -> int:
        return self._stored_size(name) - len(keyring().seal_bytes(b"", _place(name)))

    def _open(self, name: str, mode: str = "rb") -> SealedFile:
        if mode != "rb":
            raise ValueError("A sealed file is written as a whole, by save().")
        return SealedFile(self, name)

    def _save(self, name: str, content: Any) -> str:
        content.seek(0)
        self._write(name, keyring().seal_bytes(content.read(), _place(name)))
        return _place(name)

    def _write(self, name: str, sealed: bytes) -> None:
        """Put the bytes in place as a whole: after a crash there is the old file or the new one, and never a part."""
        place = Path(self.path(name))
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = place.with_name(f"{UNFINISHED}{secrets.token_hex(8)}")
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(place)
        finally:
            unfinished.unlink(missing_ok=True)
        _settle(place.parent)

    def delete(self, name: str) -> None:
        with self.alone():
            super().delete(name)

    def remove(self, name: str) -> bool:
        """Remove a file for good; tell whether it was there."""
        was_there = self.exists(name)
        self.delete(name)
        return was_there

    def rotate(self, name: str) -> bool:
        """Seal a file with the first key unless it is; tell whether that was needed. Raises SealingError, OSError."""
        with self.alone():
            stored = self.stored(name)
            if not stored.startswith(MAGIC):
                raise NotSealed(name)
            if file_key_id(stored, name) == keyring().primary.id:
                return False
            content = keyring().open_bytes(stored, _place(name))
            self._write(name, keyring().seal_bytes(content, _place(name)))
            return True

    def names(self) -> Iterator[str]:
        """Yield the name of every file that is stored, folder by folder."""
        root = Path(self.location)
        for folder, folders, files in os.walk(root):
            folders.sort()
            for file in sorted(files):
                if not file.startswith((UNFINISHED, LOCK)):
                    yield (Path(folder) / file).relative_to(root).as_posix()

    def remove_unfinished(self, *, before: float) -> int:
        """Remove what writing left behind that was cut off before a time (seconds since 1970); return how many."""
        left = [path for path in Path(self.location).rglob(f"{UNFINISHED}*") if path.stat().st_mtime < before]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock of those who rewrite or remove files, so that none comes back from being rewritten."""
        root = Path(self.location)
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(root / LOCK, os.O_RDWR | os.O_CREAT, 0o600), "wb") as lock:
            flock(lock, LOCK_EX)
            yield


def _place(name: str) -> str:
    return str(PurePosixPath(name.replace("\\", "/")))


def _settle(folder: Path) -> None:
    """Have the folder's entries written to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def file_storage() -> SealedStorage:
    """Return where the records' files are."""
    storage = storages["default"]
    if not isinstance(storage, SealedStorage):
        raise TypeError("STORAGES['default'] must be cases.sealed_files.SealedStorage.")
    return storage


def new_name(folder: str, ending: str) -> str:
    """Return a name that tells nothing and cannot be guessed (128 random bits)."""
    name = secrets.token_hex(16)
    return f"{folder}/{name[:2]}/{name}.{ending}"


def thumbnail_of(name: str) -> str:
    """Return the name of the thumbnail that belongs to a photograph."""
    return str(PurePosixPath(name).with_suffix("")) + THUMBNAIL


def stored_files() -> Iterator[str]:
    """Yield the name of every stored file, thumbnails too, in an order that stays the same."""
    return file_storage().names()


def rotate_file(name: str) -> bool:
    """Seal one file with the first key unless it is; tell whether that was needed. Raises SealingError, OSError."""
    return file_storage().rotate(name)


def delete_files(names: Iterable[str]) -> int:
    """Remove files for good, and return how many were there. Call it when the transaction is through: no rollback here.

    Raises OSError where one cannot be removed, or where nobody can tell whether it is there.
    """
    storage = file_storage()
    return sum(storage.remove(name) for name in names if name)
