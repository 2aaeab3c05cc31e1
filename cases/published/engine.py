"""What differs between SQLite and PostgreSQL."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections
from django.db.models import BooleanField, F, Func, Model, Q, QuerySet

#: Rows in one statement that adds to sums.
SUMS_AT_ONCE = 200


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


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, using: str) -> None:
    """Insert rows as they are, unchecked: through COPY on PostgreSQL, executemany on SQLite. JSON stands in them as text."""
    connection = connections[using]
    names = _names(model, columns, using)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        adapted = _adapting(model, columns, using)
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", [adapted(row) for row in rows])  # noqa: S608 - quoted names


def add_sums(
    model: type[Model],
    keys: Sequence[str],
    sums: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    using: str,
    carried: Sequence[str] = (),
) -> None:
    """Add to the sums of each key, or write its first ones. Rows: (key ..., carried ..., sum ...), each key once."""
    connection = connections[using]
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), [*keys, *carried, *sums]
    added = ", ".join(f"{quote(name)} = {table}.{quote(name)} + EXCLUDED.{quote(name)}" for name in sums)
    conflict = f"ON CONFLICT ({_names(model, keys, using)}) DO UPDATE SET {added}"
    one = "(" + ", ".join(["%s"] * len(columns)) + ")"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), SUMS_AT_ONCE):
            some = rows[start : start + SUMS_AT_ONCE]
            values = ", ".join([one] * len(some))
            statement = f"INSERT INTO {table} ({_names(model, columns, using)}) VALUES {values} {conflict}"  # noqa: S608 - quoted names
            cursor.execute(statement, [value for row in some for value in row])


def close_connections() -> None:
    """Close every connection and every pool of them, so that no process started after this shares one."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]


def refresh_statistics(tables: Iterable[type[Model]], *, using: str) -> None:
    """Let PostgreSQL's planner count what was just written in great numbers; SQLite plans without counting."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _names(model: type[Model], columns: Iterable[str], using: str) -> str:
    quote = connections[using].ops.quote_name
    fields = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    return ", ".join(quote(fields[name]) for name in columns)


def _adapting(model: type[Model], columns: Sequence[str], using: str) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Return what writes the days and times of a row as Django reads them on SQLite."""
    operations = connections[using].ops
    adapters = {"DateField": operations.adapt_datefield_value, "DateTimeField": operations.adapt_datetimefield_value}
    kinds = {field.attname: field.get_internal_type() for field in model._meta.concrete_fields}
    of_column = [adapters.get(kinds[name]) for name in columns]

    def adapted(row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(value if adapt is None else adapt(value) for adapt, value in zip(of_column, row, strict=True))

    return adapted
