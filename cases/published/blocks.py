"""Exact numbers of people with several facets at once: a bit for each case, and what the computer counts fastest.

Totals know one facet within a cell. For any other choice the cases would have to be counted one by one, which takes seconds
among millions. Here each value of a facet has the bits of all its cases in blocks, and a list of several values and facets
is OR, AND and a count of bits: three facets among 3.5 million people are 162 rows of at most 8 KiB.

Everything that writes reads a block first, so it wants a transaction that has taken its turn (`state.renew`,
`state.wait_for_turn`) or has written sums: then publications change blocks one after another.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

from django.db.models import Q, QuerySet, Sum

from cases.published.asked import Pair
from cases.published.block_models import PublishedBlock, PublishedNumber
from cases.published.models import Facet, PublishedTotal

#: What no list is narrowed by. Of alleged acts nearly every case has its own.
UNASKED = frozenset({Facet.ACT.value, Facet.SHARE.value, Facet.RESCINDED_BY.value})
#: Numbers in one block, 8 KiB of bits.
BLOCK = 65_536
#: So many blocks at most are kept in the memory of a process.
MOST_KEPT = 4_000
#: Blocks that are written in one statement.
WRITTEN_AT_ONCE = 100

Key = tuple[str, str, int]
#: By pair and block.
BitsOf = Mapping[Pair, Mapping[int, int]]
#: What everybody who is shown has.
ALL: Pair = (Facet.ALL.value, "all")


def numbers_of(codes: Sequence[str], *, using: str) -> dict[str, int]:
    """Return the number of each case; one that has none yet is given its own."""
    rows = PublishedNumber.objects.using(using)
    found = dict(rows.filter(case__in=codes).values_list("case_id", "id"))
    new = [PublishedNumber(case_id=code) for code in codes if code not in found]
    return found | {row.case_id: row.pk for row in rows.bulk_create(new)}


class Bits:
    """The bits of cases, gathered before they are written."""

    def __init__(self) -> None:
        self._found: defaultdict[Key, bytearray] = defaultdict(bytearray)

    def __len__(self) -> int:
        return len(self._found)

    def add(self, numbers: Iterable[int], facets: Collection[Pair]) -> None:
        """Add cases with the same facets, by their numbers."""
        for block, some in groupby(sorted(numbers), key=lambda number: number // BLOCK):
            places = [number % BLOCK for number in some]
            for facet, value in facets:
                if facet in UNASKED:
                    continue
                bits = self._found[facet, value, block]
                if (short := places[-1] // 8 + 1 - len(bits)) > 0:
                    bits.extend(bytes(short))
                for place in places:
                    bits[place >> 3] |= 1 << (place & 7)

    def write(self, *, using: str) -> None:
        """Set these bits, beside those that are there, and forget them here."""
        self._write(using=using, are_set=True)

    def clear(self, *, using: str) -> None:
        """Take these bits away, and forget them here."""
        self._write(using=using, are_set=False)

    def _write(self, *, using: str, are_set: bool) -> None:
        rows, keys = PublishedBlock.objects.using(using), sorted(self._found)
        for start in range(0, len(keys), WRITTEN_AT_ONCE):
            some = keys[start : start + WRITTEN_AT_ONCE]
            there, new = _read(some, rows), []
            for key in some:
                old, bits = there.get(key, 0), _number(self._found[key])
                new.append(_row(key, old | bits if are_set else old & ~bits))
            rows.bulk_create(
                new, update_conflicts=True, unique_fields=["facet", "value", "block"], update_fields=["bits", "people"]
            )
            if not are_set:
                _any_of(some, rows).filter(people=0).delete()
        self._found.clear()


def move(code: str, before: Collection[Pair], now: Collection[Pair], *, using: str) -> None:
    """Set the bits of what a case has now, and take those away of what it had and has no more."""
    rows = PublishedNumber.objects.using(using)
    number = rows.filter(case=code).values_list("pk", flat=True).first()
    if number is None:
        number, before = rows.create(case_id=code).pk, ()
    gone, new = Bits(), Bits()
    gone.add([number], set(before).difference(now))
    new.add([number], set(now).difference(before))
    gone.clear(using=using)
    new.write(using=using)


def take_out(code: str, before: Collection[Pair], *, using: str) -> None:
    """Take the bits of a case away, and its number, which would tell when it was first published."""
    row = PublishedNumber.objects.using(using).filter(case=code).first()
    if row is not None:
        gone = Bits()
        gone.add([row.pk], before)
        gone.clear(using=using)
        row.delete()


def forget(*, using: str) -> None:
    """Delete all blocks, and all numbers, which are given anew from one end to the other then."""
    PublishedBlock.objects.using(using).all().delete()
    PublishedNumber.objects.using(using).all().delete()


def all_have_bits() -> bool:
    """Tell whether everybody has: not from an update that brought them until everything is rebuilt."""
    rows = PublishedTotal.objects.filter(facet=Facet.ALL).values_list("people", flat=True)
    return _in_all() == (rows.first() or 0)


def are_few() -> bool:
    """Tell whether the bits of everything may be kept in memory: blocks of 8 KiB at most."""
    return not PublishedBlock.objects.order_by()[MOST_KEPT:].exists()


def _in_all() -> int:
    rows = PublishedBlock.objects.filter(facet=Facet.ALL)
    return int(rows.aggregate(people=Sum("people", default=0))["people"])


def read(pairs: Iterable[Pair] | None = None) -> BitsOf:
    """Return the bits of everybody who has one of some pairs, or of all pairs that there are."""
    rows = PublishedBlock.objects.all() if pairs is None else _having(pairs, PublishedBlock.objects.all())
    found: defaultdict[Pair, dict[int, int]] = defaultdict(dict)
    for facet, value, block, bits in rows.order_by().values_list("facet", "value", "block", "bits"):
        found[facet, value][block] = _number(bits)
    return dict(found)


def people_with(parts: Sequence[Sequence[Pair]], bits_of: BitsOf | None = None) -> int:
    """Count the people who have one of the pairs of each part at least, by bits that were read before or are read now."""
    parts = parts or [[ALL]]
    bits_of = read({pair for part in parts for pair in part}) if bits_of is None else bits_of
    return sum(bits.bit_count() for bits in _matching(parts, bits_of).values())


def people_beside(parts: Sequence[Sequence[Pair]], facets: Collection[str], bits_of: BitsOf) -> dict[Pair, int]:
    """Count the people of the parts with each value of some facets; values that nobody has are left out."""
    inside = _matching(parts or [[ALL]], bits_of)
    found: dict[Pair, int] = {}
    for pair, blocks in bits_of.items():
        if pair[0] in facets:
            people = sum((bits & inside.get(block, 0)).bit_count() for block, bits in blocks.items())
            if people:
                found[pair] = people
    return found


def _matching(parts: Sequence[Sequence[Pair]], bits_of: BitsOf) -> dict[int, int]:
    """Return the bits of the people of the parts by block; blocks without any may be missing."""
    found: dict[int, int] | None = None
    for part in parts:
        either: dict[int, int] = {}
        for pair in part:
            for block, bits in bits_of.get(pair, {}).items():
                either[block] = either.get(block, 0) | bits
        found = either if found is None else {block: found[block] & either[block] for block in found.keys() & either}
    return found or {}


def _having(pairs: Iterable[Pair], rows: QuerySet[PublishedBlock]) -> QuerySet[PublishedBlock]:
    wanted, values = Q(pk__in=[]), defaultdict(list)
    for facet, value in sorted(pairs):
        values[facet].append(value)
    for facet, some in values.items():
        wanted |= Q(facet=facet, value__in=some)
    return rows.filter(wanted)


def _any_of(keys: Collection[Key], rows: QuerySet[PublishedBlock]) -> QuerySet[PublishedBlock]:
    pairs, blocks = {(facet, value) for facet, value, _block in keys}, {block for _facet, _value, block in keys}
    return _having(pairs, rows).filter(block__in=blocks)


def _read(keys: Collection[Key], rows: QuerySet[PublishedBlock]) -> dict[Key, int]:
    return {(row.facet, row.value, row.block): _number(row.bits) for row in _any_of(keys, rows).order_by()}


def _row(key: Key, bits: int) -> PublishedBlock:
    facet, value, block = key
    packed = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    return PublishedBlock(facet=facet, value=value, block=block, bits=packed, people=bits.bit_count())


def _number(bits: bytes | bytearray | memoryview) -> int:
    return int.from_bytes(bits, "little")
