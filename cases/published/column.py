"""A column of the files: its name in the header, what to call it, what it says, and how its cell is made."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext

from cases.domain.csv_cells import Cell, printable
from cases.enums import Vocabulary
from cases.published.lines import Line

Value = Callable[[Line], Cell]
Title = str | Promise


class Kind(Enum):
    """What stands in the cells of a column."""

    TEXT = "text"
    NAME = "name"
    PROSE = "prose"
    WORD = "word"
    NUMBER = "number"
    DATE = "date"  # EDTF; a day where it is known
    MOMENT = "moment"  # ISO 8601 in UTC
    ADDRESS = "address"


@dataclass(frozen=True)
class Column:
    """One column: its name in the header, what to call it, what it says, and how its cell is made."""

    name: str
    title: Title
    description: Title
    value: Value
    vocabulary: type[Vocabulary] | None = None
    kind: Kind = Kind.WORD

    def cell(self, line: Line) -> Cell:
        """Return the cell of a case, without what no file may hold."""
        value = self.value(line)
        return printable(value) if isinstance(value, str) and self.kind is not Kind.ADDRESS else value

    @cached_property
    def _words(self) -> list[tuple[str, str]]:
        return self.vocabulary.choices() if self.vocabulary else []

    @property
    def words(self) -> list[tuple[str, str]]:
        """The words that may stand in the cell, each with its label in the active language."""
        return [(value, gettext(label)) for value, label in self._words]
