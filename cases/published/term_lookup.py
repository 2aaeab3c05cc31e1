"""How rows are found by terms: on PostgreSQL by an index of a text of terms, on SQLite by a row for each term."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db import connections, transaction
from django.db.models import BooleanField, Exists, F, Func, Model, OuterRef, Q, QuerySet, Value

Row = TypeVar("Row", bound=Model)
Terms = Sequence[Sequence[str]]

AFTER_EVERY_LETTER = "\x7f"
#: How far rows of a term are counted to learn which is the rarest.
MOST_COUNTED = 2000
#: Ways of reading that take rows in the order of a table or a key until there are enough, or share them out to processes.
WALKING = ("enable_seqscan", "enable_indexscan", "max_parallel_workers_per_gather")


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


def having_any_terms(rows: QuerySet[Row], tokens: QuerySet[Any], alternatives: Sequence[Terms]) -> list[QuerySet[Row]]:
    """Return `rows` with a term of every group of an alternative: in one query on PostgreSQL, in one for each on SQLite."""
    alternatives = [groups for groups in alternatives if groups and all(groups)]
    if not indexes_rows(rows.db):
        return [having_terms(rows, tokens, groups) for groups in alternatives]
    query = " | ".join(f"({_tsquery(groups)})" for groups in alternatives)
    return [rows.filter(_Has(_TermVector(F("terms")), _Query(Value(query))))] if query else []


def having_terms(rows: QuerySet[Row], tokens: QuerySet[Any], groups: Terms) -> QuerySet[Row]:
    """Narrow `rows` to those with a term of every group; "x*" stands for every term that begins with x.

    `rows` have their terms in one text, `terms`; `tokens` are the same with a row a term and the key of the row as `case`.
    """
    if not all(groups):
        return rows.none()
    if indexes_rows(rows.db):
        return having_any_terms(rows, tokens, [groups])[0]
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


def beginning_with(using: str, column: str, texts: Iterable[str]) -> Q:
    """Return the condition that a column begins with one of the texts, as an index answers it; none of them is none."""
    if indexes_rows(using):
        begun = [Q(**{f"{column}__startswith": text}) for text in texts]
    else:
        begun = [Q(**{f"{column}__gte": text, f"{column}__lt": text + AFTER_EVERY_LETTER}) for text in texts]
    return reduce(or_, begun, Q(pk__in=[]))


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


@contextmanager
def by_bitmap_alone(using: str) -> Iterator[None]:
    """Let PostgreSQL first look up which rows are meant, then read those alone, until the end of this transaction.

    It takes many rare words joined by "or" for hundreds of times as many rows as have them, and so would read the whole
    table in search of the first few: for 20 s, where three and a half million cases have names.
    """
    connection = connections[using]
    if connection.vendor == "sqlite":
        yield
        return
    with transaction.atomic(using=using):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(name, '0', true) FROM unnest(%s::text[]) AS name", [list(WALKING)])
        yield
