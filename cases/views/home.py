"""The first page: what the numbers count, a box to search in, and what changed last."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from cases.published.lists import BY_CHANGE, page_of
from cases.published.models import PublishedCase
from cases.views.presentation.numbers import headline_numbers
from cases.views.presentation.rows import rows

RECENT = 6


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send a reader of `/` to the language that the browser asks for."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    recent = page_of(PublishedCase.objects.visible(today), ordering=BY_CHANGE.reversed(), size=RECENT)
    context = {"section": "home", "numbers": headline_numbers(today), "rows": rows(recent.rows, on=today)}
    return render(request, "public/home.html", context)
