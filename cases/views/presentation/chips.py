"""What a list is narrowed by, in words, each with the address of the list without it."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import pgettext

from cases.published.filters import CaseFilter
from cases.published.strict_forms import Several
from cases.views.addresses import changed, path, without_values
from cases.views.presentation.value_words import in_words

NOT_SHOWN = frozenset({"ordering"})


@dataclass(frozen=True, slots=True)
class Chip:
    """One value of one filter: its name, the value in words, and where to go to be without it."""

    name: str
    value: str
    path: str


def chips_of(found: CaseFilter, query: QueryDict, base: str) -> list[Chip]:
    """Return a chip for each value, in the order of the form; only of parameters that are understood."""
    cleaned = found.form.cleaned_data
    return [
        chip
        for name, field in found.form.fields.items()
        if name not in NOT_SHOWN and query.get(name) and cleaned.get(name) not in (None, "", [])
        for chip in _chips(name, field, cleaned[name], query, base)
    ]


def _chips(name: str, field: Any, value: Any, query: QueryDict, base: str) -> list[Chip]:
    if not isinstance(field, Several):
        said = in_words(name, field, [value])[value]
        return [Chip(str(field.label), said, path(base, changed(query, without=[name])))]
    words = in_words(name, field, value)
    written = {one: [raw for raw in query.getlist(name) if field.read(raw) == one] for one in value}
    return [Chip(str(field.label), words[one], path(base, without_values(query, name, written[one]))) for one in value]


def told(chips: list[Chip]) -> str:
    """Say the filters in one line: "Status: Serving a sentence or On trial; Article: 205.5"."""
    values: dict[str, list[str]] = {}
    for chip in chips:
        values.setdefault(chip.name, []).append(chip.value)
    joint = pgettext("between two values", "or")
    return "; ".join(f"{name}: {f' {joint} '.join(said)}" for name, said in values.items())
