from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from cases.domain.partial_dates import Certainty
from cases.domain.statutes import About, FormLaw, Known, Range, in_order, penalty, reduced
from cases.enums import OffenceForm
from tests.domain.statute_rows import FORMS, PARTICIPATION, SINCE_2016, day, statute, version, years

COMPLETED, PREPARATION, ATTEMPT = OffenceForm.COMPLETED, OffenceForm.PREPARATION, OffenceForm.ATTEMPT
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("on", "known", "expected"),
    [
        (date(2013, 11, 13), Known.NOT_YET, []),
        (date(2013, 11, 14), Known.YES, [years(5, 10)]),
        (date(2016, 7, 19), Known.YES, [years(5, 10)]),
        (date(2016, 7, 20), Known.YES, [years(10, 20)]),
        (date(2026, 1, 1), Known.YES, [years(10, 20)]),
    ],
)
def test_taking_part_is_five_to_ten_years_until_20_july_2016_and_ten_to_twenty_since(on, known, expected) -> None:
    found = penalty(PARTICIPATION, COMPLETED, on, FORMS)
    assert (found.known, [one.penalty for one in found.options]) == (known, expected)


def test_a_day_in_the_range_in_which_a_wording_came_into_force_has_both_as_possible() -> None:
    raised = statute(
        version("2010", "2023-04-27/2023-05-15", years(10, 15)),
        version("2023-04-28/2023-05-16", None, years(10, 20)),
        first="2010",
    )
    found = penalty(raised, COMPLETED, date(2023, 5, 1), FORMS)
    assert (found.known, [one.penalty for one in found.options]) == (Known.PERHAPS, [years(10, 15), years(10, 20)])
    assert penalty(raised, COMPLETED, date(2023, 5, 16), FORMS).known is Known.YES


def test_a_wording_whose_beginning_is_not_recorded_is_certain_on_no_earlier_day() -> None:
    of_unknown_age = statute(version(None, None, years(10, 20)), first=None)
    assert penalty(of_unknown_age, COMPLETED, date(2020, 1, 1), FORMS).known is Known.PERHAPS
    assert of_unknown_age.present() == of_unknown_age.versions[0]


def test_a_day_without_a_recorded_penalty_is_said_to_have_none() -> None:
    raised = statute(version(None, "2016-07-19", None), version("2016-07-20", None, years(8, 15)), first=None)
    assert penalty(raised, COMPLETED, date(2015, 1, 1), FORMS).known is Known.NO
    assert penalty(statute(), COMPLETED, date(2015, 1, 1), FORMS).known is Known.NO
    assert penalty(statute(), COMPLETED, date(2000, 1, 1), FORMS).known is Known.NOT_YET
    assert penalty(statute(last="2014"), COMPLETED, date(2015, 1, 1), FORMS).known is Known.NO_MORE


@pytest.mark.parametrize(
    ("form", "whole", "expected"),
    [
        (PREPARATION, years(12, 20), Range(None, Fraction(120))),
        (ATTEMPT, years(12, 20), Range(Fraction(144), Fraction(180))),
        (PREPARATION, years(15, 20, life=True), Range(None, Fraction(120))),
        (ATTEMPT, years(15, 20, life=True), Range(Fraction(180), Fraction(180))),
        (PREPARATION, years(None, 5), Range(None, Fraction(30))),
        (ATTEMPT, Range(None, Fraction(90)), Range(None, Fraction(135, 2))),
        (COMPLETED, years(15, 20, life=True), years(15, 20, life=True)),
    ],
)
def test_preparation_has_half_and_an_attempt_three_quarters_of_the_maximum_and_neither_is_for_life(
    form, whole, expected
) -> None:
    assert reduced(whole, FORMS.share(form, date(2020, 1, 1))) == expected


def test_before_the_shares_were_law_the_penalty_of_a_preparation_is_not_known() -> None:
    old = statute(version("1926", None, years(None, 10)), first="1926")
    assert penalty(old, PREPARATION, date(1937, 1, 1), FORMS).known is Known.NO
    assert penalty(old, COMPLETED, date(1937, 1, 1), FORMS).known is Known.YES


def test_an_answer_is_verified_only_where_every_row_is() -> None:
    checked = penalty(PARTICIPATION, COMPLETED, date(2020, 1, 1), FORMS)
    assert checked.is_verified
    assert not penalty(PARTICIPATION, PREPARATION, date(2020, 1, 1), FORMS).is_verified
    without_penalty = penalty(statute(), COMPLETED, date(2015, 1, 1), FORMS)
    assert [one.about for one in without_penalty.rows] == [About.PROVISION]


def test_a_wording_without_an_end_ends_where_the_next_begins() -> None:
    closed = in_order([SINCE_2016, version("2013-11-14", None, years(5, 10))])
    assert [one.last for one in closed] == [day("2016-07-19"), None]
    assert in_order([]) == ()


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [
        (years(10, 20), years(5, 10), Certainty.YES),
        (years(10, 15), years(5, 15), Certainty.YES),
        (years(15, 20, life=True), years(15, 20), Certainty.YES),
        (years(5, 10), years(10, 20), Certainty.NO),
        (years(12, 20), years(12, 20), Certainty.NO),
        (years(12, 20, life=True), years(12, 20, life=None), Certainty.POSSIBLY),
        (Range(None, None, None), years(12, 20), Certainty.POSSIBLY),
    ],
)
def test_harsher_is_whatever_makes_the_position_worse(later, earlier, expected) -> None:
    assert later.is_harsher_than(earlier) is expected


@given(DAYS, st.lists(st.tuples(DAYS, st.integers(1, 15)), max_size=4, unique_by=lambda one: one[0]))
def test_every_day_has_at_most_one_certain_wording_and_none_before_the_first(on, changes) -> None:
    rows = [version(first.isoformat(), None, years(None, most)) for first, most in changes]
    found = statute(*rows, first=None)
    earlier = [(first, most) for first, most in changes if first <= on]
    expected = [years(None, max(earlier)[1])] if earlier else []
    answer = penalty(found, COMPLETED, on, FORMS)
    assert [one.penalty for one in answer.options] == expected
    assert answer.known is (Known.YES if earlier else Known.NO)


@given(DAYS, DAYS, st.integers(0, 900))
def test_a_wider_beginning_never_makes_an_answer_more_certain(on, first, wider) -> None:
    narrow = statute(version(first.isoformat(), None, years(5, 10)), first=None)
    until = (first + timedelta(days=wider)).isoformat()
    wide = statute(version(f"{first.isoformat()}/{until}", None, years(5, 10)), first=None)
    sure, unsure = (penalty(one, COMPLETED, on, FORMS).known for one in (narrow, wide))
    assert unsure is sure or (sure is Known.YES and unsure is Known.PERHAPS)


@given(st.integers(1, 240), st.sampled_from([PREPARATION, ATTEMPT]))
def test_a_form_never_raises_a_penalty(most, form) -> None:
    whole = Range(Fraction(1), Fraction(most), True)
    less = reduced(whole, FORMS.share(form, date(2020, 1, 1)))
    assert less.most < whole.most
    assert less.life is False
    assert less.least is None or less.least <= less.most


def test_a_file_with_a_word_that_is_no_form_is_refused() -> None:
    with pytest.raises(ValueError, match="idea"):
        FormLaw([{"form": "idea", "of_maximum": "1/2", "allows_life": False, "rule": "", "source": "", "verified": 1}])
