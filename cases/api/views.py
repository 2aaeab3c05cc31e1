"""The addresses of the API: cases, their versions, detention sites, provisions, the list of addresses, the schema."""

import json
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.answers import (
    CaseAnswer,
    CaseSummary,
    CaseVersionAnswer,
    Problem,
    ProvisionAnswer,
    SiteAnswer,
    case_answer,
    case_summary,
    found_summary,
    provision_answer,
    site_answer,
    version_answer,
)
from cases.api.base import CURSOR, Gone, PublicView
from cases.api.parameters import parameters_of
from cases.api.shapes import page_of_shape, serializer_of
from cases.published.filters import CaseFilter, CaseFilterForm
from cases.published.lists import Ordering, by_name
from cases.published.models import DocumentKind, PublishedCase, PublishedProvision, PublishedSite, PublishedVersion
from cases.published.reference_filters import ProvisionFilterForm, SiteFilterForm
from cases.published.strict_forms import StrictForm

PROBLEM = serializer_of(Problem)
REFUSED = {
    "type": "object",
    "description": "For each parameter that is refused, why",
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}
BY_NUMBER = Ordering("sort_en")


def _understood(form: StrictForm) -> None:
    if form.problems:
        raise ValidationError(form.problems)


class CaseList(PublicView):
    """Published cases, filtered as the list on the site, in pages.

    With `q` and without `ordering`, one page of the best answers, the best first, at most 100, each with why it matches.
    """

    reads_parameters = True

    @extend_schema(
        operation_id="cases",
        parameters=parameters_of(CaseFilterForm),
        responses={200: page_of_shape(CaseSummary), 400: REFUSED},
    )
    def get(self, request: Request) -> Response:
        asked = CaseFilter(request.query_params, on=timezone.localdate(), passing=(CURSOR,))
        _understood(asked.form)
        if asked.is_ranked and not request.query_params.get(CURSOR):
            best = [found_summary(case, hit, self.address) for case, hit in asked.best.rows]
            return Response({"next": None, "previous": None, "results": best})
        return self.page(request, asked.qs, case_summary, ordering=asked.ordering)


class Case(PublicView):
    """One case: its document, and what follows from it today. 410 if it is no longer published."""

    @extend_schema(operation_id="case", responses={200: serializer_of(CaseAnswer), 404: PROBLEM, 410: PROBLEM})
    def get(self, request: Request, code: str) -> Response:  # noqa: ARG002 - DRF's signature
        today = timezone.localdate()
        return Response(case_answer(_visible(code), self.address, on=today))


class CaseVersion(PublicView):
    """One published version of a case, as it was. 410 if the case or this version may no longer be shown."""

    @extend_schema(
        operation_id="case_version", responses={200: serializer_of(CaseVersionAnswer), 404: PROBLEM, 410: PROBLEM}
    )
    def get(self, request: Request, code: str, number: int) -> Response:  # noqa: ARG002 - DRF's signature
        _visible(code)
        version = PublishedVersion.objects.filter(kind=DocumentKind.CASE, key=code, number=number).first()
        if version is None:
            raise NotFound
        if version.closed_at is not None:
            raise Gone("This version is no longer shown.")
        return Response(version_answer(version, json.loads(version.text), self.address))


def _visible(code: str) -> PublishedCase:
    case = PublishedCase.objects.visible(timezone.localdate()).filter(code=code).first()
    if case is not None:
        return case
    if PublishedCase.objects.filter(code=code).exists():
        raise Gone("This case is no longer published.")
    raise NotFound


class SiteList(PublicView):
    """Detention sites by name, each with the country to which it belongs and the power in control."""

    reads_parameters = True

    @extend_schema(
        operation_id="sites",
        parameters=parameters_of(SiteFilterForm),
        responses={200: page_of_shape(SiteAnswer), 400: REFUSED},
    )
    def get(self, request: Request) -> Response:
        form = SiteFilterForm(request.query_params, passing=(CURSOR,))
        _understood(form)
        return self.page(request, form.select(), site_answer, ordering=by_name("en"))


class Site(PublicView):
    """One detention site."""

    @extend_schema(operation_id="site", responses={200: serializer_of(SiteAnswer), 404: PROBLEM})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        site = PublishedSite.objects.filter(slug=slug).first()
        if site is None:
            raise NotFound
        return Response(site_answer(site, self.address))


class ProvisionList(PublicView):
    """Provisions by number."""

    reads_parameters = True

    @extend_schema(
        operation_id="provisions",
        parameters=parameters_of(ProvisionFilterForm),
        responses={200: page_of_shape(ProvisionAnswer), 400: REFUSED},
    )
    def get(self, request: Request) -> Response:
        form = ProvisionFilterForm(request.query_params, passing=(CURSOR,))
        _understood(form)
        return self.page(request, form.select(), provision_answer, ordering=BY_NUMBER)


class Provision(PublicView):
    """One provision."""

    @extend_schema(operation_id="provision", responses={200: serializer_of(ProvisionAnswer), 404: PROBLEM})
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        provision = PublishedProvision.objects.filter(slug=slug).first()
        if provision is None:
            raise NotFound
        return Response(provision_answer(provision, self.address))


class Root(PublicView):
    """The lists of the API and its schema."""

    @extend_schema(operation_id="root", responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's signature
        names = {"cases": "api-cases", "sites": "api-sites", "provisions": "api-provisions", "schema": "api-schema"}
        return Response({key: self.address(reverse(name)) for key, name in names.items()})


class Schema(PublicView):
    """This API as OpenAPI."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's signature
        return Response(openapi())


@cache
def openapi() -> dict[str, Any]:
    """Return the OpenAPI description, made once a process."""
    generator: Any = SchemaGenerator(urlconf="tracker.urls")  # type: ignore[no-untyped-call]
    return dict(generator.get_schema(request=None, public=True))
