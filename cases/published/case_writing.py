"""Writing what lists read of many cases at once, in a few statements a table. It wants an open transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from cases.published.case_tables import CASE_TABLES, CASE_TOTALS, CaseTotals, Row, ShownCase
from cases.published.documents import canonical
from cases.published.engine import add_sums, insert_rows
from cases.published.models import PublishedCase, PublishedVersion

CASE_COLUMNS = tuple(column.attname for column in PublishedCase._meta.concrete_fields)
VERSION_COLUMNS = tuple(column.attname for column in PublishedVersion._meta.concrete_fields if not column.primary_key)


@dataclass(slots=True)
class Sums:
    """What cases add to every table of totals, added up before it is written."""

    found: dict[int, dict[Row, list[int]]] = field(default_factory=dict)

    def add(self, shown: ShownCase) -> None:
        """Add one case."""
        for place, totals in enumerate(CASE_TOTALS):
            sums, width = self.found.setdefault(place, {}), len(totals.keys)
            for row in totals.rows_of(shown):
                key, adds = row[:width], row[width:]
                if key in sums:
                    sums[key] = [old + new for old, new in zip(sums[key], adds, strict=True)]
                else:
                    sums[key] = list(adds)

    def write(self, *, using: str) -> int:
        """Add everything to the tables, always in the same order of rows; return how many rows that were."""
        written = 0
        for place, sums in sorted(self.found.items()):
            totals: CaseTotals = CASE_TOTALS[place]
            rows = [(*key, *adds) for key, adds in sorted(sums.items())]
            add_sums(totals.model, totals.keys, totals.sums, rows, using=using)
            written += len(rows)
        return written


def case_row(shown: ShownCase, text: str, **own: Any) -> Row:
    """Return the row of a case in the order of CASE_COLUMNS; `text` is its document, `own` the columns not in `shown`."""
    values = {**shown.columns, **own, "code": shown.code, "document": text}
    values["card"] = canonical(values["card"])
    return tuple(values[name] for name in CASE_COLUMNS)


def withdrawn_row(code: str, **own: Any) -> Row:
    """Return the row of a withdrawn case, which keeps nothing but its code and what `own` says."""
    blank = PublishedCase(code=code)
    values = {name: getattr(blank, name) for name in CASE_COLUMNS} | own
    return tuple(values[name] for name in CASE_COLUMNS)


def write_rows_of(cases: Sequence[ShownCase], *, using: str) -> int:
    """Write the rows of cases into every table of CASE_TABLES; return how many. Rows that are there must go first."""
    written = 0
    for table in CASE_TABLES:
        rows = [row for shown in cases for row in table.rows_of(shown)]
        insert_rows(table.model, table.columns, rows, using=using)
        written += len(rows)
    return written


def clear_rows(codes: Iterable[str] | None = None, *, using: str) -> None:
    """Delete the rows of some cases, or of all, from every table of CASE_TABLES."""
    for table in CASE_TABLES:
        rows = table.model._default_manager.using(using)
        (rows.all() if codes is None else rows.filter(**{f"{table.columns[0]}__in": list(codes)})).delete()
