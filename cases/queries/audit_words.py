"""Entries of the audit in words: which record, each field before and after, and the reason, as far as the reader may see."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from cases.domain.audit_chain import canonical
from cases.models import AuditEntry, Prisoner
from cases.queries.audit_facts import facts_of, model_of
from cases.queries.history import READS, FieldChange, label_of, plain
from cases.sealed import SealedField

LINKS = {"add": gettext_lazy("added"), "remove": gettext_lazy("removed"), "clear": gettext_lazy("all removed")}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as a reader may see it. `is_closed`: its values are not for this reader, only what was changed."""

    number: int
    at: datetime
    who: str
    what: str
    kind: str
    record: str
    subject_id: int | None
    case: str
    prisoner: int | None
    is_closed: bool
    is_erased: bool
    fields: list[FieldChange] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def told(entries: list[AuditEntry], *, seen: frozenset[str]) -> list[Told]:
    """Put entries into words, in as many queries for many as for few. `seen`: the kinds whose values are open."""
    open_ones = [entry for entry in entries if not entry.subject_kind or entry.subject_kind in seen]
    names = _Names(open_ones, seen)
    codes = {entry.case for entry in entries} - {""}
    cases = dict(Prisoner.objects.filter(code__in=codes).values_list("code", "pk")) if "prisoner" in seen else {}
    return [_told(entry, names, cases, is_closed=entry not in open_ones) for entry in entries]


def _told(entry: AuditEntry, names: "_Names", cases: dict[str, int], *, is_closed: bool) -> Told:
    payload = entry.payload if isinstance(entry.payload, dict) else {}
    model = model_of(entry.subject_kind)
    return Told(
        number=entry.number,
        at=entry.at,
        who=entry.actor_name or _("the system"),
        what=str(entry.get_action_display()),
        kind=entry.subject_kind,
        record=capfirst(str(model._meta.verbose_name)) if model else entry.subject_kind,
        subject_id=entry.subject_id,
        case=entry.case,
        prisoner=cases.get(entry.case),
        is_closed=is_closed,
        is_erased=entry.payload is None,
        fields=[] if is_closed else list(_fields(model, payload, names)),
        facts=[] if is_closed else list(facts_of(payload)),
        changed=list(_changed(model, payload)) if is_closed else [],
    )


def column_of(model: Any, name: str) -> Any:
    """Return a column of the model; None where it has no such column any more."""
    try:
        found = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return found if getattr(found, "concrete", False) else None


def _pairs(payload: dict[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    fields = payload.get("fields")
    for name, pair in fields.items() if isinstance(fields, dict) else ():
        if isinstance(pair, list) and len(pair) == 2:
            yield name, pair[0], pair[1]


def _fields(model: Any, payload: dict[str, Any], names: "_Names") -> Iterator[FieldChange]:
    for name, before, after in _pairs(payload):
        column = column_of(model, name)
        old, new = names.value(column, before), names.value(column, after)
        if old and new and old == new:
            new = _("sealed, changed") if isinstance(column, SealedField) else new
        yield FieldChange(label=_label(column, name), before=old, after=new, name=name)
    links = payload.get("links")
    for name, done in links.items() if isinstance(links, dict) else ():
        column = column_of(model, name)
        for verb, pks in done.items() if isinstance(done, dict) else ():
            many = ", ".join(names.related(column, pk) for pk in pks) or "–"
            yield FieldChange(
                label=_label(column, name),
                before=many if verb == "remove" else "",
                after=many if verb == "add" else str(LINKS.get(verb, verb)),
            )


def _label(column: Any, name: str) -> str:
    return capfirst(label_of(column)) if column is not None else name


def _changed(model: Any, payload: dict[str, Any]) -> Iterator[str]:
    """Yield which fields an entry is about, without a value."""
    for key in ("fields", "links"):
        named = payload.get(key)
        for name in named if isinstance(named, dict | list) else ():
            yield _label(column_of(model, str(name)), str(name))


class _Names:
    """The records that the fields of a page refer to, fetched once for each kind, if the reader may see the kind."""

    def __init__(self, entries: Iterable[AuditEntry], seen: frozenset[str]) -> None:
        wanted: dict[Any, set[Any]] = defaultdict(set)
        for entry in entries:
            payload, model = entry.payload, model_of(entry.subject_kind)
            if not isinstance(payload, dict) or model is None:
                continue
            for name, before, after in _pairs(payload):
                column = column_of(model, name)
                if isinstance(column, models.ForeignKey):
                    wanted[column.related_model] |= {pk for pk in (before, after) if isinstance(pk, int)}
            links = payload.get("links")
            for name, done in links.items() if isinstance(links, dict) else ():
                column = column_of(model, name)
                if column is not None and isinstance(done, dict):
                    wanted[column.related_model] |= {pk for pks in done.values() for pk in pks}
        self.seen = seen
        self.names: dict[tuple[Any, Any], str] = {}
        for model, pks in wanted.items():
            if self._may_see(model):
                rows = model._default_manager.prefetch_related(*READS.get(model, ())).filter(pk__in=pks)
                self.names |= {(model, row.pk): str(row) for row in rows}

    def _may_see(self, model: Any) -> bool:
        return model is ContentType or model._meta.model_name in self.seen

    def related(self, column: Any, pk: Any) -> str:
        if column is None or not self._may_see(column.related_model):
            return f"{pk}"
        return self.names.get((column.related_model, pk), _("a deleted record"))

    def value(self, column: Any, value: Any) -> str:
        """Say a value as the history of the record says it."""
        if value in (None, "", [], {}):
            return ""
        if isinstance(column, SealedField):
            return _("sealed")
        if isinstance(column, models.ForeignKey):
            return self.related(column, value)
        return _plainly(column, value)


def _plainly(column: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict) or (column is None and not isinstance(value, str)):
        return canonical(value)
    if column is None:
        return str(value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    try:
        return plain(column.to_python(value))
    except (ValidationError, TypeError, ValueError):
        return str(value)
