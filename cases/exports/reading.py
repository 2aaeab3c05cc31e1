"""Lines of files out of the database, some thousand at a time: constant memory, and no connection held between two reads.

A reader may be slow, or go away in the middle: nothing waits for them, no cursor, no transaction, no place in the pool.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from cases.published.engine import Copied, copied, let_go
from cases.published.lines_index import ADDRESS, csv_texts, json_texts, shown
from cases.published.lists import Ordering, keys_of
from cases.published.models import PublishedCase, PublishedLine

PIECE_BYTES = 64 * 1024
IN_AN_ORDER = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which cases a file holds, in which order, and how it tells them.

    `found`: None stands for everybody who may be shown. `ordering`: None stands for the order of the codes, which never
    changes, so that two files can be compared line by line. `on` is the day to which days are counted; `address` is the
    scheme and host of the links.
    """

    found: QuerySet[PublishedCase] | None
    ordering: Ordering | None = None
    on: date
    language: str
    address: str


class Batch(NamedTuple):
    """Whole lines, and how many."""

    content: bytes
    lines: int


@dataclass(frozen=True, slots=True)
class Shape:
    """How a case becomes a line: the query for the texts, where its code stands in it, and how many are read at once."""

    texts: Callable[[QuerySet[PublishedLine], date], QuerySet[PublishedLine, Any]]
    code: slice
    after_code: bytes
    at_once: int

    def code_in(self, line: bytes) -> str:
        return line[self.code].split(self.after_code, 1)[0].decode()


CSV = Shape(csv_texts, slice(0, 20), b",", 8_000)
JSON = Shape(json_texts, slice(len('{"code":"'), 30), b'"', 1_000)


def batches(chosen: Chosen, shape: Shape) -> Iterator[Batch]:
    """Yield the lines of the chosen cases."""
    mark, address = ADDRESS.encode(), chosen.address.encode()
    found = _by_code(chosen, shape) if chosen.ordering is None else _in_order(chosen, chosen.ordering, shape)
    for content, number, _last in found:
        yield Batch(content.replace(mark, address), number)


def pieces(content: bytes) -> Iterator[bytes]:
    """Cut what was read into pieces for the wire."""
    for start in range(0, len(content), PIECE_BYTES):
        yield content[start : start + PIECE_BYTES]


def _by_code(chosen: Chosen, shape: Shape) -> Iterator[Copied]:
    after = ""
    while True:
        lines = shown(chosen.language, chosen.on).filter(case__gt=after)
        if chosen.found is not None:
            codes = chosen.found.filter(pk__gt=after).order_by("pk").values("pk")[: shape.at_once]
            lines = lines.filter(case__in=codes)
        copy = copied(shape.texts(lines, chosen.on).order_by("case_id")[: shape.at_once], "text")
        let_go(lines.db)
        if not copy.number:
            return
        yield copy
        after = shape.code_in(copy.last)


def _in_order(chosen: Chosen, ordering: Ordering, shape: Shape) -> Iterator[Copied]:
    everybody = PublishedCase.objects.visible(chosen.on)
    keys = keys_of(everybody if chosen.found is None else chosen.found, ordering=ordering, chunk=IN_AN_ORDER)
    for codes in keys:
        for some in _parts(codes, min(shape.at_once, IN_AN_ORDER)):
            lines = shape.texts(shown(chosen.language, chosen.on).filter(case__in=some), chosen.on)
            texts = dict(lines.values_list("case_id", "text"))
            let_go(lines.db)
            rows = [f"{texts[code]}\n" for code in some if code in texts]
            if rows:
                yield Copied("".join(rows).encode(), len(rows), b"")


def _parts(codes: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(codes), size):
        yield codes[start : start + size]
