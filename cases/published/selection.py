"""From what is asked to the question for the database: a page costs little whatever the filters, their order and depth.

There are two ways. Along the order: the index of the order carries what filters need, and rows are passed over unread until
the page is full; good where many match. From the rarest: the cases of the rarest filter are fetched by their codes and put
in order; good where it has few. Which is shorter follows from totals, which are exact.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.lookups import In
from django.utils.functional import cached_property

from cases.published.asked import Asked, OneOf
from cases.published.engine import any_of
from cases.published.lists import PAGE_SIZE
from cases.published.marks import may_have
from cases.published.models import (
    Facet,
    PublishedCase,
    PublishedCaseQuerySet,
    PublishedCell,
    PublishedCellTotal,
    PublishedFacet,
    PublishedTotal,
)
from cases.published.parts import kept_part

#: To fetch a case by its code costs as much as to pass over so many rows of an index (tests/benchmarks/lists.py).
PASSED_OVER = 25
#: So few are always fetched.
FEW = 100
#: How far a range is counted along an index to learn that it is rare.
PROBED = 1_000


@dataclass(frozen=True, slots=True)
class Rarest:
    """The codes from which to begin, at most `size` of them; `instead_of` is the part that they fulfil."""

    codes: QuerySet[Any, Any]
    size: int
    instead_of: OneOf | None = None


@dataclass(frozen=True)
class Selection:
    """The cases that are asked for, as they may be shown on the day `on`."""

    asked: Asked
    on: date

    @cached_property
    def _cells(self) -> list[tuple[int, int, int]]:
        """The cells that have the words: number, people in it, people in all. One query."""
        return kept_part("cells", repr(self.asked.words), self._read_cells)

    def _read_cells(self) -> list[tuple[int, int, int]]:
        wanted = {f"{field}__in": list(words) for field, words in self.asked.words.items()}
        everyone = Subquery(PublishedTotal.objects.filter(facet=Facet.ALL).values("people")[:1])
        return list(PublishedCell.objects.filter(**wanted).values_list("id", "people", everyone))

    @property
    def has_words(self) -> bool:
        """Whether not every cell will do."""
        return bool(self.asked.words)

    @cached_property
    def cell_ids(self) -> list[int]:
        """The cells that have the words; only where there are any."""
        return [number for number, _people, _everyone in self._cells]

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many people there are in all, with the words, and with the words for each part and each wider range."""
        if self.asked.found is not None:
            return self._read_sizes()
        return kept_part("sizes", repr(self.asked), self._read_sizes)

    def _read_sizes(self) -> dict[str, int]:
        having = {f"part_{place}": one.having for place, one in enumerate(self.asked.one_of)}
        having |= {f"range_{place}": one.wider for place, one in enumerate(self.asked.ranges) if one.wider is not None}
        if not self.has_words:
            found = _summed(PublishedTotal.objects.all(), {"all": Q(facet=Facet.ALL), **having})
            return {"words": found["all"], **found}
        everyone = self._cells[0][2] if self._cells else 0
        people = sum(people for _number, people, _everyone in self._cells)
        inside = PublishedCellTotal.objects.filter(cell__in=self.cell_ids)
        return {"all": everyone, "words": people, **_summed(inside, having)}

    @cached_property
    def rarest(self) -> Rarest | None:
        """The part from which to begin; None where all of them are frequent enough to go along the order."""
        if self.asked.found is not None or not self.asked.is_narrowed:
            return None
        found = min(self._candidates(), key=lambda one: one.size, default=None)
        if found is not None and self._is_shorter(found.size):
            return found
        return next((one for one in self._probes()), None)

    @cached_property
    def rarest_of_all(self) -> Rarest:
        """The part with the fewest people, whether or not a page begins from it; everybody where nothing is asked for."""
        if self.rarest is not None:
            return self.rarest
        everybody = Rarest(self._codes(Q(facet=Facet.ALL, value="all")), self.sizes["words"])
        return min([*self._candidates(), everybody], key=lambda one: one.size)

    def _is_shorter(self, size: int) -> bool:
        return size <= FEW or size * PASSED_OVER <= self._passed_over()

    def _passed_over(self) -> float:
        """Return how many rows of the index a page would take, were the parts independent of one another."""
        sizes = self.sizes
        expected = float(sizes["words"])
        for name, size in sizes.items():
            if name not in ("all", "words"):
                expected *= size / max(sizes["words"], 1)
        return PAGE_SIZE * max(sizes["all"], 1) / max(expected, 1.0)

    def _candidates(self) -> Iterable[Rarest]:
        sizes = self.sizes
        for place, one in enumerate(self.asked.one_of):
            yield Rarest(self._codes(one.having), sizes[f"part_{place}"], one)
        for place, limits in enumerate(self.asked.ranges):
            if limits.wider is not None:
                yield Rarest(self._codes(limits.wider), sizes[f"range_{place}"])
        if self.has_words:
            yield Rarest(self._codes(Q(facet=Facet.ALL, value="all")), sizes["words"])

    def _probes(self) -> Iterable[Rarest]:
        for limits in self.asked.ranges:
            if limits.along is not None:
                rows = PublishedCase.objects.visible(self.on).filter(limits.along)
                codes = rows.order_by(limits.column).values("pk")
                size = codes[: PROBED + 1].count()
                if size <= PROBED:
                    yield Rarest(codes.order_by(), size)

    def _codes(self, having: Q) -> QuerySet[Any, Any]:
        rows = PublishedFacet.objects.filter(having)
        return (rows.filter(cell__in=self.cell_ids) if self.has_words else rows).order_by().values("case_id")

    def cases(self, beginning: Rarest | None = None) -> PublishedCaseQuerySet:
        """Return the cases; all conditions hold wherever the search begins."""
        found = PublishedCase.objects.visible(self.on)
        if self.has_words:
            found = found.filter(_in_cells(self.cell_ids))
        for limits in self.asked.ranges:
            found = found.filter(limits.condition)
        for place, one in enumerate(self.asked.one_of):
            if beginning is None or one is not beginning.instead_of:
                found = _having(found, one, f"has_{place}")
        if beginning is not None:
            found = found.filter(any_of(beginning.codes))
        return found if self.asked.found is None else found.filter(self.asked.found.having)


def _in_cells(numbers: list[int]) -> Q:
    """Return the condition on the cell as a sum, for which no index is searched: PostgreSQL would walk it once a cell."""
    return Q(In(F("cell") + 0, numbers)) if numbers else Q(pk__in=[])


def _having(found: PublishedCaseQuerySet, one: OneOf, name: str) -> PublishedCaseQuerySet:
    """Keep the cases of one part: by their marks, and where these allow it by the table of facets.

    A scalar question a row: a join would let the database begin elsewhere.
    """
    rows = PublishedFacet.objects.filter(one.having, case=OuterRef("pk")).order_by().values("case_id")[:1]
    return found.filter(may_have(one.pairs)).alias(**{name: Subquery(rows)}).filter(**{f"{name}__isnull": False})


def _summed(rows: QuerySet[PublishedTotal] | QuerySet[PublishedCellTotal], having: dict[str, Q]) -> dict[str, int]:
    """Return the people of the rows of each condition, in one query."""
    if not having:
        return {}
    wanted = Q()
    for condition in having.values():
        wanted |= condition
    sums = {name: Sum("people", filter=condition, default=0) for name, condition in having.items()}
    return rows.filter(wanted).aggregate(**sums)
