"""What differs between SQLite and PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections
from django.db.models import BooleanField, F, Func, Model, Q, QuerySet


def overwrite(using: str) -> None:
    """Let no text that was just closed linger in the database's files.

    SQLite overwrites deleted rows (`secure_delete` in the settings) but keeps the former pages in its write-ahead log until
    that is emptied; a reader at work delays it to the next time. PostgreSQL removes old rows when it vacuums.
    """
    connection = connections[using]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def sweep(using: str, tables: Iterable[str]) -> None:
    """Let nothing of deleted rows linger: SQLite empties its log, PostgreSQL vacuums the tables. Not in a transaction.

    A reader at work, or an account that does not own the tables, delays it to the next time.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        return
    if connection.vendor == "sqlite":
        overwrite(using)
        return
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM (ANALYZE) {connection.ops.quote_name(table)}")


def add_up(
    table: type[Model],
    rows: Sequence[Mapping[str, Any]],
    *,
    key: Sequence[str],
    by: Mapping[str, int],
    using: str,
) -> None:
    """Add `by` to the columns of rows, which are made where they are missing; one statement, rows locked in their order.

    `key` names the columns by which a row is known. The same SQL on SQLite (3.24) and PostgreSQL. A row is proposed with
    nought where something is taken away, for its check refuses less.
    """
    if not rows:
        return
    connection = connections[using]
    quote = connection.ops.quote_name
    name = quote(table._meta.db_table)
    columns = [*rows[0], *by]
    values = [[*row.values(), *(max(one, 0) for one in by.values())] for row in rows]
    place = f"({', '.join(['%s'] * len(columns))})"
    sums = ", ".join(f"{quote(column)} = {name}.{quote(column)} + %s" for column in by)
    statement = (
        f"INSERT INTO {name} ({', '.join(map(quote, columns))}) VALUES {', '.join([place] * len(values))} "  # noqa: S608 - names of columns
        f"ON CONFLICT ({', '.join(map(quote, key))}) DO UPDATE SET {sums}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*(one for row in values for one in row), *by.values()])


def any_of(keys: QuerySet[Any]) -> Q:
    """Return the condition that the primary key is one of `keys`, a query of one column.

    PostgreSQL fetches the keys first, as an array, and looks each up; left to itself it may walk the whole table along the
    order that is asked for and test each row, for it does not know how few the keys are. SQLite looks them up of itself.
    """
    if connections[keys.db].vendor == "postgresql":
        any_key = Func(ArraySubquery(keys), function="ANY")
        return Q(Func(F("pk"), any_key, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField()))
    return Q(pk__in=keys)
