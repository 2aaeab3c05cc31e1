"""Photographs, as long as their case is shown."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from cases.published.models import PublishedCase, PublishedPhoto


@require_safe
def photo(request: HttpRequest, sha256: str) -> HttpResponse:
    """Serve the bytes. Only the reader's own browser may keep them: a shared cache would outlive a withdrawal."""
    shown = PublishedCase.objects.visible(timezone.localdate())
    found = PublishedPhoto.objects.filter(sha256=sha256, case__in=shown).first()
    if found is None:
        raise Http404
    etag = f'"{sha256}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        bytes(found.content), content_type="image/jpeg"
    )
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
