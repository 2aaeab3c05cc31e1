"""What differs between SQLite and PostgreSQL."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connections, models

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


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, using: str
) -> None:
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
    model: type[models.Model],
    keys: Sequence[str],
    sums: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    using: str,
) -> None:
    """Add to the sums of each key, or write its first ones. Rows: (key ..., sum ...), each key once."""
    connection = connections[using]
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), _names(model, [*keys, *sums], using)
    added = ", ".join(f"{quote(name)} = {table}.{quote(name)} + EXCLUDED.{quote(name)}" for name in sums)
    conflict = f"ON CONFLICT ({_names(model, keys, using)}) DO UPDATE SET {added}"
    one = "(" + ", ".join(["%s"] * (len(keys) + len(sums))) + ")"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), SUMS_AT_ONCE):
            some = rows[start : start + SUMS_AT_ONCE]
            values = ", ".join([one] * len(some))
            statement = f"INSERT INTO {table} ({names}) VALUES {values} {conflict}"  # noqa: S608 - quoted names
            cursor.execute(statement, [value for row in some for value in row])


def close_connections() -> None:
    """Close every connection and every pool of them, so that no process started after this shares one."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]


def refresh_statistics(tables: Iterable[type[models.Model]], *, using: str) -> None:
    """Let PostgreSQL's planner count what was just written in great numbers; SQLite plans without counting."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _names(model: type[models.Model], columns: Iterable[str], using: str) -> str:
    quote = connections[using].ops.quote_name
    fields = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    return ", ".join(quote(fields[name]) for name in columns)


def _adapting(
    model: type[models.Model], columns: Sequence[str], using: str
) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Return what writes the days and times of a row as Django reads them on SQLite."""
    operations = connections[using].ops
    adapters = {"DateField": operations.adapt_datefield_value, "DateTimeField": operations.adapt_datetimefield_value}
    kinds = {field.attname: field.get_internal_type() for field in model._meta.concrete_fields}
    of_column = [adapters.get(kinds[name]) for name in columns]

    def adapted(row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(value if adapt is None else adapt(value) for adapt, value in zip(of_column, row, strict=True))

    return adapted
