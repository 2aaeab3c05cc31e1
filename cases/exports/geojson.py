"""Places of detention as GeoJSON (RFC 7946): longitude before latitude, no place without a source for where it is."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from cases.exports.reading import Batch
from cases.published.columns import said
from cases.published.lists import by_name, rows_of
from cases.published.models import Facet, PublishedSite
from cases.published.statistics import NOBODY, Totals, totals

DECIMALS = 6


def sites_of(sites: QuerySet[PublishedSite], *, on: date, language: str, address: str) -> Iterator[Batch]:
    """Yield published places of detention by name. One whose coordinates are not known has no geometry."""
    counted = totals((Facet.SITE, Facet.PAST_SITE), on)
    begun = '{"type":"FeatureCollection","features":['
    yield Batch(begun.encode(), 0)
    for number, site in enumerate(rows_of(sites, ordering=by_name(language))):
        feature = _feature(site, language, address, counted)
        text = json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        yield Batch(f"{',' if number else ''}\n{text}".encode(), 1)
    yield Batch(b"\n]}\n", 0)


def _feature(site: PublishedSite, language: str, address: str, counted: Totals) -> dict[str, Any]:
    document = site.document
    place = document["place"]
    with translation.override(language):
        path = reverse("site", args=[site.slug])
    return {
        "type": "Feature",
        "id": site.slug,
        "geometry": _point(document["latitude"], document["longitude"]),
        "properties": {
            "name": said(document["name"], language),
            "name_en": document["name"].get("en", ""),
            "name_uk": document["name"].get("uk", ""),
            "kind": document["kind"],
            "regime": document["regime"],
            "place": said(place["name"], language),
            "region": place["region"],
            "sovereign": place["sovereign"],
            "controlled_by": place["controlled_by"] or place["sovereign"],
            "coordinate_precision": document["coordinate_precision"],
            "opened": document["opened"],
            "closed": document["closed"],
            "held_now": counted.get((Facet.SITE.value, site.slug), NOBODY).people,
            "held_before": counted.get((Facet.PAST_SITE.value, site.slug), NOBODY).people,
            "version": site.version,
            "url": f"{address}{path}",
        },
    }


def _point(latitude: float | None, longitude: float | None) -> dict[str, Any] | None:
    if latitude is None or longitude is None:
        return None
    return {"type": "Point", "coordinates": [round(longitude, DECIMALS), round(latitude, DECIMALS)]}
