"""The list as a file: the same filters as the page, but nothing is written unless all of them are understood."""

from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.db import router
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.exports.bundle import bundle_of
from cases.exports.csv import csv_of
from cases.exports.geojson import sites_of
from cases.exports.json_lines import json_lines_of
from cases.exports.manifest import TYPES
from cases.exports.reading import Batch, Chosen, pieces
from cases.exports.xlsx import xlsx_of
from cases.published.engine import let_go
from cases.published.filters import CaseFilter
from cases.published.models import PublishedCase, PublishedSite
from cases.published.reference_filters import SiteFilter
from cases.views.addresses import canonical

NAMES, WORDS = "names", "words"


@require_safe
def export_csv(request: HttpRequest) -> HttpResponseBase:
    """Stream the filtered list as CSV; 400 naming the field where a filter is not understood."""
    headings = request.GET.get("headings", NAMES)
    if headings not in (NAMES, WORDS) or len(request.GET.getlist("headings")) > 1:
        return _refused({"headings": [f"Accepted, once: {NAMES}, {WORDS}."]})
    return _answer(request, lambda chosen: csv_of(chosen, in_words=headings == WORDS), "csv", passing=("headings",))


@require_safe
def export_json_lines(request: HttpRequest) -> HttpResponseBase:
    """Stream the filtered list as JSON Lines."""
    return _answer(request, json_lines_of, "jsonl")


@require_safe
def export_xlsx(request: HttpRequest) -> HttpResponseBase:
    """Stream the filtered list as a workbook, with headings in words."""
    return _answer(request, xlsx_of, "xlsx")


@require_safe
def export_zip(request: HttpRequest) -> HttpResponseBase:
    """Stream the filtered list as CSV with its dictionary, licence, citation and manifest."""
    now, asked = timezone.now(), canonical(request.GET).urlencode()
    return _answer(request, lambda chosen: bundle_of(chosen, at=now, asked=asked), "zip")


@require_safe
def export_sites(request: HttpRequest) -> HttpResponseBase:
    """Stream the places of detention as GeoJSON, those that the list of the same parameters shows."""
    asked = SiteFilter(request.GET, PublishedSite.objects.all())
    if not asked.is_valid():
        return _refused(asked.form.problems)
    language = get_language() or "en"
    file = sites_of(asked.qs, on=timezone.localdate(), language=language, address=_address(request))
    return sent(file, "geojson", f"sites-{timezone.localdate().isoformat()}-{language}")


def _answer(
    request: HttpRequest,
    write: Callable[[Chosen], Iterator[Batch]],
    ending: str,
    *,
    passing: Iterable[str] = (),
) -> HttpResponseBase:
    today, language = timezone.localdate(), get_language() or "en"
    found = CaseFilter(request.GET, on=today, language=language, passing=tuple(passing))
    if not found.is_valid():
        return _refused(found.problems)
    chosen = Chosen(
        found=None if found.is_everybody else found.qs,
        ordering=found.ordering_asked_for,
        on=today,
        language=language,
        address=_address(request),
    )
    return sent(write(chosen), ending, f"cases-{today.isoformat()}-{language}")


def _address(request: HttpRequest) -> str:
    """Return the scheme and host of the links in a file."""
    return settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")


def sent(batches: Iterator[Batch], ending: str, name: str) -> StreamingHttpResponse:
    """Return the answer that streams a file, to be kept under a name."""
    response = StreamingHttpResponse(_cut(batches), content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _cut(batches: Iterator[Batch]) -> Iterator[bytes]:
    let_go(router.db_for_read(PublishedCase))  # with which the filters were read
    for batch in batches:
        yield from pieces(batch.content)


def _refused(problems: dict[str, list[str]]) -> HttpResponse:
    lines = [f"{name}: {' '.join(messages)}" for name, messages in problems.items()]
    return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")
