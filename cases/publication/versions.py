"""Published versions: added, closed when they show what may no longer be shown, opened again after a mistaken withdrawal.

The public wing cannot alter a version (`PublishedVersion` refuses); the door does it here, on purpose and nowhere else.
"""

import datetime as dt
from collections.abc import Callable, Collection, Sequence

from django.db.models import Q, QuerySet

from cases.publication.releases import close_holding
from cases.published.documents import sha256
from cases.published.models import DocumentKind, PublishedVersion


def _writable(using: str) -> "QuerySet[PublishedVersion]":
    """Return a plain queryset, which may update where the table's own refuses to."""
    return QuerySet(PublishedVersion, using=using)


def add_version(
    kind: DocumentKind,
    key: str,
    text: str,
    *,
    at: dt.datetime,
    show_until: dt.date | None,
    using: str,
) -> tuple[PublishedVersion, bool]:
    """Return the version that holds `text` and whether it is new.

    The last version serves again if its text is the same, opened if it was closed. Only its `show_until` may change.
    """
    versions = _writable(using).filter(kind=kind, key=key)
    last = versions.order_by("-number").first()
    digest = sha256(text)
    if last is not None and last.sha256 == digest:
        versions.filter(pk=last.pk).update(text=text, closed_at=None, show_until=show_until)
        return versions.get(pk=last.pk), False
    version = PublishedVersion(
        kind=kind,
        key=key,
        number=1 if last is None else last.number + 1,
        text=text,
        sha256=digest,
        published_at=at,
        show_until=show_until,
    )
    version.save(using=using, force_insert=True)
    return version, True


def close_all_versions(kind: DocumentKind, key: str, *, at: dt.datetime, using: str) -> None:
    """Close every version of a document."""
    _close_releases(_writable(using).filter(kind=kind, key=key), at=at, using=using)
    _writable(using).filter(kind=kind, key=key, closed_at__isnull=True).update(text="", closed_at=at)


def remove_versions(kind: DocumentKind, key: str, *, at: dt.datetime, using: str) -> int:
    """Delete every version of a document, hashes included, for an erasure; return how many there were."""
    _close_releases(_writable(using).filter(kind=kind, key=key), at=at, using=using)
    return _writable(using).filter(kind=kind, key=key).delete()[0]


def close_some(pks: Collection[int], *, at: dt.datetime, using: str) -> int:
    """Close the versions with these keys; return how many were open."""
    closing = _writable(using).filter(pk__in=pks, closed_at__isnull=True)
    _close_releases(closing, at=at, using=using)
    return closing.update(text="", closed_at=at)


def _close_releases(versions: "QuerySet[PublishedVersion]", *, at: dt.datetime, using: str) -> None:
    """Close the releases that hold one of these versions."""
    by_document: dict[tuple[str, str], list[int]] = {}
    for kind, key, number in versions.order_by("kind", "key").values_list("kind", "key", "number"):
        by_document.setdefault((kind, key), []).append(number)
    for (kind, key), numbers in by_document.items():
        close_holding(DocumentKind(kind), key, numbers, at=at, using=using)


def close_versions(
    kind: DocumentKind,
    key: str,
    may_be_read: Callable[[str], bool],
    *,
    but: int,
    at: dt.datetime,
    using: str,
) -> int:
    """Close the versions, but for the one numbered `but`, whose text may no longer be read; return how many."""
    versions = _writable(using).filter(kind=kind, key=key, closed_at__isnull=True).exclude(number=but)
    return close_some([row.pk for row in versions if not may_be_read(row.text)], at=at, using=using)


def limit_versions(kind: DocumentKind, key: str, until: dt.date, *, using: str) -> None:
    """Bring the last day of every version forward to `until`, so that a rebuilding from versions keeps it."""
    versions = _writable(using).filter(kind=kind, key=key)
    versions.filter(Q(show_until__isnull=True) | Q(show_until__gt=until)).update(show_until=until)


def reopen_versions(
    kind: DocumentKind,
    key: str,
    texts: Sequence[str],
    may_be_read: Callable[[str], bool],
    *,
    closed_at: dt.datetime,
    using: str,
) -> None:
    """Open the versions closed at `closed_at` whose text, found by its SHA-256 among `texts`, may be read."""
    by_hash = {sha256(text): text for text in texts if may_be_read(text)}
    for row in _writable(using).filter(kind=kind, key=key, closed_at=closed_at, sha256__in=list(by_hash)):
        _writable(using).filter(pk=row.pk).update(text=by_hash[row.sha256], closed_at=None)
