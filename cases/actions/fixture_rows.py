"""Reading fixture files: JSON in, checked records out, and errors that name file, line, field and remedy."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.functional import Promise

#: Where the committed fixtures are.
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"

#: Finds the record that a fixture names by its key; raises LookupError.
Finder = Callable[[type[models.Model], str], models.Model]


class FixtureError(Exception):
    """A fixture cannot be loaded; the message says where the error is and what to do. Nothing has been written."""


@dataclass(frozen=True, slots=True)
class Row:
    """One object of a fixture file, and where it stands."""

    where: str  # "fixtures/reference/sites.jsonl, line 12"
    values: dict[str, Any]
    citations: list[dict[str, Any]] = field(default_factory=list)

    def error(self, name: str, problem: str | Promise) -> FixtureError:
        """Return the error about one field of this row."""
        return FixtureError(f"{self.where}, field {name}: {problem}")


def make_row(where: str, values: Any) -> Row:
    """Return the row of a JSON object; its `citations` are set apart."""
    if not isinstance(values, dict):
        raise FixtureError(f"{where}: this is not a JSON object; write {{…}} with a name for each value.")
    rest = dict(values)
    citations = rest.pop("citations", [])
    if not isinstance(citations, list) or not all(isinstance(one, dict) for one in citations):
        raise FixtureError(f"{where}, field citations: write a list of objects, each with at least its source.")
    return Row(where=where, values=rest, citations=citations)


def read_lines(path: Path) -> Iterator[Row]:
    """Yield the rows of a JSON Lines file; empty lines are left out."""
    name = _shown(path)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise FixtureError(f"{name}: cannot be read ({problem.strerror}); restore the file.") from problem
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            values = json.loads(line)
        except json.JSONDecodeError as problem:
            raise FixtureError(
                f"{where}, column {problem.colno}: not JSON ({problem.msg}); correct the line."
            ) from problem
        yield make_row(where, values)


def read_object(path: Path) -> tuple[str, Any]:
    """Return a JSON file that holds one object, with the name by which errors call it."""
    name = _shown(path)
    try:
        return name, json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise FixtureError(f"{name}: cannot be read ({problem.strerror}); restore the file.") from problem
    except json.JSONDecodeError as problem:
        where = f"{name}, line {problem.lineno}, column {problem.colno}"
        raise FixtureError(f"{where}: not JSON ({problem.msg}); correct the file.") from problem


def _shown(path: Path) -> str:
    return str(path.relative_to(FIXTURES.parent)) if path.is_relative_to(FIXTURES.parent) else path.name


def values_for(model: type[models.Model], row: Row, find: Finder) -> dict[str, Any]:
    """Return the values of a row as Python values by attribute, foreign keys resolved by their keys."""
    found: dict[str, Any] = {}
    for name, value in row.values.items():
        try:
            column = model._meta.get_field(name)
        except FieldDoesNotExist as problem:
            raise row.error(name, f"{model.__name__} has no such field; correct the name.") from problem
        if isinstance(column, models.ForeignKey):
            found[name] = _related(column, row, value, find)
            continue
        try:
            found[name] = column.to_python(value)  # type: ignore[union-attr]
        except ValidationError as problem:
            raise row.error(name, " ".join(problem.messages)) from problem
    return found


def _related(column: "models.ForeignKey[Any, Any]", row: Row, key: str, find: Finder) -> models.Model:
    target: Any = column.related_model
    try:
        return find(target, key)
    except LookupError as problem:
        kind = target.__name__
        raise row.error(
            column.name, f"there is no {kind} {key!r}; add it to its file or correct the name."
        ) from problem


def check(record: models.Model, row: Row, *, exclude: tuple[str, ...] = ()) -> None:
    """Raise a FixtureError that names the first field the model refuses."""
    try:
        record.full_clean(exclude=exclude)
    except ValidationError as problem:
        name, messages = next(iter(_by_field(problem).items()))
        raise row.error(name, " ".join(map(str, messages))) from problem


def _by_field(problem: ValidationError) -> Mapping[str, list[Any]]:
    return problem.message_dict if hasattr(problem, "error_dict") else {"(the row as a whole)": problem.messages}
