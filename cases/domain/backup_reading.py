"""Reading a backup through and holding every count and hash against what it says of itself. Plain Python."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeAlias

from cases.domain.backup_file import ANOTHER_COPY, Altered, BackupKey, opened
from cases.domain.backup_items import Contents, ItemKind, RowSum, Sum, TableHead, items


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table, in the order of its key."""

    head: TableHead
    rows: list[list[Any]]


@dataclass(frozen=True, slots=True)
class Piece:
    """The next bytes of a file; an empty file has one empty piece."""

    name: str
    content: bytes
    is_first: bool


Event: TypeAlias = TableHead | Rows | Piece


class Reading:
    """One reading of a backup. When it has ended, `contents` tells what was in it and everything agreed."""

    def __init__(self, stream: BinaryIO, keys: Iterable[BackupKey]) -> None:
        self.contents = Contents()
        self._items = items(opened(stream, keys))

    def __iter__(self) -> Iterator[Event]:
        self.contents.about = json.loads(self._next(ItemKind.BEGIN)[1])
        while True:
            kind, content = self._next(ItemKind.TABLE, ItemKind.FILE, ItemKind.END)
            if kind is ItemKind.TABLE:
                yield from self._table(TableHead.from_json(json.loads(content)))
            elif kind is ItemKind.FILE:
                yield from self._file(json.loads(content)["name"])
            else:
                break
        if json.loads(content) != self.contents.to_json():
            raise Altered(f"This backup does not hold the tables and files that it names at its end. {ANOTHER_COPY}")
        for _kind, _content in self._items:
            raise Altered(f"This backup goes on after its end. {ANOTHER_COPY}")

    def to_the_end(self) -> Contents:
        """Read everything and return what was in it. Raises BackupUnreadable."""
        for _event in self:
            pass
        return self.contents

    def _table(self, head: TableHead) -> Iterator[Event]:
        total = RowSum(head.columns)
        self.contents.heads[head.label] = head
        yield head
        while True:
            kind, content = self._next(ItemKind.ROWS, ItemKind.TABLE_END)
            if kind is ItemKind.TABLE_END:
                break
            rows = [json.loads(row) for row in content.split(b"\n")]
            for row in rows:
                total.add(row)
            yield Rows(head, rows)
        self.contents.tables[head.label] = self._agreed(f"table {head.label}", total.total(), content)

    def _file(self, name: str) -> Iterator[Event]:
        found, size, is_first = hashlib.sha256(), 0, True
        while True:
            kind, content = self._next(ItemKind.BYTES, ItemKind.FILE_END)
            if kind is ItemKind.FILE_END:
                break
            found.update(content)
            size += len(content)
            yield Piece(name, content, is_first)
            is_first = False
        if is_first:
            yield Piece(name, b"", is_first)
        self.contents.files[name] = self._agreed(f"file {name}", Sum(size, found.hexdigest()), content)

    def _agreed(self, what: str, found: Sum, said: bytes) -> Sum:
        if [found.size, found.sha256] != json.loads(said):
            raise Altered(f"In this backup the {what} is not what its count and hash say. {ANOTHER_COPY}")
        return found

    def _next(self, *expected: ItemKind) -> tuple[ItemKind, bytes]:
        kind, content = next(self._items, (None, b""))
        if kind is None or kind not in expected:
            raise Altered(f"The parts of this backup do not stand in their order. {ANOTHER_COPY}")
        return kind, content
