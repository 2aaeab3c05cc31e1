"""Lengths, ages and years as lists compare them, and the marks and cells that let lists skip rows."""

import pytest
from hypothesis import given, strategies as st

from cases.domain.partial_dates import Span, parse
from cases.enums import AgeBand, SentenceKind
from cases.published.cells import cell_of, words_of
from cases.published.marks import BITS, MARKED, bits_of, marks_of
from cases.published.measures import (
    BANDS,
    DEATH,
    LIFE,
    OLDEST,
    age_at,
    age_bands,
    arrest_years,
    days_of_years,
    sentence_days,
    sentence_kind,
)
from tests.published.samples import case, sentence


@pytest.mark.parametrize(
    ("told", "days", "kind"),
    [
        (None, None, None),
        ({}, None, SentenceKind.OTHER),
        ({"fine_amount": "500"}, None, SentenceKind.OTHER),
        ({"years": 14}, days_of_years(14), SentenceKind.TERM),
        ({"months": 12}, days_of_years(1), SentenceKind.TERM),
        ({"years": 1, "months": 6, "days": 3}, 543, SentenceKind.TERM),
        ({"days": 15}, 15, SentenceKind.TERM),
        ({"years": 3, "suspended": True}, days_of_years(3), SentenceKind.SUSPENDED),
        ({"life": True}, LIFE, SentenceKind.LIFE),
        ({"death": True, "years": 10}, DEATH, SentenceKind.DEATH),
    ],
)
def test_the_length_and_the_kind_of_a_sentence(told, days, kind):
    passed = None if told is None else sentence(**told)
    assert (sentence_days(passed), sentence_kind(passed)) == (days, kind)


def test_life_and_death_are_longer_than_the_longest_term():
    assert days_of_years(60) < LIFE < DEATH


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2018-05-21", ["2018"]),
        ("2017/2019", ["2017", "2018", "2019"]),
        ("../1937", ["unsure"]),
        ("2014/..", ["unsure"]),
        ("1930/1945", ["unsure"]),
        ("", []),
    ],
)
def test_the_years_in_which_an_arrest_may_have_been(text, years):
    assert arrest_years(parse(text) if text else None) == years


@pytest.mark.parametrize(
    ("born", "arrest", "years", "bands"),
    [
        ("1986-05-05", "2018-05-04", Span(31, 31), [AgeBand.TO_44]),
        ("1986", "2016", Span(29, 30), [AgeBand.TO_29, AgeBand.TO_44]),
        ("2000-02-29", "2018-02-28", Span(17, 17), [AgeBand.MINOR]),
        ("", "2018", Span(None, None), []),
        ("1986", "", Span(None, None), []),
        ("2020", "2018", Span(None, None), []),
        ("../1900", "1937", Span(None, None), []),
    ],
)
def test_the_age_at_arrest(born, arrest, years, bands):
    found = age_at(parse(arrest) if arrest else None, case(born=born))
    assert (found, age_bands(found)) == (years, bands)


def test_the_bands_follow_one_another_without_a_gap():
    ages = [age for first, last in BANDS.values() for age in range(first, last + 1)]
    assert ages == list(range(OLDEST + 1))
    assert list(BANDS) == list(AgeBand)


#: Stored in published databases: another number would part the cases of before from those of after.
KNOWN = 6366225316119467646
pairs = st.tuples(st.sampled_from(sorted(MARKED)), st.text(max_size=12))


@given(st.sets(pairs, max_size=20))
def test_a_case_has_both_bits_of_each_of_its_values(facets):
    one, two = marks_of(facets)
    assert 0 <= one < 1 << BITS
    assert 0 <= two < 1 << BITS
    for facet, value in facets:
        first, second = bits_of(facet, value)
        assert (one & first, two & second) == (first, second)


def test_the_number_of_a_cell_follows_from_its_words_alone_and_never_changes():
    facets = {("status", "serving"), ("kind", "contemporary"), ("ethnicity", "crimean_tatar"), ("role", "writer")}
    words = words_of(facets)
    assert words == {"status": "serving", "kind": "contemporary", "sex": "", "ethnicity": "crimean_tatar"}
    assert cell_of(words) == cell_of(dict(reversed(words.items()))) == KNOWN
    assert cell_of({**words, "sex": "male"}) != KNOWN
