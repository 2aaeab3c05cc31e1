"""Bands in which sentences and time held are counted. A value that may lie in two bands is in none."""

from collections.abc import Sequence
from itertools import pairwise

from cases.domain.partial_dates import Span
from cases.domain.terms import Term

UNKNOWN_BAND = "unknown"
"""Not known at all, or not well enough to say which band."""

YEARS_HELD = (0, 1, 3, 5, 10)
"""The first full year in custody of each band; the last is open."""
TERM_YEARS = (0, 1, 5, 10, 15, 20)
"""The first full year of each band of sentences; the last is open."""

LIFE, DEATH, NOT_CUSTODIAL = "life", "death", "not_custodial"
SENTENCES_WITHOUT_TERM = (LIFE, DEATH, NOT_CUSTODIAL)
DAYS_OF_A_YEAR = 365.2425


def band_names(starts: Sequence[int]) -> list[str]:
    """Return the names of bands in order: "0-17", "0-0", "1-2", …, "10-and-over"."""
    bounded = [f"{first}-{following - 1}" for first, following in pairwise(starts)]
    return [*bounded, f"{starts[-1]}-and-over"]


def band_of(years: Span, starts: Sequence[int]) -> str:
    """Return the band in which a number of full years lies whatever it is exactly, else `UNKNOWN_BAND`."""
    if years.least is None or years.most is None:
        open_ended = years.least is not None and years.least >= starts[-1]
        return band_names(starts)[-1] if open_ended else UNKNOWN_BAND
    lowest, highest = (sum(number >= first for first in starts) for number in (years.least, years.most))
    return band_names(starts)[lowest - 1] if lowest == highest else UNKNOWN_BAND


def years_of_days(days: Span) -> Span:
    """Return full years of 365.2425 days."""
    least, most = (None if one is None else int(one / DAYS_OF_A_YEAR) for one in (days.least, days.most))
    return Span(least, most)


def term_band(term: Term) -> str:
    """Return the band of a fixed term. Months make years by twelve; days never do."""
    years = (term.years or 0) + (term.months or 0) // 12
    return band_of(Span(years, years), TERM_YEARS)
