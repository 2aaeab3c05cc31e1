"""Pages are made once: a reader who has the page is told so, and one who has not gets the one that was made before.

Either is answered before anything else is done, once it is known whether what is public has changed since
(`published/state.py`). So a case is gone from every process when its withdrawal is done, whatever was kept.
"""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from cases.published.parts import kept_under
from cases.published.state import State, last_change, present_state
from cases.views.freshness import SURROGATE_KEY, basis_of, cache_control, etag_of

Answer = Callable[[HttpRequest], HttpResponse]

PAGES = "pages"
#: What is never kept: the desk, files that another part of the server sends, and the API, which counts who asks.
APART = ("/desk/", "/static/", "/api/")
DOCUMENTATION = "/api/v1/docs/"
#: Larger pages are made each time, so that a full cache stays small.
LARGEST = 256 * 1024
#: Headers that are the same on every page, and belong on the answer that there is nothing new as well.
LASTING = (
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
)


class Kept(NamedTuple):
    """A page as it was sent, and of which state it is."""

    etag: str
    headers: dict[str, str]
    body: bytes


def kept_pages(get_response: Answer) -> Answer:
    """Middleware: answer with 304 or with a page that is kept, else have the page made, give it its ETag and keep it."""
    lasting: dict[bool, dict[str, str]] = {}

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_page(request):
            return get_response(request)
        state, today = present_state(), timezone.localdate()
        etag, key, secure = etag_of(request, state, today), _key(request), request.is_secure()
        if secure in lasting and _has(request, etag):
            return HttpResponseNotModified(headers={**lasting[secure], **_headers(etag, state, today)})
        kept: Kept | None = caches[PAGES].get(key)
        if kept is not None and kept.etag == etag:
            return HttpResponse(kept.body, headers={**kept.headers, **_headers(etag, state, today)})
        asked = kept_under.set(basis_of(state, today))
        try:
            response = get_response(request)
        finally:
            kept_under.reset(asked)
        if not _may_be_kept(response):
            return response
        lasting[secure] = {name: response[name] for name in LASTING if name in response}
        return _stamped(request, response, etag, state, today, key)

    return middleware


def _is_page(request: HttpRequest) -> bool:
    path = request.path
    return request.method in ("GET", "HEAD") and (not path.startswith(APART) or path == DOCUMENTATION)


def _key(request: HttpRequest) -> str:
    asked = repr((request.scheme, request.META.get("HTTP_HOST", ""), request.get_full_path()))
    return hashlib.sha256(asked.encode()).hexdigest()


def _has(request: HttpRequest, etag: str) -> bool:
    """Tell whether the reader has this very page; a proxy that compresses makes the ETag weak."""
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    return etag in (one.strip().removeprefix("W/") for one in asked.split(",")) if asked else False


def _headers(etag: str, state: State, today: date) -> dict[str, str]:
    told = {
        "ETag": etag,
        "Last-Modified": http_date(last_change(state, today).timestamp()),
        "Cache-Control": cache_control(today),
    }
    return (
        {**told, "Surrogate-Key": SURROGATE_KEY, "Cache-Tag": SURROGATE_KEY}
        if "s-maxage" in told["Cache-Control"]
        else told
    )


def _may_be_kept(response: Any) -> bool:
    """Tell whether an answer is a public page: 200, with nothing of one reader in it."""
    control = response.get("Cache-Control", "")
    return response.status_code == 200 and not response.cookies and "no-store" not in control


def _stamped(request: HttpRequest, response: Any, etag: str, state: State, today: date, key: str) -> HttpResponse:
    """Return the page with what lets a reader ask for it again cheaply; a file that brings its own ETag keeps it."""
    if response.has_header("ETag"):
        response.setdefault("Last-Modified", http_date(last_change(state, today).timestamp()))
        return response  # type: ignore[no-any-return]
    if response.streaming:
        etag = f"W/{etag}"  # the same rows, written at another moment
    for name, value in _headers(etag, state, today).items():
        response[name] = value
    if (
        request.method == "GET"
        and not response.streaming
        and len(response.content) <= LARGEST
        and "Vary" not in response
    ):
        caches[PAGES].set(key, Kept(etag, dict(response.items()), response.content))
    answered: Any = get_conditional_response(request, etag=etag, response=response)
    return answered  # type: ignore[no-any-return]
