"""Pages of any list at any depth by keyset: a page begins after the last row of the one before, never at an offset.

A cursor says which order, which way and after which row. It is opaque, holds nothing secret and needs no signature: one
that was altered begins elsewhere in the same list or is refused.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, Q, QuerySet

from cases.published.models import PublishedCase

Row = TypeVar("Row", bound=Model)

PAGE_SIZE = 25
LONGEST_CURSOR = 1200
KEY = re.compile(r"[A-Za-z0-9-]{1,120}")
LONGEST_SORT_KEY = 400
MOST_DAYS = 2_000_000
#: Columns of a case that no row of a page shows: they are for filters, programs and files.
BESIDE_ROWS = (
    *("document", "sha256", "show_until", "withdrawn_at", "kind", "sex", "ethnicity", "cell", "marks_1", "marks_2"),
    *(
        "arrested_earliest",
        "arrested_latest",
        "held_from",
        "sentence_days",
        "age_least",
        "age_most",
        "sort_en",
        "sort_uk",
    ),
    *("state", "version", "first_published_at", "published_at"),
)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_SORT_KEY or not (value + ".").isprintable():
        raise ValueError("not the text of a sort key")
    return value


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment


def _whole(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= MOST_DAYS:
        raise ValueError("not a whole number of days")
    return value


@dataclass(frozen=True, slots=True)
class Ordering:
    """By which column a list is ordered; the primary key decides between equals. Rows without a value come last."""

    column: str
    read: Callable[[Any], Any] = _text
    descending: bool = False
    nullable: bool = False

    @property
    def name(self) -> str:
        return f"{'-' if self.descending else ''}{self.column}"

    def reversed(self) -> "Ordering":
        return Ordering(self.column, self.read, not self.descending, self.nullable)


BY_NAME = {
    "en": Ordering("sort_en"),
    "uk": Ordering("sort_uk"),
}
BY_CHANGE = Ordering("published_at", _moment)
BY_ARREST = Ordering("arrested_earliest", date.fromisoformat, nullable=True)
BY_CUSTODY = Ordering("held_from", date.fromisoformat, nullable=True)
BY_SENTENCE = Ordering("sentence_days", _whole, nullable=True)


def by_name(language: str) -> Ordering:
    """Return the order by name in a language; English for one without sort keys of its own."""
    return BY_NAME.get(language, BY_NAME["en"])


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list; a cursor is "" where nothing more lies that way."""

    rows: list[Row]
    next_cursor: str
    previous_cursor: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows; `is_more`: at least so many."""

    number: int
    is_more: bool


@dataclass(frozen=True, slots=True)
class _Position:
    """A row's place in an order, and which way to go from it."""

    value: Any
    key: str
    backward: bool


def page_of(
    queryset: QuerySet[Row],
    *,
    ordering: Ordering,
    cursor: str = "",
    size: int = PAGE_SIZE,
    left_out: Sequence[str] = ("document",),
) -> Page[Row]:
    """Return one page; raises `ValueError` for a cursor that is malformed or belongs to another order.

    Of cases the columns `left_out` are not fetched: a list shows a `card`, and not the large `document`.
    """
    position = _read_cursor(cursor, ordering) if cursor else None
    backward = position is not None and position.backward
    going = ordering.reversed() if backward else ordering
    rows = _rows(queryset, going, position, size + 1, nulls_first=backward, left_out=left_out)
    is_more = len(rows) > size
    rows = rows[:size]
    if backward:
        rows.reverse()
    has_next, has_previous = (bool(rows), is_more) if backward else (is_more, position is not None and bool(rows))
    return Page(
        rows,
        _write_cursor(ordering, rows[-1], backward=False) if has_next else "",
        _write_cursor(ordering, rows[0], backward=True) if has_previous else "",
    )


def rows_of(queryset: QuerySet[Row], *, ordering: Ordering, chunk: int = 200) -> Iterator[Row]:
    """Yield every row with its document, `chunk` at a time, in constant memory and without a cursor in the database."""
    position: _Position | None = None
    while True:
        rows = _rows(queryset, ordering, position, chunk, nulls_first=False)
        yield from rows
        if len(rows) < chunk:
            return
        position = _Position(getattr(rows[-1], ordering.column), str(rows[-1].pk), backward=False)


def keys_of(queryset: QuerySet[Row], *, ordering: Ordering, chunk: int) -> Iterator[list[str]]:
    """Yield the primary keys of every row in an order, `chunk` at a time, without a cursor in the database."""
    for is_null in (False, True) if ordering.nullable else (False,):
        part = queryset.filter(**{f"{ordering.column}__isnull": is_null}) if ordering.nullable else queryset
        position: _Position | None = None
        while True:
            rows = list(_after(part, ordering, position).values_list(ordering.column, "pk")[:chunk])
            if rows:
                yield [str(key) for _value, key in rows]
            if len(rows) < chunk:
                break
            position = _Position(rows[-1][0], str(rows[-1][1]), backward=False)


def limited_count(queryset: QuerySet[Any], limit: int = 10_000) -> Count:
    """Count rows, but never more than `limit` of them."""
    number = queryset.order_by().values("pk")[: limit + 1].count()
    return Count(min(number, limit), number > limit)


def _rows(
    queryset: QuerySet[Row],
    ordering: Ordering,
    position: _Position | None,
    limit: int,
    *,
    nulls_first: bool,
    left_out: Sequence[str] = (),
) -> list[Row]:
    """Return up to `limit` rows after the position; of cases without the columns `left_out`, but with that of the order.

    Rows with and without a value are asked for apart, so that both questions run along the index in either direction.
    """
    left_out = [column for column in left_out if column != ordering.column]
    if not ordering.nullable:
        return _fetched(_after(queryset, ordering, position), limit, left_out)
    parts = [True, False] if nulls_first else [False, True]
    if position is not None and (position.value is None) is parts[1]:
        parts = parts[1:]
    rows: list[Row] = []
    for is_null in parts:
        part = queryset.filter(**{f"{ordering.column}__isnull": is_null})
        here = position if position is not None and (position.value is None) is is_null else None
        rows += _fetched(_after(part, ordering, here), limit - len(rows), left_out)
        if len(rows) >= limit:
            break
    return rows


def _fetched(ordered: QuerySet[Row], limit: int, left_out: Sequence[str]) -> list[Row]:
    """Return the first rows of a list.

    Which cases they are is asked inside, where the index of the order answers alone; then these rows are read, no other.
    """
    if ordered.model is not PublishedCase:
        return list(ordered[:limit])
    try:
        inside, parameters = ordered.values("pk")[:limit].query.get_compiler(ordered.db).as_sql()
    except EmptyResultSet:
        return []
    before, after = _around(ordered.db, ordered.query.order_by, tuple(left_out))
    rows: Any = PublishedCase.objects.using(ordered.db).raw(f"{before}{inside}{after}", parameters)
    return list(rows)


@cache
def _around(using: str, order: Sequence[str], left_out: tuple[str, ...]) -> tuple[str, str]:
    """Return what stands before and after the question which cases they are, written by Django once a process."""
    rows = PublishedCase.objects.using(using).filter(pk__in=["one"]).order_by(*order).defer(*left_out)
    before, _, after = rows.query.get_compiler(using).as_sql()[0].partition("%s")
    return before, after


def _after(queryset: QuerySet[Row], ordering: Ordering, position: _Position | None) -> QuerySet[Row]:
    sign, beyond = ("-", "lt") if ordering.descending else ("", "gt")
    ordered = queryset.order_by(f"{sign}{ordering.column}", f"{sign}pk")
    if position is None:
        return ordered
    if position.value is None:
        return ordered.filter(**{f"pk__{beyond}": position.key})
    further = Q(**{f"{ordering.column}__{beyond}": position.value}) | Q(**{f"pk__{beyond}": position.key})
    return ordered.filter(further, **{f"{ordering.column}__{beyond}e": position.value})


def _write_cursor(ordering: Ordering, row: Model, *, backward: bool) -> str:
    value = getattr(row, ordering.column)
    said = value.isoformat() if isinstance(value, date) else value
    text = json.dumps([ordering.name, said, str(row.pk), int(backward)], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_cursor(cursor: str, ordering: Ordering) -> _Position:
    if len(cursor) > LONGEST_CURSOR:
        raise ValueError("The cursor is longer than any that is given out.")
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        name, said, key, backward = json.loads(text)
        value = None if said is None and ordering.nullable else ordering.read(said)
    except (binascii.Error, RecursionError, TypeError, ValueError) as error:
        raise ValueError("The cursor is not one that is given out.") from error
    if not isinstance(key, str) or not KEY.fullmatch(key) or backward not in (0, 1):
        raise ValueError("The cursor is not one that is given out.")
    if name != ordering.name:
        raise ValueError("The cursor belongs to a list in another order.")
    return _Position(value, key, bool(backward))
