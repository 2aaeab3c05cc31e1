"""Whether a reader already has the page: an ETag from the published version, the day, the language and this release."""

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language


@cache
def release() -> str:
    """Return a digest of all templates, styles, translations and code that make a page, read once a process."""
    digest = hashlib.sha256()
    for folder, pattern in (("templates", "*.html"), ("static/css", "*.css"), ("locale", "*.mo"), ("cases", "*.py")):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def etag_of(*parts: str | int | date) -> str:
    """Return the ETag of a page in the active language, made of `parts` and this release."""
    text = "|".join(str(part) for part in (release(), get_language(), *parts))
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def not_modified(request: HttpRequest, etag: str) -> HttpResponse | None:
    """Return 304 where the reader has this very page."""
    return get_conditional_response(request, etag=etag)


def stamped(response: HttpResponse, etag: str, changed: datetime) -> HttpResponse:
    """Return the page with what lets a reader ask for it again cheaply."""
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed.timestamp())
    return response
