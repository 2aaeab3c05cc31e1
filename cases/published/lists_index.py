"""What lists keep of a case beside its facets: measures, marks and cell as columns, and the totals of cells."""

from collections.abc import Collection
from datetime import date
from typing import Any

from cases.domain.custody import held_since, standing
from cases.published.cells import cell_of, words_of
from cases.published.custody import case_facts, last_sentence
from cases.published.documents import CaseDocument
from cases.published.engine import add_up
from cases.published.facets import facets_of
from cases.published.marks import MARKED, marks_of
from cases.published.measures import age_at, sentence_days
from cases.published.models import PublishedCase, PublishedCell, PublishedCellTotal, PublishedFacet

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


def columns_of(document: CaseDocument, on: date) -> dict[str, Any]:
    """Return the columns by which lists are filtered and ordered, as of the day `on`."""
    facts = case_facts(document)
    now, arrest = standing(facts, on), held_since(facts, on)
    facets, years = facets_of(document, now.status.value, on), age_at(arrest, document)
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


def put_in(case: PublishedCase, facets: Facets, *, using: str) -> None:
    """Count a case, whose facets these are, in its cell."""
    words = words_of(facets)
    cell = {"id": case.cell, **words}
    add_up(PublishedCell, [cell], key=["id"], by={"people": 1}, using=using)
    add_up(PublishedCellTotal, totals_of(case.cell, facets), key=CELL_KEY, by={"people": 1}, using=using)


def take_out(code: str, *, using: str) -> None:
    """Count a case no longer, as long as the table of facets still has it."""
    rows = list(PublishedFacet.objects.using(using).filter(case_id=code).values_list("cell", "facet", "value"))
    if not rows:
        return
    number, facets = rows[0][0], [(facet, value) for _cell, facet, value in rows]
    cell = {"id": number, **words_of(facets)}
    add_up(PublishedCell, [cell], key=["id"], by={"people": -1}, using=using)
    add_up(PublishedCellTotal, totals_of(number, facets), key=CELL_KEY, by={"people": -1}, using=using)
    PublishedCell.objects.using(using).filter(pk=number, people=0).delete()
    PublishedCellTotal.objects.using(using).filter(cell=number, people=0).delete()


CELL_KEY = ["facet", "value", "cell"]


def totals_of(cell: int, facets: Facets) -> list[dict[str, Any]]:
    """Return the rows of `PublishedCellTotal` that a case counts in, in the order in which they are locked."""
    return [{"facet": facet, "value": value, "cell": cell} for facet, value in sorted(facets) if facet in MARKED]
