"""What the custody before a term is worth, for every reading of its dates, of the regime and of the lists.

A day of custody is counted once, and never from the day on which the sentence entered force: that is the term itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product

from cases.domain.term_case import Held, TermCase
from cases.domain.term_law import REGIMES, CustodyKind, Listed, Row, TermLaw

DAY = timedelta(days=1)
#: Days of a date known in part that are tried one by one; of a longer range, its ends and the turns of its months.
TRIED = 100


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of custody of one kind, both included, under one state of the law; `place`: of its row in the case.

    `is_sure` is False of days that are only perhaps spent in a punishment cell.
    """

    kind: CustodyKind
    first: date
    last: date
    place: int
    is_sure: bool = True

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Credit:
    """What the custody is worth, for one reading of the dates, one regime and one reading of the lists."""

    in_force: date
    regime: str
    one_to_one: bool
    stretches: tuple[Stretch, ...]
    total: Fraction
    boundary: Fraction  # what the day of entry into force would add if it counted as detention, too
    tail: int  # days of unbroken custody at one to one or better that lead up to it
    is_better: bool  # some day counts for more than one

    @property
    def first(self) -> date | None:
        """The first day of custody."""
        return self.stretches[0].first if self.stretches else None

    @property
    def is_held_on_the_eve(self) -> bool:
        """Whether the person was held, in whatever way, until the sentence entered force."""
        return bool(self.stretches) and self.stretches[-1].last + DAY == self.in_force

    @property
    def is_unbroken(self) -> bool:
        """Whether all custody leads up to the day of entry into force and counts day for day."""
        return self.first is not None and self.tail == self.total == (self.in_force - self.first).days


def credits_of(case: TermCase, law: TermLaw) -> Iterator[Credit]:
    """Yield what the custody is worth, for every reading that can make a difference."""
    for in_force in days_in_force(case):
        for stretches in _extremes(case, in_force, law):
            for regime, one_to_one in product(regimes_of(case), readings_of(case, law)):
                yield _credit(stretches, in_force, law, regime, one_to_one=one_to_one)


def regimes_of(case: TermCase) -> tuple[str, ...]:
    """Return the regimes of the sentence; where none is known, the harshest and the mildest."""
    return tuple(dict.fromkeys(one.regime for one in case.segments)) or (REGIMES[0], REGIMES[-1])


def listed_in(case: TermCase, law: TermLaw) -> tuple[Listed, tuple[Row, ...]]:
    """Tell whether article 72(3.2) keeps the credit at one to one, and by which lists."""
    return law.excluded(case.offences) if case.offences_known else (Listed.PERHAPS, law.lists())


def readings_of(case: TermCase, law: TermLaw) -> tuple[bool, ...]:
    """Return whether the credit stays at one to one: yes, no, or both."""
    listed, _rows = listed_in(case, law)
    return (True, False) if listed is Listed.PERHAPS else (listed is Listed.YES,)


def days_in_force(case: TermCase) -> list[date]:
    """Return the days on which the sentence can have entered force, as many as can make a difference."""
    first, last = case.in_force.earliest, case.in_force.latest
    assert first is not None and last is not None  # noqa: S101, PT018 - read_case refuses others
    length = (last - first).days
    if length <= TRIED:
        return [first + number * DAY for number in range(length + 1)]
    ends = {day for one in case.custody if one.end for day in (one.end.earliest, one.end.latest) if day}
    turns = {date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)}
    near = {day + shift * DAY for day in ends | turns for shift in (-1, 0, 1)}
    return sorted({first, last} | {day for day in near if first < day < last})


def _extremes(case: TermCase, in_force: date, law: TermLaw) -> list[tuple[Stretch, ...]]:
    """Return the readings of the custody that are worth most and least: more of it never moves the end later."""
    found = []
    for is_longest in (True, False):
        rows = [
            stretch
            for place, one in enumerate(case.custody)
            for stretch in _reading(one, place, in_force, is_longest=is_longest)
            if stretch.first <= stretch.last
        ]
        found.append(tuple(_stretches(rows, law, is_longest=is_longest)))
    return list(dict.fromkeys(found))


def _reading(held: Held, place: int, in_force: date, *, is_longest: bool) -> Iterator[Stretch]:
    before = in_force - DAY
    starts = held.start.earliest, held.start.latest
    ends = (held.end.earliest, held.end.latest) if held.end else (before, before)
    assert starts[0] and starts[1] and ends[0] and ends[1]  # noqa: S101, PT018 - read_case refuses others
    longest = Stretch(held.kind, starts[0], min(ends[1], before), place)
    shortest = Stretch(held.kind, starts[1], min(ends[0], before), place)
    if held.kind is not CustodyKind.STRICT_CONDITIONS:
        yield longest if is_longest else shortest
        return
    yield shortest
    if longest != shortest:
        yield replace(longest, is_sure=False)


def _stretches(held: list[Stretch], law: TermLaw, *, is_longest: bool) -> Iterator[Stretch]:
    """Yield the days of custody, each once, cut where the law changed; oldest first."""
    cuts = sorted({day for one in held for day in (one.first, one.last + DAY)} | set(law.changes))
    for start, after in pairwise(cuts):
        counts = _counted_as([one for one in held if one.first <= start <= one.last], is_longest=is_longest)
        if counts is not None:
            yield Stretch(counts.kind, start, after - DAY, counts.place)


def _counted_as(held: list[Stretch], *, is_longest: bool) -> Stretch | None:
    """Return as what a day is counted on which a person was held in these ways at once; None where perhaps in none.

    A day in a punishment cell is one (article 72(3.3)), in detention too; of days perhaps spent in one, detention is
    worth most, and in detention the cell least. A day of detention is no day at home.
    """
    cells, detention, at_home = (
        [one for one in held if one.kind is kind]
        for kind in (CustodyKind.STRICT_CONDITIONS, CustodyKind.SIZO, CustodyKind.HOUSE_ARREST)
    )
    sure = [one for one in cells if one.is_sure]
    if is_longest:
        order = [*sure, *detention, *cells, *at_home]
    else:
        order = [*sure, *(cells if detention else []), *detention, *at_home]
    return order[0] if order else None


def _credit(stretches: tuple[Stretch, ...], in_force: date, law: TermLaw, regime: str, *, one_to_one: bool) -> Credit:
    total, boundary, tail, expected, is_better = Fraction(0), Fraction(0), 0, in_force, False
    is_tail = True
    for one in reversed(stretches):
        ratio = law.ratio(one.kind, regime, one.first, one_to_one=one_to_one).days
        total += ratio * one.days
        is_better = is_better or ratio > 1
        if one.last + DAY == in_force and ratio > 1:
            boundary = ratio
        is_tail = is_tail and one.last + DAY == expected and ratio >= 1
        if is_tail:
            tail += one.days
            expected = one.first
    return Credit(in_force, regime, one_to_one, stretches, total, boundary, tail, is_better)
