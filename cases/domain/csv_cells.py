"""Cells and lines of CSV that opens in a spreadsheet: CRLF, no cell that begins like a formula, no control characters."""

import csv
import unicodedata
from collections.abc import Iterable
from typing import Protocol, cast

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
STARTS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
LINE_END = "\r\n"

#: What no file may hold: control characters but tab and line breaks, halves of surrogate pairs, and two that XML forbids.
UNPRINTABLE = dict.fromkeys([*set(range(32)) - {9, 10, 13}, 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])

Cell = str | int | None


class _Writer(Protocol):
    def writerow(self, row: Iterable[str | int], /) -> str: ...


class Echo:
    """A file for `csv.writer` that hands each line back."""

    def write(self, text: str) -> str:
        return text


_writer = cast("_Writer", csv.writer(Echo(), lineterminator=LINE_END))


def neutral(cell: Cell) -> str | int:
    """Return a cell that no spreadsheet takes for a formula: such text gets a leading apostrophe. Numbers stay numbers."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return cell
    seen = next((one for one in cell if one in STARTS_A_FORMULA or not _is_passed_over(one)), "")
    return f"'{cell}" if seen in STARTS_A_FORMULA and seen else cell


def meant(cell: str) -> str:
    """Return the text of a cell that `neutral` may have marked."""
    return cell[1:] if cell[:1] == "'" and neutral(cell[1:]) == cell else cell


def printable(text: str) -> str:
    """Return a text without what no file may hold."""
    return text if text.isprintable() else text.translate(UNPRINTABLE)


def line_of(cells: Iterable[Cell]) -> str:
    """Return one line of CSV with its end. It wants two cells at least."""
    return _writer.writerow([neutral(cell) for cell in cells])


def _is_passed_over(letter: str) -> bool:
    """Tell whether a spreadsheet may skip a letter in front of a formula: spaces and what cannot be seen."""
    return letter.isspace() or unicodedata.category(letter) in {"Cc", "Cf", "Zs"}
