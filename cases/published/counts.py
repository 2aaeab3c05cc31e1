"""How many people a list has, and would have with each option: exact from totals, from bits or few rows.

A number is said to be approximate only where a question or one range of dates finds more than ten thousand, or other filters
are asked for beside a range among more than fifty thousand. Nothing here reads more rows than that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import Count as CountOf, QuerySet, Sum
from django.utils.functional import cached_property

from cases.published import blocks
from cases.published.asked import Asked, OneOf, Pair
from cases.published.cells import CELL_FACETS, CELL_FIELDS
from cases.published.engine import any_of
from cases.published.lists import limited_count
from cases.published.models import (
    Facet,
    PublishedCase,
    PublishedCell,
    PublishedCellTotal,
    PublishedFacet,
    PublishedTotal,
)
from cases.published.parts import kept_only, kept_part
from cases.published.selection import Rarest, Selection

#: Of so few people in all every list is counted along an index; this takes some ten milliseconds.
FEW_IN_ALL = 50_000
#: A list that begins from so few is counted one by one; fetching them takes about as long.
MOST_COUNTED = 600
#: So many are counted of those whom a question found, or whose dates lie in a range: some ten milliseconds, too.
MOST_FOUND = 10_000
#: The numbers beside options are counted one by one in a list of at most so many.
MOST_TALLIED = 300
#: So many cases stand for all where a list is too long to be counted, and so many of them must match.
SAMPLE, FEWEST = 600, 20

#: {(facet, value): people}
Tally = dict[tuple[str, str], int]


class How(Enum):
    EXACTLY = "exactly"
    MORE_THAN = "more than"
    ABOUT = "about"
    FEWER_THAN = "fewer than"


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of people, and how it is meant."""

    number: int
    how: How = How.EXACTLY


@dataclass(frozen=True)
class Counts:
    """The numbers of one list on the day `on`."""

    asked: Asked
    on: date

    @cached_property
    def selection(self) -> Selection:
        return Selection(self.asked, self.on)

    @cached_property
    def totals_hold(self) -> bool:
        """Whether totals agree with what is shown: not while a case whose consent has ended waits to be withdrawn."""
        return not PublishedCase.objects.filter(show_until__lt=self.on, state="published").exists()

    @cached_property
    def blocks_hold(self) -> bool:
        """Whether everybody has bits: not from an update that brought them until all is rebuilt."""
        return self.totals_hold and kept_part("blocks", "", blocks.all_have_bits)

    @cached_property
    def _bits(self) -> blocks.BitsOf | None:
        """All bits, which every list shares until something is published; None where they are too many to be kept."""
        return kept_only("bits", blocks.read) if kept_part("few blocks", "", blocks.are_few) else None

    def people(self) -> Counted:
        """Count the people of the list."""
        if self.totals_hold and (exact := exact_count(self.selection)) is not None:
            return Counted(exact)
        if self.asked.found is not None:
            counted = limited_count(self.selection.cases(), MOST_FOUND)
            return Counted(counted.number, How.MORE_THAN if counted.is_more else How.EXACTLY)
        if self.blocks_hold and (parts := _parts_of(self.asked)) is not None:
            return Counted(blocks.people_with(parts, self._bits))
        beginning = self.selection.rarest_of_all
        if _is_countable(self.selection):
            return Counted(self.selection.cases(_first(self.selection)).order_by().count())
        if _is_one_range(self.asked) and not (counted := limited_count(self.selection.cases(), MOST_FOUND)).is_more:
            return Counted(counted.number)
        return self._estimate(beginning.instead_of)

    def _estimate(self, part: OneOf | None) -> Counted:
        """Estimate from cases in the order of their codes, which are drawn at random and so stand for all."""
        codes: QuerySet[Any, Any]
        if part is not None and len(part.pairs) == 1:
            rows = PublishedFacet.objects.filter(part.having)
            codes, among = rows.order_by("case_id").values("case_id"), total_of(part)
        else:
            everyone = PublishedCase.objects.visible(self.on)
            codes, among = everyone.order_by("pk").values("pk"), self.selection.sizes["all"]
        taken = min(SAMPLE, among)
        matching = self.selection.cases().filter(any_of(codes[:SAMPLE])).order_by().count()
        if taken == among:
            return Counted(matching)
        if matching < FEWEST:
            return Counted(_rounded(among * (matching + FEWEST) / taken), How.FEWER_THAN)
        return Counted(_rounded(among * matching / taken), How.ABOUT)

    def beside(self, facets: Collection[Facet], name: str) -> Tally | None:
        """Return how many people the list would have with each value of some facets as the only choice of a parameter.

        `name` is that parameter. A value that is not there would leave nobody; None: too many people to count.
        """
        others = Selection(self.asked.without(name), self.on)
        if self.totals_hold and others.asked.found is None and not others.asked.ranges:
            found = _tally_of_totals(others, facets)
            if found is not None:
                return found
            parts = _parts_of(others.asked)
            if parts is not None and self.blocks_hold and (bits := self._bits) is not None:
                return blocks.people_beside(parts, facets, bits)
        return _tally(others, facets) if others.asked.found is not None or _is_countable(others) else None


def _parts_of(asked: Asked) -> list[Sequence[Pair]] | None:
    """Return what a list is asked for as facets alone; None where it is something else as well, or a word is missing."""
    if asked.found is not None or asked.ranges or any("" in words for words in asked.words.values()):
        return None
    if any(facet in blocks.UNASKED for one in asked.one_of for facet, _value in one.pairs):
        return None
    words: list[Sequence[Pair]] = [[(field, word) for word in some] for field, some in asked.words.items()]
    return words + [one.pairs for one in asked.one_of]


def _is_one_range(asked: Asked) -> bool:
    """Tell whether one range of an index is all that is asked for, so that the cases stand there side by side."""
    if asked.one_of or asked.words or len(asked.ranges) != 1:
        return False
    return asked.ranges[0].along is not None or asked.ranges[0].wider is not None


def _is_countable(selection: Selection) -> bool:
    """Tell whether the cases may be counted one by one."""
    return selection.sizes["all"] <= FEW_IN_ALL or selection.rarest_of_all.size <= MOST_COUNTED


def _first(selection: Selection) -> Rarest | None:
    """Return where counting begins: from the rarest part where that is rare, else along an index."""
    beginning = None if selection.asked.found is not None else selection.rarest_of_all
    return beginning if beginning is not None and beginning.size <= MOST_COUNTED else None


def exact_count(selection: Selection) -> int | None:
    """Return how many people match, from totals alone; None where totals do not tell."""
    asked = selection.asked
    if not asked.is_counted_in_totals:
        return None
    return selection.sizes["part_0" if asked.one_of else "words"]


def total_of(part: OneOf) -> int:
    """Return how many people have the values of one part, from totals."""
    return int(PublishedTotal.objects.filter(part.having).aggregate(people=Sum("people", default=0))["people"])


def _rounded(number: float) -> int:
    """Return a number with two digits that mean something."""
    whole = max(round(number), 1)
    unit = int(10 ** max(len(str(whole)) - 2, 0))
    return round(whole / unit) * unit


def _tally_of_totals(others: Selection, facets: Collection[Facet]) -> Tally | None:
    """Return the numbers from totals: under words of a cell alone, or under one more part for the facets of a cell."""
    of_cell = [facet for facet in facets if facet in CELL_FACETS]
    rest = [facet for facet in facets if facet not in CELL_FACETS]
    if not others.asked.one_of:
        return _cells_tally(_cells_of(others), of_cell) | _rest_tally(others, rest)
    if rest or not others.asked.is_counted_in_totals:
        return None
    rows = PublishedCellTotal.objects.filter(others.asked.one_of[0].having)
    if others.has_words:
        rows = rows.filter(cell__in=others.cell_ids)
    people = dict(rows.order_by().values_list("cell").annotate(Sum("people")))
    words = PublishedCell.objects.filter(pk__in=people).values_list("id", *CELL_FIELDS)
    return _cells_tally(((people[number], words) for number, *words in words), of_cell)


def _cells_of(others: Selection) -> Iterable[tuple[int, list[str]]]:
    cells = PublishedCell.objects.filter(pk__in=others.cell_ids) if others.has_words else PublishedCell.objects.all()
    return ((people, words) for people, *words in cells.values_list("people", *CELL_FIELDS))


def _cells_tally(cells: Iterable[tuple[int, list[str]]], facets: Collection[Facet]) -> Tally:
    found: Tally = {}
    for people, words in cells if facets else ():
        for facet, word in zip(CELL_FACETS, words, strict=True):
            if facet in facets and word:
                found[facet.value, word] = found.get((facet.value, word), 0) + people
    return found


def _rest_tally(others: Selection, facets: Collection[Facet]) -> Tally:
    if not facets:
        return {}
    rows: Any = PublishedTotal.objects.filter(facet__in=facets).values_list("facet", "value", "people")
    if others.has_words:
        inside = PublishedCellTotal.objects.filter(facet__in=facets, cell__in=others.cell_ids).order_by()
        rows = inside.values_list("facet", "value").annotate(Sum("people"))
    return {(facet, value): people for facet, value, people in rows}


def _tally(others: Selection, facets: Collection[Facet]) -> Tally | None:
    """Return the numbers by counting one by one; None where the list is too long for that."""
    found = others.cases(_first(others)).order_by().values_list("pk", flat=True)
    codes = list(found[: MOST_TALLIED + 1])
    if len(codes) > MOST_TALLIED:
        return None
    rows = PublishedFacet.objects.filter(case__in=codes, facet__in=facets).order_by()
    counted = rows.values_list("facet", "value").annotate(CountOf("pk"))
    return {(facet, value): people for facet, value, people in counted}
