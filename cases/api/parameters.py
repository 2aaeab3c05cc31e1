"""The parameters of a list as the schema tells them, from the very form that reads them."""

from django import forms
from drf_spectacular.utils import OpenApiParameter

from cases.api.base import CURSOR
from cases.published.strict_forms import Several, StrictForm, WordField, WordsField


def parameters_of(form: type[StrictForm]) -> list[OpenApiParameter]:
    """Return the parameters that a form reads, and the cursor."""
    cursor = OpenApiParameter(CURSOR, str, description="From `next` or `previous` of a page; opaque")
    return [*(_parameter(name, field) for name, field in form.base_fields.items()), cursor]


def _parameter(name: str, field: forms.Field) -> OpenApiParameter:
    said = ". ".join(str(text) for text in (field.label, field.help_text) if text)
    words = None
    if isinstance(field, (WordField, WordsField)):
        words = [str(value) for value, _label in list(field.choices) if value]  # type: ignore[arg-type]
    if isinstance(field, Several):
        return OpenApiParameter(name, str, description=said, enum=words, many=True, explode=True)
    kind = int if isinstance(field, forms.IntegerField) else str
    return OpenApiParameter(name, kind, description=said, enum=words)
