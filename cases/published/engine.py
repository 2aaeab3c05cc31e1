"""What differs between SQLite and PostgreSQL."""

from collections.abc import Iterable

from django.db import connections


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
