"""Records against their history and against the audit: what somebody changed around the program, by SQL.

Rows are read in windows of their numbers, so that memory does not grow with the tables. The audit is taken at its word
here; whether it is whole is for the chain to say. Sealed values are compared by their tokens, and opened only where
these differ, as after a rotation of keys.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from cases.domain.sealing import SealingError
from cases.enums import AuditAction
from cases.models import AuditEntry
from cases.models.base import Record, is_told
from cases.sealed import SealedField

WINDOW = 200
EMPTY: tuple[Any, ...] = (None, "", [], {})
OF_ROWS = tuple(action.value for action in (AuditAction.CREATED, AuditAction.CHANGED, AuditAction.DELETED))
OF_ROWS_AND_RESTORED = (*OF_ROWS, AuditAction.RESTORED.value)


@dataclass(frozen=True, slots=True)
class Stray:
    """One row that is not as the program left it: what is wrong, and in which fields."""

    table: str
    pk: int
    problem: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        named = f" ({', '.join(self.fields)})" if self.fields else ""
        return f"{self.table} {self.pk}: {self.problem}{named}"


def record_models() -> list[Any]:
    """Return every kind of record whose history is kept."""
    return [model for model in apps.get_app_config("cases").get_models() if issubclass(model, Record)]


def stray_rows(*, tell: Callable[[str, int], None] = lambda _table, _rows: None) -> Iterator[Stray]:
    """Yield every row that was changed, added or removed around the program. `tell` hears of each window."""
    first = AuditEntry.objects.order_by("number").values_list("at", flat=True).first()
    together = _written_together()
    for model in record_models():
        rows = 0
        for window in _windows(model):
            rows += len(window)
            tell(model._meta.db_table, rows)
            yield from _of_window(model, window, first, together[model._meta.model_name])


def _written_together() -> dict[str, set[int]]:
    """Return the rows, by kind, for which one entry stands together."""
    found: dict[str, set[int]] = defaultdict(set)
    entries = AuditEntry.objects.filter(action=AuditAction.CREATED.value, subject_id=None, payload__isnull=False)
    for payload in entries.values_list("payload", flat=True).iterator():
        if isinstance(payload, dict) and isinstance(payload.get("rows"), list):
            found[str(payload.get("kind"))] |= set(payload["rows"])
    return found


def _windows(model: Any) -> Iterator[list[int]]:
    """Yield the numbers of rows that are in the table, in its history or in the audit, in order, some at a time."""
    entries = AuditEntry.objects.filter(subject_kind=model._meta.model_name, action__in=OF_ROWS_AND_RESTORED)
    after = -1
    while True:
        numbers = {
            *model._default_manager.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:WINDOW],
            *_distinct(model.history, "id", after),
            *_distinct(entries, "subject_id", after),
        }
        window = sorted(numbers)[:WINDOW]
        if not window:
            return
        yield window
        after = window[-1]


def _distinct(rows: Any, column: str, after: int) -> Any:
    found = rows.filter(**{f"{column}__gt": after}).order_by(column).values_list(column, flat=True)
    return found.distinct()[:WINDOW]


def _of_window(model: Any, window: list[int], first: datetime | None, together: set[int]) -> Iterator[Stray]:
    rows = {row.pk: row for row in model._default_manager.filter(pk__in=window)}
    versions, entries = defaultdict(list), defaultdict(list)
    for version in model.history.filter(id__in=window).order_by("history_date", "history_id"):
        versions[version.id].append(version)
    kind = model._meta.model_name
    told = AuditEntry.objects.filter(subject_kind=kind, subject_id__in=window, action__in=OF_ROWS_AND_RESTORED)
    for pk, action, payload in told.order_by("number").values_list("subject_id", "action", "payload"):
        entries[pk].append((action, payload))
    for pk in window:
        row = rows.get(pk)
        is_told = bool(entries[pk]) or pk in together
        said = [
            *_against_history(model, row, versions[pk], has_links=is_told),
            *_against_audit(model, row, entries[pk]),
        ]
        if first is not None:
            said += _unaudited(model, versions[pk], entries[pk], first, is_together=pk in together)
        for problem, fields in said:
            yield Stray(model._meta.db_table, pk, problem, fields)


Problem = tuple[str, tuple[str, ...]]


def _against_history(model: Any, row: Any, versions: list[Any], *, has_links: bool) -> Iterator[Problem]:
    """Compare the row with its newest version. `has_links`: a row older than the audit has a history without links."""
    newest = versions[-1] if versions else None
    if row is None:
        if newest is not None and newest.history_type != "-":
            yield "removed around the program: its history does not know of it", ()
    elif newest is None:
        yield "has no history: written around the program, or its history was removed", ()
    elif newest.history_type == "-":
        yield "is there although its history says that it was deleted", ()
    else:
        differing = tuple(field.name for field in _fields(model) if _differs(field, row, newest))
        names = getattr(model, "_history_m2m_fields", ()) if has_links else ()
        differing += tuple(name for name in names if _links_differ(row, newest, name))
        if differing:
            yield "differs from its newest history", differing


def _fields(model: Any) -> Iterator[Any]:
    return (field for field in model._meta.concrete_fields if is_told(field))


def _differs(field: Any, row: Any, version: Any) -> bool:
    now, then = getattr(row, field.attname), getattr(version, field.attname)
    return not _same(now, then) and not _was_cleared(field, now, then)


def _same(one: Any, other: Any) -> bool:
    try:
        return bool(one == other)
    except SealingError:
        return False


def _was_cleared(field: Any, now: Any, then: Any) -> bool:
    """Tell whether the database's own rule emptied a reference because what it referred to was deleted."""
    if now is not None or not isinstance(field, models.ForeignKey):
        return False
    is_emptied = field.remote_field.on_delete is models.SET_NULL
    return is_emptied and not field.related_model._default_manager.filter(pk=then).exists()


def _links_differ(row: Any, version: Any, name: str) -> bool:
    target = row._meta.get_field(name).related_model._meta.model_name
    there = set(getattr(row, name).values_list("pk", flat=True))
    then = set(getattr(version, name).values_list(f"{target}_id", flat=True))
    kept = row._meta.get_field(name).related_model._default_manager.filter(pk__in=then - there).exists()
    return bool(there - then) or kept


def _against_audit(model: Any, row: Any, entries: list[tuple[str, Any]]) -> Iterator[Problem]:
    """Compare the row with what the audit last told of each field; of an erased entry it tells nothing."""
    if row is None:
        is_erased = all(payload is None for _action, payload in entries)  # the chain says whether lawfully
        if entries and entries[-1][0] != AuditAction.DELETED.value and not is_erased:
            yield "is gone, and the audit does not know of it", ()
        return
    if entries and entries[-1][0] == AuditAction.DELETED.value:
        yield "is there although the audit says that it was deleted", ()
        return
    last: dict[str, Any] = {}
    is_whole = False
    for action, payload in entries:
        told = payload.get("fields") if isinstance(payload, dict) else None
        if not isinstance(told, dict):
            is_whole = is_whole and isinstance(payload, dict)
            continue
        is_whole = is_whole or action == AuditAction.CREATED.value
        last |= {name: pair[-1] for name, pair in told.items() if isinstance(pair, list) and pair}
    differing = tuple(field.name for field in _fields(model) if not _as_told(field, row, last, is_whole=is_whole))
    if differing:
        yield "differs from what the audit says of it", differing


def _as_told(field: Any, row: Any, last: dict[str, Any], *, is_whole: bool) -> bool:
    now = getattr(row, field.attname)
    if field.name not in last:
        return not is_whole or now in EMPTY or not now or now == field.get_default()
    then = last[field.name]
    if isinstance(field, SealedField):
        return bool(now) == bool(then)
    try:
        value = field.target_field.to_python(then) if isinstance(field, models.ForeignKey) else field.to_python(then)
    except (ValidationError, TypeError, ValueError):
        value = then
    is_empty = now in EMPTY and then in EMPTY
    return bool(now == value) or str(now) == str(then) or is_empty or _was_cleared(field, now, then)


def _unaudited(
    model: Any, versions: list[Any], entries: list[tuple[str, Any]], first: datetime, *, is_together: bool
) -> list[Problem]:
    """Count versions that say something and were written since there is an audit; each has an entry of its own."""
    told = sum(1 for _action, payload in entries if payload is None or "fields" in payload) + is_together
    needed, before = 0, None
    for version in versions:
        if version.history_date >= first and _says_something(model, before, version):
            needed += 1
        before = version
    return (
        [(f"has {needed - told} versions in its history that the audit does not know of", ())] if needed > told else []
    )


def _says_something(model: Any, before: Any, version: Any) -> bool:
    if version.history_type != "~" or before is None:
        return True
    return any(not _same(getattr(before, field.attname), getattr(version, field.attname)) for field in _fields(model))
