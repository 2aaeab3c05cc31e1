"""Lengths of time and ages in four languages."""

from datetime import date

import pytest

from cases.domain.partial_dates import Span, describe_days, describe_held, describe_years, parse

LANGUAGES = ("en", "uk", "ru", "crh-Latn")
LENGTHS = [
    (Span(0, 0), ("0 days", "0 днів", "0 дней", "0 kün")),
    (Span(1, 1), ("1 day", "1 день", "1 день", "1 kün")),
    (Span(3, 3), ("3 days", "3 дні", "3 дня", "3 kün")),
    (Span(11, 11), ("11 days", "11 днів", "11 дней", "11 kün")),
    (Span(21, 21), ("21 days", "21 день", "21 день", "21 kün")),
    (Span(12, 31), ("between 12 and 31 days", "від 12 до 31 дня", "от 12 до 31 дня", "12–31 kün")),
    (Span(0, 45), ("up to 45 days", "до 45 днів", "до 45 дней", "eñ çoq 45 kün")),
    (Span(365, 365), ("1 year", "1 рік", "1 год", "1 yıl")),
    (Span(3106, 3106), ("8 years 6 months", "8 років 6 місяців", "8 лет 6 месяцев", "8 yıl 6 ay")),
    (Span(670, 670), ("1 year 10 months", "1 рік 10 місяців", "1 год 10 месяцев", "1 yıl 10 ay")),
    (
        Span(427, 790),
        ("between 14 and 26 months", "від 14 до 26 місяців", "от 14 до 26 месяцев", "14–26 ay"),
    ),
    (Span(366, 729), ("between 1 and 2 years", "від 1 до 2 років", "от 1 до 2 лет", "1–2 yıl")),
    (Span(700, 7500), ("between 1 and 21 years", "від 1 до 21 року", "от 1 до 21 года", "1–21 yıl")),
    (Span(1, 1400), ("up to 4 years", "до 4 років", "до 4 лет", "eñ çoq 4 yıl")),
    (Span(800, None), ("at least 26 months", "щонайменше 26 місяців", "не менее 26 месяцев", "eñ az 26 ay")),
    (Span(3000, None), ("at least 8 years", "щонайменше 8 років", "не менее 8 лет", "eñ az 8 yıl")),
    (Span(22, None), ("at least 22 days", "щонайменше 22 дні", "не менее 22 дней", "eñ az 22 kün")),
    (
        Span(None, None),
        ("unknown length of time", "невідомо скільки", "неизвестно сколько", "müddeti belli degil"),
    ),
]


@pytest.mark.parametrize(("span", "said"), LENGTHS)
def test_lengths_of_time_are_told_with_the_right_plural(span, said):
    assert tuple(describe_days(span, language) for language in LANGUAGES) == said


@pytest.mark.parametrize(
    ("years", "said"),
    [
        (1, "1 рік"),
        (2, "2 роки"),
        (5, "5 років"),
        (12, "12 років"),
        (22, "22 роки"),
        (111, "111 років"),
        (41, "41 рік"),
    ],
)
def test_ukrainian_counts_years_in_three_forms(years, said):
    assert describe_years(Span(years, years), "uk") == said


def test_an_age_can_be_a_range():
    assert describe_years(Span(31, 32), "en") == "between 31 and 32 years"
    assert describe_years(Span(31, 32), "ru") == "от 31 до 32 лет"


HELD = [
    ("2018-05-21", (2026, 11, 20), ("8 years 6 months", "8 років 6 місяців", "8 лет 6 месяцев", "8 yıl 6 ay")),
    ("2018-05-21", (2026, 11, 19), ("8 years 5 months", "8 років 5 місяців", "8 лет 5 месяцев", "8 yıl 5 ay")),
    ("2018-05-21", (2032, 5, 20), ("14 years", "14 років", "14 лет", "14 yıl")),
    ("2018-05-21", (2018, 5, 21), ("1 day", "1 день", "1 день", "1 kün")),
    ("2018-05", (2019, 7, 15), ("about 14 months", "близько 14 місяців", "около 14 месяцев", "taqriben 14 ay")),
    ("2018", (2019, 12, 31), ("between 1 and 2 years", "від 1 до 2 років", "от 1 до 2 лет", "1–2 yıl")),
    (
        "2018-05-21?",
        (2026, 11, 20),
        ("about 8 years 6 months", "близько 8 років 6 місяців", "около 8 лет 6 месяцев", "taqriben 8 yıl 6 ay"),
    ),
    ("../2018", (2026, 11, 20), ("at least 7 years", "щонайменше 7 років", "не менее 7 лет", "eñ az 7 yıl")),
    ("2018/..", (2020, 11, 20), ("up to 35 months", "до 35 місяців", "до 35 месяцев", "eñ çoq 35 ay")),
    ("2018-05", (2018, 5, 12), ("between 1 and 12 days", "від 1 до 12 днів", "от 1 до 12 дней", "1–12 kün")),
    (
        "2019",
        (2018, 5, 12),
        ("unknown length of time", "невідомо скільки", "неизвестно сколько", "müddeti belli degil"),
    ),
]


@pytest.mark.parametrize(("start", "end", "said"), HELD)
def test_time_held_is_counted_by_the_calendar(start, end, said):
    assert tuple(describe_held(parse(start), date(*end), language) for language in LANGUAGES) == said
