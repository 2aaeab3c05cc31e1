"""Counts of people by what lists are filtered by, from the totals that publication keeps."""

import datetime as dt
from typing import TypedDict
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import PublicView, understood
from cases.api.parameters import fields_of, parameters_of
from cases.api.parts import FIELDS
from cases.api.shapes import serializer_of
from cases.published.cells import CELL_FIELDS
from cases.published.filters import FACETS
from cases.published.models import Facet
from cases.published.statistics import People, totals
from cases.published.strict_forms import StrictForm, WordsField

#: The filters of the list that have one facet each, and this facet.
BY = {
    **{field: Facet(field) for field in CELL_FIELDS},
    **{parameter: facets[0] for parameter, facets in FACETS.items() if len(facets) == 1},
}


class CountAnswer(TypedDict):
    """How many people have one value, and the list of them."""

    value: str
    people: int
    in_custody: int
    invented: int
    url: str


class CountsAnswer(TypedDict):
    """The counts of one filter of the list of cases, the largest first."""

    by: str
    results: list[CountAnswer]


class StatisticsAnswer(TypedDict):
    """People, never prosecutions, whose cases are published on the day `on`: all, and by each value of some filters."""

    on: dt.date
    people: int
    in_custody: int
    invented: int
    counts: list[CountsAnswer]


class StatisticsForm(StrictForm):
    by = WordsField(
        label="By",
        required=False,
        choices=[(name, name) for name in BY],
        help_text="The filters of the list by whose values people are counted; all of them where none is named",
    )


class Statistics(PublicView):
    """How many people there are, and by the values of filters; each count leads to the list that it counts."""

    reads_parameters = True
    shape = StatisticsAnswer

    @extend_schema(
        operation_id="statistics",
        parameters=[*parameters_of(StatisticsForm, is_paged=False), fields_of(StatisticsAnswer)],
        responses=serializer_of(StatisticsAnswer),
    )
    def get(self, request: Request) -> Response:
        form = StatisticsForm(request.query_params, passing=(FIELDS,))
        understood(form)
        today = timezone.localdate()
        names = form.cleaned_data["by"] or list(BY)
        found = totals([Facet.ALL, *(BY[name] for name in names)], today)
        everybody = found.get((Facet.ALL.value, "all"), People())
        return self.one(
            StatisticsAnswer(
                on=today,
                people=everybody.people,
                in_custody=everybody.in_custody,
                invented=everybody.invented,
                counts=[CountsAnswer(by=name, results=self._counts(name, found)) for name in names],
            )
        )

    def _counts(self, name: str, counted: dict[tuple[str, str], People]) -> list[CountAnswer]:
        mine = [(value, people) for (facet, value), people in counted.items() if facet == BY[name].value]
        mine.sort(key=lambda one: (-one[1].people, one[0]))
        cases = reverse("api-cases")
        return [
            CountAnswer(
                value=value,
                people=found.people,
                in_custody=found.in_custody,
                invented=found.invented,
                url=self.address(f"{cases}?{urlencode({name: value})}"),
            )
            for value, found in mine
        ]
