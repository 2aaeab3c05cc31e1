"""Cells: people who share a status, a kind of case, a sex and an ethnicity, of each of which a person has one.

There are some hundred such cells, whatever the number of people. Their totals, and those of every other facet inside them,
count any choice of the four exactly and at once, alone or with one value of another facet. The number of a cell follows
from its words alone, so that a bulk writer needs no database to know it.
"""

import hashlib
from collections.abc import Iterable, Mapping

from cases.published.models import Facet

#: The facets of a cell, in the order in which its number is made of them.
CELL_FACETS = (Facet.STATUS, Facet.KIND, Facet.SEX, Facet.ETHNICITY)
CELL_FIELDS = tuple(facet.value for facet in CELL_FACETS)


def cell_of(words: Mapping[str, str]) -> int:
    """Return the number of a cell (a signed 64-bit integer) by its `status`, `kind`, `sex` and `ethnicity`."""
    text = "\n".join(str(words[field]) for field in CELL_FIELDS)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)


def words_of(facets: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the words of the cell of a case by its facets; "" for what is not known."""
    found = dict(pair for pair in facets if pair[0] in CELL_FIELDS)
    return {field: found.get(field, "") for field in CELL_FIELDS}
