"""Rotating keys: every sealed value comes under the first key, in the records, their history and what else is sealed.

A value is only ever replaced by itself under another key, in one statement that also checks that nobody changed it
meanwhile. So it can be stopped at any moment and run again: what is done is skipped, what is not is still readable with
the old key, which may go when `census` finds nothing under it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connections, models, router, transaction
from django.utils import timezone

from cases.actions.second_factors import reseal_factors, sealed_factors
from cases.actions.sessions import reseal_sessions, sealed_sessions
from cases.domain.sealing import KeyUnknown, SealBroken, SealingError, file_key_id, is_token, key_id_of
from cases.sealed import LookupField, SealedField, keyring
from cases.sealed_files import file_storage, rotate_file, stored_files

BATCH = 500
#: So many bytes of a stored file name its key.
FILE_HEAD = 64


@dataclass(slots=True)
class Rotation:
    """What became of the sealed values of one table."""

    table: str
    resealed: int = 0
    kept: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def sealed_models() -> Iterator[tuple[type[models.Model], list[SealedField]]]:
    """Yield every table with sealed columns, the tables of history included."""
    for model in apps.get_models(include_auto_created=True):
        columns = [column for column in model._meta.local_concrete_fields if isinstance(column, SealedField)]
        if columns:
            yield model, columns


def census() -> Counter[str]:
    """Return how many sealed values there are under each key, by its id; "" counts what is not sealed as it should be."""
    found: Counter[str] = Counter()
    for model, columns in sealed_models():
        for _pk, _number, tokens in _rows(model, columns):
            found.update(key_id_of(token) if is_token(token) else "" for token in tokens if token)
    found.update(key_id for _pk, key_id in sealed_factors())
    found.update(sealed_sessions(timezone.now()))
    for name in stored_files():
        found[_key_of_file(name)] += 1
    return found


def rotate(*, tell: Callable[[str, int], None] = lambda _table, _rows: None) -> list[Rotation]:
    """Reseal every value under the first key; return what was done for each table. `tell` hears of each batch.

    What cannot be opened is counted and left as it is: a missing key destroys nothing.
    """
    done = []
    for model, columns in sealed_models():
        table = Rotation(model._meta.db_table)
        seen = 0
        for batch in _batches(_rows(model, columns)):
            with transaction.atomic(using=router.db_for_write(model)):
                for pk, number, tokens in batch:
                    _rotate_row(model, columns, table, pk, number, tokens)
            seen += len(batch)
            tell(table.table, seen)
        done.append(table)
    return [*done, _rotate_factors(), Rotation("django_session", *reseal_sessions()), _rotate_files(tell)]


def _rotate_factors() -> Rotation:
    """Reseal the secrets of second factors."""
    done = Rotation("mfa_authenticator")
    at_hand = {key.id for key in keyring()}
    done.unknown.update(key_id for _pk, key_id in sealed_factors() if key_id not in at_hand)
    before = Counter(key_id for _pk, key_id in sealed_factors())
    with suppress(SealingError):  # those that do not open are told, the others are done
        reseal_factors()
    after = list(sealed_factors())
    first = keyring().primary.id
    done.resealed = sum(1 for _pk, key_id in after if key_id == first) - before[first]
    done.broken = [f"mfa_authenticator {pk}, secret" for pk, key_id in after if key_id in at_hand - {first}]
    done.kept = before[first]
    return done


def _key_of_file(name: str) -> str:
    head = file_storage().head(name, FILE_HEAD)
    try:
        return file_key_id(head, name)
    except SealBroken:
        return ""


def _rotate_files(tell: Callable[[str, int], None]) -> Rotation:
    """Reseal every stored file, one at a time."""
    done = Rotation("files")
    for number, name in enumerate(stored_files(), start=1):
        try:
            was_needed = rotate_file(name)
        except KeyUnknown as problem:
            done.unknown[problem.key_id] += 1
        except (SealingError, OSError):
            done.broken.append(f"file {name}")
        else:
            done.resealed += was_needed
            done.kept += not was_needed
        if number % BATCH == 0:
            tell(done.table, number)
    return done


Row = tuple[Any, Any, list[str]]


def _rows(model: type[models.Model], columns: list[SealedField]) -> Iterator[Row]:
    """Yield the key, the number of the record and the stored tokens of each row, in the order of the keys."""
    connection = connections[router.db_for_read(model)]
    quote = connection.ops.quote_name
    key, table = quote(str(model._meta.pk.column)), quote(model._meta.db_table)
    names = ", ".join(quote(column.column) for column in columns)
    last: Any = None
    while True:
        where, values = (f"WHERE {key} > %s", [last]) if last is not None else ("", [])
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {key}, {quote('id')}, {names} FROM {table} {where} ORDER BY {key} LIMIT {BATCH}",  # noqa: S608 - names of our own tables
                values,
            )
            rows = cursor.fetchall()
        for pk, number, *tokens in rows:
            yield pk, number, tokens
        if len(rows) < BATCH:
            return
        last = rows[-1][0]


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _rotate_row(
    model: type[models.Model], columns: list[SealedField], table: Rotation, pk: Any, number: Any, tokens: list[str]
) -> None:
    record = str(model._meta.model_name).removeprefix("historical")
    for column, token in zip(columns, tokens, strict=True):
        if not token:
            continue
        place = f"{record}.{column.name}:{number}"
        try:
            text = keyring().open(token, place)
        except KeyUnknown as problem:
            table.unknown[problem.key_id] += 1
        except SealBroken:
            table.broken.append(f"{table.table} {pk}, {column.name}")
        else:
            fresh = keyring().reseal(token, place)
            if fresh == token:
                table.kept += 1
            else:
                table.resealed += _replace(model, column, pk, token, fresh)
            _renew_lookups(model, column, pk, fresh, text)


def _replace(model: type[models.Model], column: SealedField, pk: Any, token: str, fresh: str) -> int:
    """Put the fresh token where the old one stands; nothing where somebody has changed the value since."""
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    name, key = quote(column.column), quote(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(model._meta.db_table)} SET {name} = %s WHERE {key} = %s AND {name} = %s",  # noqa: S608 - names of our own tables
            [fresh, pk, token],
        )
        return int(cursor.rowcount)


def _renew_lookups(model: type[models.Model], column: SealedField, pk: Any, token: str, text: str) -> None:
    """Bring the keyed hashes of the value under the first key too."""
    for lookup in model._meta.local_concrete_fields:
        if isinstance(lookup, LookupField) and lookup.source == column.name:
            hashes = lookup.hashes(text)
            if hashes:
                rows = model._default_manager.filter(pk=pk, **{column.name: token})
                rows.exclude(**{lookup.name: hashes[0]}).update(**{lookup.name: hashes[0]})
