import contextlib

import pytest
from hypothesis import given, strategies as st

from cases.domain.terms import ACCEPTED, Term, TermError, parse

READINGS = [
    ("14 years", Term(years=14)),
    ("14", Term(years=14)),
    ("1 year", Term(years=1)),
    ("10 years 6 months", Term(years=10, months=6)),
    ("10 years and 6 months", Term(years=10, months=6)),
    ("10y6m", Term(years=10, months=6)),
    ("10 y, 6 mo", Term(years=10, months=6)),
    ("14 р. 6 міс.", Term(years=14, months=6)),
    ("14 років і 6 місяців", Term(years=14, months=6)),
    ("2 роки", Term(years=2)),
    ("1 рік", Term(years=1)),
    ("5 лет", Term(years=5)),
    ("1 год и 2 месяца", Term(years=1, months=2)),
    ("3 г. 1 мес. 10 дней", Term(years=3, months=1, days=10)),
    ("15 діб", Term(days=15)),
    ("12 суток", Term(days=12)),
    ("15 days", Term(days=15)),
    ("18 months", Term(months=18)),
    ("7 yıl 2 ay", Term(years=7, months=2)),
    ("14 YEARS", Term(years=14)),
    ("", Term()),
    ("   ", Term()),
]


@pytest.mark.parametrize(("text", "term"), READINGS)
def test_a_term_is_read_as_people_write_it(text: str, term: Term) -> None:
    assert parse(text) == term


@pytest.mark.parametrize(
    "text",
    ["fourteen years", "14 apples", "14 years 3 years", "years", "61 years", "0", "-3 years", "14 years!", "9999d"],
)
def test_what_is_not_a_term_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(TermError) as refusal:
        parse(text)
    assert str(refusal.value) == ACCEPTED


number = st.none() | st.integers(min_value=1, max_value=60)


@given(number, number, number)
def test_a_term_written_out_reads_back_as_the_same(years: int | None, months: int | None, days: int | None) -> None:
    term = Term(years=years, months=months, days=days)
    assert parse(str(term)) == term


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(TermError):
        assert isinstance(parse(text), Term)
