"""What differs between SQLite and PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db import connections
from django.db.models import BooleanField, Exists, F, Func, Model, OuterRef, Q, QuerySet, Value

Row = TypeVar("Row", bound=Model)
Terms = Sequence[Sequence[str]]

AFTER_EVERY_LETTER = "\x7f"
MOST_COUNTED = 2000


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


class _TermVector(Func):
    """The terms of a row as PostgreSQL indexes them; the expression of the index must be just this one."""

    template = "array_to_tsvector(string_to_array(%(expressions)s, ' '))"


class _Query(Func):
    template = "%(expressions)s::tsquery"


class _Has(Func):
    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()


def _tsquery(groups: Terms) -> str:
    ored = (" | ".join(_lexeme(term) for term in group) for group in groups)
    return " & ".join(f"({group})" for group in ored)


def _lexeme(term: str) -> str:
    bare = term.removesuffix("*").replace("'", "").replace("\\", "")
    return f"'{bare}':*" if term.endswith("*") else f"'{bare}'"


def indexes_rows(using: str) -> bool:
    """Tell whether terms are found in the row of a case (PostgreSQL), or need a row each in `PublishedName` (SQLite)."""
    return connections[using].vendor == "postgresql"


def having_terms(rows: QuerySet[Row], tokens: QuerySet[Any], groups: Terms) -> QuerySet[Row]:
    """Narrow `rows` to those with a term of every group; "x*" stands for every term that begins with x.

    `rows` have their terms in one text, `terms`; `tokens` are the same with a row a term and the key of the row as `case`.
    """
    if indexes_rows(rows.db) and all(groups):
        return rows.filter(_Has(_TermVector(F("terms")), _Query(Value(_tsquery(groups)))))
    if not all(groups):
        return rows.none()
    asked = [tokens.filter(_any_token(group)) for group in groups]
    first, *others = sorted(asked, key=_number) if len(asked) > 1 else asked
    rows = rows.filter(pk__in=first.values("case"))
    for having in others:
        rows = rows.filter(Exists(having.filter(case=OuterRef("pk"))))
    return rows


def _number(tokens: QuerySet[Any]) -> int:
    """Count tokens up to a limit: SQLite begins with the rarest, for it does not know which that is."""
    return tokens.values("pk")[:MOST_COUNTED].count()


def _any_token(group: Sequence[str]) -> Q:
    """Return the condition of a token, with ranges in place of LIKE, for which SQLite uses no index."""
    whole = Q(token__in=[term for term in group if not term.endswith("*")])
    begun = (term.removesuffix("*") for term in group if term.endswith("*"))
    return reduce(or_, (Q(token__gte=one, token__lt=one + AFTER_EVERY_LETTER) for one in begun), whole)


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


def hold(using: str, name: int, table: str) -> None:
    """Wait until no other transaction does the work `name` or writes to `table`, and keep it so until this one ends."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [name])
        cursor.execute(f"LOCK TABLE {connection.ops.quote_name(table)} IN EXCLUSIVE MODE")


def count_terms(using: str, rows: str, tokens: str) -> Iterator[tuple[str, int]]:
    """Yield every term with its number of cases, from the table `rows` (a text of terms) or `tokens` (a row a term)."""
    connection = connections[using]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT token, count(*) FROM {quote(tokens)} GROUP BY token")  # noqa: S608 - names of tables
        else:
            terms = f"{quote(rows)}, unnest(string_to_array(terms, ' ')) AS term"
            cursor.execute(f"SELECT term, count(*) FROM {terms} GROUP BY term")  # noqa: S608 - names of tables
        while found := cursor.fetchmany(5000):
            yield from found


def fill(using: str, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows as fast as the database takes them: COPY on PostgreSQL. Values are written as they are."""
    connection = connections[using]
    quote = connection.ops.quote_name
    into = f"{quote(table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", list(rows))  # noqa: S608 - names of tables
            return
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
