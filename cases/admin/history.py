"""The history of a record as a person reads it: who, when, and each field before and after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy

from cases.models import Prisoner, Proceeding

KINDS = {"+": gettext_lazy("written down"), "~": gettext_lazy("changed"), "-": gettext_lazy("deleted")}
BOOKKEEPING = frozenset({"id", "created_at", "updated_at"})
SHOWN = 200

#: Whose history is told together with the record's own: the way from the historical row to the record.
PARTS: dict[type[models.Model], dict[str, str]] = {
    Prisoner: {
        "PersonName": "prisoner_id",
        "PublicRole": "prisoner_id",
        "Affiliation": "prisoner_id",
        "Citizenship": "prisoner_id",
        "SpokenLanguage": "prisoner_id",
        "Stay": "prisoner_id",
        "Event": "prisoner_id",
        "Assessment": "prisoner_id",
        "Defendant": "prisoner_id",
        "Citation": "prisoner_id",
    },
    Proceeding: {
        "Defendant": "proceeding_id",
        "Hearing": "proceeding_id",
        "Decision": "proceeding_id",
        "Involvement": "proceeding_id",
    },
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One change of one row."""

    at: datetime
    who: str
    what: str
    row: str
    fields: list[FieldChange] = field(default_factory=list)


def history_page(
    model_admin: Any, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None
) -> HttpResponse:
    """Show the history to those who may see the record."""
    record = model_admin.get_object(request, object_id)
    if record is None:
        raise Http404
    if not model_admin.has_view_or_change_permission(request, record):
        raise PermissionDenied
    entries = sorted(_entries(record), key=lambda entry: entry.at, reverse=True)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("History: %(record)s") % {"record": record},
        "original": record,
        "opts": model_admin.opts,
        "entries": entries[:SHOWN],
        "more": max(0, len(entries) - SHOWN),
        **(extra_context or {}),
    }
    return TemplateResponse(request, "desk/history.html", context)


def _entries(record: models.Model) -> Iterator[Entry]:
    yield from _of_rows(record.history.select_related("history_user"))  # type: ignore[attr-defined]
    for name, way in PARTS.get(type(record), {}).items():
        model: Any = next(one for one in record._meta.apps.get_app_config("cases").get_models() if one.__name__ == name)
        yield from _of_rows(model.history.filter(**{way: record.pk}).select_related("history_user"))


def _of_rows(rows: Any) -> Iterator[Entry]:
    """Yield an entry for each change; rows come newest first within one record."""
    by_record: dict[Any, list[Any]] = {}
    for row in rows.order_by("history_date", "history_id"):
        by_record.setdefault(row.id, []).append(row)
    for versions in by_record.values():
        before = None
        for version in versions:
            changed = list(_changes(before, version))
            if changed or version.history_type != "~":
                yield _entry(version, changed)
            before = version


def _entry(version: Any, changed: list[FieldChange]) -> Entry:
    user = version.history_user
    return Entry(
        at=version.history_date,
        who=user.get_username() if user else _("the system"),
        what=str(KINDS[version.history_type]),
        row=capfirst(str(version.instance_type._meta.verbose_name)),
        fields=changed,
    )


def _changes(before: Any, after: Any) -> Iterator[FieldChange]:
    if after.history_type == "-":
        return
    for column in _columns(after):
        old = _in_words(column, before) if before is not None else ""
        new = _in_words(column, after)
        if old != new:
            yield FieldChange(label=capfirst(_label(column)), before=old, after=new)


def _columns(version: Any) -> Iterable[models.Field]:
    for column in version.instance_type._meta.concrete_fields:
        if column.name not in BOOKKEEPING and column.editable:
            yield column


def _label(column: models.Field) -> str:
    for suffix, language in (("_en", "en"), ("_uk", "uk"), ("_crh_latn", "crh"), ("_ru", "ru")):
        if column.name.endswith(suffix):
            return f"{column.verbose_name} [{language}]"
    return str(column.verbose_name)


def _in_words(column: models.Field, version: Any) -> str:
    value = getattr(version, column.attname, None)
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column.remote_field is not None:
        return _related(column, value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return str(value)


def _related(column: models.Field, pk: Any) -> str:
    if not isinstance(column, models.ForeignKey):
        return str(pk)
    found = column.related_model._default_manager.filter(pk=pk).first()
    return str(found) if found is not None else _("a deleted record")
