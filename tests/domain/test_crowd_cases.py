from collections import Counter
from datetime import date

import pytest

from cases.domain.crowd_cases import (
    BLOCK,
    MOST_CASES,
    MOST_SEEDS,
    OWN_LIVES,
    code_of,
    crowd_case,
    crowd_life,
    life_of,
    number_of,
)
from cases.domain.demo_world import World
from cases.domain.partial_dates import parse

TODAY = date(2026, 11, 26)
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
WORLD = World(
    towns=[("ua-43-yalta", "Yalta", "Ялта"), ("ua-14-donetsk", "Donetsk", "Донецьк")],
    local_sizos=["ua-43-sizo-1"],
    rostov_sizos=["ru-ros-sizo-1"],
    colonies=["ru-vla-ik-2", "ru-mo-ik-7"],
    provisions=frozenset({"rsfsr-58-10", "ru-205-5-p2", "ru-278", "ru-275"}),
    code_alphabet=ALPHABET,
)


def case(number: int, seed: int = 1944):
    return crowd_case(number, seed=seed, today=TODAY, world=WORLD)


def life(number: int):
    return crowd_life(number, seed=1944, today=TODAY, world=WORLD)


def test_a_thousand_have_lives_of_their_own_and_of_the_others_25_share_one_but_no_neighbours() -> None:
    which = [life_of(number) for number in range(1, OWN_LIVES + 3 * BLOCK + 1)]
    assert which[:OWN_LIVES] == list(range(1, 1001))
    assert Counter(which[OWN_LIVES:]) == dict.fromkeys(range(1001, 1601), 25)
    assert all(len(set(which[start : start + 200])) == 200 for start in range(0, len(which), 200))
    assert [len(set(which[start : start + BLOCK])) for start in range(OWN_LIVES, len(which), BLOCK)] == [200] * 3


def test_who_share_a_life_have_names_and_codes_of_their_own() -> None:
    one, other = case(OWN_LIVES + 1), case(OWN_LIVES + 201)
    assert one.life == other.life
    assert (one.called.code, one.called.heads) != (other.called.code, other.called.heads)
    assert one.parts["events"] == other.parts["events"]


def test_a_case_follows_from_seed_and_number_alone() -> None:
    one_after_another = [case(number) for number in range(1, 40)]
    assert [case(number) for number in reversed(range(1, 40))] == one_after_another[::-1]
    assert case(7).parts["names"] != case(7, seed=1945).parts["names"]


def test_codes_tell_seed_and_number_and_are_no_codes_of_the_desk() -> None:
    for seed, number in ((0, 1), (1944, 35_000), (MOST_SEEDS - 1, MOST_CASES)):
        code = code_of(seed, number, ALPHABET)
        assert len(code) == 9
        assert number_of(code, ALPHABET) == (seed, number)
    assert number_of("6B2D9D", ALPHABET) is None
    assert number_of("AAAAAAAAA", ALPHABET) is None
    with pytest.raises(ValueError, match="between 0 and 531440"):
        code_of(MOST_SEEDS, 1, ALPHABET)


def test_most_lives_are_of_the_past_and_some_have_several_versions() -> None:
    lives = [life(number) for number in range(1, 3001)]
    kinds = Counter(one.prisoner["kind"] for one in lives)
    assert 0.1 < kinds["contemporary"] / 3000 < 0.2
    versions = Counter(len(one.published) for one in lives)
    assert versions.keys() == {1, 2, 3}
    assert 0.75 < versions[1] / 3000 < 0.85
    assert all(list(one.published) == sorted(one.published, reverse=True) for one in lives)
    assert 0 < sum(one.withdrawn is not None for one in lives) < 20
    assert all(one.withdrawn <= one.published[-1] for one in lives if one.withdrawn is not None)
    reviewed = Counter(row["outcome"] for one in lives for row in one.parts.get("rehabilitations", ()))
    assert reviewed["granted"] > 2000
    assert 0 < reviewed["rescinded"] < 15
    assert reviewed["refused"] > 50


def test_dates_are_known_in_part_as_in_archives() -> None:
    born = [parse(life(number).prisoner["born"]) for number in range(1, 500)]
    assert {one.precision.value for one in born} == {"day", "month", "year"}
    assert any(one.approximate for one in born)
