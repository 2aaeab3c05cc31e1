"""A slip that is heard in the letters beside it is undone in the word as it is written."""

import pytest
from hypothesis import given, strategies as st
from rapidfuzz.distance import OSA

from cases.domain.name_keys import misses, sound_keys
from cases.domain.name_slips import undone, without_unknown


def leads_to(pattern, key):
    return pattern == key if "?" not in pattern else len(pattern) == len(key) and OSA.distance(pattern, key) == 1


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("oilets", "ogilets"),
        ("иааев", "исаев"),
        ("демиенко", "демиденко"),
        ("васиьев", "васильев"),
        ("ysuhenko", "yushenko"),
    ],
)
def test_a_slip_that_changes_more_than_one_sound_leads_back_to_the_word(typed, meant):
    key = sound_keys(meant)[0]
    found = [pattern for pattern in undone(typed) if leads_to(pattern, key)]

    assert found
    assert without_unknown(found[0]) in misses(key)
    assert misses(key).isdisjoint(miss for own in sound_keys(typed) for miss in misses(own))


def test_a_slip_that_is_one_sound_is_left_to_the_misses_of_the_key():
    assert [pattern for pattern in undone("nustafaev") if leads_to(pattern, sound_keys("mustafaev")[0])] == []


@given(st.text(max_size=12))
def test_any_word_has_patterns_with_one_letter_unknown_at_most(word):
    assert all(pattern.count("?") <= 1 or "?" in word for pattern in undone(word.lower()))
