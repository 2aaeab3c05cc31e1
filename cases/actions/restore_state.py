"""What a restore remembers in VAR_DIR and in the media folder's neighbourhood, so that one that was killed can go on."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import BinaryIO, Self

from django.conf import settings

from cases.actions.backup import sync_folder
from cases.actions.permissions import ActionRefused
from cases.domain.backup_file import Altered
from cases.domain.backup_reading import Piece
from tracker.unfinished import state_file

#: Nothing was committed yet: what is in the databases is not from this restore.
LOADING = "loading"
#: Any of the databases and the media folder may be restored already.
COMMITTING = "committing"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A restore that has begun and not ended: of which file, and how far it may have come."""

    file: str
    sha256: str
    step: str

    @classmethod
    def read(cls) -> Self | None:
        path = state_file(settings.VAR_DIR)
        if not path.exists():
            return None
        try:
            return cls(**json.loads(path.read_text()))
        except (ValueError, TypeError):  # written by nobody: then it is not a restore that could go on
            return cls(file="a file that is not known", sha256="", step=LOADING)

    def write(self) -> None:
        """Write it down so that a power cut leaves the former state or this one."""
        path = state_file(settings.VAR_DIR)
        fresh = path.with_name(path.name + ".new")
        with fresh.open("w") as stream:
            json.dump({"file": self.file, "sha256": self.sha256, "step": self.step}, stream)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(path)
        sync_folder(path.parent)


def forget() -> None:
    """The restore has ended."""
    path = state_file(settings.VAR_DIR)
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


@contextmanager
def alone() -> Iterator[None]:
    """Let no other restore run on this VAR_DIR."""
    descriptor = os.open(settings.VAR_DIR, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        raise ActionRefused("Another restore is under way here. Let it end.") from problem
    else:
        yield
    finally:
        os.close(descriptor)


class Staging:
    """The folder in which the files of a backup wait until the databases are restored; then it becomes the media folder."""

    def __init__(self) -> None:
        self.media = Path(settings.MEDIA_ROOT).resolve()
        self.folder = self.media.with_name(f"{self.media.name}.restoring")
        self.former = self.media.with_name(f"{self.media.name}.replaced")
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700, parents=True)
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _t: TracebackType | None
    ) -> None:
        self._end_file()
        if _error is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def put(self, piece: Piece) -> None:
        """Write the next bytes of a file."""
        if piece.is_first:
            self._end_file()
            self._file = self._begin_file(piece.name)
        if self._file is not None:
            self._file.write(piece.content)

    def complete(self) -> None:
        """Have everything reach the disk."""
        self._end_file()
        for parent, _folders, _names in os.walk(self.folder):
            sync_folder(Path(parent))
        sync_folder(self.folder.parent)

    def put_in_place(self) -> None:
        """Make this the media folder. What was there before goes; killed in between, the next restore tidies up."""
        if self.media.exists():
            shutil.rmtree(self.former, ignore_errors=True)
            self.media.rename(self.former)
        self.folder.rename(self.media)
        sync_folder(self.media.parent)
        shutil.rmtree(self.former, ignore_errors=True)

    def _begin_file(self, name: str) -> BinaryIO:
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or "\0" in name or ".." in parts:
            raise Altered(f"This backup names a file outside the media folder: {name!r}. Nothing was changed here.")
        path = self.folder.joinpath(*parts)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")

    def _end_file(self) -> None:
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None


def media_is_movable(media: Path) -> bool:
    """Tell whether the media folder can be renamed: a folder on which a disk is mounted cannot."""
    return not media.resolve().is_mount()
