"""Making a release: every file of it written from one state of the public copy, and its manifest last."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import router
from django.db.models import Min
from django.utils import timezone

from cases.actions.permissions import ActionRefused
from cases.enums import AuditAction
from cases.exports.csv import csv_of
from cases.exports.dictionary import dictionary_csv
from cases.exports.geojson import sites_of
from cases.exports.json_lines import json_lines_of
from cases.exports.manifest import Measured, Sum, citation_text, licence_text, manifest_of, text_of
from cases.exports.reading import Batch, Chosen
from cases.exports.xlsx import xlsx_of
from cases.models import AuditEntry
from cases.publication.releases import Finished, ReleaseRefused, begin, finish, making, store
from cases.published.models import PublishedCase, PublishedSite
from cases.published.release_models import PublishedRelease
from cases.published.releases import CODES, changes, codes_of, counted

LANGUAGES = ("en", "uk")
MAY_BE_WITHDRAWN = (
    "The files of a release are withdrawn as a whole, and answer 410, when a person in them may no longer be shown; "
    "this manifest and the hashes in it stay."
)
AT_ONCE = 5_000

Say = Callable[[str], None]


def make_release(*, note: str, address: str, at: datetime, say: Say) -> PublishedRelease:
    """Freeze the public copy as it is. `address` is the scheme and host of the links. Raises ActionRefused."""
    if not settings.HOLDS_RECORDS:
        raise ActionRefused("This process serves the public site and only reads. Make releases at the desk.")
    on, using = timezone.localdate(at), router.db_for_write(PublishedCase)
    try:
        release = begin(note=note, at=at, using=using)
        with making(release):
            known = _write(release, address=address, on=on, say=say)
        finish(release, known, at=timezone.now())
    except ReleaseRefused as refused:
        raise ActionRefused(str(refused)) from refused
    made = PublishedRelease.objects.using(using).get(pk=release.pk)
    payload = {"what": "release", "release": made.number, "count": made.cases, "sha256": made.sha256}
    AuditEntry.objects.append(AuditAction.EXPORTED, payload=payload, at=at)
    return made


def _write(release: PublishedRelease, *, address: str, on: date, say: Say) -> Finished:
    changed = _write_codes(release, on)
    sums: list[Sum] = []
    for name, batches in _files(address=address, on=on):
        sums.append(store(release, Measured(name, batches, has_rows=name.startswith(("cases", "sites")))))
        say(f"{name}: {sums[-1].bytes} bytes")
    shown = PublishedCase.objects.visible(on)
    cases = shown.count()
    cited = _citation(release, "en", address=address, on=on, cases=cases)
    further: dict[str, Any] = {
        "release": release.number,
        "note": release.note,
        "changes": changed,
        "citation": cited,
        "withdrawal": MAY_BE_WITHDRAWN,
    }
    for name, text in (("LICENCE.txt", licence_text), ("CITATION.txt", None)):
        said = [
            text(language) if text else f"{_citation(release, language, address=address, on=on, cases=cases)}\n"
            for language in LANGUAGES
        ]
        sums.append(store(release, Measured(name, iter([Batch("\n".join(said).encode(), 0)]), has_rows=False)))
    manifest = manifest_of(sums, at=release.made_at, on=on, cases=cases, address=address, **further)
    return Finished(text_of(manifest), cases, shown.aggregate(ends=Min("show_until"))["ends"])


def _citation(release: PublishedRelease, language: str, *, address: str, on: date, cases: int) -> str:
    page = f"{address}/{language}/data/{release.number}/"
    return citation_text(language, on=on, cases=cases, address=page, release=release.number)


def _files(*, address: str, on: date) -> Iterator[tuple[str, Iterator[Batch]]]:
    for language in LANGUAGES:
        chosen = Chosen(found=None, on=on, language=language, address=address)
        yield f"cases-{language}.csv", csv_of(chosen)
        yield f"cases-{language}.xlsx", xlsx_of(chosen)
        yield f"dictionary-{language}.csv", iter([Batch(dictionary_csv(language), 0)])
    yield "cases.jsonl", json_lines_of(Chosen(found=None, on=on, language="en", address=address))
    yield "sites.geojson", sites_of(PublishedSite.objects.all(), on=on, language="en", address=address)


def _write_codes(release: PublishedRelease, on: date) -> dict[str, int] | None:
    """Keep the codes of a release, and count what changed since the one before; None where there is none."""
    store(release, Measured(CODES, (Batch(f"{code}\n".encode(), 1) for code, _at in _shown(on))), is_served=False)
    before = PublishedRelease.objects.finished().filter(number__lt=release.number).first()
    if before is None:
        return None
    found = counted(changes(codes_of(before), _shown(on), since=before.made_at))
    return {"since_release": before.number, **found}


def _shown(on: date) -> Iterator[tuple[str, datetime]]:
    """Yield the code of each case that is shown, in order, with the time of its last visible change."""
    after = ""
    while rows := list(
        PublishedCase.objects.visible(on)
        .filter(pk__gt=after)
        .order_by("pk")
        .values_list("pk", "published_at")[:AT_ONCE]
    ):
        yield from rows
        after = rows[-1][0]
