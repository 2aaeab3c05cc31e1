"""The public list of rehabilitations that were rescinded, whatever was decided since."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cases.published.lists import Page, by_name, page_of
from cases.published.models import PublishedCase
from cases.published.rehabilitation_filter import RescindedForm
from cases.views.presentation.listing import people_in_words
from cases.views.presentation.rehabilitation import rows


@require_safe
def rescinded(request: HttpRequest) -> HttpResponse:
    """List the people by name; errors stand beside their fields and the list is then empty."""
    form = RescindedForm(request.GET)
    found = form.select(timezone.localdate())
    page: Page[PublishedCase] = Page([], "", "")
    is_bad = False
    try:
        page = page_of(found, ordering=by_name(get_language() or "en"), cursor=request.GET.get("cursor", ""))
    except ValueError:
        is_bad = True
    context = {
        "section": "cases",
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "bad_cursor": is_bad,
        "count": people_in_words(found),
        "rows": rows(page.rows),
        "next_path": _path(request, page.next_cursor),
        "previous_path": _path(request, page.previous_cursor),
    }
    return render(request, "public/rehabilitations.html", context)


def _path(request: HttpRequest, cursor: str) -> str:
    """Return the address of another page with the same filters, or "" where nothing lies that way."""
    if not cursor:
        return ""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"{reverse('rehabilitations')}?{query.urlencode()}"
