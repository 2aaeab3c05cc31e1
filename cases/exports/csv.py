"""Cases as CSV that opens in a spreadsheet: UTF-8 with a byte-order mark, CRLF, no cell that begins like a formula."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from cases.exports.columns import COLUMNS, Cell
from cases.exports.lines import Line
from cases.published.lists import Ordering, rows_of
from cases.published.models import PublishedCase

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
STARTS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
CHUNK = 200


class Echo:
    """A file for `csv.writer` that hands each line back."""

    def write(self, text: str) -> str:
        return text


def neutral(cell: Cell) -> str | int:
    """Return a cell that no spreadsheet takes for a formula: such text gets a leading apostrophe. Numbers stay numbers."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return cell
    seen = next((one for one in cell if one in STARTS_A_FORMULA or not _is_passed_over(one)), "")
    return f"'{cell}" if seen in STARTS_A_FORMULA and seen else cell


def _is_passed_over(letter: str) -> bool:
    """Tell whether a spreadsheet may skip a letter in front of a formula: spaces and what cannot be seen."""
    return letter.isspace() or unicodedata.category(letter) in {"Cc", "Cf", "Zs"}


def csv_of(
    cases: QuerySet[PublishedCase], *, ordering: Ordering, on: date, language: str, site_address: str
) -> Iterator[bytes]:
    """Yield the file in pieces of some hundred lines, the header first. `on` is the day for which statuses are derived."""
    writer = csv.writer(Echo(), lineterminator="\r\n")
    header = writer.writerow([column.name for column in COLUMNS])
    yield f"{BYTE_ORDER_MARK}{header}".encode()
    rows = rows_of(cases, ordering=ordering, chunk=CHUNK)
    lines = (Line(case=case, on=on, language=language, site_address=site_address) for case in rows)
    while chunk := _some(lines, CHUNK):
        with translation.override(language):
            text = "".join(_line(writer, line) for line in chunk)
        yield text.encode()


def _some(lines: Iterator[Line], count: int) -> list[Line]:
    return list(islice(lines, count))


def _line(writer: Any, line: Line) -> str:
    cells: Iterable[str | int] = (neutral(column.value(line)) for column in COLUMNS)
    return str(writer.writerow(cells))
