"""This API as OpenAPI: what the views say of themselves, and what is the same of all of them."""

import copy
from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator

from cases.api.parts import FIELDS
from cases.api.problems import KINDS, MEDIA_TYPE

REFERENCE = "#/components/schemas/"
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "An error as RFC 9457 tells it",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "Where the problem is explained"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {
                    "parameter": {"type": "string", "description": "The parameter that is refused"},
                    "detail": {"type": "string", "description": "Why, and what to write"},
                },
            },
        },
    },
}
HEADERS: dict[str, Any] = {
    "ETag": {
        "description": "Send it back as If-None-Match to be answered 304 while nothing has changed",
        "schema": {"type": "string"},
    },
    "Last-Modified": {
        "description": "When it last changed; it changes with the day as well",
        "schema": {"type": "string"},
    },
    "Link": {
        "description": "RFC 8288: `next` and `prev` pages, `describedby` this schema, `service-doc` the documentation",
        "schema": {"type": "string"},
    },
}
LIMITS: dict[str, Any] = {
    "RateLimit-Limit": {"description": "Requests a minute", "schema": {"type": "string"}},
    "RateLimit-Remaining": {"description": "How many are left of them", "schema": {"type": "string"}},
    "RateLimit-Reset": {"description": "In how many seconds there are all again", "schema": {"type": "string"}},
}
#: From an answer to what it names: the address, the operation there, the parameters and where in the answer they stand.
LINKS: dict[str, dict[str, dict[str, str]]] = {
    "cases": {
        "case": {"code": "/results/0/code"},
        "case_versions": {"code": "/results/0/code"},
        "case_version": {"code": "/results/0/code", "number": "/results/0/version"},
    },
    "case": {"case_versions": {"code": "/code"}, "case_version": {"code": "/code", "number": "/version"}},
    "proceedings": {"proceeding": {"code": "/results/0/case", "number": "/results/0/place"}},
    "organisations": {"organisation": {"slug": "/results/0/slug"}},
    "sites": {"site": {"slug": "/results/0/slug"}},
    "provisions": {"provision": {"slug": "/results/0/slug"}},
    "changes": {"case": {"code": "/results/0/code"}},
}
#: The errors with which any address may answer; 404 and 410 where something is named.
ANYWHERE = (400, 404, 406, 412, 429, 500)


@cache
def openapi() -> dict[str, Any]:
    """Return the OpenAPI description, made once a process."""
    generator: Any = SchemaGenerator(urlconf="tracker.urls")  # type: ignore[no-untyped-call]
    schema = copy.deepcopy(dict(generator.get_schema(request=None, public=True)))
    components = schema["components"]["schemas"]
    components["Problem"] = PROBLEM
    for path, operations in schema["paths"].items():
        _complete(operations["get"], path)
    for operation in (operations["get"] for operations in schema["paths"].values()):
        if any(one["name"] == FIELDS for one in operation.get("parameters", ())):
            _offer_parts(operation, components)
    return schema


def _complete(operation: dict[str, Any], path: str) -> None:
    """Add the headers and the errors that every address has."""
    answer = operation["responses"]["200"]
    answer["headers"] = {**HEADERS, **LIMITS}
    links = LINKS.get(operation["operationId"])
    if links:
        answer["links"] = {
            to: {
                "operationId": to,
                "parameters": {name: f"$response.body#{pointer}" for name, pointer in where.items()},
            }
            for to, where in links.items()
        }
    operation["responses"]["304"] = {"description": "Nothing has changed"}
    gone = (410,) if "{code}" in path else ()
    for status in (*ANYWHERE, *gone):
        _name, title, more = KINDS[status]
        content = {MEDIA_TYPE: {"schema": {"$ref": f"{REFERENCE}Problem"}}}
        operation["responses"][str(status)] = {"description": f"{title}. {more}", "content": content}
    waiting = {"Retry-After": {"description": "In how many seconds to ask again", "schema": {"type": "string"}}}
    operation["responses"]["429"]["headers"] = {**LIMITS, **waiting}


def _offer_parts(operation: dict[str, Any], components: dict[str, Any]) -> None:
    """Say that a result has only some of its fields where `fields` names them."""
    content = operation["responses"]["200"]["content"]["application/json"]
    name = content["schema"]["$ref"].removeprefix(REFERENCE)
    whole = components[name]
    results = whole["properties"].get("results")
    if results is not None and name.endswith("Page"):
        results["items"] = _whole_or_part(results["items"]["$ref"].removeprefix(REFERENCE), components)
    else:
        content["schema"] = _whole_or_part(name, components)


def _whole_or_part(name: str, components: dict[str, Any]) -> dict[str, Any]:
    _add_part(name, components)
    return {"anyOf": [{"$ref": f"{REFERENCE}{name}"}, {"$ref": f"{REFERENCE}{name}Part"}]}


def _add_part(name: str, components: dict[str, Any]) -> None:
    """Add the same shape with nothing required, and those of what is in it."""
    if f"{name}Part" in components:
        return
    part = components[f"{name}Part"] = copy.deepcopy(components[name])
    part.pop("required", None)
    part["description"] = f"Some fields of {name}"
    for inner in list(_refer_to_parts(part)):
        _add_part(inner, components)


def _refer_to_parts(node: Any) -> Any:
    """Let every reference in a shape lead to a part; yield the names of the wholes."""
    if isinstance(node, list):
        for one in node:
            yield from _refer_to_parts(one)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value.removeprefix(REFERENCE)
                node[key] = f"{value}Part"
            else:
                yield from _refer_to_parts(value)
