"""Lines of files out of the database, some thousand at a time: constant memory, and no connection held between two reads.

A reader may be slow, or go away in the middle: nothing waits for them, no cursor, no transaction, no place in the pool.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Max, QuerySet

from cases.published.engine import OnEnd, let_go
from cases.published.line_models import PublishedLine
from cases.published.lines_index import ADDRESS, csv_texts, json_texts, shown
from cases.published.lists import Ordering, keys_of
from cases.published.models import PublishedCase

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
    """How a case becomes a line: the query for the texts, and how many are read at once."""

    texts: Callable[[QuerySet[PublishedLine], date], QuerySet[PublishedLine, Any]]
    at_once: int


#: Read 4,000 at a time, lines of CSV come fastest (tests/benchmarks/exports.py); documents are ten times as long.
CSV = Shape(csv_texts, 4_000)
JSON = Shape(json_texts, 1_000)


def batches(chosen: Chosen, shape: Shape) -> Iterator[Batch]:
    """Yield the lines of the chosen cases."""
    mark, address = ADDRESS.encode(), chosen.address.encode()
    found = _by_code(chosen, shape) if chosen.ordering is None else _in_order(chosen, chosen.ordering, shape)
    for text, number in found:
        yield Batch(f"{text}\n".encode().replace(mark, address), number)


def pieces(content: bytes) -> Iterator[bytes]:
    """Cut what was read into pieces for the wire."""
    for start in range(0, len(content), PIECE_BYTES):
        yield content[start : start + PIECE_BYTES]


def _by_code(chosen: Chosen, shape: Shape) -> Iterator[tuple[str, int]]:
    after: str | None = ""
    while after is not None:
        lines = shown(chosen.language, chosen.on).filter(case__gt=after)
        if chosen.found is not None:
            codes = chosen.found.filter(pk__gt=after).order_by("pk").values("pk")[: shape.at_once]
            lines = lines.filter(case__in=codes)
        text, number, after = _read(shape.texts(lines, chosen.on).order_by("case_id")[: shape.at_once])
        if number:
            yield text, number


def _in_order(chosen: Chosen, ordering: Ordering, shape: Shape) -> Iterator[tuple[str, int]]:
    found = PublishedCase.objects.visible(chosen.on) if chosen.found is None else chosen.found
    for codes in keys_of(found, ordering=ordering, chunk=min(shape.at_once, IN_AN_ORDER)):
        lines = shape.texts(shown(chosen.language, chosen.on).filter(case__in=codes), chosen.on).order_by()
        # Put in order here: in the database it would take a join.
        by_code = dict(lines.values_list("case_id", "text"))  # type: ignore[misc]
        let_go(lines.db)
        texts = [by_code[code] for code in codes if code in by_code]
        if texts:
            yield "\n".join(texts), len(texts)


def _read(texts: QuerySet[PublishedLine, Any]) -> tuple[str, int, str | None]:
    """Return the texts on end, how many they are, and the greatest code among them."""
    found = texts.aggregate(content=OnEnd("text"), number=Count("pk"), last=Max("case_id"))
    let_go(texts.db)
    return found["content"] or "", found["number"], found["last"]
