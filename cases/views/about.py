"""What this site is, and how its facts are checked."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html", {"section": "about"})


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    return render(request, "public/methodology.html", {"section": "about"})


@require_safe
def data_moved(_request: HttpRequest) -> HttpResponse:
    """Lead from where the page of files and columns used to be."""
    return HttpResponsePermanentRedirect(reverse("data"))
