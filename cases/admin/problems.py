"""What is wrong with a form that was sent: each problem with the box where it stands, for the list at the top."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.admin.pointers import Place


def problems(form: forms.BaseForm, formsets: Iterable[Any]) -> list[Place]:
    """Return the problems of the record and of its rows, in the order of the boxes."""
    return [*_of_form(form, ""), *(place for formset in formsets for place in _of_formset(formset))]


def _of_formset(formset: Any) -> Iterator[Place]:
    if not formset.is_bound:
        return
    name = capfirst(str(formset.model._meta.verbose_name))
    for message in formset.non_form_errors():
        yield Place(f"{name}: {message}", f"#{formset.prefix}-group")
    for form in formset.forms:
        yield from _of_form(form, name)
        for nested in getattr(form, "nested_formsets", ()):
            yield from _of_formset(nested)


def _of_form(form: Any, row: str) -> Iterator[Place]:
    for name, messages in form.errors.items():
        is_box = name != NON_FIELD_ERRORS and name in form.fields
        address = f"#{form[name].auto_id}" if is_box else f"#{form.prefix or 'content'}"
        box = capfirst(str(form.fields[name].label or name)) if is_box else ""
        where = " · ".join(word for word in (row, box) if word)
        for message in messages:
            yield Place(f"{where}: {message}" if where else str(message), address)
    for name, box in form.fields.items():
        if form.add_prefix(name) in form.files and name not in form.errors:
            again = _("Choose your file again: it could not be kept")
            yield Place(f"{capfirst(str(box.label or name))}: {again}", f"#{form[name].auto_id}")
