"""Whether a document has the shape that `cases/published/documents.py` says: every field, of its type, and no other."""

from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict


def faults(value: Any, shape: Any, where: str = "") -> list[str]:
    """Return where the value has another shape; nothing where it has none."""
    origin = get_origin(shape)
    if is_typeddict(shape):
        return _faults_of_object(value, shape, where)
    if origin in (Union, UnionType):
        tried = [faults(value, one, where) for one in get_args(shape)]
        return [] if [] in tried else max(tried, key=len)
    if origin is list and isinstance(value, list):
        return [
            fault for place, one in enumerate(value) for fault in faults(one, get_args(shape)[0], f"{where}/{place}")
        ]
    if origin is dict and isinstance(value, dict):
        return [fault for name, one in value.items() for fault in faults(one, get_args(shape)[1], f"{where}/{name}")]
    fits = type(value) is shape or (shape is float and type(value) is int)
    return [] if fits else [f"{where}: {value!r} is no {shape}"]


def _faults_of_object(value: Any, shape: Any, where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where}: no object"]
    fields = get_type_hints(shape)
    found = [f"{where}: {name} is missing" for name in shape.__required_keys__ - value.keys()]
    found += [f"{where}: {name} is not in the shape" for name in value.keys() - fields.keys()]
    known = [name for name in fields if name in value]
    return found + [fault for name in known for fault in faults(value[name], fields[name], f"{where}/{name}")]
