"""Cases as CSV that opens in a spreadsheet: UTF-8 with a byte-order mark, CRLF, no cell that begins like a formula."""

from collections.abc import Iterator

from django.utils import translation

from cases.domain.csv_cells import BYTE_ORDER_MARK, line_of
from cases.exports.reading import CSV, Batch, Chosen, batches
from cases.published.columns import COLUMNS


def header(language: str, *, in_words: bool) -> bytes:
    """Return the first line: the names of the columns, which never change, or what they are called in the language."""
    with translation.override(language):
        names = [str(column.title) if in_words else column.name for column in COLUMNS]
    return f"{BYTE_ORDER_MARK}{line_of(names)}".encode()


def csv_of(chosen: Chosen, *, in_words: bool = False) -> Iterator[Batch]:
    """Yield the file, the header first."""
    yield Batch(header(chosen.language, in_words=in_words), 0)
    yield from batches(chosen, CSV)
