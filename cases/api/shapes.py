"""Serializers made from the typed dictionaries of documents and answers, so that the schema cannot differ from them."""

import datetime as dt
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from rest_framework import serializers

PLAIN: dict[Any, tuple[type[serializers.Field[Any, Any, Any, Any]], dict[str, Any]]] = {
    str: (serializers.CharField, {"allow_blank": True}),
    int: (serializers.IntegerField, {}),
    float: (serializers.FloatField, {}),
    bool: (serializers.BooleanField, {}),
    dt.date: (serializers.DateField, {}),
    dt.datetime: (serializers.DateTimeField, {}),
}


def _field(hint: Any, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
    if hint in PLAIN:
        field, own = PLAIN[hint]
        return field(**own, **options)
    if is_typeddict(hint):
        return serializer_of(hint)(**options)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        (kept,) = [one for one in arguments if one is not NoneType]
        return _field(kept, allow_null=True, **options)
    if origin is list and is_typeddict(arguments[0]):
        return serializer_of(arguments[0])(many=True, **options)
    if origin is list:
        return serializers.ListField(child=_field(arguments[0]), **options)
    if origin is dict and arguments[0] is str:
        return serializers.DictField(child=_field(arguments[1]), **options)
    raise TypeError(f"There is no field for {hint!r}.")


@cache
def serializer_of(shape: type) -> type[serializers.Serializer[Any]]:
    """Return a serializer with a field for each key of a typed dictionary; raises `TypeError` for a type it cannot say."""
    needed: frozenset[str] = getattr(shape, "__required_keys__", frozenset())
    fields = {
        name: _field(hint) if name in needed else _field(hint, required=False)
        for name, hint in get_type_hints(shape).items()
    }
    name = shape.__name__.removesuffix("Document").removesuffix("Answer")
    if shape.__name__.endswith("Document"):
        name = f"{name}Document"
    return type(f"{name}Serializer", (serializers.Serializer,), {**fields, "__doc__": shape.__doc__})


def page_of_shape(shape: type) -> type[serializers.Serializer[Any]]:
    """Return the serializer of one page of a list."""
    one = serializer_of(shape)
    fields = {
        "next": serializers.URLField(allow_null=True, help_text="Address of the next page; null on the last one"),
        "previous": serializers.URLField(
            allow_null=True, help_text="Address of the page before; null on the first one"
        ),
        "results": one(many=True),
    }
    return type(f"{one.__name__.removesuffix('Serializer')}PageSerializer", (serializers.Serializer,), fields)
