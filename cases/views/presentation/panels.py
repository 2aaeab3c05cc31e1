"""Filters to choose from: the values that published cases have, and how many people the list would have with each."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.http import QueryDict
from django.utils.translation import get_language, gettext, gettext_lazy

from cases.domain.alphabets import sort_key
from cases.domain.bands import UNKNOWN_BAND
from cases.enums import CUSTODY_STATUSES
from cases.published.case_form import IN_CUSTODY
from cases.published.cells import CELL_FACETS
from cases.published.counts import Counts, Tally
from cases.published.filters import FACETS, CaseFilter
from cases.published.models import UNSURE, Facet
from cases.published.parts import kept_part
from cases.published.statistics import totals
from cases.published.strict_forms import WordsField
from cases.templatetags.tracker import number
from cases.views.addresses import changed
from cases.views.presentation.value_words import REGIONS, in_words

FIRST = ("status", "article", "region")
#: What the further filters are about: a title, parameters with a panel, parameters with a field to type in.
SECTIONS = (
    (gettext_lazy("The person"), ("ethnicity", "sex", "age", "role", "religion", "kind"), ()),
    (gettext_lazy("Places"), ("place", "home_region", "arrest_region", "site_region", "site", "site_ever"), ()),
    (
        gettext_lazy("Arrest and charge"),
        ("arrest_year", "provision"),
        ("arrested_after", "arrested_before", "certainty"),
    ),
    (
        gettext_lazy("Sentence and time in custody"),
        ("sentence", "sentence_length", "time_held", "death_year"),
        ("sentence_at_least", "sentence_at_most"),
    ),
    (
        gettext_lazy("What was decided, and when it was published"),
        ("assessed", "assessed_by", "rehabilitation"),
        ("rescinded", "status_on", "published_since", "updated_since"),
    ),
)
MORE = tuple(name for _title, panels, _fields in SECTIONS for name in panels)
TYPED = tuple(name for _title, _panels, fields in SECTIONS for name in fields)
YEARS = frozenset({"arrest_year", "death_year"})
#: Of articles, regions, sites and bodies so many are offered, those with most people; any other can be typed.
MOST_OFFERED = 12

FACETS_OF: dict[str, tuple[Facet, ...]] = {
    **{facet.value: (facet,) for facet in CELL_FACETS},
    **FACETS,
    "assessed": (Facet.ASSESSED,),
    "assessed_by": (Facet.ASSESSED_BY,),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One value to choose; `people` is "" where it is not counted."""

    value: str
    label: str
    people: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One parameter with its options; `chosen` says in words what is chosen."""

    field: Any
    chosen: str
    options: list[Option]
    can_be_typed: bool
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Further filters about one thing: those to choose from, and the names of those to type in."""

    title: str
    panels: list[Panel]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Panels:
    """All panels; `kept_as` is the address for which they are the same, None where a parameter is refused."""

    first: list[Panel]
    more: list[Section]
    kept_as: str | None = None


def panels_of(found: CaseFilter, counts: Counts | None) -> Panels:
    """Return the panels in the active language; without numbers where a parameter is refused (`counts` is None)."""
    if counts is None:
        return _made(found, counts)
    same = changed(
        cast("QueryDict", found.form.data), without=["ordering"]
    ).urlencode()  # on every page of a list and in every order
    return kept_part("panels", same, lambda: replace(_made(found, counts), kept_as=same))


def _made(found: CaseFilter, counts: Counts | None) -> Panels:
    present = kept_part("present", "", lambda: _present(found.on))
    chosen = {name: [str(one) for one in found.form[name].value() or () if one] for name in (*FIRST, *MORE)}
    tallies = _tallies(counts, chosen) if counts else {}
    made = {name: _panel(found, name, chosen[name], present, tallies.get(name)) for name in (*FIRST, *MORE)}
    shown = {name: panel for name, panel in made.items() if panel.options or name in FIRST or panel.field.errors}
    return Panels(
        first=[shown[name] for name in FIRST],
        more=[
            Section(str(title), [shown[name] for name in panels if name in shown], fields)
            for title, panels, fields in SECTIONS
        ],
    )


def _present(on: date) -> Mapping[str, dict[str, int]]:
    """Return the values that cases shown on a day have, {facet: {value: people}}; two queries."""
    facets = {facet for facets in FACETS_OF.values() for facet in facets}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (facet, value), counted in totals(facets, on).items():
        found[facet][value] = counted.people
    return found


def _tallies(counts: Counts, chosen: Mapping[str, list[str]]) -> dict[str, Tally | None]:
    """Return the numbers for each parameter; those of which nothing is chosen are counted together."""
    found: dict[str, Tally | None] = {}
    free = [name for name, values in chosen.items() if not values]
    for of_cell in (True, False):
        names = [name for name in free if (FACETS_OF[name][0] in CELL_FACETS) is of_cell]
        facets = {facet for name in names for facet in FACETS_OF[name]}
        tally = counts.beside(facets, "") if facets else None
        found |= dict.fromkeys(names, tally)
    for name, values in chosen.items():
        if values:
            found[name] = counts.beside(FACETS_OF[name], name)
    if chosen["assessed"] or chosen["assessed_by"]:  # together they ask for something else than each alone
        found["assessed"] = found["assessed_by"] = None
    if any("status_on" in part.fields for part in counts.asked.ranges):  # totals count the status of today
        found["status"] = None
    return found


def _panel(
    found: CaseFilter, name: str, chosen: list[str], present: Mapping[str, dict[str, int]], tally: Tally | None
) -> Panel:
    field = found.form.fields[name]
    is_closed = isinstance(field, WordsField)
    people: dict[str, int] = defaultdict(int)
    for facet in FACETS_OF[name]:
        for value, number_ in present.get(facet, {}).items():
            people[value] += number_
    people.pop(UNSURE, None)
    offered = sorted(people, key=lambda value: (-people[value], value))
    values = set(offered if is_closed or name in YEARS else offered[:MOST_OFFERED])
    if name == "status" and people.keys() & {str(one) for one in CUSTODY_STATUSES}:
        values.add(IN_CUSTODY)
    is_valid = name not in found.form.errors
    words = in_words(name, field, values | set(chosen if is_valid else ()))
    options = [
        Option(value, words[value], _told(name, value, tally), value in chosen)
        for value in _ordered(name, field, words)
    ]
    return Panel(
        field=found.form[name],
        chosen=", ".join(option.label for option in options if option.is_chosen) or gettext("Any"),
        options=options,
        can_be_typed=not is_closed,
        is_counted=tally is not None,
    )


def _told(name: str, value: str, tally: Tally | None) -> str:
    if tally is None:
        return ""
    values = [str(one) for one in CUSTODY_STATUSES] if (name, value) == ("status", IN_CUSTODY) else [value]
    return number(sum(tally.get((facet.value, one), 0) for facet in FACETS_OF[name] for one in values))


def _ordered(name: str, field: Any, words: Mapping[str, str]) -> Iterable[str]:
    """Return the values as a reader looks for them: words as their list has them, articles by number, others by name."""
    if isinstance(field, WordsField):
        return [value for value, _label in list(field.choices) if value in words]  # type: ignore[arg-type]
    if name == "article":
        return sorted(words, key=_natural)
    if name in YEARS:
        return sorted(words, key=lambda year: (year == UNKNOWN_BAND, -int(year) if year.isdigit() else 0))
    language = get_language() or "en"
    return sorted(words, key=lambda one: (name in REGIONS and one[:2] != "UA", sort_key(words[one], language)))


def _natural(text: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|\D+", text)]
