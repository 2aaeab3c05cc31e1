"""The list as a file: the same filters as the page, but nothing is written unless all of them are understood."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.exports.csv import csv_of
from cases.published.filters import CaseFilter


@require_safe
def export_csv(request: HttpRequest) -> HttpResponseBase:
    """Stream the filtered list as CSV; 400 naming the field where a filter is not understood."""
    today, language = timezone.localdate(), get_language() or "en"
    found = CaseFilter(request.GET, on=today, language=language)
    if not found.is_valid():
        lines = [f"{name}: {' '.join(messages)}" for name, messages in found.problems.items()]
        return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")
    address = settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")
    pieces = csv_of(found.qs, ordering=found.ordering, on=today, language=language, site_address=address)
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cases-{today.isoformat()}-{language}.csv"'
    return response
