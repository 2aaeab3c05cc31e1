"""What lists keep of a case beside its facets: measures, marks and cell as columns, and the totals of cells."""

from collections.abc import Collection
from typing import Any

from cases.domain.custody import Brief
from cases.published.cells import cell_of, words_of
from cases.published.custody import last_sentence
from cases.published.documents import CaseDocument
from cases.published.marks import MARKED, marks_of
from cases.published.measures import age_at, sentence_days

#: The columns as they are where a case keeps nothing.
NOTHING: dict[str, Any] = {
    "held_from": None,
    "sentence_days": None,
    "age_least": None,
    "age_most": None,
    "cell": 0,
    "marks_1": 0,
    "marks_2": 0,
}

Facets = Collection[tuple[str, str]]


def columns_of(document: CaseDocument, now: Brief, facets: Facets) -> dict[str, Any]:
    """Return the columns by which lists are filtered and ordered, for a case that stands as `now` says."""
    arrest = now.held_since
    years = age_at(arrest, document)
    first, second = marks_of(facets)
    return {
        "held_from": arrest.earliest if arrest and now.status.in_custody else None,
        "sentence_days": sentence_days(last_sentence(document)),
        "age_least": years.least,
        "age_most": years.most,
        "cell": cell_of(words_of(facets)),
        "marks_1": first,
        "marks_2": second,
    }


def cell_row(cell: int, facets: Facets) -> tuple[Any, ...]:
    """Return the row of `PublishedCell` in which a case counts: its number and its words."""
    return cell, *words_of(facets).values()


def totals_of(cell: int, facets: Facets) -> list[tuple[str, str, int]]:
    """Return the rows of `PublishedCellTotal` in which a case counts: (facet, value, cell)."""
    return [(facet, value, cell) for facet, value in facets if facet in MARKED]
