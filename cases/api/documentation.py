"""The documentation of the API as a page of the site, written from its description in OpenAPI; nothing from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt

from cases.api.base import METHODS, PREFLIGHT, SCHEMA, base_address
from cases.api.description import REFERENCE, openapi
from cases.api.problems import KINDS, OPEN_TO_ALL, problem_response

#: A question for each address, to copy; `CODE` and such are to be replaced.
EXAMPLES: dict[str, dict[str, str]] = {
    "cases": {"status": "in_custody", "region": "UA-43", "fields": "code,name.en,status,url", "limit": "10"},
    "proceedings": {"article": "205.5(2)", "fields": "id,case_url,last_decision"},
    "organisations": {"kind": "movement"},
    "sites": {"region": "UA-43", "fields": "slug,name,url"},
    "provisions": {"article": "205.5"},
    "statistics": {"by": "status"},
    "search": {"q": "Мустафаєв"},
    "changes": {"since": "2026-01-01T00:00:00Z"},
    "case": {"fields": "code,standing,document.events"},
}
FILLED = {"code": "CODE", "slug": "SLUG", "number": "1"}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field: its name, what it holds, what there is to say; `shape` is the one that it holds."""

    name: str
    holds: str
    says: str
    shape: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    says: str
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Operation:
    """What can be asked at one address."""

    name: str
    path: str
    says: str
    example: str
    parameters: list[Field]
    answers: list[Field]


@csrf_exempt
def documentation(request: HttpRequest) -> HttpResponse:
    """Show the page; other methods than reading are a problem like everywhere below the API."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": METHODS, **PREFLIGHT, **OPEN_TO_ALL})
    if request.method not in ("GET", "HEAD"):
        response: HttpResponse = problem_response(405)
        response["Allow"] = METHODS
        return response
    with translation.override("en"):
        context = {
            "section": "data",
            "base": base_address(request),
            "schema_path": SCHEMA,
            "operations": operations(),
            "shapes": shapes(),
            "problems": [(name, status, title, more) for status, (name, title, more) in KINDS.items()],
        }
        response = render(request, "public/api.html", context)
    response["Content-Language"] = "en"
    return response


@cache
def operations() -> list[Operation]:
    """Return every address in the order of the schema."""
    return [_operation(path, one["get"]) for path, one in openapi()["paths"].items()]


@cache
def shapes() -> list[Shape]:
    """Return every shape that an answer has, without those that differ only in leaving things out."""
    components = openapi()["components"]["schemas"]
    return [
        Shape(name, schema.get("description", ""), list(_fields(schema)))
        for name, schema in components.items()
        if schema.get("type") == "object" and not (name.endswith("Part") and name.removesuffix("Part") in components)
    ]


def _operation(path: str, one: dict[str, Any]) -> Operation:
    name = one["operationId"]
    filled = path.format(**FILLED)
    query = f"?{urlencode(EXAMPLES[name], safe=',:')}" if name in EXAMPLES else ""
    content = one["responses"]["200"].get("content", {})
    answers = [_field("", media["schema"], kind) for kind, media in content.items()]
    return Operation(
        name=name,
        path=path,
        says=one.get("description", ""),
        example=f"{filled}{query}",
        parameters=[
            _field(parameter["name"], parameter["schema"], parameter.get("description", ""))
            for parameter in one.get("parameters", ())
        ],
        answers=answers,
    )


def _fields(schema: dict[str, Any]) -> Iterator[Field]:
    for name, held in schema.get("properties", {}).items():
        yield _field(name, held, held.get("description", ""))


def _field(name: str, schema: dict[str, Any], says: str) -> Field:
    inner = schema.get("items", schema)
    words = tuple(inner.get("enum", ())) if name != "fields" else ()
    return Field(name, _holds(schema), says, _shape(schema), words)


def _shape(schema: dict[str, Any]) -> str:
    """Return the shape that is in a schema, however deep; "" where there is none."""
    if "$ref" in schema:
        return str(schema["$ref"]).removeprefix(REFERENCE)
    inside = [*schema.get("anyOf", ()), *schema.get("allOf", ()), *filter(None, [schema.get("items")])]
    return next((found for one in inside if (found := _shape(one))), "")


def _holds(schema: dict[str, Any]) -> str:
    """Return in words what a value is."""
    if schema.get("nullable"):
        return f"{_holds({**schema, 'nullable': False})}, or null"
    if schema.get("type") == "array":
        return f"list of {_holds(schema['items'])}"
    if shape := _shape(schema):
        return shape
    if isinstance(schema.get("additionalProperties"), dict):
        return f"object, by name: {_holds(schema['additionalProperties'])}"
    if schema.get("anyOf"):
        return " or ".join(_holds(one) for one in schema["anyOf"])
    return {
        "date": "date",
        "date-time": "time, UTC",
        "uri": "address",
    }.get(schema.get("format", ""), NAMES.get(schema.get("type", ""), "anything"))


NAMES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
}
