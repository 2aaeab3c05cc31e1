"""The data dictionary: what each column says, in a language, from the columns that the files are written with."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext

from cases.domain.csv_cells import BYTE_ORDER_MARK, line_of
from cases.published.columns import COLUMNS


@dataclass(frozen=True, slots=True)
class Entry:
    """One column: its heading, its lasting name, what it says, and the words that may stand in it."""

    heading: str
    name: str
    description: str
    words: str


def headings() -> tuple[str, str, str, str]:
    """Return the headings of the dictionary in the active language."""
    return gettext("Heading"), gettext("Column"), gettext("What it says"), gettext("Words")


def entries() -> list[Entry]:
    """Return the dictionary in the active language."""
    return [
        Entry(
            str(column.title),
            column.name,
            str(column.description),
            "; ".join(f"{value} = {label}" for value, label in column.words),
        )
        for column in COLUMNS
    ]


def dictionary_csv(language: str) -> bytes:
    """Return the dictionary as CSV."""
    with translation.override(language):
        lines = [
            line_of(headings()),
            *(line_of((one.heading, one.name, one.description, one.words)) for one in entries()),
        ]
    return f"{BYTE_ORDER_MARK}{''.join(lines)}".encode()
