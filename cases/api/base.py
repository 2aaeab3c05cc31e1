"""What every view of the API has in common: reading only, English, JSON whatever happens, no cookie, open to any origin."""

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.core.signals import got_request_exception
from django.db.models import Model, QuerySet
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from cases.api.answers import Address
from cases.published.lists import Ordering, page_of

Row = TypeVar("Row", bound=Model)
logger = logging.getLogger("django.request")

CURSOR = "cursor"
PAGE_SIZE = 50
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Content-Language": "en",
}


class Gone(APIException):
    """It was published once and may no longer be shown."""

    status_code = status.HTTP_410_GONE
    default_detail = "This is no longer published."
    default_code = "gone"


def answer_error(error: Exception, context: dict[str, Any]) -> Response:
    """Answer any error in JSON; one that nobody foresaw is logged and said to be ours."""
    answered = exception_handler(error, context)
    if answered is not None:
        return answered
    request = context["request"]
    got_request_exception.send(sender=type(context["view"]), request=request)
    logger.error("Internal error in the API", exc_info=error)
    return Response({"detail": "Something went wrong on our side."}, status=status.HTTP_500_INTERNAL_SERVER_ERROR)


class AlwaysJson(BaseContentNegotiation):
    """JSON whatever the reader prefers; `format` in an address is a parameter like any other, and refused."""

    def select_parser(self, _request: Request, parsers: Iterable[Any]) -> Any:
        return next(iter(parsers), None)

    def select_renderer(self, _request: Request, renderers: Any, _format_suffix: str | None = None) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


class PublicView(APIView):
    """`reads_parameters`: the view itself refuses those that it does not know."""

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = AlwaysJson
    reads_parameters = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with translation.override("en"):
            response = super().dispatch(request, *args, **kwargs)
        for name, value in OPEN_TO_ALL.items():
            response[name] = value
        return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse parameters where the view reads none."""
        super().initial(request, *args, **kwargs)
        if not self.reads_parameters and request.query_params:
            raise ValidationError({name: ["There is no such parameter here."] for name in request.query_params})

    def get_exception_handler(self) -> Callable[..., Any]:
        return answer_error

    def address(self, path: str) -> str:
        """Return a full address, from `SITE_URL` where it is set."""
        return f"{settings.SITE_URL}{path}" if settings.SITE_URL else self.request.build_absolute_uri(path)

    def page(
        self, request: Request, rows: QuerySet[Row], answer: Callable[[Row, Address], Any], *, ordering: Ordering
    ) -> Response:
        """Answer one page of a list; 400 for a cursor that was never given out."""
        try:
            page = page_of(rows, ordering=ordering, cursor=request.query_params.get(CURSOR, ""), size=PAGE_SIZE)
        except ValueError as error:
            raise ValidationError({CURSOR: [str(error)]}) from error
        return Response(
            {
                "next": self._with_cursor(request, page.next_cursor),
                "previous": self._with_cursor(request, page.previous_cursor),
                "results": [answer(row, self.address) for row in page.rows],
            }
        )

    def _with_cursor(self, request: Request, cursor: str) -> str | None:
        if not cursor:
            return None
        parameters = request.query_params.copy()
        parameters[CURSOR] = cursor
        return self.address(f"{request.path}?{parameters.urlencode()}")


def no_such_address(_request: HttpRequest) -> JsonResponse:
    """Answer an address below the API at which there is nothing."""
    return JsonResponse({"detail": "There is nothing at this address."}, status=404, headers=OPEN_TO_ALL)
