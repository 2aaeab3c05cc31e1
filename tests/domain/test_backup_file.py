"""The encrypted file: whatever is done to it, it gives back what was written or an error, and never anything else."""

import base64
import hashlib
import io

import pytest
from hypothesis import given, strategies as st

from cases.domain.backup_file import (
    ENDING,
    HEAD_BYTES,
    MAGIC,
    TAG_BYTES,
    Altered,
    BackupKey,
    BackupUnreadable,
    BackupWriter,
    CutShort,
    KeyMalformed,
    KeyNotAtHand,
    NotABackup,
    Reordered,
    opened,
)

KEY = BackupKey.from_text(base64.b64encode(b"only for tests: backup key no. 1").decode())
OTHER = BackupKey.from_text(base64.b64encode(b"only for tests: backup key no. 2").decode())
CHUNK = 32
STEP = CHUNK + TAG_BYTES
CONTENT = bytes(range(100))  # three whole chunks and a bit

contents = st.binary(max_size=5 * CHUNK)


def written(content: bytes, *, key: BackupKey = KEY, pieces: int = 7) -> bytes:
    stream = io.BytesIO()
    writer = BackupWriter(stream, key, chunk=CHUNK)
    for start in range(0, len(content), pieces):
        writer.write(content[start : start + pieces])
    writer.close()
    return stream.getvalue()


def read(file: bytes, *keys: BackupKey) -> bytes:
    return b"".join(opened(io.BytesIO(file), keys or (KEY,)))


def chunk(file: bytes, number: int) -> bytes:
    return file[HEAD_BYTES + number * STEP :][:STEP]


@given(contents, st.integers(1, 100))
def test_what_was_written_comes_back(content: bytes, pieces: int) -> None:
    assert read(written(content, pieces=pieces)) == content


@given(contents, st.data())
def test_any_bit_that_is_flipped_is_an_error(content: bytes, data: st.DataObject) -> None:
    file = bytearray(written(content))
    place = data.draw(st.integers(0, len(file) - 1))
    file[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BackupUnreadable):
        read(bytes(file))


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_wherever_the_file_is_cut_off_it_is_an_error(size: int) -> None:
    file = written(CONTENT[:size])
    for length in range(len(file)):
        with pytest.raises(CutShort if length else NotABackup):
            read(file[:length])


@given(contents, st.binary(min_size=1, max_size=80))
def test_whatever_is_added_is_an_error(content: bytes, more: bytes) -> None:
    file = written(content)
    for altered in (file + more, more + file, file[: -len(ENDING)] + more + ENDING):
        with pytest.raises(BackupUnreadable):
            read(altered)


@given(contents, contents)
def test_parts_of_two_backups_do_not_mix(first: bytes, second: bytes) -> None:
    one, two = written(first), written(second)
    with pytest.raises(Altered):
        read(one[:HEAD_BYTES] + two[HEAD_BYTES:])


def test_parts_in_another_order_are_named() -> None:
    file = written(CONTENT)
    swapped = file[:HEAD_BYTES] + chunk(file, 1) + chunk(file, 0) + file[HEAD_BYTES + 2 * STEP :]
    with pytest.raises(Reordered, match="what stands as part 1 of 4 was written as part 2"):
        read(swapped)


def test_a_part_that_is_left_out_is_named() -> None:
    file = written(CONTENT)
    with pytest.raises(Reordered, match="what stands as part 2 of 3 was written as part 3"):
        read(file[: HEAD_BYTES + STEP] + file[HEAD_BYTES + 2 * STEP :])


def test_a_false_end_does_not_hide_that_something_is_missing() -> None:
    file = written(CONTENT)
    with pytest.raises(CutShort, match="after part 2 of 2 something is missing"):
        read(file[: HEAD_BYTES + 2 * STEP] + ENDING)


def test_parts_added_after_the_last_one_are_named() -> None:
    file = written(CONTENT[: 2 * CHUNK])
    with pytest.raises(Altered, match="after part 2 of 3, its last one, something was added"):
        read(file[: HEAD_BYTES + 2 * STEP] + bytes(STEP) + ENDING)


def test_nothing_is_given_out_before_it_is_authenticated() -> None:
    file = bytearray(written(CONTENT))
    file[HEAD_BYTES + 2 * STEP] ^= 1
    given_out = []
    with pytest.raises(Altered, match="part 3 of 4 is not as it was written"):
        given_out.extend(opened(io.BytesIO(bytes(file)), [KEY]))
    assert given_out == [CONTENT[:CHUNK], CONTENT[CHUNK : 2 * CHUNK]]


def test_another_key_is_named_with_those_at_hand() -> None:
    with pytest.raises(KeyNotAtHand, match=rf"backup key {KEY.id}; at hand: {OTHER.id}\. Put the key"):
        read(written(CONTENT), OTHER)


def test_each_of_several_keys_opens_what_it_encrypted() -> None:
    assert read(written(CONTENT), OTHER, KEY) == read(written(CONTENT, key=OTHER), OTHER, KEY) == CONTENT


@pytest.mark.parametrize("file", [b"", b"PK\x03\x04 something else", b"SQLite format 3\0" * 20])
def test_another_kind_of_file_is_no_backup(file: bytes) -> None:
    with pytest.raises(NotABackup, match="This is no backup of the case tracker"):
        read(file)


def test_a_format_of_the_future_is_told_as_such() -> None:
    with pytest.raises(NotABackup, match="another format than 1"):
        read(written(CONTENT).replace(MAGIC, b"case-tracker-backup-2\n"))


def test_two_backups_of_the_same_content_share_nothing_but_the_head_and_the_end() -> None:
    one, two = written(CONTENT), written(CONTENT)
    assert one[: len(MAGIC) + len(KEY.id)] == two[: len(MAGIC) + len(KEY.id)]
    assert not {chunk(one, number) for number in range(4)} & {chunk(two, number) for number in range(4)}


def test_size_and_hash_are_those_of_the_file() -> None:
    stream = io.BytesIO()
    writer = BackupWriter(stream, KEY)
    writer.write(CONTENT)
    writer.close()
    assert writer.size == len(stream.getvalue())
    assert writer.sha256 == hashlib.sha256(stream.getvalue()).hexdigest()


@pytest.mark.parametrize("text", ["", "short", "%" * 44, base64.b64encode(b"x" * 31).decode()])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyMalformed, match=r"A backup key (is|has) 32"):
        BackupKey.from_text(text)
