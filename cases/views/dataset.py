"""The data as a whole, as catalogues of data sets read it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext

from cases.exports.linked_data import dataset_of
from cases.exports.manifest import TYPES
from cases.views.context import address_of

#: The files of today: what each is, the name of its address, its ending.
FILES = (
    ("Cases as CSV", "export-csv", "csv"),
    ("Cases as XLSX", "export-xlsx", "xlsx"),
    ("Cases as JSON Lines", "export-jsonl", "jsonl"),
    ("Places of detention as GeoJSON", "export-sites", "geojson"),
)
#: The addresses for programs: what each is, its path, its media type.
FOR_PROGRAMS = (
    ("Cases as FollowTheMoney entities", "/api/v1/export.ftm.jsonl", "application/x-ndjson"),
    ("Cases as JSON, in pages", "/api/v1/cases/", "application/json"),
    ("Detention sites as JSON, in pages", "/api/v1/sites/", "application/json"),
    ("Provisions as JSON, in pages", "/api/v1/provisions/", "application/json"),
)


def dataset(request: HttpRequest) -> dict[str, Any]:
    """Return the published data with every address at which they can be taken away."""
    files = [(name, reverse(route), TYPES[ending].partition(";")[0]) for name, route, ending in FILES]
    return dataset_of(
        name=gettext("Published cases of people imprisoned for political reasons"),
        description=gettext(
            "Who is imprisoned for political reasons, since when, where and under which provisions, with a source for each "
            "fact: people, proceedings, sentences, places of detention and assessments of organisations."
        ),
        page=address_of(request, request.path),
        language=get_language() or "en",
        licence=settings.DATA_LICENCE,
        creator={"name": gettext("Case tracker"), "url": address_of(request, "/")},
        downloads=[(name, address_of(request, path), kind) for name, path, kind in (*files, *FOR_PROGRAMS)],
    )
