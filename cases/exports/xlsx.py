"""Cases as an XLSX workbook, written while it is sent: types and widths, a frozen header, filters, links, a dictionary.

A workbook by ECMA-376 holds at most 1,048,576 rows and 65,530 links a sheet: further rows stand on further sheets, further
addresses are plain text. Text is text to a spreadsheet whatever it begins with, so nothing is marked as in CSV.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import IO
from xml.sax.saxutils import escape

from django.utils import translation
from django.utils.translation import gettext

from cases.domain.csv_cells import meant
from cases.exports import xlsx_parts
from cases.exports.archive import Archive
from cases.exports.dictionary import entries, headings
from cases.exports.reading import CSV, Batch, Chosen, batches
from cases.published.column import Kind
from cases.published.columns import COLUMNS

#: How many lines are read at once, and how many are written at once.
READ, WRITTEN = 2_000, 250
#: Limits of a sheet: rows with the header, links, bytes (of the archive, without its extension for large members).
MOST_ROWS, MOST_LINKS, MOST_BYTES = 1_048_576, 65_530, 2**31 - 2**26
#: The longest text of a cell.
LONGEST = 32_767

DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: Spreadsheets count days from here, and take 1900 for a leap year: earlier days are text.
DAY_NOUGHT, FIRST_DAY = date(1899, 12, 30).toordinal(), "1900-03-01"
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

EMPTY = "<c/>"
TEXT, NUMBER = ('<c t="inlineStr"><is><t>', "</t></is></c>"), ("<c><v>", "</v></c>")
LINK, AS_IT_IS = ('<c s="4" t="inlineStr"><is><t>', "</t></is></c>"), ("", "")
DAYS, MOMENTS = (
    [place for place, column in enumerate(COLUMNS) if column.kind is kind] for kind in (Kind.DATE, Kind.MOMENT)
)
LINKED = next(place for place, column in enumerate(COLUMNS) if column.name == "url")


def _frame(place: int) -> tuple[str, str]:
    """Return what stands around the value of a cell."""
    if place in (*DAYS, *MOMENTS):
        return AS_IT_IS
    if place == LINKED:
        return LINK
    return NUMBER if COLUMNS[place].kind is Kind.NUMBER else TEXT


OPENED, CLOSED = zip(*map(_frame, range(len(COLUMNS))), strict=True)

csv.field_size_limit(2**31 - 1)


def xlsx_of(chosen: Chosen) -> Iterator[Batch]:
    """Yield the workbook.

    Lines become rows in a thread while this one reads the next lines and compresses the rows before, which both leave the
    processor to it. The thread asks the database nothing, so all is read in one transaction where there is one.
    """
    with Archive() as archive, ThreadPoolExecutor(1, thread_name_prefix="xlsx") as beside:
        book = _Book(archive, chosen.language)
        making: deque[Future[list[_Rows]]] = deque()
        for content, _lines in batches(chosen, replace(CSV, at_once=READ)):
            making.append(beside.submit(_made, content))
            if len(making) > 1:
                yield from book.add(making.popleft().result())
        for last in making:
            yield from book.add(last.result())
        book.end()
    yield Batch(archive.take(), 0)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Some rows of a sheet as XML, and the links that they hold, one each."""

    content: bytes
    links: list[str]


def _made(content: bytes) -> list[_Rows]:
    """Return lines of CSV as rows."""
    found = _some(_rows_in(content.decode()), WRITTEN)
    return [_Rows(_cells(rows).encode(), [row[LINKED] for row in rows]) for rows in found]


class _Book:
    """The sheets of a workbook on their way."""

    def __init__(self, archive: Archive, language: str) -> None:
        self._archive, self._language = archive, language
        self._written: list[xlsx_parts.Sheet] = []
        self._begin()

    def _begin(self) -> None:
        with translation.override(self._language):
            title, names = gettext("Cases"), [str(column.title) for column in COLUMNS]
        number = len(self._written) + 1
        self._title = title if number == 1 else f"{title} {number}"
        self._links: list[str] = []
        self._rows, self._bytes = 1, 0
        self._sheet: IO[bytes] = self._archive.begin(xlsx_parts.sheet_path(number))
        widths = [xlsx_parts.width(column.kind, name) for column, name in zip(COLUMNS, names, strict=True)]
        self._write(xlsx_parts.sheet_head(widths, names, is_first=number == 1).encode())

    def _write(self, content: bytes) -> None:
        self._sheet.write(content)
        self._bytes += len(content)

    def add(self, made: list[_Rows]) -> Iterator[Batch]:
        """Write rows, on a further sheet where this one is full; yield what is finished of the file by then."""
        for rows in made:
            number = len(rows.links)
            if self._rows + number > MOST_ROWS or self._bytes > MOST_BYTES:
                self._close()
                self._begin()
            if len(self._links) < MOST_LINKS:
                self._links += rows.links[: MOST_LINKS - len(self._links)]
            self._write(rows.content)
            self._rows += number
            yield Batch(self._archive.take(), number)

    def _close(self) -> None:
        self._write(xlsx_parts.sheet_end(len(COLUMNS), self._rows, LINKED, len(self._links)).encode())
        self._sheet.close()
        self._written.append(xlsx_parts.Sheet(self._title, len(COLUMNS), self._rows))
        self._archive.put(xlsx_parts.relations_path(len(self._written)), xlsx_parts.link_relations(self._links))

    def end(self) -> None:
        """Write what follows the rows: the dictionary, and what says which sheets there are."""
        self._close()
        with translation.override(self._language):
            title, heads = gettext("Dictionary"), headings()
            rows = [(one.heading, one.name, one.description, one.words) for one in entries()]
        self._written.append(xlsx_parts.Sheet(title, len(heads), len(rows) + 1))
        cells = "".join(f"<row>{''.join(_text(_escaped(cell)) for cell in row)}</row>" for row in rows)
        sheet = xlsx_parts.sheet_head([34, 26, 70, 90], list(heads), is_first=False) + cells
        sheet += xlsx_parts.sheet_end(len(heads), len(rows) + 1, 0, 0)
        self._archive.put(xlsx_parts.sheet_path(len(self._written)), sheet)
        for path, content in xlsx_parts.frame(self._written).items():
            self._archive.put(path, content)


def _some(rows: Iterable[list[str]], number: int) -> Iterator[list[list[str]]]:
    found = iter(rows)
    while some := list(islice(found, number)):
        yield some


def _rows_in(text: str) -> Iterator[list[str]]:
    """Yield the cells of lines of CSV, ready for XML."""
    if ",'" in text or ",\"'" in text or max(map(len, text.split("\r\n"))) > LONGEST:
        for row in csv.reader(io.StringIO(text, newline="")):
            yield [_escaped(_shortened(meant(cell))) for cell in row]
        return
    yield from csv.reader(io.StringIO(_escaped(text), newline=""))


def _escaped(text: str) -> str:
    """Return a text as XML has it. `_x000D_` means a letter to a spreadsheet, unless its first line is written so too."""
    text = escape(text)
    return ESCAPED.sub("_x005F_", text) if "_x" in text else text


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _cells(rows: list[list[str]]) -> str:
    written = []
    for row in rows:
        for place in DAYS:
            row[place] = _day(row[place])
        for place in MOMENTS:
            row[place] = _moment(row[place])
        framed = zip(OPENED, row, CLOSED, strict=True)
        cells = [f"{opened}{cell}{closed}" if cell else EMPTY for opened, cell, closed in framed]
        written.append(f"<row>{''.join(cells)}</row>")
    return "".join(written)


def _text(text: str) -> str:
    return text.join(TEXT) if text else EMPTY


@lru_cache(maxsize=50_000)
def _day(text: str) -> str:
    """Return the cell of a date: a day as a day, one that is known in part as text."""
    if DAY.fullmatch(text) and text >= FIRST_DAY:
        return f'<c s="2"><v>{date.fromisoformat(text).toordinal() - DAY_NOUGHT}</v></c>'
    return _text(text)


@lru_cache(maxsize=10_000)
def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return f'<c s="3"><v>{moment.toordinal() - DAY_NOUGHT + seconds / 86_400:.9f}</v></c>'
