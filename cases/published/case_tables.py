"""What one published case puts into the tables that lists read: pure, and the one list of those tables.

Publishing a case, `rebuild_published` and the writing of thousands at once all go through this list, so they agree by
construction. A new table of rows of cases is one more line in CASE_TABLES, a new table of sums one in CASE_TOTALS.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from cases.domain.names import tokens
from cases.published.documents import CaseDocument
from cases.published.models import PublishedFacet, PublishedName, PublishedTotal

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case as it is shown on a day: its document, the columns of its row, and (facet, value) it counts under, sorted."""

    document: CaseDocument
    on: dt.date
    columns: dict[str, Any]
    facets: tuple[tuple[str, str], ...]

    @property
    def code(self) -> str:
        return self.document["code"]


@dataclass(frozen=True, slots=True)
class CaseTable:
    """A table that holds rows of each case: the columns that are written, first its code, and the rows of one case."""

    model: type[models.Model]
    columns: tuple[str, ...]
    rows_of: Callable[[ShownCase], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class CaseTotals:
    """A table of sums over cases: what makes a row of it, what is summed, and what one case adds: (key ..., sum ...)."""

    model: type[models.Model]
    keys: tuple[str, ...]
    sums: tuple[str, ...]
    rows_of: Callable[[ShownCase], Iterable[Row]]


def _names(shown: ShownCase) -> Iterable[Row]:
    """Yield each key of the code and of every public name form once."""
    document = shown.document
    texts = [shown.code, *document["name"].values(), *(name["text"] for name in document["names"])]
    return [(shown.code, token) for token in sorted({token for text in texts for token in tokens(text)})]


def _facets(shown: ShownCase) -> Iterable[Row]:
    return [(shown.code, facet, value) for facet, value in shown.facets]


def _totals(shown: ShownCase) -> Iterable[Row]:
    adds = 1, int(shown.columns["in_custody"]), int(shown.columns["is_invented"])
    return [(facet, value, *adds) for facet, value in shown.facets]


CASE_TABLES: tuple[CaseTable, ...] = (
    CaseTable(PublishedName, ("case_id", "token"), _names),
    CaseTable(PublishedFacet, ("case_id", "facet", "value"), _facets),
)
CASE_TOTALS: tuple[CaseTotals, ...] = (
    CaseTotals(PublishedTotal, ("facet", "value"), ("people", "in_custody", "invented"), _totals),
)
