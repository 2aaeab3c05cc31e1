"""Releases against what the audit says was released: what somebody altered in them around the program, by SQL.

The audit has the hash of each manifest, and the manifest those of the files. A closed release has no files left to look at.
"""

import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Iterator

from cases.enums import AuditAction
from cases.models import AuditEntry
from cases.published.documents import sha256
from cases.published.release_models import PublishedRelease, PublishedReleaseFile
from cases.published.releases import content_of


def strange_releases(*, on: dt.date) -> Iterator[str]:
    """Yield what is wrong with a release on the day `on`: which one, and what. Every file of every open one is read."""
    made = _made()
    there = {release.number: release for release in PublishedRelease.objects.finished()}
    for number in sorted(made.keys() - there.keys()):
        yield f"release {number}: is not there, and the audit says that it was made"
    for number, release in sorted(there.items()):
        if sha256(release.manifest) != release.sha256 or made.get(number) != release.sha256:
            yield f"release {number}: its manifest is not the one that was released"
        elif release.is_open(on):
            yield from _files(release)


def _made() -> dict[int, str]:
    """Return the hash of the manifest of each release, as the audit has it."""
    entries = AuditEntry.objects.filter(action=AuditAction.EXPORTED.value).order_by("pk")
    payloads = (one for one in entries.values_list("payload", flat=True).iterator() if isinstance(one, dict))
    return {one["release"]: one["sha256"] for one in payloads if one.get("what") == "release"}


def _files(release: PublishedRelease) -> Iterator[str]:
    released = {file["name"]: file["sha256"] for file in json.loads(release.manifest)["files"]}
    stored = {file.name: file for file in release.files.filter(is_served=True)}
    for name in sorted(released.keys() | stored.keys()):
        if name not in stored or _hash(stored[name]) != released.get(name):
            yield f"release {release.number}, {name}: is not the file that was released"


def _hash(file: PublishedReleaseFile) -> str:
    digest = hashlib.sha256()
    try:
        for piece in content_of(file):
            digest.update(piece)
    except zlib.error:
        return ""
    return digest.hexdigest()
