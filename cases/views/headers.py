"""Headers of every answer that the settings do not cover."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

NOT_ALLOWED = (
    "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
)
DESK = "/desk/"


def public_headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: no device access, no embedding elsewhere; the desk is never stored, public pages are checked each time.

    Pages may be stored but not shown without asking, so that a withdrawn case is gone at once.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Permissions-Policy"] = NOT_ALLOWED
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(DESK):
            patch_cache_control(response, no_store=True, private=True)
            return response
        response["Referrer-Policy"] = "no-referrer"  # the desk's forms need "same-origin"
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, no_cache=True)
        return response

    return middleware
