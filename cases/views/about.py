"""What this site is, how its facts are checked, and what its files contain."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from cases.exports.columns import COLUMNS
from cases.exports.linked_data import data_block, dataset_of
from cases.views.context import address_of


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html", {"section": "about"})


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    return render(request, "public/methodology.html", {"section": "about"})


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Show the data dictionary from the very columns that the files are written with."""
    context = {"section": "data", "columns": COLUMNS, "linked_data": data_block(_dataset(request))}
    return render(request, "public/data.html", context)


#: The files and addresses of the whole: what each is, its path, its media type.
DOWNLOADS = (
    ("Cases as FollowTheMoney entities", "/api/v1/export.ftm.jsonl", "application/x-ndjson"),
    ("Cases as JSON, in pages", "/api/v1/cases/", "application/json"),
    ("Detention sites as JSON, in pages", "/api/v1/sites/", "application/json"),
    ("Provisions as JSON, in pages", "/api/v1/provisions/", "application/json"),
)


def _dataset(request: HttpRequest) -> dict[str, Any]:
    """Return the data as catalogues of data sets read it."""
    files = [("Cases as CSV", reverse("export-csv"), "text/csv"), *DOWNLOADS]
    return dataset_of(
        name=gettext("Published cases of people imprisoned for political reasons"),
        description=gettext(
            "Who is imprisoned for political reasons, since when, where and under which provisions, with a source for each "
            "fact: people, proceedings, sentences, places of detention and assessments of organisations."
        ),
        page=address_of(request, request.path),
        language=get_language() or "en",
        downloads=[(name, address_of(request, path), kind) for name, path, kind in files],
    )
