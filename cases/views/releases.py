"""The data page: files of today, releases, and what each column says; each release, and its files."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.exports.linked_data import data_block
from cases.exports.manifest import citation_text
from cases.published.columns import COLUMNS
from cases.published.release_models import PublishedRelease, PublishedReleaseFile
from cases.published.releases import content_of
from cases.views.dataset import dataset
from cases.views.errors import RELEASE_CLOSED, answer

NEWEST = 20


@dataclass(frozen=True, slots=True)
class Release:
    """A release as the pages show it."""

    number: int
    day: date
    cases: int
    note: str
    is_open: bool
    sha256: str
    manifest: dict[str, Any]


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show the files, the newest releases, and the data dictionary from the very columns that the files are written with."""
    today = timezone.localdate()
    releases = [_told(one, today) for one in PublishedRelease.objects.finished()[:NEWEST]]
    linked = data_block(dataset(request))
    context = {"section": "data", "columns": COLUMNS, "releases": releases, "linked_data": linked}
    return render(request, "public/data.html", context)


@require_safe
def release(request: HttpRequest, number: int) -> HttpResponse:
    """Show a release: its files with their hashes, what changed, how to cite it."""
    found = _release(number)
    shown = _told(found, timezone.localdate())
    address = f"{shown.manifest['site']}{reverse('release', args=[number])}"
    cited = citation_text(get_language() or "en", on=shown.day, cases=shown.cases, address=address, release=number)
    return render(request, "public/release.html", {"section": "data", "release": shown, "citation": cited})


@require_safe
def manifest(request: HttpRequest, number: int) -> HttpResponseBase:
    """Hand out the manifest, whether or not the files are still there."""
    found = _release(number)
    response = HttpResponse(found.manifest, content_type="application/json")
    return _checked(request, response, found.sha256)


@require_safe
def file(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """Stream a file of a release; 410 once somebody in it may no longer be shown.

    Its bytes never change, and still no cache may hand it out without asking here: it may be closed at any moment.
    """
    found = _release(number)
    stored = get_object_or_404(PublishedReleaseFile, release=found, name=name, is_served=True)
    if not found.is_open(timezone.localdate()):
        return answer(request, RELEASE_CLOSED, back=reverse("release", args=[number]))
    response = StreamingHttpResponse(content_of(stored), content_type=stored.content_type)
    response["Content-Length"] = stored.size
    response["Content-Disposition"] = f'attachment; filename="release-{number}-{name}"'
    return _checked(request, response, stored.sha256)


def _release(number: int) -> PublishedRelease:
    return get_object_or_404(PublishedRelease.objects.finished(), pk=number)


def _told(found: PublishedRelease, today: date) -> Release:
    return Release(
        number=found.number,
        day=timezone.localdate(found.made_at),
        cases=found.cases,
        note=found.note,
        is_open=found.is_open(today),
        sha256=found.sha256,
        manifest=json.loads(found.manifest),
    )


def _checked(request: HttpRequest, response: HttpResponseBase, sha256: str) -> HttpResponseBase:
    """Return 304 where the reader has these very bytes."""
    etag = f'"{sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    answered = unchanged or response
    answered["ETag"] = etag
    answered["Cache-Control"] = "public, no-cache"
    return answered
