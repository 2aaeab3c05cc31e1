"""The latest last day of a term."""

import pytest

from cases.domain.partial_dates import parse
from cases.domain.term_ends import latest_end
from cases.domain.terms import Term


@pytest.mark.parametrize(
    ("term", "start", "end"),
    [
        (Term(years=14), "2018-05-21", "../2032-05-20"),
        (Term(years=5), "2022-08-18", "../2027-08-17"),
        (Term(years=10, months=6), "2020-01-31", "../2030-07-30"),
        (Term(days=15), "2018-05-21", "../2018-06-04"),
        (Term(months=1), "2020-01-31", "../2020-02-28"),
        (Term(years=1), "2020", "../2021-12-30"),
    ],
)
def test_a_term_ends_the_day_before_the_day_it_began(term, start, end):
    assert str(latest_end(term, parse(start))) == end


@pytest.mark.parametrize(
    ("term", "start"),
    [(Term(), "2018-05-21"), (Term(years=0), "2018"), (Term(years=3), "2018/.."), (Term(years=3), None)],
)
def test_no_end_is_told_where_term_or_start_is_not_known(term, start):
    assert latest_end(term, parse(start) if start else None) is None
