"""Whether a reader already has the page: an ETag of everything of which a page is made, and the caches' instructions."""

import hashlib
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from cases.published.state import State

#: How long a cache in front of the site may answer without asking, in seconds, where it can be told to forget.
SHARED_SECONDS = 300
#: By this key a cache is told to forget every page of the site.
SURROGATE_KEY = "tracker"
MADE_OF = (
    ("templates", "*.html"),
    ("static", "*"),
    ("locale", "*.mo"),
    ("cases", "*.py"),
    ("tracker", "*.py"),
    ("", "requirements.txt"),
)
SAID_BY_SETTINGS = ("SITE_URL", "CONTACT_EMAIL", "DATA_LICENCE", "FOLLOW_URL", "FOLLOWS", "HTTPS")


@cache
def release() -> str:
    """Return a digest of all templates, styles, translations, code and libraries that make a page, read once a process."""
    digest = hashlib.sha256()
    for folder, pattern in MADE_OF:
        place = Path(settings.BASE_DIR, folder)
        for path in sorted(place.rglob(pattern) if folder else place.glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def etag_of(request: HttpRequest, state: State, today: date) -> str:
    """Return the ETag of the page at the address of a request on a day: it changes with every change of what is public.

    No page says anything that is not in the state, the day, this release, the settings or the address; the language is in
    the address, and the host is in the links.
    """
    meta = request.META
    parts = (
        basis_of(state, today),
        request.scheme,
        meta.get("HTTP_HOST", ""),
        request.path,
        meta.get("QUERY_STRING", ""),
    )
    return f'"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def basis_of(state: State, today: date) -> str:
    """Return what every page is made of on a day beside its own address: the state, this release, the day, the settings."""
    parts = (
        state.mark,
        release(),
        today.toordinal(),
        *(getattr(settings, name) for name in SAID_BY_SETTINGS),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def cache_control(made_on: date) -> str:
    """Return for how long a page made on a day may be shown without asking: not at all, but in caches told to forget.

    Those ask again at the midnight that ends the day at the latest, for pages count in days: one that was being made
    while it passed is of the day before, and is not kept by them.
    """
    if not settings.CACHE_PURGE_URLS:
        return "no-cache"
    midnight = timezone.make_aware(datetime.combine(made_on + timedelta(days=1), time.min))
    seconds = max(0, min(SHARED_SECONDS, int((midnight - timezone.now()).total_seconds())))
    return f"public, max-age=0, must-revalidate, s-maxage={seconds}"
