"""What this site is, how its facts are checked, and what its files contain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.published.columns import COLUMNS


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html", {"section": "about"})


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    return render(request, "public/methodology.html", {"section": "about"})


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show the data dictionary from the very columns that the files are written with."""
    return render(request, "public/data.html", {"section": "data", "columns": COLUMNS})
