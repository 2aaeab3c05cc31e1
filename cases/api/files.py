"""Cases in the formats of other programs: FollowTheMoney as JSON lines, schema.org as JSON-LD."""

from collections.abc import Iterator
from typing import Any, cast

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.base import PublicView, understood
from cases.api.parameters import parameters_of
from cases.api.visible import visible_case
from cases.exports.follow_the_money import lines_of
from cases.exports.linked_data import person_of
from cases.published.documents import CaseDocument
from cases.published.filters import CaseFilter, CaseFilterForm
from cases.published.lists import rows_of
from cases.published.models import PublishedCase

LINES, LINKED = "application/x-ndjson", "application/ld+json"
ENTITIES = {
    (200, LINES): OpenApiResponse(
        response={"type": "string"},
        description="One FollowTheMoney entity a line, in JSON with id, schema and properties",
    )
}


class FollowTheMoneyList(PublicView):
    """The cases that the filters let through as FollowTheMoney entities, streamed. None has a topic of crime."""

    media_type = LINES
    reads_parameters = True

    @extend_schema(
        operation_id="follow_the_money",
        parameters=parameters_of(CaseFilterForm, is_paged=False),
        responses=ENTITIES,
    )
    def get(self, request: Request) -> HttpResponseBase:
        asked = CaseFilter(request.query_params, on=timezone.localdate())
        understood(asked.form)
        lines = lines_of(_dated(rows_of(asked.qs, ordering=asked.ordering)), address=self.address)
        response = StreamingHttpResponse(lines, content_type=LINES)
        response["Content-Disposition"] = f'attachment; filename="cases-{timezone.localdate():%Y-%m-%d}.ftm.jsonl"'
        return response


class FollowTheMoney(PublicView):
    """One case as FollowTheMoney entities. 410 if it is no longer published."""

    media_type = LINES

    @extend_schema(operation_id="case_follow_the_money", responses=ENTITIES)
    def get(self, request: Request, code: str) -> HttpResponseBase:  # noqa: ARG002 - DRF's signature
        case = visible_case(code, timezone.localdate())
        return self.whole("".join(lines_of(_dated([case]), address=self.address)), LINES, case.published_at)


class LinkedCase(PublicView):
    """One case as a Person of schema.org, in JSON-LD. 410 if it is no longer published."""

    media_type = LINKED

    @extend_schema(
        operation_id="case_linked_data",
        responses={(200, LINKED): OpenApiResponse(response={"type": "object"}, description="A Person of schema.org")},
    )
    def get(self, request: Request, code: str) -> Response:  # noqa: ARG002 - DRF's signature
        case = visible_case(code, timezone.localdate())
        document = cast("CaseDocument", case.document)
        response = self.one(person_of(document, address=self.address, changed=case.published_at), case.published_at)
        response.content_type = LINKED
        return response


def _dated(cases: Any) -> Iterator[tuple[CaseDocument, str]]:
    case: PublishedCase
    for case in cases:
        yield cast("CaseDocument", case.document), timezone.localdate(case.published_at).isoformat()
