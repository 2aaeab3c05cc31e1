"""The boxes of a form: what a browser sends for them, what a record says for them, and both in words to compare."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.domain.sealing import SealingError
from cases.domain.terms import Term
from cases.sealed import SealedFormField

#: Boxes that are no columns and say something of the record.
COMPUTED: dict[str, Any] = {"term": lambda record: str(Term(record.years, record.months, record.days))}


def column(form: Any, name: str) -> Any:
    """Return the column behind a box; None for a box that is no column."""
    meta = form._meta.model._meta
    return next((one for one in (*meta.concrete_fields, *meta.many_to_many) if one.name == name), None)


def is_sealed(form: Any, name: str) -> bool:
    return hasattr(form.fields[name], "is_open")


def value_in(form: Any, record: Any, name: str) -> Any:
    """Return what stands behind a box in a record or in an entry of its history."""
    if name in COMPUTED:
        return COMPUTED[name](record)
    found = column(form, name)
    if found.many_to_many:
        rows = getattr(record, name).all()
        key = found.m2m_reverse_field_name()
        return sorted(getattr(row, f"{key}_id", row.pk) for row in rows)
    value = getattr(record, found.attname)
    return str(value or "") if isinstance(form.fields[name], forms.FileField) else value


def widget_of(form: Any, name: str) -> Any:
    widget = form.fields[name].widget
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def as_sent(form: Any, name: str, value: Any) -> list[str]:
    """Return what a browser would send for a box that shows `value`."""
    box, widget = form.fields[name], widget_of(form, name)
    if isinstance(widget, forms.FileInput):
        return []
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    shown = widget.format_value(box.prepare_value(value))
    if isinstance(shown, list | tuple | set):
        return [str(one) for one in shown]
    return [] if shown is None else [str(shown)]


def sent_for(form: Any, name: str) -> Any:
    """Return what was sent for a box, as its widget reads it."""
    return form.fields[name].widget.value_from_datadict(form.data, form.files, form.add_prefix(name))


def in_words(form: Any, name: str, sent: Any) -> str:
    """Say what was sent for a box, or what `as_sent` says would have been."""
    box = form.fields[name]
    raw = [str(one) for one in (sent if isinstance(sent, list) else [sent]) if one not in (None, "")]
    if isinstance(box, forms.FileField):
        return ", ".join(raw) if sent is not False else _("no file")
    if isinstance(box, forms.BooleanField):
        return _("yes") if any(one not in ("False", "off") for one in raw) else _("no")
    if isinstance(box, forms.ModelChoiceField):
        chosen: Any = box.queryset
        known = {str(one.pk): box.label_from_instance(one) for one in chosen.filter(pk__in=_numbers(raw))}
        return ", ".join(known.get(one, _("a deleted record")) for one in raw)
    if isinstance(box, forms.ChoiceField):
        words = {str(key): str(word) for key, word in _flat(box.choices)}
        return ", ".join(words.get(one, one) for one in raw)
    return "\n".join(raw)


def _numbers(raw: list[str]) -> list[int]:
    return [int(one) for one in raw if one.isdecimal()]


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, words in choices:
        yield from _flat(words) if isinstance(words, list | tuple) else ((key, words),)


def under(prefix: str, name: str) -> str:
    return f"{prefix}-{name}" if prefix else name


def joined(words: Iterable[str]) -> str:
    return " · ".join(word for word in words if word)


def label_of(form: Any, name: str) -> str:
    return capfirst(str(form.fields[name].label or name))


def stored_as_sent(form: Any, name: str, value: Any) -> Any:
    if isinstance(form.fields[name], forms.FileField):
        return str(value or "").rsplit("/", 1)[-1]
    return as_sent(form, name, value)


def says_same(one: Any, other: Any) -> bool:
    try:
        return bool(one == other)
    except SealingError:
        return False


def is_shut(form: Any, name: str) -> bool:
    box = form.fields[name]
    return is_sealed(form, name) and not box.is_open and bool(getattr(form.instance, name))


def differs(form: Any, name: str, before: Any) -> bool:
    """Tell whether what was sent for a box is not what stood there. A sealed box that was shut sends nothing."""
    box, data = form.fields[name], sent_for(form, name)
    if not is_sealed(form, name):
        return bool(box.has_changed(before, data))
    if data is None:
        return False
    try:
        return SealedFormField(required=False).has_changed(before, data)
    except SealingError:
        return True
