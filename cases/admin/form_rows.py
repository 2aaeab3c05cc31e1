"""A form of the desk as a tree of rows, as it was sent or as it stands in the database, and its kinds of rows."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.http import HttpRequest
from django.utils.text import capfirst

from cases.admin.boxes import COMPUTED, column, is_sealed
from cases.queries.form_versions import Kind

#: Boxes that say one thing together: they are compared and taken as one, so that no mixture of two people's comes about.
UNITS: tuple[tuple[str, ...], ...] = (
    ("term", "years", "months", "days"),
    ("amount", "currency"),
    ("fine_amount", "fine_currency"),
    ("latitude", "longitude", "coordinate_precision"),
)


@dataclass(slots=True)
class Group:
    """Rows of one kind below a record or a row. `is_mine`: its reader may change them."""

    prefix: str
    formset: Any
    is_mine: bool
    rows: list["Row"] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """The record of a form (prefix ""), or a row of it; `pk` as the form says, 0 for a new one."""

    form: Any
    prefix: str
    pk: int
    is_deleted: bool = False
    groups: list[Group] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, int]:
        return str(self.form._meta.model._meta.model_name), self.pk

    @property
    def title(self) -> str:
        return capfirst(str(self.form._meta.model._meta.verbose_name))

    def units(self) -> Iterator[tuple[str, ...]]:
        """Yield the boxes that are compared, one by one or those together that say one thing."""
        names = [name for name in self.form.fields if self._is_compared(name)]
        done: set[str] = set()
        for name in names:
            if name not in done:
                unit = next((unit for unit in UNITS if name in unit), (name,))
                unit = tuple(one for one in unit if one in names)
                done.update(unit)
                yield unit

    def _is_compared(self, name: str) -> bool:
        if self.form.fields[name].disabled and not is_sealed(self.form, name):
            return False
        return name in COMPUTED or (name not in self.ways_up and column(self.form, name) is not None)

    @property
    def ways_up(self) -> set[str]:
        """The boxes that say which row it is and to which it belongs."""
        owner = getattr(self.form, "owner_field", "")
        return {self.form._meta.model._meta.pk.name, owner} if self.prefix else set()


def tree(model_admin: Any, request: HttpRequest, record: Model, *, sent: bool) -> Row:
    """Return the form as it was sent, or as it stands in the database now. Nothing of it is validated."""
    asked = copy.copy(request)
    asked.method = "POST" if sent else "GET"
    fields = flatten_fieldsets(model_admin.get_fieldsets(request, record))
    form_class = model_admin.get_form(request, record, change=True, fields=fields)
    form = form_class(request.POST, request.FILES, instance=record) if sent else form_class(instance=record)
    formsets, inlines = model_admin._create_formsets(asked, record, change=True)  # noqa: SLF001 - Django's own way
    top = [pair for pair in zip(formsets, inlines, strict=True) if not getattr(pair[0], "is_nested", False)]
    return Row(form, "", record.pk, groups=[_group(request, record, *pair, sent) for pair in top])


def _group(request: HttpRequest, record: Model, formset: Any, inline: Any, sent: bool) -> Group:  # noqa: FBT001 - private
    may = bool(inline.has_change_permission(request, record))
    group = Group(formset.prefix, formset, may)
    for place, form in enumerate(formset.forms):
        is_saved = place < formset.initial_form_count()
        form.owner_field = formset.fk.name
        row = Row(form, form.prefix, _pk(form, sent) if is_saved else 0)
        row.is_deleted = sent and bool(form.data.get(f"{form.prefix}-DELETE"))
        pairs = zip(getattr(form, "nested_formsets", ()), getattr(form, "nested_inlines", ()), strict=True)
        row.groups = [_group(request, record, *pair, sent) for pair in pairs]
        group.rows.append(row)
    return group


def _pk(form: Any, sent: bool) -> int:  # noqa: FBT001 - private
    if not sent:
        return int(form.instance.pk)
    key = form._meta.model._meta.pk
    try:  # read as Django reads it when it saves the row: "+7" is 7 there too
        return int(key.to_python(form.data.get(form.add_prefix(key.name), "")))
    except (ValidationError, TypeError):
        return -1


# Kinds of rows ---------------------------------------------------------------------------------------------------


def kinds_of(model_admin: Any, request: HttpRequest, record: Model) -> list[Kind]:
    """Return every kind of row of the record's form, with how its history tells that it belongs there."""
    root = Kind(type(record), Q(id=record.pk))
    return [root, *_below(root, record, model_admin.get_inlines(request, record))]


def _below(above: Kind, record: Model, inlines: Any) -> Iterator[Kind]:
    for inline in inlines:
        owner = next(
            one.name
            for one in inline.model._meta.concrete_fields
            if one.related_model is above.model and one.name == (inline.fk_name or one.name)
        )
        keys = [record.pk] if above.model is type(record) else above.keys()
        ever = Q(**{f"{owner}_id__in": keys})
        if hasattr(inline, "also_shown"):
            ever |= inline.also_shown(record)
        kind = Kind(inline.model, ever)
        yield kind
        yield from _below(kind, record, getattr(inline, "inlines", ()))
