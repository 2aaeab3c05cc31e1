"""The public copy against what was approved: what somebody changed in it around the program, by SQL.

The hash of a text can be made anew by whoever writes another; its approval cannot, which stands in the records and in the
audit. Pages of sites and provisions are compared with their versions alone. Names, facets and totals are not compared:
`rebuild_published` makes them anew from the versions. A crowd that `make_demo` made was approved by nobody and has no
records: of its cases it is asked that the audit knows the crowd, and that each text says that it is invented.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from cases.enums import PublicationState, SubmissionState
from cases.models import Publication, Submission
from cases.published.documents import canonical, sha256
from cases.published.models import (
    DocumentKind,
    PublishedCase,
    PublishedPhoto,
    PublishedProvision,
    PublishedSite,
    PublishedVersion,
)
from cases.queries.crowds import crowds, is_of_a_crowd

WINDOW = 200
SHOWN = PublicationState.PUBLISHED.value


def strange_copies(*, on: dt.date) -> Iterator[str]:
    """Yield what the public copy says on the day `on` and the desk did not put there: where it is, and what is wrong."""
    known = crowds()
    for versions in _windows(PublishedVersion.objects.open()):
        yield from _versions(versions, known)
    for cases in _windows(PublishedCase.objects.all()):
        yield from _cases(cases, on, known)
    for public in _windows(Publication.objects.filter(state=SHOWN).select_related("prisoner")):
        yield from _gone(public)
    for kind, table in ((DocumentKind.SITE, PublishedSite), (DocumentKind.PROVISION, PublishedProvision)):
        for pages in _windows(table._default_manager.all()):
            yield from _pages(kind, pages)
    for photos in _windows(PublishedPhoto.objects.select_related("case")):
        yield from _photos(photos)


def _windows(rows: Any) -> Iterator[list[Any]]:
    """Yield the rows in the order of their keys, some at a time."""
    after, rows = None, rows.order_by("pk")
    while found := list((rows if after is None else rows.filter(pk__gt=after))[:WINDOW]):
        yield found
        after = found[-1].pk


def _versions(versions: list[PublishedVersion], made: dict[int, int]) -> Iterator[str]:
    codes = {version.key for version in versions if version.kind == DocumentKind.CASE}
    approved = Submission.objects.filter(state=SubmissionState.APPROVED.value, prisoner__code__in=codes)
    known = set(approved.values_list("prisoner__code", "sha256"))
    for version in versions:
        where = f"{version.kind} {version.key}, version {version.number}"
        if sha256(version.text) != version.sha256:
            yield f"{where}: its text is not the one of its hash"
        elif version.kind != DocumentKind.CASE or (version.key, version.sha256) in known:
            continue
        elif not (is_of_a_crowd(version.key, made) and json.loads(version.text)["invented"]):
            yield f"{where}: nobody approved this text"


def _cases(cases: list[PublishedCase], on: dt.date, made: dict[int, int]) -> Iterator[str]:
    said = Publication.objects.filter(prisoner__code__in=[case.code for case in cases]).select_related("prisoner")
    by_code = {publication.prisoner.code: publication for publication in said}
    texts = _texts(DocumentKind.CASE, [case.code for case in cases])
    for case in cases:
        publication = by_code.get(case.code)
        is_crowd = publication is None and case.is_invented and is_of_a_crowd(case.code, made)
        is_meant = publication is not None and publication.state == SHOWN
        if case.state != SHOWN:
            if is_meant and not _has_ended(publication, on):
                yield f"case {case.code}: is not shown, and the desk says that it is public"
        elif not is_crowd and not is_meant:
            yield f"case {case.code}: is shown, and the desk says that it is not public"
        elif publication is not None and (case.version, case.sha256) != (publication.version, publication.sha256):
            yield f"case {case.code}: is not the version that the desk says is public"
        elif publication is not None and _outlasts(case, publication):
            yield f"case {case.code}: may be shown for longer than its consent lasts"
        elif canonical(case.document) != texts.get((case.code, case.version)):
            yield f"case {case.code}: shows something else than its version {case.version}"


def _has_ended(publication: Any, on: dt.date) -> bool:
    """Tell whether the consent has ended: the public side closes the page by itself, before the desk writes it down."""
    until = publication.prisoner.consent_expires
    return until is not None and until < on


def _outlasts(case: PublishedCase, publication: Any) -> bool:
    """Tell whether the last day on which the case may be shown is later than that of the consent."""
    until = publication.prisoner.consent_expires
    return until is not None and (case.show_until is None or case.show_until > until)


def _gone(public: list[Publication]) -> Iterator[str]:
    codes = {publication.prisoner.code for publication in public}
    for code in sorted(codes - set(PublishedCase.objects.filter(pk__in=codes).values_list("pk", flat=True))):
        yield f"case {code}: is not there, and the desk says that it is public"


def _pages(kind: DocumentKind, pages: list[Any]) -> Iterator[str]:
    texts = _texts(kind, [page.slug for page in pages])
    for page in pages:
        if canonical(page.document) != texts.get((page.slug, page.version)):
            yield f"{kind} {page.slug}: shows something else than its version {page.version}"


def _texts(kind: DocumentKind, keys: list[str]) -> dict[tuple[str, int], str]:
    open_ones = PublishedVersion.objects.open().filter(kind=kind, key__in=keys)
    return {(key, number): text for key, number, text in open_ones.values_list("key", "number", "text")}


def _photos(photos: list[PublishedPhoto]) -> Iterator[str]:
    for photo in photos:
        shown = (photo.case.document or {}).get("photo") or {}
        if hashlib.sha256(bytes(photo.content)).hexdigest() != photo.sha256 or shown.get("sha256") != photo.sha256:
            yield f"case {photo.case_id}: has a photograph that its document does not show"
