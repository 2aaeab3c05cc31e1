"""What must hold for every partial date."""

import copy
import pickle
from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import example, given, strategies as st

from cases.domain.partial_dates import (
    Certainty,
    PartialDateError,
    Precision,
    Span,
    add_months,
    age,
    describe,
    describe_days,
    describe_held,
    describe_years,
    duration_days,
    from_day,
    full_months,
    parse,
)
from tests.domain.date_strategies import DAYS, PLAIN, days_of, last_day, partial_dates, short_dates

LANGUAGES = ["en", "uk", "ru", "crh-Latn"]
counts = st.none() | st.integers(-3, 40_000)


@given(partial_dates())
def test_the_text_of_a_date_reads_back_as_the_same_date(value):
    assert parse(str(value)) == value


@given(partial_dates())
def test_a_date_survives_copying_and_pickling(value):
    assert copy.deepcopy(value) == value
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes
    assert hash(copy.copy(value)) == hash(value)


@given(partial_dates())
def test_the_earliest_day_is_never_after_the_latest(value):
    assert value.earliest or value.latest
    if value.earliest and value.latest:
        assert value.earliest <= value.latest


@given(st.dates())
def test_a_day_stands_for_itself(day):
    value = from_day(day)
    assert parse(day.isoformat()) == value
    assert (value.earliest, value.latest, value.is_day()) == (day, day, True)


@given(short_dates(), short_dates())
def test_comparison_agrees_with_every_pair_of_concrete_days(left, right):
    pairs = [(a, b) for a in days_of(left) for b in days_of(right)]

    def verdict(answers):
        known = set(answers)
        if known == {True}:
            return Certainty.YES
        return Certainty.NO if known == {False} else Certainty.POSSIBLY

    assert left.before(right) == verdict(a < b for a, b in pairs)
    assert left.after(right) == verdict(a > b for a, b in pairs)
    assert left.overlaps(right) == verdict(a == b for a, b in pairs)


@given(partial_dates(), partial_dates())
def test_before_and_after_mirror_each_other(left, right):
    assert left.before(right) == right.after(left)
    assert left.overlaps(right) == right.overlaps(left)
    if left.before(right) is Certainty.YES:
        assert right.before(left) is Certainty.NO
        assert left.overlaps(right) is Certainty.NO


@given(short_dates(), short_dates())
def test_durations_agree_with_every_pair_of_concrete_days(start, end):
    lengths = [(b - a).days + 1 for a in days_of(start) for b in days_of(end) if b >= a]
    expected = Span(min(lengths), max(lengths)) if lengths else Span(None, None)
    assert duration_days(start, end) == expected


@given(short_dates(), st.dates(date(2018, 5, 1), date(2060, 1, 1)))
@example(parse("2018-21"), date(2018, 5, 1))
def test_age_agrees_with_every_possible_birthday(born, on):
    before = [day for day in days_of(born) if day <= on]
    ages = [on.year - day.year - ((on.month, on.day) < (day.month, day.day)) for day in before]
    assert age(born, on) == (Span(min(ages), max(ages)) if ages else Span(None, None))


@given(partial_dates(), partial_dates())
def test_age_and_duration_are_ordered_and_never_negative(left, right):
    for span in (age(left, right), duration_days(left, right)):
        assert span.least is None or span.least >= 0
        assert None in (span.least, span.most) or span.least <= span.most


@given(partial_dates(), st.sampled_from([*LANGUAGES, "crh", "uk-UA", "de", "", "zh_Hant"]))
def test_describe_always_has_words(value, language):
    assert describe(value, language).strip()
    assert "{" not in describe(value, language)


@example(value=parse("1800-23~"), language="ru")
@given(partial_dates(), st.sampled_from(LANGUAGES))
@example(parse("../1899-12-31"), "crh-Latn")
@example(parse("194X"), "uk")
@example(parse("0001-01-01/.."), "en")
@example(parse("../9999-12-31"), "uk")
def test_what_a_reader_sees_can_be_typed_back(value, language):
    said = describe(value, language)
    if len(said) > 40 or "XX" in value.text or ("X" in value.text and language == "crh-Latn"):
        return  # too long to type; "1900–1999" reads back as the interval of the same days
    assert parse(said) == value


@given(counts, counts, partial_dates(), st.dates(), st.sampled_from(LANGUAGES))
def test_lengths_always_have_words(least, most, start, end, language):
    for said in (
        describe_days(Span(least, most), language),
        describe_years(Span(least, most), language),
        describe_held(start, end, language),
    ):
        assert said.strip()


@given(st.one_of(PLAIN, DAYS), st.sampled_from(["", "?"]))
def test_bounds_agree_with_the_edtf_package(text, mark):
    ours = parse(text + mark)
    if mark and ours.precision in {Precision.SEASON, Precision.DECADE, Precision.CENTURY}:
        return  # the package reads none of these with a mark
    theirs = parse_edtf(text + mark)
    earliest, latest = date(*theirs.lower_strict()[:3]), date(*theirs.upper_strict()[:3])
    if ours.precision is Precision.SEASON and text.endswith("-24"):
        # Winter: the package knows only this December; ours reaches over both winters of the year.
        assert ours.earliest == earliest.replace(year=earliest.year - 1)
        assert ours.latest == date(latest.year + 1, 2, last_day(latest.year + 1, 2))
        return
    assert (ours.earliest, ours.latest) == (earliest, latest)


@given(st.one_of(DAYS, st.integers(1800, 2100).map(str)), DAYS)
def test_interval_bounds_agree_with_the_edtf_package(left, right):
    text = f"{left}/{right}"
    try:
        ours = parse(text)
    except PartialDateError:
        return
    theirs = parse_edtf(text)
    assert ours.earliest == date(*theirs.lower_strict()[:3])
    assert ours.latest == date(*theirs.upper_strict()[:3])


@given(st.text(max_size=45))
@example("\x00")
@example("2018\x00")
@example("(((((((((((((((((((((((")
@example("і і і і і і і і і і і і")
def test_any_text_is_either_read_or_refused_with_what_is_accepted(text):
    try:
        value = parse(text)
    except PartialDateError as error:
        assert "21.05.2018" in str(error)  # noqa: PT017
    else:
        assert parse(value.text) == value


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_full_months_undoes_adding_months(day, months):
    assert full_months(day, add_months(day, months)) == months


@pytest.mark.parametrize("text", ["2018~", "2018-05~", "2018-05-21~", "193X~", "19XX~", "2018-22~"])
def test_an_approximate_date_lies_wider_than_the_stated_period(text):
    stated, around = parse(text.rstrip("~")), parse(text)
    assert around.earliest < stated.earliest
    assert around.latest > stated.latest
