"""Parts of pages that are made once: what follows from the published copy, the day, the language and the address alone.

A part is kept under the mark that the middleware of kept pages read before anything else was read, so it never tells of
an earlier state than that mark does. Without a mark, as in a preview at the desk, every part is made anew.
"""

import hashlib
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar, cast

from django.core.cache import caches
from django.utils.translation import get_language

Part = TypeVar("Part")

PARTS = "parts"
#: Under what the parts of the page that is being made are kept: the state, the day and the program; "" where nothing is.
kept_under: ContextVar[str] = ContextVar("kept_under", default="")


def kept_part(name: str, address: str, make: Callable[[], Part]) -> Part:
    """Return the part `name` of the pages at an address in the language of the reader, made anew where none is kept.

    It is shared by all threads, so nobody may change it.
    """
    under = kept_under.get()
    if not under:
        return make()
    key = hashlib.sha256(repr((under, name, get_language(), address)).encode()).hexdigest()
    found: Part | None = caches[PARTS].get(key)
    if found is None:
        found = make()
        caches[PARTS].set(key, found)
    return found


#: By name: under what the one thing is kept, and the thing.
_only: dict[str, tuple[str, object]] = {}


def kept_only(name: str, make: Callable[[], Part]) -> Part:
    """Return something large that all pages share in every language; that of an earlier state goes when another is made."""
    under = kept_under.get()
    if not under:
        return make()
    kept = _only.get(name)
    if kept is None or kept[0] != under:
        kept = _only[name] = (under, make())
    return cast("Part", kept[1])
