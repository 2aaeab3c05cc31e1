"""Marks: two numbers of 63 bits in which each facet value of a case sets one bit, so that a list skips rows unread.

A case that lacks a bit of a value certainly lacks the value; one that has both bits may lack it all the same, and the table
of facets has the last word (superimposed coding: Roberts, "Partial-match retrieval via the method of superimposed codes",
Proceedings of the IEEE 67 (1979)). Indexes of every order carry the marks.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import or_

from django.db.models import F, Q
from django.db.models.lookups import GreaterThan

from cases.published.models import Facet

BITS = 63
#: The facets of which a case may have several values and by which a list is filtered.
MARKED = frozenset(
    {
        *(Facet.ARTICLE, Facet.PROVISION, Facet.ROLE, Facet.RELIGION, Facet.ARREST_YEAR, Facet.AGE, Facet.SENTENCE),
        *(
            Facet.PLACE,
            Facet.REGION,
            Facet.HOME_REGION,
            Facet.ARREST_REGION,
            Facet.SITE_REGION,
            Facet.SITE,
            Facet.PAST_SITE,
        ),
        *(
            Facet.ASSESSED,
            Facet.ASSESSED_BY,
            Facet.ASSESSMENT,
            Facet.ORGANISATION,
            Facet.REHABILITATION,
            Facet.RESCINDED,
        ),
        *(Facet.SENTENCE_LENGTH, Facet.TIME_HELD, Facet.DEATH_YEAR),
    }
)


@lru_cache(maxsize=50_000)
def bits_of(facet: str, value: str) -> tuple[int, int]:
    """Return the bit of a value in each of the two numbers."""
    digest = hashlib.blake2b(f"{facet}\n{value}".encode(), digest_size=16).digest()
    first, second = int.from_bytes(digest[:8]) % BITS, int.from_bytes(digest[8:]) % BITS
    return 1 << first, 1 << second


def marks_of(facets: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """Return the marks of a case by its facets."""
    one = two = 0
    for facet, value in facets:
        if facet in MARKED:
            first, second = bits_of(facet, value)
            one, two = one | first, two | second
    return one, two


def may_have(pairs: Iterable[tuple[str, str]]) -> Q:
    """Return the condition that a case may have one of the facet values; no case that has one fails it."""
    return reduce(or_, (_has_bits(*bits_of(facet, value)) for facet, value in pairs))


def _has_bits(first: int, second: int) -> Q:
    return Q(GreaterThan(F("marks_1").bitand(first), 0)) & Q(GreaterThan(F("marks_2").bitand(second), 0))
