"""Releases: frozen states of all data, made once and never altered, and closed when somebody in them may not be shown.

A release holds people whose consent may end. Its bytes cannot change without breaking their hashes, so its files are closed
as a whole, in the transaction that withdraws a case or closes a version: they answer 410, and their bytes are deleted. The
manifest, the hashes and the counts stay. The next release takes its place.

Its files are rows of the public database, compressed: so they are withdrawn in one transaction with the case, are in every
backup and replica, and a public site needs no disk of the desk's.
"""

import datetime as dt
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db import OperationalError, transaction
from django.db.models import DateField, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Least

from cases.exports.manifest import Measured, Sum
from cases.published.documents import sha256
from cases.published.engine import stood_still, wait_for_writers
from cases.published.models import DocumentKind, PublishedVersion
from cases.published.release_models import PublishedRelease, PublishedReleaseFile, PublishedReleasePart
from cases.published.releases import codes_of
from cases.published.state import renew

PART_BYTES = 1024 * 1024
#: What releases tell of.
TOLD = frozenset({DocumentKind.CASE, DocumentKind.SITE})
#: A publication is dated when it begins. None takes so long until it is done, so a release made further from it than this
#: surely has it, or surely not; nearer, it is taken to have it unless its list of codes says otherwise.
LONGEST_PUBLICATION = dt.timedelta(days=1)


MADE_IN_VAIN = "Somebody was withdrawn while the release was made, so it was not kept. Make it again."


class ReleaseRefused(Exception):
    """No release was made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What is known of a release once its files are written; `show_until`: the earliest last day of a consent in it."""

    manifest: str
    cases: int
    show_until: dt.date | None


def _writable(using: str) -> "QuerySet[PublishedRelease]":
    """Return a plain queryset, which may update where the table's own refuses to."""
    return QuerySet(PublishedRelease, using=using)


# Making --------------------------------------------------------------------------------------------------------------
def begin(*, note: str, at: dt.datetime, using: str) -> PublishedRelease:
    """Reserve the next number. From now on a withdrawal closes what is being made. Raises ReleaseRefused."""
    with transaction.atomic(using=using):
        # A withdrawal that is under way ends first, and is seen by what is then read; a later one sees this row.
        wait_for_writers(using, PublishedRelease)
        rows = _writable(using)
        unfinished = rows.filter(finished_at__isnull=True).first()
        if unfinished is not None:
            raise ReleaseRefused(
                f"Release {unfinished.number} is being made, or was broken off. In the latter case run "
                "'manage.py release --discard-unfinished' first."
            )
        last = rows.aggregate(last=Max("number"))["last"] or 0
        release = PublishedRelease(number=last + 1, made_at=at, note=note)
        release.save(using=using, force_insert=True)
    return release


def discard_unfinished(using: str) -> int:
    """Delete what a release that was broken off left; nobody has ever seen it. Return how many there were."""
    with transaction.atomic(using=using):
        unfinished = _writable(using).filter(finished_at__isnull=True)
        numbers = list(unfinished.values_list("pk", flat=True))
        PublishedReleasePart.objects.using(using).filter(file__release__in=numbers).delete()
        PublishedReleaseFile.objects.using(using).filter(release__in=numbers).delete()
        unfinished.delete()
    return len(numbers)


def store(release: PublishedRelease, content: Measured, *, is_served: bool = True) -> Sum:
    """Write a file of a release that is being made, piece by piece; return its sum."""
    using = str(release._state.db)
    file = PublishedReleaseFile(release=release, name=content.name, size=0, is_served=is_served)
    file.save(using=using)
    for position, piece in enumerate(_of_a_size(content)):
        PublishedReleasePart(file=file, position=position, content=zlib.compress(piece, 1)).save(using=using)
    total = content.total()
    file.content_type, file.size, file.sha256, file.rows = total.type, total.bytes, total.sha256, total.rows
    file.save(using=using)
    return total


def _of_a_size(content: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for piece in content:
        waiting += piece
        while len(waiting) >= PART_BYTES:
            yield bytes(waiting[:PART_BYTES])
            del waiting[:PART_BYTES]
    if waiting:
        yield bytes(waiting)


@contextmanager
def making(release: PublishedRelease) -> Iterator[None]:
    """See everything as it is at one moment while the files of a release are written. Broken off, nothing of it stays.

    Raises ReleaseRefused where somebody in it was withdrawn meanwhile.
    """
    using = str(release._state.db)
    try:
        with stood_still(using):
            yield
    except BaseException as error:
        discard_unfinished(using)
        if isinstance(error, OperationalError):  # the row of the release was closed meanwhile
            raise ReleaseRefused(MADE_IN_VAIN) from error
        raise


def finish(release: PublishedRelease, known: Finished, *, at: dt.datetime) -> None:
    """Let readers see a release. Raises ReleaseRefused where somebody in it was withdrawn meanwhile; then it is gone."""
    using = str(release._state.db)
    ends = Value(known.show_until, DateField())
    rows = _writable(using).filter(pk=release.pk, closed_at__isnull=True)
    with transaction.atomic(using=using):
        renew(using)
        done = rows.update(
            manifest=known.manifest,
            sha256=sha256(known.manifest),
            cases=known.cases,
            show_until=ends if known.show_until is None else Least(Coalesce("show_until", ends), ends),
            finished_at=at,
        )
    if not done:
        discard_unfinished(using)
        raise ReleaseRefused(MADE_IN_VAIN)


# Closing -------------------------------------------------------------------------------------------------------------
def close_holding(kind: DocumentKind, key: str, numbers: Collection[int], *, at: dt.datetime, using: str) -> None:
    """Close every release that holds one of these versions of a document, or may hold it; call it before they are gone."""
    if kind not in TOLD or not numbers:
        return
    versions = PublishedVersion.objects.using(using).filter(kind=kind, key=key).order_by("number")
    dated = list(versions.values_list("number", "published_at"))
    ends = [published for _number, published in dated[1:]] + [None]
    times = [(begun, ended) for (number, begun), ended in zip(dated, ends, strict=True) if number in numbers]
    if not times:
        return
    held = reduce(or_, (_made_while(begun, ended) for begun, ended in times))
    surely = reduce(or_, (_made_well_within(begun, ended) for begun, ended in times))
    rows = _writable(using).filter(held | Q(finished_at__isnull=True), closed_at__isnull=True)
    rows.exclude(pk__in=_without(kind, key, rows.exclude(surely))).update(closed_at=at)
    parts = PublishedReleasePart.objects.using(using)
    parts.filter(file__is_served=True, file__release__closed_at__isnull=False).delete()


def _without(kind: DocumentKind, key: str, releases: "QuerySet[PublishedRelease]") -> list[int]:
    """Return the numbers of those releases that do not hold a case: it is not in the list of their codes."""
    if kind is not DocumentKind.CASE:
        return []
    return [one.number for one in releases.filter(finished_at__isnull=False) if key not in codes_of(one)]


def _made_while(begun: dt.datetime, ended: dt.datetime | None) -> Q:
    """Return what is so of releases that were made while a version was shown, or so near to it that they may have it."""
    made = Q(made_at__gte=begun - LONGEST_PUBLICATION)
    return made if ended is None else made & Q(made_at__lt=ended + LONGEST_PUBLICATION)


def _made_well_within(begun: dt.datetime, ended: dt.datetime | None) -> Q:
    """Return what is so of releases that were made while a version was shown, and so far from its ends that they have it."""
    made = Q(made_at__gte=begun + LONGEST_PUBLICATION)
    return made if ended is None else made & Q(made_at__lt=ended - LONGEST_PUBLICATION)


def limit_holding(code: str, until: dt.date, *, using: str) -> None:
    """Bring forward the last day of every release that may hold a case whose consent ends earlier now."""
    versions = PublishedVersion.objects.using(using).filter(kind=DocumentKind.CASE, key=code)
    first = versions.aggregate(first=Min("published_at"))["first"]
    if first is not None:
        later = Q(show_until__isnull=True) | Q(show_until__gt=until)
        rows = _writable(using).filter(later, _made_while(first, None), closed_at__isnull=True)
        unsure = rows.exclude(_made_well_within(first, None))
        rows.exclude(pk__in=_without(DocumentKind.CASE, code, unsure)).update(show_until=until)
