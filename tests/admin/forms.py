"""What a browser would send: every box of a form as the page shows it, with what the person changed."""

from typing import Any
from unittest import mock

from django.template.response import TemplateResponse
from django.test import Client


def filled(client: Client, address: str, changes: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the data of the change form at `address`, with `changes` made.

    The forms are asked, not their HTML, which takes longer to write than all the rest.
    """
    with mock.patch.object(TemplateResponse, "rendered_content", ""):
        page = client.get(address)
    assert page.status_code == 200, page.status_code
    context = page.context_data
    data: dict[str, Any] = _values(context["adminform"].form)
    sitting = context.get("sitting")
    if sitting is not None:
        data |= {"_version": sitting.version, "_window": sitting.window.key}
    for inline in context["inline_admin_formsets"]:
        data |= _rows(inline.formset)
    return data | (changes or {})


def _rows(formset: Any) -> dict[str, Any]:
    data = _values(formset.management_form)
    for form in formset.forms:
        data |= _values(form)
        for nested in getattr(form, "nested_formsets", ()):
            data |= _rows(nested)
    return data


def _values(form: Any) -> dict[str, Any]:
    data = {}
    for name, field in form.fields.items():
        value = form[name].value()
        if field.disabled or value is None or value is False or value in ("", []) or name in ("photo", "file"):
            continue
        data[form.add_prefix(name)] = "on" if value is True else getattr(value, "pk", value)
    return data
