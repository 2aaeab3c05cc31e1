"""What differs between SQLite and PostgreSQL where whole tables are read and written. Names come from our own models."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def snapshot(connection: Any) -> Iterator[Any]:
    """Give a connection of its own that sees the database as it is now, however the site goes on writing."""
    own = connection.copy()
    try:
        if own.vendor == "postgresql":
            own.set_autocommit(False)
            with own.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute(
                    "SELECT 1 FROM django_migrations LIMIT 1"
                )  # the snapshot is taken with the first reading
        else:
            with own.cursor() as cursor:
                cursor.execute("BEGIN")  # not `atomic`, which begins as a writer and would hold the site up
                cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
        yield own
    finally:
        if own.connection is not None:
            own.connection.rollback()
        own.close()


def rows_in_pieces(connection: Any, statement: str, *, size: int) -> Iterator[tuple[Any, ...]]:
    """Yield rows, so many at a time, without the whole answer in memory. PostgreSQL needs a transaction around it."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while piece := cursor.fetchmany(size):
            yield from piece


def in_byte_order(connection: Any, column: str, *, text: bool) -> str:
    """Return what to order by, so that texts stand in the same order everywhere: that of their bytes in UTF-8."""
    return f'{column} COLLATE "C"' if text and connection.vendor == "postgresql" else column


def last_number(connection: Any, table: str, column: str) -> int:
    """Return the last number that a table's sequence gave."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(table), column])
            cursor.execute(f"SELECT last_value, is_called FROM {cursor.fetchone()[0]}")  # noqa: S608 - from the server
            last, is_called = cursor.fetchone()
            return int(last) if is_called else int(last) - 1
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        return int(found[0]) if found else 0


def go_on_after(connection: Any, table: str, column: str, number: int) -> None:
    """Let a table's sequence give the next number after `number` and after every number in use.

    Numbers of rows that were deleted are not given again: their history would seem to be that of another row.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX({quote(column)}), 0) FROM {quote(table)}")  # noqa: S608 - our own table
        last = max(number, cursor.fetchone()[0])
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)", [quote(table), column, max(last, 1), last > 0]
            )
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])


def empty(connection: Any, tables: Iterable[str]) -> None:
    """Remove every row of the tables. Their triggers must be away."""
    names = [connection.ops.quote_name(table) for table in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)}")
            return
        for name in names:
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - our own table


@contextmanager
def without_triggers(connection: Any, tables: Iterable[str]) -> Iterator[None]:
    """Take the tables' own triggers away and put the same ones back, within one transaction: nobody sees them gone."""
    if connection.vendor == "postgresql":
        names = [connection.ops.quote_name(table) for table in tables]
        _switch_triggers(connection, names, "DISABLE")
        yield
        connection.check_constraints()  # what was put off is checked now, or the server would not alter the tables
        _switch_triggers(connection, names, "ENABLE")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid")
        mine = set(tables)
        taken = [(name, rule) for name, table, rule in cursor.fetchall() if table in mine]
        for name, _rule in taken:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        yield
        for _name, rule in taken:
            cursor.execute(rule)


def _switch_triggers(connection: Any, names: list[str], word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        guarded = {row[0].strip('"') for row in cursor.fetchall()}
        for name in names:
            if name.strip('"') in guarded:
                cursor.execute(f"ALTER TABLE {name} {word} TRIGGER USER")


def keep_for_good(connection: Any) -> None:
    """Have the next commit reach the disk before it counts as done; call it before the transaction begins."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=FULL")
        else:
            cursor.execute("SET synchronous_commit = on")
