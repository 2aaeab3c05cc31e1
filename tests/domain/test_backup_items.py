"""What is inside: rows and files with counts and hashes that hold whichever database they came from."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, strategies as st

from cases.domain.backup_file import Altered, BackupWriter
from cases.domain.backup_items import (
    Column,
    ColumnKind,
    ItemKind,
    ItemWriter,
    RowSum,
    TableHead,
    canonical_json,
    items,
    line,
)
from cases.domain.backup_reading import Piece, Reading, Rows
from tests.domain.test_backup_file import KEY

HEAD = TableHead("cases.Need", (Column("id", ColumnKind.INTEGER), Column("said", ColumnKind.JSON)), 7)
ROWS: list[list[Any]] = [[1, '{"b": 1, "a": 1.50}'], [2, None]]


class Kept(list[bytes]):
    def write(self, content: bytes) -> None:
        self.append(content)


@given(st.lists(st.tuples(st.sampled_from(ItemKind), st.binary(max_size=300))))
def test_items_come_back_in_their_order(written: list[tuple[ItemKind, bytes]]) -> None:
    kept = Kept()
    out = ItemWriter(kept)
    for kind, content in written:
        out.put(kind, content)
    out.close()
    assert list(items(kept)) == written


def test_much_that_is_alike_comes_back_in_pieces() -> None:
    kept = Kept()
    out = ItemWriter(kept)
    out.put(ItemKind.BYTES, bytes(5_000_000))
    out.close()
    assert sum(map(len, kept)) < 10_000
    assert list(items(kept)) == [(ItemKind.BYTES, bytes(5_000_000))]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_values)
def test_json_counts_by_what_it_says(value: Any) -> None:
    plain, loose = json.dumps(value), json.dumps(value, indent=3, ensure_ascii=False)
    assert canonical_json(plain) == canonical_json(loose)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1e16", "10000000000000000"),  # as PostgreSQL writes it
        ("1.50", "1.5"),
        ("-0.0", "0"),
        ("1E-7", "0.0000001"),
        ('{"b":1,"a":2}', '{"a": 2, "b": 1}'),
    ],
)
def test_json_that_a_database_writes_otherwise_is_the_same(one: str, other: str) -> None:
    assert canonical_json(one) == canonical_json(other)


@pytest.mark.parametrize(
    ("one", "other"), [("1", '"1"'), ("1", "true"), ("null", '""'), ("0.1", "0.10000000000000001")]
)
def test_json_that_says_something_else_is_not_the_same(one: str, other: str) -> None:
    assert canonical_json(one) != canonical_json(other)


def backup(write: Callable[[ItemWriter], None]) -> io.BytesIO:
    stream = io.BytesIO()
    writer = BackupWriter(stream, KEY)
    out = ItemWriter(writer)
    write(out)
    out.close()
    writer.close()
    return stream


def whole(out: ItemWriter, *, rows: list[list[Any]] = ROWS, size: int = 3, named: int = 2) -> None:
    total = RowSum(HEAD.columns)
    for row in ROWS:
        total.add(row)
    sha256 = total.total().sha256
    of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    out.put_json(ItemKind.BEGIN, {"made_at": "2026-11-25"})
    out.put_json(ItemKind.TABLE, HEAD.to_json())
    out.put(ItemKind.ROWS, b"\n".join(line(row) for row in rows))
    out.put_json(ItemKind.TABLE_END, [2, sha256])
    out.put_json(ItemKind.FILE, {"name": "photos/a"})
    out.put(ItemKind.BYTES, b"ab")
    out.put(ItemKind.BYTES, b"c")
    out.put_json(ItemKind.FILE_END, [size, of_abc])
    out.put_json(ItemKind.END, {"tables": {HEAD.label: [named, sha256]}, "files": {"photos/a": [3, of_abc]}})


def test_a_backup_reads_as_it_was_written() -> None:
    reading = Reading(backup(whole), [KEY])
    assert list(reading) == [HEAD, Rows(HEAD, ROWS), Piece("photos/a", b"ab", True), Piece("photos/a", b"c", False)]
    assert reading.contents.rows == 2
    assert reading.contents.heads == {HEAD.label: HEAD}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"rows": ROWS[:1]}, "the table cases.Need is not what its count and hash say"),
        ({"rows": [[1, '{"b": 1, "a": 1.51}'], [2, None]]}, "the table cases.Need is not"),
        ({"size": 4}, "the file photos/a is not what its count and hash say"),
        ({"named": 3}, "does not hold the tables and files that it names at its end"),
    ],
)
def test_what_does_not_agree_with_its_count_or_hash_is_named(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(Altered, match=said):
        Reading(backup(lambda out: whole(out, **wrong)), [KEY]).to_the_end()


def test_rows_whose_json_is_written_otherwise_agree() -> None:
    rows: list[list[Any]] = [[1, '{"a":1.5,"b":1}'], [2, None]]
    assert Reading(backup(lambda out: whole(out, rows=rows)), [KEY]).to_the_end().rows == 2


@pytest.mark.parametrize(
    "write",
    [
        lambda _out: None,
        lambda out: out.put_json(ItemKind.TABLE, HEAD.to_json()),
        lambda out: out.put_json(ItemKind.BEGIN, {}),
        lambda out: (whole(out), out.put(ItemKind.BYTES, b"more")),
    ],
)
def test_parts_that_do_not_stand_in_their_order_are_refused(write: Callable[[ItemWriter], None]) -> None:
    with pytest.raises(Altered, match=r"do not stand in their order|goes on after its end"):
        Reading(backup(write), [KEY]).to_the_end()
