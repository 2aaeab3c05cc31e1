"""Every table as it is stored: its columns and its rows, whichever application it belongs to, for backups.

Rows are read around the fields of the models, so that sealed columns stay the tokens that they are.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, router

from cases.domain.backup_items import Column, ColumnKind, RowSum, Sum, from_base64, to_base64
from cases.queries.engine import in_byte_order, rows_in_pieces

#: Tables that no backup holds, and why. After a restore they are empty. A name that is not installed says nothing.
EXCLUDED = {
    "sessions.Session": "sessions end with a restore",
    "usersessions.UserSession": "the list of sessions, which end with a restore",
    "cases.DeskSession": "the list of sessions, which end with a restore",
    "cases.EditingPresence": "who has a form open at this moment",
}
#: Tables that `migrate` fills by itself: they do not make a database one that holds data.
FILLED_BY_MIGRATE = frozenset({"contenttypes.ContentType", "auth.Permission", "sites.Site", "cases.PublishedState"})

#: How the columns of a field are stored, by the name that Django gives to this.
KINDS = {
    **dict.fromkeys(("AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField"), ColumnKind.INTEGER),
    **dict.fromkeys(("SmallIntegerField", "PositiveIntegerField", "PositiveBigIntegerField"), ColumnKind.INTEGER),
    "PositiveSmallIntegerField": ColumnKind.INTEGER,
    **dict.fromkeys(("CharField", "TextField", "SlugField", "FileField", "FilePathField"), ColumnKind.TEXT),
    "BooleanField": ColumnKind.BOOLEAN,
    "DateField": ColumnKind.DATE,
    "TimeField": ColumnKind.TIME,
    "DateTimeField": ColumnKind.DATETIME,
    "DurationField": ColumnKind.DURATION,
    "DecimalField": ColumnKind.DECIMAL,
    "FloatField": ColumnKind.FLOAT,
    "JSONField": ColumnKind.JSON,
    "UUIDField": ColumnKind.UUID,
    "BinaryField": ColumnKind.BYTES,
    "GenericIPAddressField": ColumnKind.ADDRESS,
}  # fmt: skip


class NotStorable(Exception):
    """A column or a value that a backup cannot hold; str() names it."""


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One table, where it is, and its columns in their order."""

    model: type[models.Model]
    alias: str
    fields: tuple[Any, ...]

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(field.column, kind_of(field)) for field in self.fields)

    @property
    def key(self) -> tuple[Any, ...]:
        """The fields of the primary key."""
        return tuple(self.model._meta.pk_fields)

    @property
    def numbered(self) -> str | None:
        """The column that a sequence fills; None where there is none."""
        return next((field.column for field in self.fields if isinstance(field, models.AutoField)), None)


def all_tables() -> list[StoredTable]:
    """Return every table of every installed application, with those that only join two, in the order of their names."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.proxy or meta.swapped or not meta.managed:
            continue
        alias = router.db_for_write(model)
        fields = tuple(field for field in meta.local_concrete_fields if field.column and not field.generated)
        found.append(StoredTable(model, alias, fields))
    return sorted(found, key=lambda table: table.label)


def kept_tables() -> list[StoredTable]:
    """Return the tables that a backup holds."""
    return [table for table in all_tables() if table.label not in EXCLUDED]


def passing_tables() -> list[StoredTable]:
    """Return the tables that a backup leaves out."""
    return [table for table in all_tables() if table.label in EXCLUDED]


def unknown_tables(connection: Any) -> list[str]:
    """Return the tables of a database that no installed application knows, and so no backup holds."""
    known = {table.name for table in all_tables()} | {"django_migrations"}
    known |= {
        str(cache["LOCATION"]) for cache in settings.CACHES.values() if "DatabaseCache" in cache["BACKEND"]
    }  # what a cache holds can be made anew
    return sorted(set(connection.introspection.table_names()) - known)


def kind_of(field: Any) -> ColumnKind:
    """Return how a field's column is stored. Raises NotStorable."""
    while field.remote_field is not None:
        field = field.target_field
    kind = KINDS.get(field.get_internal_type())
    if kind is None:
        raise NotStorable(
            f"{field.model._meta.label}.{field.name}: no backup can hold a {field.get_internal_type()} yet."
        )
    return kind


def rows(table: StoredTable, connection: Any) -> Iterator[list[Any]]:
    """Yield the rows of a table in the order of its key, as a backup holds them, in constant memory."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in table.fields)
    order = ", ".join(in_byte_order(connection, quote(f.column), text=kind_of(f) is ColumnKind.TEXT) for f in table.key)
    statement = f"SELECT {columns} FROM {quote(table.name)} ORDER BY {order}"  # noqa: S608 - names of our own tables
    readers = [READERS[kind_of(field)] for field in table.fields]
    heavy = any(kind_of(field) is ColumnKind.BYTES for field in table.fields)
    for row in rows_in_pieces(connection, statement, size=8 if heavy else 500):
        try:
            yield [
                None if value is None else read(value, field, connection)
                for value, field, read in zip(row, table.fields, readers, strict=True)
            ]
        except (TypeError, ValueError, ArithmeticError) as problem:
            raise NotStorable(f"A row of {table.name} holds a value that its column should not: {problem}") from problem


def sum_of(table: StoredTable, connection: Any) -> Sum:
    """Return how many rows a table has, and their hash."""
    total = RowSum(table.columns)
    for row in rows(table, connection):
        total.add(row)
    return total.total()


def holds_rows(table: StoredTable, connection: Any) -> bool:
    """Tell whether a table has any row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table.name)} LIMIT 1")  # noqa: S608 - our own table
        return cursor.fetchone() is not None


# From what a database gives to what a backup holds -----------------------------------------------------------------
def _a(wanted: type) -> Callable[[Any, Any, Any], Any]:
    def read(value: Any, _field: Any, _connection: Any) -> Any:
        if type(value) is not wanted:
            raise TypeError(f"{wanted.__name__} expected, {type(value).__name__} found")
        return value

    return read


def _moment(value: dt.datetime, _field: Any, connection: Any) -> str:
    aware = value if value.tzinfo else value.replace(tzinfo=connection.timezone)
    return aware.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _decimal(value: Any, field: Any, _connection: Any) -> str:
    exact = Context(prec=15).create_decimal_from_float(value) if isinstance(value, float) else Decimal(value)
    return format(exact.quantize(Decimal(1).scaleb(-field.decimal_places), context=field.context), "f")


def _duration(value: Any, _field: Any, _connection: Any) -> int:
    return value // dt.timedelta(microseconds=1) if isinstance(value, dt.timedelta) else int(value)


READERS: dict[ColumnKind, Callable[[Any, Any, Any], Any]] = {
    ColumnKind.INTEGER: _a(int),
    ColumnKind.TEXT: _a(str),
    ColumnKind.BOOLEAN: _a(bool),
    ColumnKind.DATE: lambda value, _field, _connection: value.isoformat(),
    ColumnKind.TIME: lambda value, _field, _connection: value.isoformat(timespec="microseconds"),
    ColumnKind.DATETIME: _moment,
    ColumnKind.DURATION: _duration,
    ColumnKind.DECIMAL: _decimal,
    ColumnKind.FLOAT: lambda value, _field, _connection: float(value),
    ColumnKind.JSON: _a(str),
    ColumnKind.UUID: lambda value, _field, _connection: uuid.UUID(str(value)).hex,
    ColumnKind.BYTES: lambda value, _field, _connection: to_base64(bytes(value)),
    ColumnKind.ADDRESS: lambda value, _field, _connection: str(value),
}

# From what a backup holds to what a database takes -----------------------------------------------------------------
WRITERS: dict[ColumnKind, Callable[[Any, Any, Any], Any]] = {
    ColumnKind.DATE: lambda value, _field, c: c.ops.adapt_datefield_value(dt.date.fromisoformat(value)),
    ColumnKind.TIME: lambda value, _field, c: c.ops.adapt_timefield_value(dt.time.fromisoformat(value)),
    ColumnKind.DATETIME: lambda value, _field, c: c.ops.adapt_datetimefield_value(dt.datetime.fromisoformat(value)),
    ColumnKind.DURATION: lambda value, _field, c: (
        dt.timedelta(microseconds=value) if c.features.has_native_duration_field else value
    ),
    ColumnKind.DECIMAL: lambda value, field, c: c.ops.adapt_decimalfield_value(
        Decimal(value), field.max_digits, field.decimal_places
    ),
    ColumnKind.UUID: lambda value, _field, c: uuid.UUID(value) if c.features.has_native_uuid_field else value,
    ColumnKind.BYTES: lambda value, _field, c: c.Database.Binary(from_base64(value)),
    ColumnKind.ADDRESS: lambda value, _field, c: c.ops.adapt_ipaddressfield_value(value),
}


def parameters(table: StoredTable, row: list[Any], connection: Any) -> list[Any]:
    """Return a row of a backup as its database takes it."""
    taken = []
    for value, field in zip(row, table.fields, strict=True):
        write = WRITERS.get(kind_of(field))
        taken.append(value if value is None or write is None else write(value, field, connection))
    return taken
