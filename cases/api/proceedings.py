"""Criminal and administrative cases against the people whose cases are published, as their documents tell them."""

from typing import Any, TypedDict

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.answers import INVENTED, Address, EdtfDate, case_pages, edtf_date
from cases.api.base import PublicView, read_cursor, read_limit, understood
from cases.api.parameters import CURSOR, fields_of, parameters_of
from cases.api.problems import NothingNamed
from cases.api.shapes import page_of_shape, serializer_of
from cases.api.visible import visible_case
from cases.published.documents import ProceedingDocument, Words
from cases.published.filters import CaseFilter, CaseFilterForm
from cases.published.lists import page_of
from cases.published.models import PublishedCase


class ProceedingAnswer(TypedDict):
    """One proceeding against one person; `id` is the code of the case and its `place` in the document."""

    id: str
    url: str
    case: str
    case_url: str
    page_urls: Words
    invented: bool
    notice: str
    place: int
    name: Words
    kind: str
    number: str
    opened: EdtfDate
    charges: list[str]
    last_decision: str
    last_decided: EdtfDate
    version: int
    document: ProceedingDocument


def proceeding_answers(case: PublishedCase, proceedings: Any, address: Address) -> list[ProceedingAnswer]:
    """Return the proceedings of one case, in the order of its document."""
    return [_answer(case, number, one, address) for number, one in enumerate(proceedings or (), start=1)]


def _answer(case: PublishedCase, number: int, one: ProceedingDocument, address: Address) -> ProceedingAnswer:
    last = one["decisions"][-1] if one["decisions"] else None
    return ProceedingAnswer(
        id=f"{case.code}-{number}",
        url=address(reverse("api-proceeding", args=[case.code, number])),
        case=case.code,
        case_url=address(reverse("api-case", args=[case.code])),
        page_urls=case_pages(address, case.code, case.slug),
        invented=case.is_invented,
        notice=INVENTED if case.is_invented else "",
        place=number,
        name={"en": case.name_en, "uk": case.name_uk},
        kind=one["kind"],
        number=one["number"],
        opened=edtf_date(one["opened"]),
        charges=list(dict.fromkeys(charge["provision"]["number"] for charge in one["charges"])),
        last_decision=last["outcome"] if last else "",
        last_decided=edtf_date(last["decided_on"] if last else ""),
        version=case.version,
        document=one,
    )


class ProceedingList(PublicView):
    """Proceedings of the cases that the filters of the list of cases let through.

    The proceedings of one case stand together, and `limit` counts cases: a page may have fewer results, or more.
    """

    reads_parameters = True
    shape = ProceedingAnswer

    @extend_schema(
        operation_id="proceedings",
        parameters=parameters_of(CaseFilterForm, ProceedingAnswer),
        responses=page_of_shape(ProceedingAnswer),
    )
    def get(self, request: Request) -> Response:
        asked = CaseFilter(request.query_params, on=timezone.localdate(), passing=self.passing)
        understood(asked.form)
        try:
            page = page_of(asked.qs, ordering=asked.ordering, cursor=read_cursor(request), size=read_limit(request))
        except ValueError as error:
            raise NothingNamed({CURSOR: [str(error)]}) from error
        codes = [case.code for case in page.rows]
        told = dict(PublishedCase.objects.filter(pk__in=codes).values_list("code", "document__proceedings"))
        return self.listed(
            [one for case in page.rows for one in proceeding_answers(case, told.get(case.code), self.address)],
            next_cursor=page.next_cursor,
            previous_cursor=page.previous_cursor,
            changed=max((case.published_at for case in page.rows), default=None),
        )


class Proceeding(PublicView):
    """One proceeding. 410 if its case is no longer published."""

    shape = ProceedingAnswer

    @extend_schema(
        operation_id="proceeding",
        parameters=[fields_of(ProceedingAnswer)],
        responses=serializer_of(ProceedingAnswer),
    )
    def get(self, request: Request, code: str, number: int) -> Response:  # noqa: ARG002 - DRF's signature
        case = visible_case(code, timezone.localdate())
        found = proceeding_answers(case, case.document["proceedings"], self.address)  # type: ignore[index]
        if number > len(found):
            raise NotFound
        return self.one(found[number - 1], case.published_at)
