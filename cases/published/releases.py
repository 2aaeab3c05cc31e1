"""Reading releases: their files piece by piece, and what changed from one to the next."""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from cases.published.engine import let_go
from cases.published.release_models import PublishedRelease, PublishedReleaseFile, PublishedReleasePart

#: The list of codes in a release, kept when it is closed: from it the next one counts what was added and withdrawn.
CODES = "codes.txt"


def content_of(file: PublishedReleaseFile) -> Iterator[bytes]:
    """Yield the bytes of a file; no connection is held between two pieces. A release that is closed meanwhile breaks off."""
    position = 0
    while True:
        parts = PublishedReleasePart.objects.filter(file=file.pk, position=position)
        content = parts.values_list("content", flat=True).first()
        let_go(parts.db)
        if content is None:
            return
        yield zlib.decompress(bytes(content))
        position += 1


def codes_of(release: PublishedRelease) -> Iterator[str]:
    """Yield the codes of the cases in a release, in order."""
    file = release.files.get(name=CODES)
    rest = ""
    for piece in content_of(file):
        *lines, rest = (rest + piece.decode()).split("\n")
        yield from lines


def changes(before: Iterable[str], now: Iterable[tuple[str, datetime]], *, since: datetime) -> Iterator[str]:
    """Yield one word a case that differs: "added", "changed" or "withdrawn". Both are in the order of their codes.

    `now` has each code with the time of its last visible change; `since` is when the earlier state was taken.
    """
    old = iter(before)
    code = next(old, None)
    for key, changed_at in now:
        while code is not None and code < key:
            yield "withdrawn"
            code = next(old, None)
        if code == key:
            if changed_at > since:
                yield "changed"
            code = next(old, None)
        else:
            yield "added"
    while code is not None:
        yield "withdrawn"
        code = next(old, None)


def counted(words: Iterable[str]) -> dict[str, int]:
    """Return how many there are of each word of `changes`."""
    found = Counter(words)
    return {word: found[word] for word in ("added", "changed", "withdrawn")}
