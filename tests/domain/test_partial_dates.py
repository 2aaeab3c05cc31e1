"""Reading what people type, and age, duration and comparison by example."""

from datetime import date, datetime

import pytest

from cases.domain import date_words
from cases.domain.partial_dates import (
    ACCEPTED,
    MESSAGES,
    Certainty,
    PartialDateError,
    Precision,
    Span,
    add_months,
    age,
    duration_days,
    from_day,
    parse,
)

READ = {
    "2018": "2018",
    "2018-05": "2018-05",
    "2018-05-21": "2018-05-21",
    "2018~": "2018~",
    "2018-05?": "2018-05?",
    "2018-05-21%": "2018-05-21%",
    "../2019": "../2019",
    "/2019": "../2019",
    "2018/": "2018/..",
    "2016/2017": "2016/2017",
    "2016/2016": "2016",
    "2018-XX": "2018",
    "2018-05-2X": "2018-05-20/2018-05-29",
    "2018-02-2x": "2018-02-20/2018-02-28",
    "2018-05-0X": "2018-05-01/2018-05-09",
    "2018-04-3X": "2018-04-30",
    "2018-1X": "2018-10/2018-12",
    "2018-05-xx": "2018-05",
    "193x": "193X",
    "2025-23": "2025-23",
    # numbers, day first
    "21.05.2018": "2018-05-21",
    "21.5.2018": "2018-05-21",
    "21/05/2018": "2018-05-21",
    "21-05-2018": "2018-05-21",
    "21 05 2018": "2018-05-21",
    "05/06/2018": "2018-06-05",
    "05/2018": "2018-05",
    "5.2018": "2018-05",
    "2018.05.21": "2018-05-21",
    "2018/05": "2018-05",
    "2018-5-1": "2018-05-01",
    "21.05.2018 р.": "2018-05-21",
    "21/05/2018р.": "2018-05-21",
    "2018 г.": "2018",
    "5.XII.1937": "1937-12-05",
    "21/V-1938": "1938-05-21",
    # words
    "May 2018": "2018-05",
    "may 21, 2018": "2018-05-21",
    "21st of May 2018": "2018-05-21",
    "21-May-2018": "2018-05-21",
    "Sept. 2020": "2020-09",
    "травень 2018": "2018-05",
    "21 травня 2018 року": "2018-05-21",
    "у травні 2018 р.": "2018-05",
    "2018, травень": "2018-05",
    "лют. 2014": "2014-02",
    "май 2018": "2018-05",
    "21 мая 2018 г.": "2018-05-21",
    "16 сентября 2020 года": "2020-09-16",
    "21 mayıs 2018": "2018-05-21",
    "21 MAYIS 2018": "2018-05-21",
    "sentâbr 2020": "2020-09",
    "18 майыс 1944": "1944-05-18",
    "ağustos 2016": "2016-08",
    "ŞUBAT 2014": "2014-02",
    "İyün 2014": "2014-06",
    "18 mayısnıñ 1944 senesi": "1944-05-18",
    # look-alike letters, spaces and dashes
    "сiчень 2018": "2018-01",
    "MАЙ 2018": "2018-05",
    "травень\u00a02018": "2018-05",
    "  2018  ": "2018",
    "2016–2017": "2016/2017",
    "2016—2017": "2016/2017",
    "2016 − 2017": "2016/2017",
    "2018‑05": "2018-05",
    # qualified
    "around 1937": "1937~",
    "c. 1937": "1937~",
    "ca 1937": "1937~",
    "circa May 1937": "1937-05~",
    "~1937": "1937~",
    "≈ 1937": "1937~",
    "близько 1937": "1937~",
    "приблизно 1937 року": "1937~",
    "близько травня 1937": "1937-05~",
    "около 1937": "1937~",
    "taqriben 1937": "1937~",
    "бл. 1937": "1937~",
    "прибл. 1937 р.н.": "1937~",
    "ок. 1937 г.": "1937~",
    "1937 року народження": "1937",
    "possibly 1937": "1937?",
    "1937 (?)": "1937?",
    "можливо, травень 2018": "2018-05?",
    "возможно, около 1937": "1937%",
    # open
    "before 2019": "../2018-12-31",
    "до 2019": "../2018-12-31",
    "до травня 2018": "../2018-04-30",
    "before 21.05.2018": "../2018-05-20",
    "2019 senesinden evel": "../2018-12-31",
    "by 2019": "../2019",
    "2019 or earlier": "../2019",
    "не пізніше 21.05.2018": "../2018-05-21",
    "after 2018": "2019-01-01/..",
    "після 2018": "2019-01-01/..",
    "после мая 2018": "2018-06-01/..",
    "since 2018": "2018/..",
    "з 2018": "2018/..",
    "с 2018": "2018/..",
    "before about 2019": "../2019~",
    # periods
    "between 2016 and 2017": "2016/2017",
    "between May and July 2018": "2018-05/2018-07",
    "між 2016 і 2017": "2016/2017",
    "між травнем та липнем 2018": "2018-05/2018-07",
    "между маем и июлем 2018": "2018-05/2018-07",
    "from 2016 to 2017": "2016/2017",
    "1937 or 1938": "1937/1938",
    "1937 або 1938": "1937/1938",
    "травень або червень 2018": "2018-05/2018-06",
    "з 2016 по 2017": "2016/2017",
    "від 2016 до 2017": "2016/2017",
    "с мая по июль 2018": "2018-05/2018-07",
    "3–5 травня 2018": "2018-05-03/2018-05-05",
    "30 травня – 2 червня 2018": "2018-05-30/2018-06-02",
    "травень–липень 2018": "2018-05/2018-07",
    "10-12.05.2018": "2018-05-10/2018-05-12",
    "10.05–12.06.2018": "2018-05-10/2018-06-12",
    "21.05.2018/25.05.2018": "2018-05-21/2018-05-25",
    "2018-05-21 - 2018-05-25": "2018-05-21/2018-05-25",
    "around 1937 – 1938": "1937~/1938",
    # seasons and decades
    "autumn 2025": "2025-23",
    "осінь 2025": "2025-23",
    "навесні 2014": "2014-21",
    "летом 2016 года": "2016-22",
    "küz 2025": "2025-23",
    "winter 2013 – spring 2014": "2013-24/2014-21",
    "1930s": "193X",
    "1930-ті": "193X",
    "1930-х років": "193X",
    "1930-е годы": "193X",
    "before the 1930s": "../1929-12-31",
}
REFUSED = {
    "": "empty",
    " \u00a0": "empty",
    "30.02.2018": "no_such_day",
    "2018-02-30": "no_such_day",
    "29 лютого 2018": "no_such_day",
    "3–31 червня 2018": "no_such_day",
    "32 травня 2018": "no_such_day",
    "0.05.2018": "no_such_day",
    "13/2018": "no_such_month",
    "2018-13": "no_such_month",
    "2018-00": "no_such_month",
    "05/21/2018": "no_such_month",
    "21/2018": "no_such_month",
    "2018–19": "no_such_month",
    "0000": "year",
    "0000-05": "year",
    "before 0001": "year",
    "after 9999": "year",
    "21.05.18": "no_year",
    "травень": "no_year",
    "травень 18": "no_year",
    "21 May": "no_year",
    "2017/2016": "reversed",
    "2018-06/2018-05": "reversed",
    "липень–травень 2018": "reversed",
    "between 2018 and 2016": "reversed",
    "../..": "no_bounds",
    "/": "no_bounds",
    "2018\x00": "characters",
    "2018\n": "characters",
    "2018\u200b": "characters",
    "\u202e2018": "characters",
    "２０１８": "digits",
    "٢٠١٨": "digits",
    "Ⅴ 2018": "digits",
    "2" * 41: "too_long",
    "soon": "unreadable",
    "2018-05-21T10:00": "unreadable",
    "5 2018": "unreadable",
    "May 5 May 2018": "unreadable",
    "20181": "unreadable",
    "2018; DROP TABLE": "unreadable",
    "193X-05": "no_year",
    "2018-XX-05": "unreadable",
    "2018-02-3X": "no_such_day",
    "2018-05-4X": "no_such_day",
    "2018-13-1X": "no_such_month",
    "2018-2X": "no_such_month",
    "0000-05-1X": "year",
    "2016/2017/2018": "unreadable",
}


@pytest.mark.parametrize(("typed", "text"), READ.items())
def test_what_people_type_is_read(typed, text):
    assert parse(typed).text == text


@pytest.mark.parametrize(("typed", "code"), REFUSED.items())
def test_what_cannot_be_a_date_is_refused_with_its_reason(typed, code):
    with pytest.raises(PartialDateError) as refusal:
        parse(typed)
    assert refusal.value.message_code == code
    assert str(refusal.value) == f"{MESSAGES[code]} {ACCEPTED}"


def test_every_message_is_given_by_some_refusal():
    assert set(REFUSED.values()) == set(MESSAGES)


def test_everything_the_message_says_is_accepted_is_accepted():
    examples = ACCEPTED.removeprefix("Accepted are ").removesuffix(".")
    plain = examples.replace(" and EDTF such as", "").replace(" or ", ", ").split(", ")
    assert len([parse(example) for example in plain]) == 15


def test_no_word_stands_for_two_months_or_for_a_month_and_a_season():
    claims = [
        (date_words.skeleton(word), number)
        for number, forms in [
            *enumerate(date_words.MONTH_FORMS, start=1),
            *date_words.TURKIC_FORMS.items(),
            *date_words.SEASON_FORMS.items(),
        ]
        for word in forms.split()
    ]
    by_word = {word: {number for known, number in claims if known == word} for word, _ in claims}
    assert {word: numbers for word, numbers in by_word.items() if len(numbers) > 1} == {}


@pytest.mark.parametrize("month", range(1, 13))
def test_every_form_of_every_month_is_read(month):
    for form in date_words.MONTH_FORMS[month - 1].split():
        assert parse(f"2 {form} 2018").text == f"2018-{month:02}-02"


BOUNDS = {
    "2018~": ("2017-01-01", "2019-12-31"),
    "2018-05~": ("2018-04-01", "2018-06-30"),
    "2018-05-21~": ("2018-05-20", "2018-05-22"),
    "2025-23": ("2025-09-01", "2025-11-30"),
    "2025-24": ("2024-12-01", "2026-02-28"),
    "2025-21~": ("2025-02-01", "2025-06-30"),
    "193X~": ("1925-01-01", "1944-12-31"),
    "19XX~": ("1875-01-01", "2024-12-31"),
    "2020-02": ("2020-02-01", "2020-02-29"),
    "0001~": ("0001-01-01", "0002-12-31"),
    "9999~": ("9998-01-01", "9999-12-31"),
    "000X": ("0001-01-01", "0009-12-31"),
    "9999-24": ("9998-12-01", "9999-12-31"),
    "0001-24": ("0001-01-01", "0002-02-28"),
    "1937~/1938-05?": ("1936-01-01", "1938-05-31"),
}


@pytest.mark.parametrize(("text", "bounds"), BOUNDS.items())
def test_bounds_follow_the_conventions_of_the_house(text, bounds):
    value = parse(text)
    assert (str(value.earliest), str(value.latest)) == bounds


@pytest.mark.parametrize(
    ("text", "precision", "approximate", "uncertain"),
    [
        ("2018-05-21", Precision.DAY, False, False),
        ("2018-05~", Precision.MONTH, True, False),
        ("2018?", Precision.YEAR, False, True),
        ("2018-22%", Precision.SEASON, True, True),
        ("193X", Precision.DECADE, False, False),
        ("19XX", Precision.CENTURY, False, False),
        ("2016~/2017?", Precision.INTERVAL, True, True),
        ("../2017", Precision.INTERVAL, False, False),
    ],
)
def test_precision_and_marks_are_told_apart(text, precision, approximate, uncertain):
    value = parse(text)
    assert (value.precision, value.approximate, value.uncertain) == (precision, approximate, uncertain)


def test_a_datetime_counts_as_its_calendar_day():
    assert from_day(datetime(2018, 5, 21, 23, 59)) == parse("2018-05-21")  # noqa: DTZ001


COMPARISONS = [
    ("2018", "2019", Certainty.YES, Certainty.NO),
    ("2019", "2018", Certainty.NO, Certainty.NO),
    ("2018-05", "2018", Certainty.POSSIBLY, Certainty.POSSIBLY),
    ("2018-05-21", "2018-05-21", Certainty.NO, Certainty.YES),
    ("../2018", "2019", Certainty.YES, Certainty.NO),
    ("../2018", "../2019", Certainty.POSSIBLY, Certainty.POSSIBLY),
    ("2018/..", "2017", Certainty.NO, Certainty.NO),
    ("2018/..", "2020/..", Certainty.POSSIBLY, Certainty.POSSIBLY),
    ("2018~", "2019", Certainty.POSSIBLY, Certainty.POSSIBLY),
]


@pytest.mark.parametrize(("left", "right", "before", "overlaps"), COMPARISONS)
def test_comparison_says_yes_no_or_possibly(left, right, before, overlaps):
    assert parse(left).before(parse(right)) is before
    assert parse(left).overlaps(parse(right)) is overlaps


def test_a_partial_date_compares_with_a_day():
    assert parse("2018").before(date(2019, 1, 1)) is Certainty.YES
    assert parse("2018").after(date(2018, 12, 31)) is Certainty.NO
    assert parse("2018-05-21").overlaps(date(2018, 5, 21)) is Certainty.YES


AGES = [
    ("1986-05-05", "2018-05-21", Span(32, 32)),
    ("1986-05-21", "2018-05-21", Span(32, 32)),
    ("1986-05-22", "2018-05-21", Span(31, 31)),
    ("1986", "2018-05-21", Span(31, 32)),
    ("1986~", "2018-05-21", Span(30, 33)),
    ("1986", "2018", Span(31, 32)),
    ("../1986", "2018-05-21", Span(31, None)),
    ("1986/..", "2018-05-21", Span(0, 32)),
    ("1986", "2018/..", Span(31, None)),
    ("2000-02-29", "2001-02-28", Span(0, 0)),
    ("2000-02-29", "2001-03-01", Span(1, 1)),
    ("2018", "2018", Span(0, 0)),
    ("2020", "2018", Span(None, None)),
]


@pytest.mark.parametrize(("born", "on", "span"), AGES)
def test_age_is_a_range_of_full_years(born, on, span):
    assert age(parse(born), parse(on)) == span


DURATIONS = [
    ("2018-05-21", "2018-05-21", Span(1, 1)),
    ("2018-05-21", "2018-05-31", Span(11, 11)),
    ("2018-05", "2018-06-01", Span(2, 32)),
    ("2018", "2018", Span(1, 365)),
    ("../2018", "2019-01-01", Span(2, None)),
    ("2018", "2018-07/..", Span(1, None)),
    ("2019", "2018", Span(None, None)),
]


@pytest.mark.parametrize(("start", "end", "span"), DURATIONS)
def test_duration_counts_both_days(start, end, span):
    assert duration_days(parse(start), parse(end)) == span


def test_months_are_added_by_the_calendar():
    assert add_months(date(2020, 1, 31), 1) == date(2020, 2, 29)
    assert add_months(date(2018, 5, 21), 14 * 12) == date(2032, 5, 21)
    assert add_months(date(2018, 1, 15), -1) == date(2017, 12, 15)
    assert add_months(date(9999, 12, 1), 1) == date.max
