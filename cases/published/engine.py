"""What differs between SQLite and PostgreSQL."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections, transaction
from django.db.models import Aggregate, BooleanField, F, Func, Model, Q, QuerySet, TextField

from tracker.patience import answers_within

#: Rows in one statement that adds to sums.
SUMS_AT_ONCE = 200
#: How long a question waits for a connection, in seconds, after those that there were had died.
PATIENCE = 1.0
#: How long the answer to a small question may take, in seconds: a machine that hangs keeps its connections open.
ANSWERS_WITHIN = 3.0


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


def alone(using: str, name: int) -> bool:
    """Tell whether this transaction is the only one to do the work `name` until it ends; never waits for another.

    On SQLite only one transaction writes at all.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [name])
        return bool(cursor.fetchone()[0])


def wait_to_be_alone(using: str, name: int) -> None:
    """Wait until no other transaction does the work `name`, and keep the others from it until this one ends."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [name])


def pack_quickly(using: str) -> None:
    """Let PostgreSQL pack long texts by LZ4 until this transaction ends, where it can; it costs a fraction."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config(name, 'lz4', true) FROM pg_settings"
                " WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)"
            )


def writes_alone(using: str) -> bool:
    """Tell whether only one transaction at a time writes to this database, so that a long one keeps others waiting."""
    return connections[using].vendor == "sqlite"


def hold(using: str, name: int, table: str) -> None:
    """Wait until no other transaction does the work `name` or writes to `table`, and keep it so until this one ends."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [name])
        cursor.execute(f"LOCK TABLE {connection.ops.quote_name(table)} IN EXCLUSIVE MODE")


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, using: str) -> None:
    """Insert rows as they are, unchecked: through COPY on PostgreSQL, executemany on SQLite. JSON stands in them as text."""
    connection = connections[using]
    names = _names(model, columns, using)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, f"COPY {table} ({names}) FROM STDIN", rows)
            return
        places = ", ".join(["%s"] * len(columns))
        adapted = _adapting(model, columns, using)
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", [adapted(row) for row in rows])  # noqa: S608 - quoted names


def insert_missing(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[Any]], *, using: str) -> None:
    """Insert those of the rows that are not there yet, unchecked, as `insert_rows` does; they hold no days and times."""
    connection = connections[using]
    names = _names(model, columns, using)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608 - quoted names
            return
        cursor.execute(
            f"CREATE TEMPORARY TABLE may_be_missing ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA"  # noqa: S608 - quoted names
        )
        _copy(cursor, f"COPY may_be_missing ({names}) FROM STDIN", rows)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM may_be_missing ON CONFLICT DO NOTHING")  # noqa: S608 - quoted names
        cursor.execute("DROP TABLE may_be_missing")


def _copy(cursor: Any, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def add_sums(
    model: type[Model],
    keys: Sequence[str],
    sums: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    using: str,
    carried: Sequence[str] = (),
) -> None:
    """Add to the sums of each key, or write its first ones. Rows: (key ..., carried ..., sum ...), each key once.

    Rows are locked in their order. On PostgreSQL many come by COPY, four times as fast as in statements.
    """
    connection = connections[using]
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), [*keys, *carried, *sums]
    added = ", ".join(f"{quote(name)} = {table}.{quote(name)} + EXCLUDED.{quote(name)}" for name in sums)
    conflict = f"ON CONFLICT ({_names(model, keys, using)}) DO UPDATE SET {added}"
    one = "(" + ", ".join(["%s"] * len(columns)) + ")"
    if connection.vendor == "postgresql" and len(rows) > SUMS_AT_ONCE:
        _copy_sums(table, _names(model, columns, using), conflict, rows, using=using)
        return
    with connection.cursor() as cursor:
        for start in range(0, len(rows), SUMS_AT_ONCE):
            some = rows[start : start + SUMS_AT_ONCE]
            values = ", ".join([one] * len(some))
            statement = f"INSERT INTO {table} ({_names(model, columns, using)}) VALUES {values} {conflict}"  # noqa: S608 - quoted names
            cursor.execute(statement, [value for row in some for value in row])


def _copy_sums(table: str, names: str, conflict: str, rows: Iterable[Sequence[Any]], *, using: str) -> None:
    """Add rows by way of a table that lasts as long as the statement, numbered so that they are taken in their order."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE sums_to_add ON COMMIT DROP AS SELECT 0 AS place, {names} FROM {table} WITH NO DATA"  # noqa: S608 - quoted names
        )
        numbered = ((place, *row) for place, row in enumerate(rows))
        _copy(cursor, f"COPY sums_to_add (place, {names}) FROM STDIN", numbered)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM sums_to_add ORDER BY place {conflict}")  # noqa: S608 - quoted names
        cursor.execute("DROP TABLE sums_to_add")


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


class OnEnd(Aggregate):
    """Texts on end in the order of the rows, a line feed between them.

    One value for thousands of rows costs less than as many rows: on PostgreSQL less than COPY, which sends each by itself.
    """

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, %(between)s)"
    output_field = TextField()

    def __init__(self, texts: str) -> None:
        super().__init__(texts, between="CHR(10)")

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", between="CHAR(10)", **extra)


@contextmanager
def stood_still(using: str, *, only_reading: bool = False) -> Iterator[None]:
    """Open a transaction that sees the database as it is now, whatever others write meanwhile.

    On SQLite nobody else can write until it ends; there, where it is `only_reading`, it opens none, and each reading sees
    what is there by then. Inside another transaction it sees what that one sees.
    """
    connection = connections[using]
    is_outermost = not connection.in_atomic_block
    if only_reading and connection.vendor == "sqlite":
        yield
        return
    with transaction.atomic(using=using):
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def wait_for_writers(using: str, table: type[Model]) -> None:
    """Wait until nobody else writes to a table, and let nobody begin to until the transaction ends."""
    connection = connections[using]
    if connection.vendor == "postgresql":  # a transaction of SQLite is the only writer
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(table._meta.db_table)} IN SHARE ROW EXCLUSIVE MODE")


def ask_at_once(question: str, *, using: str) -> tuple[Any, ...] | None:
    """Return the first row of the answer to a question that reads and needs no transaction of its own.

    A thread that has no connection to PostgreSQL borrows one from the pool for this alone, which takes a third of the time
    that Django needs to open and close one. Where the server was restarted meanwhile, the connections that died with it
    are cleared away, and the question is asked once more. Raises OperationalError where nobody answers, or not within
    ANSWERS_WITHIN.
    """
    connection: Any = connections[using]
    if connection.vendor != "postgresql":
        return _asked(connection, question)
    if connection.connection is not None or not connection.pool:
        connection.ensure_connection()
        with answers_within(connection.connection, ANSWERS_WITHIN):
            return _asked(connection, question)
    with connection.wrap_database_errors:
        pool = connection.pool
        pool.open()
        if using in _silent:
            return _asked_of_the_silent(pool, question, using)
        try:
            return _borrowing(pool, question)
        except connection.Database.OperationalError:
            pool.drain()
            return _asked_of_the_silent(pool, question, using)


def _asked(connection: Any, question: str) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


#: The databases that did not answer when they were asked last: nobody waits for them for long.
_silent: set[str] = set()


def _asked_of_the_silent(pool: Any, question: str, using: str) -> tuple[Any, ...] | None:
    _silent.add(using)
    row = _borrowing(pool, question, patience=PATIENCE)
    _silent.discard(using)
    return row


def _borrowing(pool: Any, question: str, patience: float | None = None) -> tuple[Any, ...] | None:
    with pool.connection(patience) as borrowed:
        if not borrowed.autocommit:
            borrowed.autocommit = True
        with answers_within(borrowed, ANSWERS_WITHIN):
            row: tuple[Any, ...] | None = borrowed.execute(question).fetchone()
    return row


def let_go(using: str) -> None:
    """Give the connection back to the pool, so that a reader who takes a file slowly holds none meanwhile.

    Not inside a transaction, which wants to see everything as it was when it began.
    """
    connection = connections[using]
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        connection.close()
