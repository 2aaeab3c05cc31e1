"""Errors as RFC 9457 tells them: `application/problem+json` with a type that leads to its explanation."""

import logging
from typing import Any, NotRequired, TypedDict

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import JsonResponse
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

logger = logging.getLogger("django.request")

MEDIA_TYPE = "application/problem+json"
DOCUMENTATION = "/api/v1/docs/"


class ProblemError(TypedDict):
    """One thing that is wrong; `parameter` is the one of the address that it is about."""

    parameter: NotRequired[str]
    detail: str


class Problem(TypedDict):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemError]


#: What each status means here: the name of the problem, its title, what else there is to say of it.
KINDS: dict[int, tuple[str, str, str]] = {
    400: (
        "bad-request",
        "The request is not understood",
        (
            "A parameter is unknown, given twice, or not written as the description says. Each is named in `errors`; "
            "nothing that is not understood is ignored."
        ),
    ),
    404: (
        "not-found",
        "There is no such thing",
        (
            "Nothing stands at this address; or a parameter is written as it should be and names nothing that is published: "
            "a site, an article, a region, a page that was never given out."
        ),
    ),
    405: ("method-not-allowed", "The method is not allowed", "This interface is only read: GET, HEAD and OPTIONS."),
    406: ("not-acceptable", "There is no such format here", "Leave the header Accept out, or accept the format named."),
    410: (
        "gone",
        "This is no longer published",
        (
            "The case was withdrawn or its consent has ended, or this version shows what may no longer be shown. Take it "
            "out of your copy."
        ),
    ),
    412: (
        "precondition-failed",
        "It is not what you have",
        "The header If-Match names another state than the present one.",
    ),
    429: (
        "too-many-requests",
        "There are too many requests",
        "Wait as many seconds as the header Retry-After says. Whoever needs everything takes the files of the data page.",
    ),
    500: ("server-error", "Something went wrong on our side", "Nothing in the request caused this. Try again later."),
    503: ("unavailable", "This cannot be answered just now", "Try again later."),
}
SAME = {401: 400, 403: 400, 414: 400, 431: 400}


def problem(status: int, detail: str = "", errors: list[ProblemError] | None = None) -> Problem:
    """Return the body of an error."""
    name, title, _more = KINDS.get(SAME.get(status, status), KINDS[500 if status >= 500 else 400])
    return Problem(
        type=f"{settings.SITE_URL}{DOCUMENTATION}#{name}",
        title=title,
        status=status,
        detail=detail or f"{title}.",
        errors=errors or [],
    )


class Gone(APIException):
    """It was published once and may no longer be shown."""

    status_code = 410
    default_detail = "This is no longer published."
    default_code = "gone"


class NothingNamed(APIException):
    """Parameters are written as they should be and name nothing that is published; `detail` is {parameter: [messages]}."""

    status_code = 404
    default_code = "not_found"

    def __init__(self, problems: dict[str, list[str]]) -> None:
        super().__init__(problems)


def answer_error(error: Exception, context: dict[str, Any]) -> Response:
    """Answer any error as a problem; one that nobody foresaw is logged and said to be ours."""
    answered = exception_handler(error, context)
    if answered is None:
        if isinstance(error, OperationalError):
            raise error  # a database that does not answer is told the same way everywhere
        got_request_exception.send(sender=type(context["view"]), request=context["request"])
        logger.error("Internal error in the API", exc_info=error)
        return Response(problem(500), status=500, content_type=MEDIA_TYPE)
    errors = _errors(answered.data) if isinstance(error, (ValidationError, NothingNamed)) else []
    detail = "; ".join(one["detail"] for one in errors) or _detail(answered.data)
    answered.data = problem(answered.status_code, detail, errors)
    answered.content_type = MEDIA_TYPE
    return answered


def _errors(data: Any) -> list[ProblemError]:
    if not isinstance(data, dict):
        return [ProblemError(detail=str(one)) for one in data]
    return [ProblemError(parameter=str(name), detail=str(one)) for name, messages in data.items() for one in messages]


def _detail(data: Any) -> str:
    return str(data.get("detail", "")) if isinstance(data, dict) else ""


def problem_response(status: int, detail: str = "") -> JsonResponse:
    """Answer a problem outside of the views of the API."""
    response = JsonResponse(problem(status, detail), status=status, content_type=MEDIA_TYPE)
    for name, value in OPEN_TO_ALL.items():
        response[name] = value
    response["Cache-Control"] = "no-store"
    return response


#: What every answer carries, so that a page of any site may read it, and its headers.
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": ", ".join(
        (
            *("ETag", "Last-Modified", "Link", "Content-Disposition", "Retry-After"),
            *("RateLimit-Policy", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"),
        )
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Language": "en",
}
