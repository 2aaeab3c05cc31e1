"""Which family of given names a spelling, a sound or a stem belongs to (`given_name_families.py` has the families)."""

from collections.abc import Callable, Iterable
from functools import cache

from cases.domain.given_name_families import FAMILIES
from cases.domain.name_keys import VOWELS, sound_keys
from cases.domain.names import fold, words_of


def _by_key(keys_of: Callable[[str], Iterable[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in FAMILIES.strip().splitlines():
        name, *forms = line.split()
        for form in (name, *forms):
            for key in keys_of("".join(words_of(form)).replace("-", "")):
                found.setdefault(key, set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


@cache
def families_by_spelling() -> dict[str, frozenset[str]]:
    """Return which families each folded spelling (`names.fold`) belongs to; made once a process."""
    return _by_key(lambda word: [fold(word)])


@cache
def families_by_key() -> dict[str, frozenset[str]]:
    """Return which families each sound key belongs to: coarser than the spelling, for one that is not in the table."""
    return _by_key(lambda word: sound_keys(word)[:2])


def families_of(spelling: str, keys: Iterable[str]) -> frozenset[str]:
    """Return the families of a word by its folded spelling; by its sound keys where the table does not have it."""
    known = families_by_spelling().get(spelling)
    return known or frozenset(name for key in keys for name in families_by_key().get(key, ()))


@cache
def families_by_stem() -> dict[str, frozenset[str]]:
    """Return the families by their keys without the last vowels, as patronymics have them."""
    found: dict[str, frozenset[str]] = {}
    for key, names in families_by_key().items():
        stem = key.rstrip(VOWELS)
        found[stem] = found.get(stem, frozenset()) | names
    return found


@cache
def first_sounds() -> dict[str, frozenset[str]]:
    """Return with which sounds the forms of each family begin, for initials: N. may be Mykola."""
    found: dict[str, frozenset[str]] = {}
    for key, names in families_by_key().items():
        for name in names:
            found[name] = found.get(name, frozenset()) | {key[0]}
    return found
