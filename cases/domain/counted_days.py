"""How many people were in what state on a day, by what had been published by another: counts as sums of changes.

Each published state of a case says on which days a person came into a status and left it. A change is known from the day
on which that state was published; the state before is taken back on the same day. So the count for the day D as published
by the day K is the sum of all changes with day <= D that were known by K.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import product
from typing import NamedTuple

from cases.domain.status_spans import StatusSpan


class Dimension(StrEnum):
    """What is counted. `UNCERTAIN`: people whose status on the day is not beyond doubt."""

    ALL = "all"
    CUSTODY = "custody"
    STATUS = "status"
    UNCERTAIN = "uncertain"
    ETHNICITY = "ethnicity"
    ETHNICITY_HELD = "ethnicity_held"
    SEX = "sex"
    SEX_HELD = "sex_held"


class Reason(StrEnum):
    """Why a change became known: with the first publication of the case, or with a later version of it."""

    DISCOVERED = "discovered"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Edition:
    """What one published version says for counting: known from the day `known` on."""

    known: date
    spans: tuple[StatusSpan, ...]
    ethnicity: str = ""
    sex: str = ""


class Cell(NamedTuple):
    """What a change is a change of."""

    dimension: Dimension
    value: str
    day: date
    known: date
    reason: Reason


class Flow(NamedTuple):
    """How many came and how many went; a correction can take either back, so both may be below nought."""

    came: int = 0
    went: int = 0

    @property
    def net(self) -> int:
        return self.came - self.went

    def plus(self, other: "Flow") -> "Flow":
        return Flow(self.came + other.came, self.went + other.went)

    def minus(self, other: "Flow") -> "Flow":
        return Flow(self.came - other.came, self.went - other.went)


Changes = dict[Cell, Flow]

_Turn = tuple[Dimension, str, date, int]  # what, which value, on which day, and 1 for coming or -1 for leaving


def changes_of(editions: Sequence[Edition]) -> Changes:
    """Return the changes of one case, given its published versions, oldest first."""
    came: Counter[Cell] = Counter()
    went: Counter[Cell] = Counter()
    before: Counter[_Turn] = Counter()
    for number, edition in enumerate(editions):
        reason = Reason.CORRECTED if number else Reason.DISCOVERED
        now = Counter(_turns(edition))
        for turn in now.keys() | before.keys():
            by = now[turn] - before[turn]
            dimension, value, day, direction = turn
            (came if direction > 0 else went)[Cell(dimension, value, day, edition.known, reason)] += by
        before = now
    flows = {cell: Flow(came[cell], went[cell]) for cell in came.keys() | went.keys()}
    return {cell: flow for cell, flow in flows.items() if flow != Flow()}


def _turns(edition: Edition) -> Iterator[_Turn]:
    if not edition.spans:
        return
    first = edition.spans[0].since
    yield Dimension.ALL, "", first, 1
    for dimension, value in ((Dimension.ETHNICITY, edition.ethnicity), (Dimension.SEX, edition.sex)):
        if value:
            yield dimension, value, first, 1
    yield from _comings_and_goings(edition.spans, Dimension.STATUS, lambda span: span.status.value)
    yield from _comings_and_goings(edition.spans, Dimension.UNCERTAIN, lambda span: None if span.certain else "")
    held = list(_comings_and_goings(edition.spans, Dimension.CUSTODY, _custody))
    yield from held
    for dimension, value in ((Dimension.ETHNICITY_HELD, edition.ethnicity), (Dimension.SEX_HELD, edition.sex)):
        if value:
            yield from ((dimension, value, day, direction) for _custody, _value, day, direction in held)


def _custody(span: StatusSpan) -> str | None:
    return "" if span.status.in_custody else None


def _comings_and_goings(
    spans: Iterable[StatusSpan], dimension: Dimension, value_of: Callable[[StatusSpan], str | None]
) -> Iterator[_Turn]:
    """Yield when a person came under a value and left it; `value_of` gives None where a span has none."""
    held: str | None = None
    for span in spans:
        value = value_of(span)
        if value == held:
            continue
        if held is not None:
            yield dimension, held, span.since, -1
        if value is not None:
            yield dimension, value, span.since, 1
        held = value


# Sums by stretches of time ------------------------------------------------------------------------------------------


class Grain(StrEnum):
    """How long a stretch of days a sum covers."""

    YEAR = "y"
    MONTH = "m"
    DAY = "d"


GRAINS = (Grain.YEAR, Grain.MONTH, Grain.DAY)
EARLIEST = date(1850, 1, 1)
"""Days before this one are summed as this one, so that the years that a count reads can be named one by one."""


def begins(grain: Grain, day: date) -> date:
    """Return the first day of the year or month in which a day lies, for `DAY` the day; never before `EARLIEST`."""
    day = max(day, EARLIEST)
    if grain is Grain.YEAR:
        return date(day.year, 1, 1)
    return date(day.year, day.month, 1) if grain is Grain.MONTH else day


class Stretch(NamedTuple):
    """The sums of one grain that begin from `first` to `last`, both included."""

    grain: Grain
    first: date
    last: date

    def beginnings(self) -> list[date]:
        """Return the days on which the sums begin."""
        if self.grain is Grain.YEAR:
            return [date(year, 1, 1) for year in range(self.first.year, self.last.year + 1)]
        if self.grain is Grain.MONTH:
            return [date(self.first.year, month, 1) for month in range(self.first.month, self.last.month + 1)]
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


def stretches(until: date) -> list[Stretch]:
    """Return the fewest sums that cover every day up to and with `until`, coarse ones first, none of them empty.

    There is none before `EARLIEST`.
    """
    found, first = [], EARLIEST
    for grain, finer in zip(GRAINS, [*GRAINS[1:], None], strict=True):
        beyond = begins(grain, until)
        last = until if finer is None else beyond - timedelta(days=1)
        if first <= last and (finer is None or beyond > first):
            found.append(Stretch(grain, first, last))
        first = beyond
    return found


class SumKey(NamedTuple):
    """One stored sum: every change of a cell's kind whose days begin in these stretches."""

    day_grain: Grain
    known_grain: Grain
    day: date
    known: date
    dimension: Dimension
    value: str
    reason: Reason


def sums_of(changes: Changes) -> dict[SumKey, Flow]:
    """Return what changes add to the stored sums of every grain; what comes to nought is left out."""
    sums: dict[SumKey, Flow] = {}
    for cell, flow in changes.items():
        days = [(grain, begins(grain, cell.day)) for grain in GRAINS]
        knowns = [(grain, begins(grain, cell.known)) for grain in GRAINS]
        for (day_grain, day), (known_grain, known) in product(days, knowns):
            key = SumKey(day_grain, known_grain, day, known, cell.dimension, cell.value, cell.reason)
            sums[key] = flow if key not in sums else sums[key].plus(flow)
    return {key: flow for key, flow in sums.items() if flow != Flow()}


def added_up(many: Iterable[Changes]) -> Changes:
    """Return the changes of several cases as one."""
    cells: Changes = {}
    for changes in many:
        for cell, flow in changes.items():
            cells[cell] = cells.get(cell, Flow()).plus(flow)
    return {cell: flow for cell, flow in cells.items() if flow != Flow()}


def times(changes: Changes, number: int) -> Changes:
    """Return the changes of so many cases that change alike."""
    return {cell: Flow(flow.came * number, flow.went * number) for cell, flow in changes.items()}


def difference(new: Changes, old: Changes) -> Changes:
    """Return what has to be added to `old` to have `new`."""
    cells = {cell: new.get(cell, Flow()).minus(old.get(cell, Flow())) for cell in new.keys() | old.keys()}
    return {cell: flow for cell, flow in cells.items() if flow != Flow()}


# Why two counts differ -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a second count is what the first was, and how many more or fewer: the parts add up to the difference.

    `came` and `went`: what happened between the two days, by all that was known last. `discovered`: people first published
    between the two, who count on the first day already. `corrected`: what later versions say otherwise of the first day.
    """

    first: int
    came: int
    went: int
    discovered: int
    corrected: int

    @property
    def gone(self) -> int:
        """Who went, as what it adds to the difference."""
        return -self.went

    @property
    def second(self) -> int:
        return self.first + self.came - self.went + self.discovered + self.corrected


Counted = dict[Reason, Flow]


def explain(first: Counted, first_known_later: Counted, second: Counted) -> Explanation:
    """Explain the step from a count (day 1, known by 1) over (day 1, known by 2) to (day 2, known by 2)."""

    def net(counted: Counted, reasons: Iterable[Reason] = tuple(Reason)) -> int:
        return sum(counted.get(reason, Flow()).net for reason in reasons)

    def total(counted: Counted) -> Flow:
        flows = counted.values()
        return Flow(sum(flow.came for flow in flows), sum(flow.went for flow in flows))

    events = total(second).minus(total(first_known_later))
    return Explanation(
        first=net(first),
        came=events.came,
        went=events.went,
        discovered=net(first_known_later, [Reason.DISCOVERED]) - net(first, [Reason.DISCOVERED]),
        corrected=net(first_known_later, [Reason.CORRECTED]) - net(first, [Reason.CORRECTED]),
    )
