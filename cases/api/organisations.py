"""Organisations that published cases name."""

from typing import Any, TypedDict

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.answers import Address
from cases.api.base import PublicView, understood
from cases.api.parameters import fields_of, parameters_of
from cases.api.shapes import page_of_shape, serializer_of
from cases.published.documents import Words
from cases.published.lists import by_name
from cases.published.organisations import shown_organisations
from cases.published.reference_filters import OrganisationFilter


class OrganisationAnswer(TypedDict):
    """An organisation that a published case names, and of how many people the cases do."""

    slug: str
    url: str
    cases_url: str
    name: Words
    kind: str
    people: int


def organisation_answer(row: Any, address: Address) -> OrganisationAnswer:
    """Return an organisation; `row` is one of `shown_organisations`."""
    return OrganisationAnswer(
        slug=row.slug,
        url=address(reverse("api-organisation", args=[row.slug])),
        cases_url=address(f"{reverse('api-cases')}?organisation={row.slug}"),
        name=row.name,
        kind=str(row.kind),
        people=row.people,
    )


class OrganisationList(PublicView):
    """Organisations by name: those to which people belong, and those that charges, events or assessments name."""

    reads_parameters = True
    shape = OrganisationAnswer

    @extend_schema(
        operation_id="organisations",
        parameters=parameters_of(OrganisationFilter.form_class(), OrganisationAnswer),
        responses=page_of_shape(OrganisationAnswer),
    )
    def get(self, request: Request) -> Response:
        rows = shown_organisations(timezone.localdate())
        asked = OrganisationFilter(request.query_params, rows, passing=self.passing)
        understood(asked.form)
        return self.page(request, asked.qs, organisation_answer, ordering=by_name("en"))


class Organisation(PublicView):
    """One organisation, as long as a published case names it."""

    shape = OrganisationAnswer

    @extend_schema(
        operation_id="organisation",
        parameters=[fields_of(OrganisationAnswer)],
        responses=serializer_of(OrganisationAnswer),
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        row = shown_organisations(timezone.localdate()).filter(value=slug).first()
        if row is None:
            raise NotFound
        return self.one(organisation_answer(row, self.address))
