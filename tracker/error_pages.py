"""Errors outside of every view: a problem in JSON below the API, a page of the site elsewhere."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from cases.api.problems import problem_response
from cases.views import errors

API = "/api/"


def _either(status: int, page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return problem_response(status) if request.path.startswith(API) else page(request, *args, **kwargs)

    return answer


not_found = _either(404, errors.not_found)
server_error = _either(500, errors.server_error)
bad_request = _either(400, errors.bad_request)
forbidden = _either(403, errors.forbidden)
