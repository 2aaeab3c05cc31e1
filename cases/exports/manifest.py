"""What goes with files: how many rows and bytes each has, its SHA-256, and under which licence and how to cite them.

A download that is streamed is hashed while it is written, so its sum is known at its end alone. It therefore stands last in
the archive that holds file and manifest, beside the file that a command writes, and in the manifest of a release.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from cases.exports.reading import Batch

SCHEMA = 1
#: The media type of each kind of file, by its ending.
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl; charset=utf-8",
    "geojson": "application/geo+json",
    "zip": "application/zip",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Sum:
    """A file by its name: its type, size in bytes, SHA-256, and its rows (None: it is not made of rows)."""

    name: str
    type: str
    bytes: int
    sha256: str
    rows: int | None


class Measured:
    """A file on its way: counts and hashes what passes. `total` is right once everything has passed.

    `kind` is the ending that says its media type, if its name does not.
    """

    def __init__(self, name: str, batches: Iterator[Batch], *, has_rows: bool = True, kind: str = "") -> None:
        self.name, self._batches, self._type = name, batches, TYPES[kind] if kind else type_of(name)
        self._hash, self._size = hashlib.sha256(), 0
        self._rows: int | None = 0 if has_rows else None

    def __iter__(self) -> Iterator[bytes]:
        for content, lines in self._batches:
            self._hash.update(content)
            self._size += len(content)
            if self._rows is not None:
                self._rows += lines
            yield content

    @property
    def rows(self) -> int:
        return self._rows or 0

    def total(self) -> Sum:
        return Sum(self.name, self._type, self._size, self._hash.hexdigest(), self._rows)


def type_of(name: str) -> str:
    """Return the media type of a file."""
    return TYPES[name.rsplit(".", 1)[1]]


def sum_of(name: str, content: bytes) -> Sum:
    """Return the sum of a file that is there as a whole."""
    return Sum(name, type_of(name), len(content), hashlib.sha256(content).hexdigest(), None)


def manifest_of(
    files: list[Sum], *, at: datetime, on: date, cases: int, address: str, **further: Any
) -> dict[str, Any]:
    """Return the manifest of files that tell the state of the day `on`."""
    return {
        "schema": SCHEMA,
        "made_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "as_of": on.isoformat(),
        "site": address,
        "cases": cases,
        **further,
        "licence": settings.DATA_LICENCE,
        "files": [asdict(one) for one in files],
    }


def text_of(manifest: dict[str, Any]) -> str:
    """Return a manifest as the one text that is written and hashed."""
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def licence_text(language: str) -> str:
    """Say under which licence the data may be used, and what it is not for."""
    with translation.override(language):
        return (
            gettext("These data may be used under this licence: %(licence)s") % {"licence": settings.DATA_LICENCE}
            + "\n\n"
            + gettext(
                "They are about people, many of whom are in danger. Cases are withdrawn when a person may no longer be "
                "shown: look up the address of a case before you publish about it, and delete it when it answers “410 Gone”."
            )
            + "\n"
        )


def citation_text(language: str, *, on: date, cases: int, address: str, release: int | None = None) -> str:
    """Say how to cite the data."""
    with translation.override(language):
        words = {
            "number": release,
            "day": date_format(on, "j E Y" if language == "uk" else "j F Y"),
            "cases": cases,
            "address": address,
        }
        if release is None:
            return gettext("Case tracker. Published cases as of %(day)s: %(cases)s. %(address)s") % words
        return gettext("Case tracker. Release %(number)s, %(day)s: %(cases)s cases. %(address)s") % words
