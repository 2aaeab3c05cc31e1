"""What became of cases since a moment: for mirrors, which take out what is withdrawn."""

import datetime as dt
import re
from typing import NotRequired, TypedDict

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.answers import Address
from cases.api.base import PublicView, read_limit
from cases.api.parameters import LIMIT, LIMIT_PARAMETER
from cases.api.problems import NothingNamed
from cases.api.shapes import serializer_of
from cases.published.change_list import Change, ChangeKind, Place, changes_after, read_place, resumed, write_place

SINCE = "since"
CURSOR_OF_CHANGES = r"^c_[A-Za-z0-9_-]{1,120}$"
WRONG = "Write a time with its offset, for example 2026-01-31T12:00:00Z, or what `next` or `resume` of an answer has."


class ChangeAnswer(TypedDict):
    """The last that happened to a case. Of a withdrawn one there is its code and the time, nothing else."""

    code: str
    change: str  # ChangeKind
    at: dt.datetime
    url: NotRequired[str]
    version: NotRequired[int]
    sha256: NotRequired[str]


class ChangesAnswer(TypedDict):
    """Changes in the order of time; `next` while there are more, `resume` to ask for those to come.

    `resume` begins a little before the last: what is published at the same time is not missed, some changes come twice.
    """

    next: str | None
    resume: str
    results: list[ChangeAnswer]


def change_answer(change: Change, address: Address) -> ChangeAnswer:
    answer = ChangeAnswer(code=change.place.code, change=change.kind.value, at=change.place.at)
    if change.kind is ChangeKind.WITHDRAWN:
        return answer
    url = address(reverse("api-case", args=[change.place.code]))
    return {**answer, "url": url, "version": change.version, "sha256": change.sha256}


class Changes(PublicView):
    """Cases that were published, changed or withdrawn since a time, the earliest first; each once, with its last change."""

    reads_parameters = True

    @extend_schema(
        operation_id="changes",
        parameters=[
            OpenApiParameter(
                SINCE,
                {
                    "anyOf": [
                        {"type": "string", "format": "date-time"},
                        {"type": "string", "pattern": CURSOR_OF_CHANGES},
                    ]
                },
                description="A time with its offset, or what `next` or `resume` has; without it, from the first",
            ),
            LIMIT_PARAMETER,
        ],
        responses=serializer_of(ChangesAnswer),
    )
    def get(self, request: Request) -> Response:
        self.refuse_others({SINCE, LIMIT})
        now, limit = timezone.now(), read_limit(request)
        found = changes_after(_since(request), on=timezone.localdate(now), limit=limit + 1)
        changes, is_more = found[:limit], len(found) > limit
        last = changes[-1].place if changes else _since(request)
        answer = ChangesAnswer(
            next=self._since(last) if is_more and last else None,
            resume=self._since(resumed(last, now)),
            results=[change_answer(one, self.address) for one in changes],
        )
        return Response(answer, headers={"Link": self.links({"next": answer["next"]})})

    def _since(self, place: Place) -> str:
        parameters = self.request.query_params.copy()
        parameters[SINCE] = write_place(place)
        return self.address(f"{self.request.path}?{parameters.urlencode()}")


def _since(request: Request) -> Place | None:
    text = request.query_params.get(SINCE)
    if text is None:
        return None
    try:
        return read_place(text)
    except (ValueError, OverflowError) as error:
        refused = {SINCE: [WRONG]}
        raise NothingNamed(refused) if re.fullmatch(CURSOR_OF_CHANGES, text) else ValidationError(refused) from error
