"""Writing what lists read of many cases at once, in a few statements a table. It wants an open transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db.models import Q

from cases.published.case_tables import CASE_TABLES, CASE_TOTALS, CaseTotals, Row, ShownCase, in_order
from cases.published.documents import canonical
from cases.published.engine import add_sums, add_up, insert_rows
from cases.published.models import PublishedCase, PublishedVersion

#: Rows whose sums are looked at in one statement, to delete those that came to nothing.
EMPTIED_AT_ONCE = 50
CASE_COLUMNS = tuple(column.attname for column in PublishedCase._meta.concrete_fields)
VERSION_COLUMNS = tuple(column.attname for column in PublishedVersion._meta.concrete_fields if not column.primary_key)


@dataclass(slots=True)
class Sums:
    """What cases add to every table of totals, added up before it is written."""

    found: dict[int, dict[Row, list[int]]] = field(default_factory=dict)

    def add(self, shown: ShownCase, times: int = 1) -> None:
        """Add one case, or so many that add the same."""
        for place, totals in enumerate(CASE_TOTALS):
            sums, width = self.found.setdefault(place, {}), len(totals.keys) + len(totals.carried)
            for row in totals.rows_of(shown):
                key, adds = row[:width], [times * one for one in row[width:]]
                if key in sums:
                    sums[key] = [old + new for old, new in zip(sums[key], adds, strict=True)]
                else:
                    sums[key] = adds

    def write(self, *, using: str) -> int:
        """Add everything to the tables, always in the same order of rows; return how many rows that were."""
        written = 0
        for place, sums in sorted(self.found.items()):
            totals: CaseTotals = CASE_TOTALS[place]
            rows = in_order((*key, *adds) for key, adds in sums.items())
            add_sums(totals.model, totals.keys, totals.sums, rows, carried=totals.carried, using=using)
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
        if not table.is_kept(using):
            continue
        rows = [row for shown in cases for row in table.rows_of(shown)]
        insert_rows(table.model, table.columns, rows, using=using)
        written += len(rows)
    return written


def count_in(shown: ShownCase, *, using: str) -> None:
    """Add one case to every sum."""
    for totals in CASE_TOTALS:
        _count(totals, in_order(totals.rows_of(shown)), by=1, using=using)


def count_out(shown: ShownCase, *, using: str) -> None:
    """Take one case out of every sum; a sum of nobody goes."""
    for totals in CASE_TOTALS:
        rows = in_order(totals.rows_of(shown))
        _count(totals, rows, by=-1, using=using)
        for start in range(0, len(rows), EMPTIED_AT_ONCE):
            some = rows[start : start + EMPTIED_AT_ONCE]
            these = reduce(or_, (Q(**dict(zip(totals.keys, row, strict=False))) for row in some))
            totals.model._default_manager.using(using).filter(these, **{totals.sums[0]: 0}).delete()


def _count(totals: CaseTotals, rows: Sequence[Row], *, by: int, using: str) -> None:
    """Add `by` times what each row adds; rows that add the same go together."""
    columns = (*totals.keys, *totals.carried)
    for adds, some in groupby(rows, key=lambda row: row[len(columns) :]):
        add_up(
            totals.model,
            [dict(zip(columns, row, strict=False)) for row in some],
            key=totals.keys,
            by={name: by * add for name, add in zip(totals.sums, adds, strict=True)},
            using=using,
        )


def clear_rows(codes: Iterable[str] | None = None, *, using: str) -> None:
    """Delete the rows of some cases, or of all, from every table of CASE_TABLES."""
    for table in CASE_TABLES:
        rows = table.model._default_manager.using(using)
        (rows.all() if codes is None else rows.filter(**{f"{table.columns[0]}__in": list(codes)})).delete()
