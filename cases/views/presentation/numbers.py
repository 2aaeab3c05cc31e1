"""The headline numbers: a figure, what it counts, the list behind it. Read from totals, never by counting rows."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from cases.enums import CaseKind, Ethnicity, Status
from cases.published.filters import IN_CUSTODY
from cases.published.models import Facet
from cases.published.statistics import NOBODY, totals


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its words and the address of the list that it counts."""

    number: int
    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Numbers:
    people: int
    in_custody: int
    invented: int
    figures: list[Figure]


NEEDED = (
    (Facet.ALL, "all"),
    (Facet.ETHNICITY, Ethnicity.CRIMEAN_TATAR.value),
    (Facet.KIND, CaseKind.HISTORICAL.value),
    (Facet.STATUS, Status.MISSING.value),
    (Facet.STATUS, Status.IN_TRANSIT.value),
)


def headline_numbers(on: date) -> Numbers:
    """Return the numbers of the day in the active language; two queries. But for the first, none that would be nought."""
    found = totals({facet for facet, _value in NEEDED}, on, Q(value__in=[value for _facet, value in NEEDED]))
    everyone, tatars, historical, missing, moved = (found.get((facet.value, value), NOBODY) for facet, value in NEEDED)
    figures = [
        _figure(everyone.in_custody, gettext("in custody"), status=IN_CUSTODY),
        _figure(missing.people, ngettext("missing", "missing", missing.people), status=Status.MISSING.value),
        _figure(moved.people, gettext("in transit, nobody knows where"), status=Status.IN_TRANSIT.value),
        _figure(
            tatars.people,
            ngettext("Crimean Tatar among all cases", "Crimean Tatars among all cases", tatars.people),
            ethnicity=Ethnicity.CRIMEAN_TATAR.value,
        ),
        _figure(
            historical.people,
            ngettext("historical case of the Soviet time", "historical cases of the Soviet time", historical.people),
            kind=CaseKind.HISTORICAL.value,
        ),
    ]
    shown = [figure for place, figure in enumerate(figures) if figure.number or place == 0]
    people = ngettext("person published, free or held", "people published, free or held", everyone.people)
    shown.insert(1, Figure(everyone.people, people, reverse("cases")))
    return Numbers(everyone.people, everyone.in_custody, everyone.invented, shown[:4])


def _figure(number: int, words: str, **query: str | int) -> Figure:
    return Figure(number, words, f"{reverse('cases')}?{urlencode(query)}")
