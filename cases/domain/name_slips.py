"""What a mistyped word may have been meant as: the keys it has when one slip in it, as it is written, is undone.

A letter too many, too few, wrong or swapped with its neighbour is mostly one letter of the key as well (`name_keys.misses`).
It is more where the letters beside it are heard otherwise for it: "oilets" (alic) for "ogilets" (ahilic).
"""

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from cases.domain.name_keys import misses, sound_keys

UNKNOWN = "?"
KEYS_READ = 2


@lru_cache(maxsize=5_000)
def undone(text: str) -> tuple[str, ...]:
    """Return the keys of a lower-case word with one slip undone, as far as `misses` of its own keys do not lead there.

    A letter that nobody can know is "?" in them.
    """
    keys = sound_keys(text)[:KEYS_READ]
    known = {miss for key in keys for miss in misses(key)}
    found: dict[str, None] = {}
    for meant in _meant(text):
        for key in sound_keys(meant)[:KEYS_READ]:
            is_new = without_unknown(key) not in known if UNKNOWN in key else not _is_beside(key, keys)
            if is_new:
                found[key] = None
    return tuple(found)


def without_unknown(key: str) -> str:
    """Return the key without the letter that nobody can know: a miss of every key that it may be."""
    return key.replace(UNKNOWN, "", 1)


def _meant(text: str) -> Iterator[str]:
    """Yield the word with a letter left out, swapped, added and changed, in every place."""
    for place in range(len(text) + 1):
        before, letter, after = text[:place], text[place : place + 1], text[place + 1 :]
        yield f"{before}{UNKNOWN}{letter}{after}"
        if letter:
            yield f"{before}{UNKNOWN}{after}"
            yield f"{before}{after}"
        if after and after[0] != letter:
            yield f"{before}{after[0]}{letter}{after[1:]}"


def _is_beside(key: str, keys: tuple[str, ...]) -> bool:
    return any(OSA.distance(key, own, score_cutoff=1) <= 1 for own in keys)
