"""Which entries of the audit tell about a person who is erased: their payloads go, the entries stay in the chain."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from cases.enums import AuditAction
from cases.models import AuditEntry
from cases.queries.erasure import Found, model_of
from cases.queries.erasure_table import NAMES_OF_OTHERS, TREATMENT, Goes, To
from cases.queries.mentions import Wanted, payload_names

#: Entries that say whose payloads went: they hold numbers and counts, and the chain needs them.
KEPT = (AuditAction.ERASED.value, AuditAction.RETENTION.value)


def entries_about(found: Found, wanted: Wanted) -> list[int]:
    """Return the numbers of the entries about what goes: by record, by case, by what they link, and by name."""
    with_payload = AuditEntry.objects.filter(payload__isnull=False).exclude(action__in=KEPT)
    numbers: set[int] = set()
    for kind, keys in found.rows.items():
        about = Q(subject_kind=kind, subject_id__in=keys)
        numbers |= set(with_payload.filter(about).values_list("number", flat=True))
    if found.code:
        numbers |= set(with_payload.filter(case=found.code).values_list("number", flat=True))
    rest = with_payload.exclude(number__in=numbers) if len(numbers) < 500 else with_payload
    for number, kind, payload in rest.values_list("number", "subject_kind", "payload").iterator(chunk_size=500):
        if number not in numbers and (_links(found, kind, payload) or _names(kind, payload, wanted)):
            numbers.add(number)
    return sorted(numbers)


def _links(found: Found, kind: str, payload: Any) -> bool:
    """Tell whether a payload about a record that stays tells of a link to what goes."""
    if not isinstance(payload, dict):
        return False
    return any(pk in found.rows.get(target, ()) for target, pk in (*_columns(kind, payload), *_lists(kind, payload)))


def _columns(kind: str, payload: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    treatment, fields = TREATMENT.get(kind), payload.get("fields")
    if not isinstance(treatment, Goes) or not isinstance(fields, dict):
        return
    for link in treatment.links:
        told = fields.get(link.column.removesuffix("_id"), ()) if isinstance(link, To) else ()
        if isinstance(link, To) and isinstance(told, list):
            yield from ((link.kind, value) for value in told)


def _lists(kind: str, payload: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    lists = payload.get("links")
    if kind not in TREATMENT or not isinstance(lists, dict):
        return
    for link in model_of(kind)._meta.local_many_to_many:
        target = str(link.related_model._meta.model_name)
        for keys in (lists.get(link.name) or {}).values():
            yield from ((target, key) for key in keys)


def _names(kind: str, payload: Any, wanted: Wanted) -> bool:
    """Tell whether a payload names the person; the names of a namesake are the namesake's."""
    fields = payload.get("fields") if isinstance(payload, dict) else None
    if isinstance(fields, dict) and kind in NAMES_OF_OTHERS:
        payload = {name: value for name, value in fields.items() if name not in NAMES_OF_OTHERS[kind]}
    return payload_names(payload, wanted)
