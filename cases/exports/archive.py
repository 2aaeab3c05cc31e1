"""A ZIP archive written while it is sent: nothing of it is kept, and nothing is gone back to."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Self
from zipfile import ZIP_DEFLATED, ZipFile


class _Outlet:
    """A file that cannot be sought in; what is written waits to be taken."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, content: bytes) -> int:
        self._waiting.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        """There is nothing behind it."""

    def take(self) -> bytes:
        content = b"".join(self._waiting)
        self._waiting.clear()
        return content


class Archive:
    """Members are written one after the other; `take` hands out what is finished. The same members are the same bytes."""

    def __init__(self, *, level: int = 1) -> None:
        self._outlet = _Outlet()
        self._zip = ZipFile(self._outlet, "w", ZIP_DEFLATED, compresslevel=level)  # type: ignore[call-overload]

    @contextmanager
    def member(self, name: str, *, is_large: bool = False) -> Iterator[IO[bytes]]:
        """Open a member to write into; `is_large`: it may have more than two gigabytes."""
        with self._zip.open(name, "w", force_zip64=is_large) as stream:
            yield stream

    def begin(self, name: str) -> IO[bytes]:
        """Open a member that the caller closes."""
        stream: IO[bytes] = self._zip.open(name, "w")
        return stream

    def put(self, name: str, content: bytes | str) -> None:
        with self.member(name) as stream:
            stream.write(content.encode() if isinstance(content, str) else content)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        return self._outlet.take()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the archive, unless it broke off; its end is then to be taken."""
        if kind is None:
            self._zip.close()
