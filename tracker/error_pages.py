"""Errors outside of every view: a problem in JSON below the API, a page of the site elsewhere."""

import sys
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from cases.api.problems import problem_response
from cases.domain.sealing import StorageAway
from cases.views import errors

API = "/api/"
#: After how many seconds a reader may ask a database again that does not answer.
COMES_BACK = 60


def _either(status: int, page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return problem_response(status) if request.path.startswith(API) else page(request, *args, **kwargs)

    return answer


not_found = _either(404, errors.not_found)
_server_error = _either(500, errors.server_error)
_unavailable = _either(503, errors.unavailable)
_files_away = _either(503, errors.files_away)
bad_request = _either(400, errors.bad_request)
forbidden = _either(403, errors.forbidden)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an error that nobody foresaw, while it is handled: 503 where a database or storage is away, else 500.

    Readers, caches and search engines then come back, and nobody takes the page for gone.
    """
    problem = sys.exc_info()[1]
    if not isinstance(problem, OperationalError | StorageAway):
        return _server_error(request)
    response = _unavailable(request) if isinstance(problem, OperationalError) else _files_away(request)
    response["Retry-After"] = str(COMES_BACK)
    return response
