"""The file of a backup from outside: a short head, then encrypted chunks. Plain Python, constant memory.

The STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár 2015) over AES-256-GCM: each chunk's nonce holds its
place and whether it is the last one, and the head is authenticated with each of them, so that no byte can be altered,
moved, left out or cut off unseen. Every file has a key of its own, derived from the backup key and a random salt.
"""

import base64
import binascii
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FAMILY = b"case-tracker-backup-"
FORMAT = 1
MAGIC = FAMILY + b"%d\n" % FORMAT
#: Stands at the end, so that a file that was cut short is told from one that was altered. It protects nothing.
ENDING = b"\nend-of-case-tracker-backup\n"
KEY_BYTES = 32
ID_BYTES = 12
SALT_BYTES = 32
SIZE_BYTES = 4
TAG_BYTES = 16
PREFIX_BYTES = 7
CHUNK_BYTES = 256 * 1024
LARGEST_CHUNK = 16 * 1024 * 1024
HEAD_BYTES = len(MAGIC) + ID_BYTES + SALT_BYTES + SIZE_BYTES

ANOTHER_COPY = "Fetch the file again from where it is kept, or use another backup. Nothing was changed here."


class BackupUnreadable(Exception):
    """A file cannot be used as a backup; str() says what is wrong with it and what to do."""


class NotABackup(BackupUnreadable):
    """The file is something else, or of a format that this program does not know."""


class CutShort(BackupUnreadable):
    """The end of the file is missing."""


class KeyNotAtHand(BackupUnreadable):
    """The file was encrypted with another key."""


class Altered(BackupUnreadable):
    """Bytes of the file are not those that were written."""


class Reordered(Altered):
    """Parts of the file stand in another order than they were written."""


class KeyMalformed(ValueError):
    """A backup key is 32 random bytes in base64, and this is not."""


@dataclass(frozen=True, slots=True, repr=False)
class BackupKey:
    """A key for backups. Its id follows from it and tells nothing."""

    id: str
    raw: bytes

    @classmethod
    def from_text(cls, text: str) -> "BackupKey":
        """Read a key of 32 bytes in base64 or base64url. Raises KeyMalformed."""
        try:
            raw = base64.b64decode(text.strip().replace("-", "+").replace("_", "/").ljust(44, "="), validate=True)
        except (binascii.Error, ValueError) as problem:
            raise KeyMalformed("A backup key is 32 random bytes written in base64 (44 characters).") from problem
        if len(raw) != KEY_BYTES:
            raise KeyMalformed(f"A backup key has {KEY_BYTES} bytes, this one has {len(raw)}.")
        return cls(id=hashlib.sha256(b"backup key id" + raw).hexdigest()[:ID_BYTES], raw=raw)


class _Chunks:
    """Opens and shuts the chunks of one file."""

    def __init__(self, key: BackupKey, head: bytes) -> None:
        salt = head[len(MAGIC) + ID_BYTES :][:SALT_BYTES]
        derived = HKDF(SHA256(), KEY_BYTES + PREFIX_BYTES, salt=salt, info=b"case tracker backup").derive(key.raw)
        self.cipher, self.prefix, self.head = AESGCM(derived[:KEY_BYTES]), derived[KEY_BYTES:], head

    def shut(self, content: bytes, number: int, *, last: bool) -> bytes:
        return self.cipher.encrypt(self._nonce(number, last=last), content, self.head)

    def open(self, sealed: bytes, number: int, *, last: bool) -> bytes | None:
        """Return the content of a chunk; None where it is not the chunk of this place."""
        try:
            return self.cipher.decrypt(self._nonce(number, last=last), sealed, self.head)
        except InvalidTag:
            return None

    def _nonce(self, number: int, *, last: bool) -> bytes:
        return self.prefix + number.to_bytes(4) + bytes([last])


class BackupWriter:
    """Encrypts what is written to it into `stream`; without `close` the file has no end and cannot be read."""

    def __init__(self, stream: BinaryIO, key: BackupKey, *, chunk: int = CHUNK_BYTES) -> None:
        self.stream, self.chunk = stream, chunk
        head = MAGIC + key.id.encode() + secrets.token_bytes(SALT_BYTES) + chunk.to_bytes(SIZE_BYTES)
        self._chunks, self._number, self._waiting = _Chunks(key, head), 0, bytearray()
        self._sum, self.size = hashlib.sha256(), 0
        self._put(head)

    def write(self, content: bytes) -> None:
        self._waiting += content
        while len(self._waiting) > self.chunk:  # a chunk leaves only when another follows: the last one is marked
            self._shut(bytes(self._waiting[: self.chunk]), last=False)
            del self._waiting[: self.chunk]

    def close(self) -> None:
        self._shut(bytes(self._waiting), last=True)
        self._put(ENDING)

    @property
    def sha256(self) -> str:
        """The hash of the file as it lies on the disk."""
        return self._sum.hexdigest()

    def _shut(self, content: bytes, *, last: bool) -> None:
        self._put(self._chunks.shut(content, self._number, last=last))
        self._number += 1

    def _put(self, written: bytes) -> None:
        self.stream.write(written)
        self._sum.update(written)
        self.size += len(written)


def opened(stream: BinaryIO, keys: Iterable[BackupKey]) -> Iterator[bytes]:
    """Yield what was written, piece by piece, each authenticated before it is yielded.

    That nothing is missing at the end is known only when the last piece was yielded. Raises BackupUnreadable.
    """
    stream.seek(0, os.SEEK_END)
    size = stream.tell()
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    _check_frame(stream, head, size)
    chunks = _Chunks(_key_of(head, keys), head)
    step = int.from_bytes(head[-SIZE_BYTES:]) + TAG_BYTES
    if not TAG_BYTES < step <= LARGEST_CHUNK + TAG_BYTES:
        raise Altered(f"This backup was altered: its head says nonsense. {ANOTHER_COPY}")
    rest = size - HEAD_BYTES - len(ENDING)
    count = max(-(-rest // step), 1)
    for number in range(count):
        stream.seek(HEAD_BYTES + number * step)
        sealed = stream.read(min(step, rest - number * step))
        content = chunks.open(sealed, number, last=number == count - 1)
        if content is None:
            raise _what_is_wrong(chunks, sealed, number, count)
        yield content


def _check_frame(stream: BinaryIO, head: bytes, size: int) -> None:
    """Raise for what is no backup, one of another format, or one without its end."""
    if not head.startswith(MAGIC):
        if head and len(head) < len(MAGIC) and MAGIC.startswith(head):
            raise CutShort(f"This backup was cut short after {size} bytes. {ANOTHER_COPY}")
        if head.startswith(FAMILY):
            raise NotABackup(
                f"This backup has another format than {FORMAT}, the one that this version of the program reads. "
                "Restore it with the version that made it."
            )
        raise NotABackup("This is no backup of the case tracker. Name the file that 'manage.py backup' wrote.")
    stream.seek(max(size - len(ENDING), 0))
    if size < HEAD_BYTES + TAG_BYTES + len(ENDING) or stream.read() != ENDING:
        raise CutShort(
            f"This backup has {size} bytes and does not end as a backup ends: it was cut short, as when copying broke off "
            f"or a disk was full, or its end was altered. {ANOTHER_COPY}"
        )


def _key_of(head: bytes, keys: Iterable[BackupKey]) -> BackupKey:
    wanted, known = head[len(MAGIC) :][:ID_BYTES].decode("ascii", "replace"), list(keys)
    for key in known:
        if key.id == wanted:
            return key
    raise KeyNotAtHand(
        f"This backup was encrypted with the backup key {wanted}; at hand: {', '.join(key.id for key in known) or 'none'}. "
        "Put the key of the machine that made it into BACKUP_KEY or into the key file. Nothing was changed here."
    )


def _what_is_wrong(chunks: _Chunks, sealed: bytes, number: int, count: int) -> BackupUnreadable:
    """Look for the place where a chunk that does not open at its own belongs."""
    where = f"part {number + 1} of {count}"
    if number == count - 1 and chunks.open(sealed, number, last=False) is not None:
        return CutShort(f"This backup was cut short: after {where} something is missing. {ANOTHER_COPY}")
    if chunks.open(sealed, number, last=True) is not None:
        return Altered(f"This backup was altered: after {where}, its last one, something was added. {ANOTHER_COPY}")
    for place in range(count + 1):
        if any(chunks.open(sealed, place, last=last) is not None for last in (False, True)):
            return Reordered(
                f"This backup was altered: what stands as {where} was written as part {place + 1}. {ANOTHER_COPY}"
            )
    return Altered(f"This backup was altered or damaged: {where} is not as it was written. {ANOTHER_COPY}")
