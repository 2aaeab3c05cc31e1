"""What a backup holds, inside its encryption: a compressed row of items, each of one kind. Plain Python.

The order is: BEGIN, then for each table TABLE, ROWS …, TABLE_END, then for each file FILE, BYTES …, FILE_END, then END,
which names every table with its number of rows and every file with its size, and their hashes.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol

from cases.domain.backup_file import ANOTHER_COPY, Altered

LENGTH_BYTES = 8
PIECE_BYTES = 256 * 1024


class ItemKind(Enum):
    """What an item is, by the byte that it begins with."""

    BEGIN = b"B"
    TABLE = b"T"
    ROWS = b"R"
    TABLE_END = b"t"
    FILE = b"F"
    BYTES = b"b"
    FILE_END = b"f"
    END = b"E"


class ColumnKind(Enum):
    """How the values of a column stand in a row: as JSON that is the same whichever database they came from."""

    INTEGER = "integer"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"  # ISO 8601
    TIME = "time"  # ISO 8601
    DATETIME = "datetime"  # ISO 8601 in UTC with microseconds
    DURATION = "duration"  # microseconds
    DECIMAL = "decimal"  # text with all its decimal places
    FLOAT = "float"
    JSON = "json"  # the JSON text as it is stored
    UUID = "uuid"  # hexadecimal
    BYTES = "bytes"  # base64
    ADDRESS = "address"  # of the internet


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name in the database."""

    name: str
    kind: ColumnKind


@dataclass(frozen=True, slots=True)
class TableHead:
    """A table as the program calls it, its columns, and the last number its sequence gave (None: it has none)."""

    label: str
    columns: tuple[Column, ...]
    sequence: int | None

    def to_json(self) -> dict[str, Any]:
        columns = [[column.name, column.kind.value] for column in self.columns]
        return {"label": self.label, "columns": columns, "sequence": self.sequence}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "TableHead":
        columns = tuple(Column(name, ColumnKind(kind)) for name, kind in said["columns"])
        return cls(label=said["label"], columns=columns, sequence=said["sequence"])


@dataclass(frozen=True, slots=True)
class Sum:
    """How much there is (rows of a table, bytes of a file), and its SHA-256."""

    size: int
    sha256: str


@dataclass(slots=True)
class Contents:
    """What a backup holds: what was said of it, and every table and file with its sum."""

    about: dict[str, Any] = field(default_factory=dict)
    heads: dict[str, TableHead] = field(default_factory=dict)
    tables: dict[str, Sum] = field(default_factory=dict)
    files: dict[str, Sum] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(table.size for table in self.tables.values())

    def to_json(self) -> dict[str, Any]:
        tables, files = (
            {name: [one.size, one.sha256] for name, one in sums.items()} for sums in (self.tables, self.files)
        )
        return {"tables": tables, "files": files}


class RowSum:
    """Counts and hashes the rows of a table. JSON counts by what it says: a database may write it otherwise."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._json = [place for place, column in enumerate(columns) if column.kind is ColumnKind.JSON]
        self._hash, self.size = hashlib.sha256(), 0

    def add(self, row: Sequence[Any]) -> None:
        said = list(row)
        for place in self._json:
            if said[place] is not None:
                said[place] = canonical_json(said[place])
        self._hash.update(line(said) + b"\n")
        self.size += 1

    def total(self) -> Sum:
        return Sum(self.size, self._hash.hexdigest())


def line(row: Sequence[Any]) -> bytes:
    """Return a row as it is written: one JSON list on one line."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def canonical_json(text: str) -> str:
    """Return JSON text that is the same for all texts that say the same: order of keys, blanks, 1.50e2 and 150."""
    value = json.loads(text, parse_float=_Number, parse_int=_Number)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_Number.told)


class _Number:
    """A number of JSON by its exact decimal value, which no float holds."""

    def __init__(self, text: str) -> None:
        plain = format(Decimal(text), "f")
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
        self.text = "0" if plain in ("-0", "") else plain

    def told(self) -> list[str]:
        return ["\0number", self.text]  # PostgreSQL keeps no NUL in JSON, so nothing else says this


class Out(Protocol):
    """Where items go."""

    def write(self, content: bytes) -> None: ...


class ItemWriter:
    """Writes items, compressed."""

    def __init__(self, out: Out) -> None:
        self._out, self._press = out, zlib.compressobj(5)

    def put(self, kind: ItemKind, content: bytes) -> None:
        self._out.write(self._press.compress(kind.value + len(content).to_bytes(LENGTH_BYTES) + content))

    def put_json(self, kind: ItemKind, said: Any) -> None:
        self.put(kind, json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())

    def close(self) -> None:
        self._out.write(self._press.flush())


def items(pieces: Iterable[bytes]) -> Iterator[tuple[ItemKind, bytes]]:
    """Yield the items of a backup. Raises Altered where they do not end as they should."""
    waiting, wanted, kind = bytearray(), 0, None
    for piece in _unpressed(pieces):
        waiting += piece
        while True:
            if kind is None:
                if len(waiting) < 1 + LENGTH_BYTES:
                    break
                kind = _kind(bytes(waiting[:1]))
                wanted = int.from_bytes(waiting[1 : 1 + LENGTH_BYTES])
                del waiting[: 1 + LENGTH_BYTES]
            if len(waiting) < wanted:
                break
            yield kind, bytes(waiting[:wanted])
            del waiting[:wanted]
            kind = None
    if waiting or kind is not None:
        raise Altered(f"This backup breaks off within an item. {ANOTHER_COPY}")


def _unpressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    press = zlib.decompressobj()
    try:
        for piece in pieces:
            rest = piece
            while rest:
                yield press.decompress(rest, PIECE_BYTES)
                rest = press.unconsumed_tail
        yield press.flush()
    except zlib.error as problem:
        raise Altered(f"The contents of this backup cannot be unpacked. {ANOTHER_COPY}") from problem
    if not press.eof or press.unused_data:
        raise Altered(f"The contents of this backup do not end as they should. {ANOTHER_COPY}")


def _kind(byte: bytes) -> ItemKind:
    try:
        return ItemKind(byte)
    except ValueError as problem:
        raise Altered(f"This backup holds an item of a kind that is not known. {ANOTHER_COPY}") from problem


def from_base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def to_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
