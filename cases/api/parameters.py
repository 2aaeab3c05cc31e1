"""The parameters of a list as the schema tells them, from the very form that reads them."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from drf_spectacular.utils import OpenApiParameter

from cases.api.parts import FIELDS, MOST_FIELDS, dotted_names
from cases.fields import PartialDateFormField
from cases.published.present_fields import PresentField, PresentsField
from cases.published.strict_forms import MOST_VALUES, Several, StrictForm, WordField, WordsField

CURSOR, LIMIT = "cursor", "limit"
CURSOR_PATTERN = r"^[A-Za-z0-9_-]{1,1200}$"
SMALLEST_LIMIT, PAGE_SIZE, LARGEST_LIMIT = 1, 50, 200
NO_NUL = r"^[^\u0000]+$"
#: The plain dates among those that are read: a year, a month, a day.
DATE = (
    r"^(19|20)[0-9]{2}(-(0[1-9]|1[0-2])|-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
    r"|-(0[13-9]|1[0-2])-(29|30)|-(0[13578]|1[02])-31)?$"
)
DEEPEST = 2
CLOSING = r"\Z"

CURSOR_PARAMETER = OpenApiParameter(
    CURSOR, {"type": "string", "pattern": CURSOR_PATTERN}, description="From `next` or `previous` of a page; opaque"
)
LIMIT_PARAMETER = OpenApiParameter(
    LIMIT,
    {"type": "integer", "minimum": SMALLEST_LIMIT, "maximum": LARGEST_LIMIT, "default": PAGE_SIZE},
    description="How many results a page has at most",
)


def parameters_of(form: type[StrictForm], shape: Any = None, *, is_paged: bool = True) -> list[OpenApiParameter]:
    """Return the parameters that a form reads, those of pages, and `fields` of a shape."""
    named = [_parameter(name, field) for name, field in form.base_fields.items()]
    paged = [CURSOR_PARAMETER, LIMIT_PARAMETER] if is_paged else []
    return [*named, *paged, *([fields_of(shape)] if shape else [])]


def fields_of(shape: Any) -> OpenApiParameter:
    """Return the parameter that chooses parts of an answer."""
    names = list(dotted_names(shape, DEEPEST))
    return OpenApiParameter(
        FIELDS,
        {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1, "maxItems": MOST_FIELDS},
        description="Only these parts of each result, by dotted names; deeper parts and single languages may be named as "
        "well: `document.events.happened`, `name.en`",
        style="form",
        explode=False,
    )


def _pattern_of(field: Any) -> dict[str, Any]:
    inner = field.regex.pattern.removeprefix("^").removesuffix(CLOSING)
    return {"type": "string", "pattern": f"^({inner})$"}


#: Of each kind of field, the first that fits, what one value may be.
SCHEMAS: tuple[tuple[tuple[type, ...], Callable[[Any], dict[str, Any]]], ...] = (
    (
        (WordField, WordsField),
        lambda field: {"type": "string", "enum": [str(value) for value, _label in list(field.choices) if value]},
    ),
    ((PresentField, PresentsField), lambda field: {"type": "string", "pattern": f"^({field.pattern.pattern})$"}),
    ((PartialDateFormField,), lambda _field: {"type": "string", "pattern": DATE}),
    (
        (forms.IntegerField,),
        lambda field: {"type": "integer", "minimum": field.min_value, "maximum": field.max_value},
    ),
    (
        (forms.SlugField,),
        lambda field: {"type": "string", "pattern": r"^[-a-zA-Z0-9_]+$", "maxLength": field.max_length},
    ),
    ((forms.RegexField,), _pattern_of),
    (
        (forms.Field,),
        lambda field: {
            "type": "string",
            "pattern": NO_NUL,
            "minLength": 1,
            "maxLength": getattr(field, "max_length", None) or 200,
        },
    ),
)


def schema_of(field: forms.Field) -> dict[str, Any]:
    """Return what one value of a field may be."""
    return next(schema(field) for kinds, schema in SCHEMAS if isinstance(field, kinds))


def _parameter(name: str, field: forms.Field) -> OpenApiParameter:
    said = ". ".join(str(text) for text in (field.label, field.help_text) if text)
    schema = schema_of(field)
    if isinstance(field, Several):
        several = {"type": "array", "items": schema, "maxItems": MOST_VALUES}
        return OpenApiParameter(name, several, description=said, style="form", explode=True)
    return OpenApiParameter(name, schema, description=said)


def is_written_right(form: StrictForm, name: str) -> bool:
    """Tell whether every value of a parameter is one that its schema allows, whatever else is wrong with it."""
    field = form.fields.get(name)
    if field is None:
        return False
    schema = schema_of(field)
    values = form.data.getlist(name) if hasattr(form.data, "getlist") else [form.data.get(name, "")]
    if not isinstance(field, Several) and len(values) > 1:
        return False
    return len(values) <= MOST_VALUES and all(_is_one(value, schema) for value in values)


def _is_one(value: str, schema: dict[str, Any]) -> bool:
    if schema["type"] == "integer":
        return bool(re.fullmatch(r"[0-9]{1,6}", value)) and schema["minimum"] <= int(value) <= schema["maximum"]
    if "enum" in schema:
        return value in schema["enum"]
    return bool(re.search(schema["pattern"], value)) and len(value) <= schema.get("maxLength", len(value))
