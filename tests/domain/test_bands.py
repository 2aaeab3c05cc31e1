"""Bands: a value that may lie in two is in none."""

import pytest

from cases.domain.bands import (
    TERM_YEARS,
    UNKNOWN_BAND,
    YEARS_HELD,
    band_names,
    band_of,
    term_band,
    years_of_days,
)
from cases.domain.partial_dates import Span
from cases.domain.terms import Term


def test_bands_are_named_by_their_first_and_last_full_year():
    assert band_names(YEARS_HELD) == ["0-0", "1-2", "3-4", "5-9", "10-and-over"]


@pytest.mark.parametrize(
    ("years", "band"),
    [
        (Span(0, 0), "0-0"),
        (Span(1, 1), "1-2"),
        (Span(5, 9), "5-9"),
        (Span(9, 10), UNKNOWN_BAND),
        (Span(10, 40), "10-and-over"),
        (Span(12, None), "10-and-over"),
        (Span(3, None), UNKNOWN_BAND),
        (Span(None, 10), UNKNOWN_BAND),
        (Span(None, None), UNKNOWN_BAND),
    ],
)
def test_a_span_is_in_the_band_in_which_all_of_it_lies(years: Span, band: str):
    assert band_of(years, YEARS_HELD) == band


@pytest.mark.parametrize(
    ("term", "band"),
    [
        (Term(years=14), "10-14"),
        (Term(years=4, months=12), "5-9"),
        (Term(months=11, days=29), "0-0"),
        (Term(years=20), "20-and-over"),
    ],
)
def test_months_of_a_term_make_years_and_days_do_not(term: Term, band: str):
    assert term_band(term) == band
    assert band in band_names(TERM_YEARS)


def test_days_make_full_years():
    assert years_of_days(Span(365, 731)) == Span(0, 2)
    assert years_of_days(Span(1, None)) == Span(0, None)
