"""The addresses of the API for cases, their versions, detention sites, provisions; the list of addresses; the schema."""

import json

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.answers import (
    CaseAnswer,
    CaseSummary,
    CaseVersionAnswer,
    ProvisionAnswer,
    SiteAnswer,
    VersionSummary,
    case_answer,
    case_summary,
    found_summary,
    provision_answer,
    site_answer,
    version_answer,
    version_summary,
)
from cases.api.base import PublicView, read_limit, understood
from cases.api.description import openapi
from cases.api.parameters import CURSOR, fields_of, parameters_of
from cases.api.problems import Gone
from cases.api.shapes import page_of_shape, serializer_of
from cases.api.visible import visible_case
from cases.published.filters import CaseFilter, CaseFilterForm
from cases.published.lists import Ordering, by_name
from cases.published.models import DocumentKind, PublishedProvision, PublishedSite, PublishedVersion
from cases.published.reference_filters import ProvisionFilter, SiteFilter

BY_NUMBER = Ordering("sort_en")


class CaseList(PublicView):
    """Published cases, filtered as the list on the site, in pages.

    With `q` and without `ordering`, one page of the best answers, the best first, at most 100, each with why it matches.
    """

    reads_parameters = True
    shape = CaseSummary

    @extend_schema(
        operation_id="cases",
        parameters=parameters_of(CaseFilterForm, CaseSummary),
        responses=page_of_shape(CaseSummary),
    )
    def get(self, request: Request) -> Response:
        asked = CaseFilter(request.query_params, on=timezone.localdate(), passing=self.passing)
        understood(asked.form)
        if asked.is_ranked and CURSOR not in request.query_params:
            best = asked.best.rows[: read_limit(request)]
            return self.listed(
                [found_summary(case, hit, self.address) for case, hit in best],
                next_cursor="",
                previous_cursor="",
                changed=max((case.published_at for case, _hit in best), default=None),
            )
        return self.page(request, asked.qs, case_summary, ordering=asked.ordering)


class Case(PublicView):
    """One case: its document, and what follows from it today. 410 if it is no longer published."""

    shape = CaseAnswer

    @extend_schema(operation_id="case", parameters=[fields_of(CaseAnswer)], responses=serializer_of(CaseAnswer))
    def get(self, request: Request, code: str) -> Response:  # noqa: ARG002 - DRF's signature
        today = timezone.localdate()
        case = visible_case(code, today)
        return self.one(case_answer(case, self.address, on=today), case.published_at)


class CaseVersionList(PublicView):
    """The published versions of a case, the first first; those that may no longer be shown have no address. In one page."""

    shape = VersionSummary

    @extend_schema(
        operation_id="case_versions",
        parameters=[fields_of(VersionSummary)],
        responses=page_of_shape(VersionSummary),
    )
    def get(self, request: Request, code: str) -> Response:  # noqa: ARG002 - DRF's signature
        case = visible_case(code, timezone.localdate())
        rows = PublishedVersion.objects.filter(kind=DocumentKind.CASE, key=code).defer("text").order_by("number")
        answers = [version_summary(row, self.address) for row in rows]
        return self.listed(answers, next_cursor="", previous_cursor="", changed=case.published_at)


class CaseVersion(PublicView):
    """One published version of a case, as it was. 410 if the case or this version may no longer be shown."""

    shape = CaseVersionAnswer

    @extend_schema(
        operation_id="case_version",
        parameters=[fields_of(CaseVersionAnswer)],
        responses=serializer_of(CaseVersionAnswer),
    )
    def get(self, request: Request, code: str, number: int) -> Response:  # noqa: ARG002 - DRF's signature
        visible_case(code, timezone.localdate())
        version = PublishedVersion.objects.filter(kind=DocumentKind.CASE, key=code, number=number).first()
        if version is None:
            raise NotFound
        if version.closed_at is not None:
            raise Gone("This version is no longer shown.")
        return self.one(version_answer(version, json.loads(version.text), self.address), version.published_at)


class SiteList(PublicView):
    """Detention sites by name, each with the country to which it belongs and the power in control."""

    reads_parameters = True
    shape = SiteAnswer

    @extend_schema(
        operation_id="sites",
        parameters=parameters_of(SiteFilter.form_class(), SiteAnswer),
        responses=page_of_shape(SiteAnswer),
    )
    def get(self, request: Request) -> Response:
        asked = SiteFilter(request.query_params, PublishedSite.objects.all(), passing=self.passing)
        understood(asked.form)
        return self.page(request, asked.qs, site_answer, ordering=by_name("en"))


class Site(PublicView):
    """One detention site."""

    shape = SiteAnswer

    @extend_schema(operation_id="site", parameters=[fields_of(SiteAnswer)], responses=serializer_of(SiteAnswer))
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        site = PublishedSite.objects.filter(slug=slug).first()
        if site is None:
            raise NotFound
        return self.one(site_answer(site, self.address), site.published_at)


class ProvisionList(PublicView):
    """Provisions by number."""

    reads_parameters = True
    shape = ProvisionAnswer

    @extend_schema(
        operation_id="provisions",
        parameters=parameters_of(ProvisionFilter.form_class(), ProvisionAnswer),
        responses=page_of_shape(ProvisionAnswer),
    )
    def get(self, request: Request) -> Response:
        asked = ProvisionFilter(request.query_params, PublishedProvision.objects.all(), passing=self.passing)
        understood(asked.form)
        return self.page(request, asked.qs, provision_answer, ordering=BY_NUMBER)


class Provision(PublicView):
    """One provision."""

    shape = ProvisionAnswer

    @extend_schema(
        operation_id="provision", parameters=[fields_of(ProvisionAnswer)], responses=serializer_of(ProvisionAnswer)
    )
    def get(self, request: Request, slug: str) -> Response:  # noqa: ARG002 - DRF's signature
        provision = PublishedProvision.objects.filter(slug=slug).first()
        if provision is None:
            raise NotFound
        return self.one(provision_answer(provision, self.address), provision.published_at)


LISTS = {
    "cases": "api-cases",
    "proceedings": "api-proceedings",
    "organisations": "api-organisations",
    "sites": "api-sites",
    "provisions": "api-provisions",
    "statistics": "api-statistics",
    "search": "api-search",
    "changes": "api-changes",
    "follow_the_money": "api-ftm",
    "schema": "api-schema",
    "documentation": "api-docs",
}


class Root(PublicView):
    """The lists of the API, its schema and its documentation."""

    @extend_schema(operation_id="root", responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's signature
        return self.one({key: self.address(reverse(name)) for key, name in LISTS.items()})


class Schema(PublicView):
    """This API as OpenAPI."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:  # noqa: ARG002 - DRF's signature
        return self.one(openapi())
