"""Writing many invented cases at once: their rows by COPY, then everything that is counted over them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import router, transaction

from cases.domain.counted_days import added_up, times
from cases.domain.crowd_cases import LIVES_OF_BLOCK, OWN_LIVES, life_of
from cases.domain.name_terms import vocabulary_words
from cases.publication.crowd_lives import TABLES, LifeRows, Rows, SharedLifeRows
from cases.publication.crowd_rows import Crowd
from cases.published import blocks, courses
from cases.published.case_tables import CASE_TABLES
from cases.published.case_writing import Sums
from cases.published.engine import insert_rows, pack_quickly
from cases.published.models import PublishedCase
from cases.published.name_vocabulary import count_many
from cases.published.state import renew
from cases.published.subjects import show_places

#: Cases whose rows are in memory at once, some twenty megabytes.
AT_ONCE = 500


@dataclass(slots=True)
class Written:
    """How many cases were written, how many were there already, and how many rows it took, totals not counted."""

    cases: int = 0
    kept: int = 0
    rows: int = 0


class Lives:
    """The lives of a crowd, and those of the block that is being written, which others lead as well, at hand."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self._shared: dict[int, SharedLifeRows] = {}

    def of(self, number: int) -> LifeRows:
        """Return the life of the case with this number."""
        which = life_of(number)
        if number <= OWN_LIVES:
            return LifeRows(self.crowd, which)
        if which not in self._shared:
            if len(self._shared) >= LIVES_OF_BLOCK:
                self._shared.pop(next(iter(self._shared)))
            self._shared[which] = SharedLifeRows(self.crowd, which)
        return self._shared[which]


class _Counted:
    """What is counted over the cases of one transaction: memory for each life and each word, and the codes of the cases."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.lives: dict[int, LifeRows] = {}
        self.led_by: dict[int, list[str]] = {}

    def add(self, code: str, life: LifeRows, terms: Sequence[str]) -> None:
        self.words.update(vocabulary_words(terms))
        self.lives[life.life.number] = life
        self.led_by.setdefault(life.life.number, []).append(code)

    def write(self, *, using: str) -> None:
        """Write everything that is counted, in the order of a publication: others wait for these rows until it ends."""
        count_many(self.words, using=using)
        lives, sums = [(self.lives[number], len(codes)) for number, codes in sorted(self.led_by.items())], Sums()
        show_places((place for life, _led in lives for place in life.places), using=using)
        for life, led in lives:
            if life.shown is not None:
                sums.add(life.shown, led)
        sums.write(using=using)
        self._bits(using).write(using=using)
        courses.add(added_up(times(life.changes, led) for life, led in lives), using=using)

    def _bits(self, using: str) -> blocks.Bits:
        shown = {number: life.shown for number, life in self.lives.items() if life.shown is not None}
        numbers = blocks.numbers_of([code for life in shown for code in self.led_by[life]], using=using)
        bits = blocks.Bits()
        for life, one in shown.items():
            bits.add([numbers[code] for code in self.led_by[life]], one.facets)
        return bits


def write_range(lives: Lives, numbers: range) -> Written:
    """Write the cases with these numbers that are not there yet, all of them or none."""
    alias, crowd = router.db_for_write(PublishedCase), lives.crowd
    codes = {crowd.code(number): number for number in numbers}
    there = set(PublishedCase.objects.using(alias).filter(pk__in=codes).values_list("pk", flat=True))
    missing = [number for code, number in codes.items() if code not in there]
    if not missing:
        return Written(kept=len(there))
    with transaction.atomic(using=alias):
        pack_quickly(alias)
        counted, written = _Counted(), 0
        for rows in _rows_of(lives, missing, counted, using=alias):
            written += sum(map(len, rows.values()))
            for model, some in rows.items():
                insert_rows(model, TABLES[model], some, using=alias)
        renew(alias)
        counted.write(using=alias)
    return Written(cases=len(missing), kept=len(there), rows=written)


def _rows_of(lives: Lives, numbers: Sequence[int], counted: _Counted, *, using: str) -> Iterator[Rows]:
    """Yield the rows of some cases at a time, table by table, in the order in which they are written."""
    left_out = {table.model for table in CASE_TABLES if not table.is_kept(using)}
    coming = iter(numbers)
    while some := list(islice(coming, AT_ONCE)):
        rows: Rows = {model: [] for model in TABLES if model not in left_out}
        for number in some:
            life = lives.of(number)
            counted.add(lives.crowd.code(number), life, life.add(number, rows))
        yield rows
