"""What one published case puts into the tables that lists read: pure, and the one list of those tables.

Publishing a case, `rebuild_published` and the writing of thousands at once all go through this list, so they agree by
construction. A new table of rows of cases is one more line in CASE_TABLES, a new table of sums one in CASE_TOTALS.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from cases.published import lines_index, organisations
from cases.published.cells import CELL_FIELDS
from cases.published.documents import CaseDocument
from cases.published.line_models import PublishedLine
from cases.published.lists_index import cell_row, totals_of
from cases.published.models import (
    Facet,
    PublishedCase,
    PublishedCell,
    PublishedCellTotal,
    PublishedFacet,
    PublishedName,
    PublishedTotal,
)
from cases.published.name_models import PublishedNames
from cases.published.organisation_models import PublishedOrganisation
from cases.published.term_lookup import indexes_rows

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case as it is shown on a day: its document, the columns of its row, and (facet, value) it counts under, sorted.

    `names` are its public name forms, `terms` what it is found by, `own` the columns of its row that do not follow from the
    document: `version`, `sha256`, `published_at`, `show_until`. Sums need none of these.
    """

    document: CaseDocument
    on: dt.date
    columns: dict[str, Any]
    facets: tuple[tuple[str, str], ...]
    names: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    own: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.document["code"]


@dataclass(frozen=True, slots=True)
class CaseTable:
    """A table that holds rows of each case: the columns that are written, first its code, and the rows of one case.

    `is_kept` tells whether the database of an alias has need of the rows.
    """

    model: type[models.Model]
    columns: tuple[str, ...]
    rows_of: Callable[[ShownCase], Iterable[Row]]
    is_kept: Callable[[str], bool] = lambda _using: True


@dataclass(frozen=True, slots=True)
class CaseTotals:
    """A table of sums over cases: what makes a row of it, what is summed, and what one case adds: (key ..., sum ...).

    `carried` are columns that stand in a row after its key and follow from it.
    """

    model: type[models.Model]
    keys: tuple[str, ...]
    sums: tuple[str, ...]
    rows_of: Callable[[ShownCase], Iterable[Row]]
    carried: tuple[str, ...] = ()


def _names(shown: ShownCase) -> Iterable[Row]:
    return [(shown.code, "\n".join(shown.names), " ".join(shown.terms))]


def _terms(shown: ShownCase) -> Iterable[Row]:
    return [(shown.code, term) for term in shown.terms]


def _facets(shown: ShownCase) -> Iterable[Row]:
    return [(shown.code, facet, value, shown.columns["cell"]) for facet, value in shown.facets]


def _lines(shown: ShownCase) -> Iterable[Row]:
    case = PublishedCase(code=shown.code, **shown.columns, **shown.own)
    return lines_index.rows_of(case, shown.document, shown.on)


def _totals(shown: ShownCase) -> Iterable[Row]:
    adds = 1, int(shown.columns["in_custody"]), int(shown.columns["is_invented"])
    return [(facet, value, *adds) for facet, value in shown.facets]


def _cells(shown: ShownCase) -> Iterable[Row]:
    return [(*cell_row(shown.columns["cell"], shown.facets), 1)]


def _cell_totals(shown: ShownCase) -> Iterable[Row]:
    return [(*row, 1) for row in totals_of(shown.columns["cell"], shown.facets)]


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Return rows of sums in the order in which they are locked.

    The total of all comes first, so that two publications at once wait for each other before either holds another row.
    """
    return sorted(rows, key=lambda row: (row[0] != Facet.ALL.value, row))


CASE_TABLES: tuple[CaseTable, ...] = (
    CaseTable(PublishedNames, ("case_id", "forms", "terms"), _names),
    CaseTable(PublishedName, ("case_id", "token"), _terms, is_kept=lambda using: not indexes_rows(using)),
    CaseTable(PublishedFacet, ("case_id", "facet", "value", "cell"), _facets),
    CaseTable(PublishedLine, lines_index.ROW, _lines),
    CaseTable(PublishedOrganisation, organisations.COLUMNS, lambda shown: organisations.rows_of(shown.document)),
)
CASE_TOTALS: tuple[CaseTotals, ...] = (
    CaseTotals(PublishedTotal, ("facet", "value"), ("people", "in_custody", "invented"), _totals),
    CaseTotals(PublishedCell, ("id",), ("people",), _cells, carried=CELL_FIELDS),
    CaseTotals(PublishedCellTotal, ("facet", "value", "cell"), ("people",), _cell_totals),
)
