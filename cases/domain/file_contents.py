"""What is taken of an uploaded file: its kind by its content, its pixels or its unaltered bytes, or a refusal."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from cases.domain.file_images import photograph, scan
from cases.domain.file_kinds import (
    DOCUMENTS,
    ENDINGS,
    PICTURES,
    FileKind,
    FileRefusal,
    FileRefused,
    check_claims,
    kind_of,
    refuse_hidden,
)
from cases.domain.file_pdfs import check_pdf

MEGABYTE = 1_000_000
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Taken:
    """What is kept of a file: bytes, their kind, and for a photograph a thumbnail (JPEG)."""

    content: bytes
    kind: FileKind
    thumbnail: bytes = b""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def ending(self) -> str:
        return ENDINGS[self.kind][0]


Reader = Callable[..., Taken]


def read_photograph(content: bytes, *, name: str = "", claim: str = "", limit: int) -> Taken:
    """Return the pixels of a photograph in a new JPEG. Raises FileRefused.

    `name` is the file's, `claim` the type that the browser declared, `limit` the most bytes that are taken.
    """
    kind = _looked_at(content, name, claim, limit, allowed=PICTURES)
    picture, thumbnail = photograph(content, kind)
    return Taken(picture, FileKind.JPEG, thumbnail)


def read_document(content: bytes, *, name: str = "", claim: str = "", limit: int) -> Taken:
    """Return a source's document: a picture's pixels in a new file, a PDF or a plain text as it is. Raises FileRefused."""
    kind = _looked_at(content, name, claim, limit, allowed=DOCUMENTS)
    if kind in PICTURES:
        return Taken(*scan(content, kind))
    if kind is FileKind.PDF:
        check_pdf(content)
    else:
        _check_text(content)
    return Taken(content, kind)


def refuse_large(size: int, limit: int) -> None:
    """Refuse a file of more bytes than `limit`."""
    if size > limit:
        raise FileRefused(FileRefusal.TOO_LARGE, size=-(-size // MEGABYTE), limit=limit // MEGABYTE)


def _looked_at(content: bytes, name: str, claim: str, limit: int, *, allowed: frozenset[FileKind]) -> FileKind:
    refuse_large(len(content), limit)
    kind = kind_of(content)
    if kind not in allowed:
        raise FileRefused(FileRefusal.NOT_HERE, kind=kind.label)
    check_claims(kind, name=name, claim=claim)
    refuse_hidden(content, kind)
    return kind


def _check_text(content: bytes) -> None:
    try:
        text = content.decode()
    except UnicodeDecodeError as problem:
        raise FileRefused(FileRefusal.TEXT_ENCODING) from problem
    if CONTROLS.search(text):
        raise FileRefused(FileRefusal.TEXT_CONTROLS)
