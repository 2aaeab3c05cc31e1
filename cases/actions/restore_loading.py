"""Loading a backup's rows into the databases, each in one transaction, and proving what was loaded before it counts."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections, transaction

from cases.actions.permissions import ActionRefused
from cases.actions.restore_keys import KeysNeeded
from cases.actions.restore_state import Staging
from cases.domain.audit_chain import Broken, Fault, faults
from cases.domain.backup_items import Contents, TableHead
from cases.domain.backup_reading import Piece, Reading, Rows
from cases.enums import AuditAction
from cases.models import AuditEntry, AuditHead
from cases.queries.engine import empty, go_on_after, keep_for_good, without_triggers
from cases.queries.stored_tables import StoredTable, all_tables, parameters, sum_of

Say = Callable[[str], None]
#: So many faults of the audit are told; the first says enough.
FAULTS_TOLD = 20


@contextmanager
def one_transaction_each() -> Iterator[None]:
    """Open a transaction on every database. The public one is inside and commits first, as everywhere."""
    aliases = sorted(settings.DATABASES, key=lambda alias: alias != "default")
    for alias in aliases:
        keep_for_good(connections[alias])
    with ExitStack() as stack:
        for alias in aliases:
            stack.enter_context(transaction.atomic(using=alias))
        yield


def load(
    reading: Reading, tables: dict[str, StoredTable], staging: Staging, *, needed: KeysNeeded, say: Say
) -> Contents:
    """Replace what is in every table by what the backup holds, put its files into `staging`, and read the rows back.

    Runs within `one_transaction_each`. Raises BackupUnreadable, ActionRefused where a database refuses a row or
    gives back something else than was written into it.
    """
    here: dict[str, list[str]] = {alias: [] for alias in settings.DATABASES}
    for table in all_tables():
        here[table.alias].append(table.name)
    with ExitStack() as stack:
        for alias, names in here.items():
            stack.enter_context(without_triggers(connections[alias], names))
            empty(connections[alias], names)
        say(f"Loading the databases: {len(tables)} tables")
        for event in reading:
            needed.watch(event)
            if isinstance(event, Rows):
                _insert(tables[event.head.label], event)
            elif isinstance(event, Piece):
                staging.put(event)
        staging.complete()
        _number_on(reading.contents.heads, tables)
        say("Reading the databases back")
        _prove(reading.contents, tables)
    return reading.contents


def _insert(table: StoredTable, event: Rows) -> None:
    connection = connections[table.alias]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in table.fields)
    places = ", ".join(["%s"] * len(table.fields))
    statement = f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({places})"  # noqa: S608 - names of our own tables
    try:
        with connection.cursor() as cursor:
            cursor.executemany(statement, [parameters(table, row, connection) for row in event.rows])
    except (DatabaseError, ValueError) as problem:
        raise ActionRefused(
            f"The database refuses a row of {table.name}: {str(problem).strip()} Nothing was changed here. The backup is "
            "whole; restore it on the kind of database that it was made on, and correct the row there."
        ) from problem


def _number_on(heads: dict[str, TableHead], tables: dict[str, StoredTable]) -> None:
    for label, head in heads.items():
        table = tables[label]
        if table.numbered is not None:
            go_on_after(connections[table.alias], table.name, table.numbered, head.sequence or 0)


def _prove(contents: Contents, tables: dict[str, StoredTable]) -> None:
    """Hold the rows in the databases against the backup, and every reference against what it refers to."""
    for label, expected in contents.tables.items():
        table = tables[label]
        found = sum_of(table, connections[table.alias])
        if found != expected:
            raise ActionRefused(
                f"The table {table.name} does not give back what was written into it ({expected.size} rows, read back "
                f"{found.size}). Nothing was changed here. Please report this as a fault of the program."
            )
    for alias in settings.DATABASES:
        try:
            connections[alias].check_constraints()
        except DatabaseError as problem:
            raise ActionRefused(f"A row of the backup refers to one that is not there: {problem}") from problem


def audit_faults() -> list[Broken]:
    """Return the first faults of the restored audit's chain.

    A payload that is gone is none here: it was gone in the backup, whose hash agrees; `verify_audit` judges it.
    """
    links = AuditEntry.objects.links()
    row = AuditHead.objects.first()
    told = faults(links, settings.AUDIT_KEY, head=row.as_sealed() if row is not None else None)
    found = (broken for broken in told if broken.fault is not Fault.PAYLOAD_MISSING)
    return list(islice(found, FAULTS_TOLD))


def note(payload: dict[str, Any], *, at: datetime) -> None:
    """Say in the restored audit that it was restored."""
    AuditEntry.objects.append(AuditAction.RESTORED_BACKUP, payload=payload, at=at)
