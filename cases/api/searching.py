"""One box for everything: people by name or words, and the provisions and sites that the words name."""

from typing import TypedDict
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.answers import Address, CaseSummary, found_summary
from cases.api.base import PublicView, read_limit, understood
from cases.api.parameters import LIMIT, LIMIT_PARAMETER, fields_of, schema_of
from cases.api.parts import FIELDS
from cases.api.shapes import serializer_of
from cases.published.case_form import CaseFilterForm
from cases.published.documents import Words
from cases.published.filters import CaseFilter
from cases.published.strict_forms import StrictForm
from cases.published.subject_models import SubjectKind
from cases.published.subjects import find_subjects


class SubjectAnswer(TypedDict):
    """Something beside people that the words name."""

    kind: str  # provision, site or place
    slug: str
    url: str
    name: Words


class SearchAnswer(TypedDict):
    """What the words of a question find."""

    query: str
    cases_url: str
    cases: list[CaseSummary]
    subjects: list[SubjectAnswer]


class SearchForm(StrictForm):
    q = CaseFilterForm.base_fields["q"]


QUESTION = OpenApiParameter(
    "q",
    schema_of(SearchForm.base_fields["q"]),
    required=True,
    description="A name in any script and spelling, its beginning, the code of a case, the number of an article",
)


def best_cases(text: str, address: Address, limit: int) -> list[CaseSummary]:
    """Return the cases that answer the words, the best first. `cases.published.search` decides which they are."""
    query = QueryDict(mutable=True)
    query["q"] = text
    asked = CaseFilter(query, on=timezone.localdate())
    understood(asked.form)
    return [found_summary(case, hit, address) for case, hit in asked.best.rows[:limit]]


def subjects(text: str, address: Address) -> list[SubjectAnswer]:
    """Return the provisions, sites and places that the words name; a place leads to the cases that count under it."""
    found = find_subjects(text, "en", timezone.localdate())
    return [
        SubjectAnswer(kind=kind.value, slug=one.key, url=address(_path(kind, one.key)), name=one.name)
        for kind, several in found.items()
        for one in several
    ]


def _path(kind: SubjectKind, key: str) -> str:
    if kind is SubjectKind.PLACE:
        return f"{reverse('api-cases')}?{urlencode({'place': key})}"
    return reverse(f"api-{kind.value}", args=[key])


class Search(PublicView):
    """People by name in any spelling, by code or words, the best first; provisions by number, sites and places by name."""

    reads_parameters = True
    shape = SearchAnswer

    @extend_schema(
        operation_id="search",
        parameters=[QUESTION, LIMIT_PARAMETER, fields_of(SearchAnswer)],
        responses=serializer_of(SearchAnswer),
    )
    def get(self, request: Request) -> Response:
        form = SearchForm(request.query_params, passing=(LIMIT, FIELDS))
        understood(form)
        text = form.cleaned_data["q"]
        if not text:
            raise ValidationError({"q": ["Write what is to be found."]})
        query = QueryDict(mutable=True)
        query["q"] = text
        return self.one(
            SearchAnswer(
                query=text,
                cases_url=self.address(f"{reverse('api-cases')}?{query.urlencode()}"),
                cases=best_cases(text, self.address, read_limit(request)),
                subjects=subjects(text, self.address),
            )
        )
