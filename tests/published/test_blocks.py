"""Bits of cases: whatever is published, withdrawn, changed or rebuilt, they count what the rows of facets say."""

import itertools
import random
from collections.abc import Iterator

import pytest
from django.db import router, transaction

from cases.published import blocks
from cases.published.asked import Asked, OneOf, Pair
from cases.published.block_models import PublishedBlock, PublishedNumber
from cases.published.counts import Counted, _parts_of
from cases.published.filters import FACETS
from cases.published.models import PublishedCase, PublishedFacet
from cases.published.parts import kept_only, kept_under
from cases.published.projections import rebuild
from tests.published.samples import TODAY, case, code_of, full_case, publish, withdraw
from tests.published.test_counts import counts_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight cases a block, three blocks a statement."""
    monkeypatch.setattr(blocks, "BLOCK", 8)
    monkeypatch.setattr(blocks, "WRITTEN_AT_ONCE", 3)


def made(number: int, *, turn: int = 0) -> dict:
    """Return one of sixty cases that differ in kind, sex and what they are charged with; another one each turn."""
    make = full_case if (number + turn) % 3 == 0 else case
    return make(code_of(number), sex="female" if (number + turn) % 4 == 0 else "male")


def having() -> dict[Pair, set[str]]:
    found: dict[Pair, set[str]] = {}
    for code, facet, value in PublishedFacet.objects.values_list("case_id", "facet", "value"):
        found.setdefault((facet, value), set()).add(code)
    return found


def some_parts(pairs: list[Pair]) -> Iterator[list[list[Pair]]]:
    chance = random.Random(7)  # noqa: S311 - a draw of facets, no secret
    for size in (1, 1, 2, 2, 2, 3, 3, 4) * 6:
        yield [chance.sample(pairs, chance.choice([1, 1, 2])) for _ in range(size)]


def check() -> None:
    """Compare what bits count with the sets of codes that the rows of facets give."""
    found = {pair: codes for pair, codes in having().items() if pair[0] not in blocks.UNASKED}
    pairs = sorted(found)
    bits_of: dict[Pair, int] = {}
    for facet, value, people in PublishedBlock.objects.values_list("facet", "value", "people"):
        bits_of[facet, value] = bits_of.get((facet, value), 0) + people
    assert bits_of == {pair: len(codes) for pair, codes in found.items()}
    assert blocks.all_have_bits()
    assert set(PublishedNumber.objects.values_list("case_id", flat=True)) == found.get(("all", "all"), set())
    for parts in some_parts(pairs) if pairs else ():
        codes = set.intersection(*(set().union(*(found[pair] for pair in part)) for part in parts))
        assert blocks.people_with(parts) == blocks.people_with(parts, blocks.read()) == len(codes)
        beside = {
            pair: len(codes & having_it)
            for pair, having_it in found.items()
            if pair[0] in ("sex", "role", "article") and codes & having_it
        }
        assert blocks.people_beside(parts, ["sex", "role", "article"], blocks.read()) == beside


def test_they_count_what_the_rows_of_facets_say_through_every_change() -> None:
    for number in range(20):
        publish(made(number))
    check()
    for number in range(0, 20, 3):
        withdraw(code_of(number))
    check()
    numbers = set(PublishedNumber.objects.values_list("case_id", "pk"))
    for number in range(0, 20, 2):
        publish(made(number, turn=1))
    check()
    assert numbers < set(PublishedNumber.objects.values_list("case_id", "pk"))
    alias = router.db_for_write(PublishedCase)
    with transaction.atomic(using=alias):
        rebuild(on=TODAY, using=alias)
    check()
    for number in range(20):
        withdraw(code_of(number))
    check()
    assert not PublishedBlock.objects.exists()


def test_only_what_is_otherwise_is_written(django_assert_num_queries) -> None:
    publish(made(1))
    facets, alias = sorted(having()), router.db_for_write(PublishedCase)
    with django_assert_num_queries(1, using=alias):
        blocks.move(code_of(1), facets, facets, using=alias)
    rows = dict(PublishedBlock.objects.values_list("facet", "pk"))
    changed = [pair for pair in facets if pair[0] != "sex"] + [
        ("sex", "male" if ("sex", "female") in facets else "female")
    ]
    blocks.move(code_of(1), facets, changed, using=alias)
    now = dict(PublishedBlock.objects.values_list("facet", "pk"))
    assert {facet for facet in rows if rows[facet] != now[facet]} == {"sex"}


def test_what_no_list_asks_for_has_no_bits_and_is_not_counted_by_them() -> None:
    publish(full_case(code_of(1)))
    assert not PublishedBlock.objects.filter(facet__in=blocks.UNASKED).exists()
    assert _parts_of(Asked(one_of=(OneOf(("x",), (("act", "any"),)),))) is None
    asked = {facet.value for facets in FACETS.values() for facet in facets}
    assert asked.isdisjoint(blocks.UNASKED)


def test_without_parts_everybody_is_counted_beside() -> None:
    for number in range(5):
        publish(made(number))
    assert blocks.people_beside([], ["sex"], blocks.read()) == {("sex", "female"): 2, ("sex", "male"): 3}
    assert blocks.people_with([]) == 5


def test_a_value_that_nobody_has_leaves_nobody() -> None:
    publish(made(0))
    assert blocks.people_with([[("sex", "female")], [("role", "nobody")]]) == 0
    assert blocks.people_beside([[("role", "nobody")]], ["sex"], blocks.read()) == {}


def test_a_count_is_one_question_however_many_facets(django_assert_num_queries) -> None:
    for number in range(12):
        publish(made(number))
    pairs = sorted(having())
    with django_assert_num_queries(1, using=router.db_for_read(PublishedBlock)):
        blocks.people_with([[pair] for pair in itertools.islice(pairs, 5)])


def test_an_update_that_brings_them_counts_without_them_until_all_is_rebuilt() -> None:
    for number in range(9):
        publish(made(number))
    question = "sex=male&article=278&role=human_rights_defender"
    expected = counts_of(question).people()
    PublishedBlock.objects.filter(facet="all")[:1].get().delete()
    assert not counts_of(question).blocks_hold
    assert counts_of(question).people() == expected == Counted(2)


def test_of_what_all_pages_share_only_the_last_state_is_kept() -> None:
    made = []

    def make() -> list[int]:
        made.append(len(made))
        return made[-1:]

    def under(state: str) -> list[int]:
        token = kept_under.set(state)
        try:
            return kept_only("of a test", make)
        finally:
            kept_under.reset(token)

    assert [under("one"), under("one"), under("two"), under("one")] == [[0], [0], [1], [2]]
    assert kept_only("of a test", make) == [3]
    assert under("one") == [2]
