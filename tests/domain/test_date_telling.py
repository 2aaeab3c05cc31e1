"""Dates in four languages."""

import pytest

from cases.domain.partial_dates import describe, month_name, parse

LANGUAGES = ("en", "uk", "ru", "crh-Latn")
DATES = {
    "2018-05-21": ("21 May 2018", "21 травня 2018", "21 мая 2018", "21 mayıs 2018"),
    "2018-05": ("May 2018", "травень 2018", "май 2018", "mayıs 2018"),
    "2018": ("2018",) * 4,
    "2025-23": ("autumn 2025", "осінь 2025", "осень 2025", "küz 2025"),
    "193X": ("1930s", "1930-ті роки", "1930-е годы", "1930–1939 seneleri"),
    "194X~": ("around 1940s", "близько 1940-х років", "около 1940-х годов", "taqriben 1940–1949 seneleri"),
    "19XX": ("1900–1999",) * 4,
    "1937~": ("around 1937", "близько 1937", "около 1937", "taqriben 1937"),
    "2018-05~": ("around May 2018", "близько травня 2018", "около мая 2018", "taqriben mayıs 2018"),
    "2018-22~": ("around summer 2018", "близько літа 2018", "около лета 2018", "taqriben yaz 2018"),
    "2018-05?": ("possibly May 2018", "можливо, травень 2018", "возможно, май 2018", "belki mayıs 2018"),
    "1937%": ("possibly around 1937", "можливо, близько 1937", "возможно, около 1937", "belki taqriben 1937"),
    "../2018-12-31": ("before 2019", "до 2019", "до 2019", "2019 senesinden evel"),
    "../2018-04-30": ("before May 2018", "до травня 2018", "до мая 2018", "mayıs 2018 ayından evel"),
    "../2019": ("2019 or earlier", "2019 або раніше", "2019 или раньше", "2019 yaki daa evel"),
    "../2018-05-20": (
        "20 May 2018 or earlier",
        "20 травня 2018 або раніше",
        "20 мая 2018 или раньше",
        "20 mayıs 2018 yaki daa evel",
    ),
    "2019-01-01/..": ("after 2018", "після 2018", "после 2018", "2018 senesinden soñ"),
    "2018-06-01/..": ("after May 2018", "після травня 2018", "после мая 2018", "mayıs 2018 ayından soñ"),
    "2018/..": ("2018 or later", "2018 або пізніше", "2018 или позже", "2018 yaki daa soñ"),
    "2016/2017": ("2016–2017",) * 4,
    "2018-05/2018-07": ("May–July 2018", "травень–липень 2018", "май–июль 2018", "mayıs–iyül 2018"),
    "2017-12/2018-02": (
        "December 2017 – February 2018",
        "грудень 2017 – лютий 2018",
        "декабрь 2017 – февраль 2018",
        "dekabr 2017 – fevral 2018",
    ),
    "2018-05-03/2018-05-05": ("3–5 May 2018", "3–5 травня 2018", "3–5 мая 2018", "3–5 mayıs 2018"),
    "2018-05-30/2018-06-02": (
        "30 May – 2 June 2018",
        "30 травня – 2 червня 2018",
        "30 мая – 2 июня 2018",
        "30 mayıs – 2 iyün 2018",
    ),
    "1937~/1938": ("around 1937 – 1938", "близько 1937 – 1938", "около 1937 – 1938", "taqriben 1937 – 1938"),
    "2018-05-21/2019": ("21 May 2018 – 2019", "21 травня 2018 – 2019", "21 мая 2018 – 2019", "21 mayıs 2018 – 2019"),
}


@pytest.mark.parametrize(("text", "said"), DATES.items())
def test_dates_are_told_in_the_readers_language(text, said):
    assert tuple(describe(parse(text), language) for language in LANGUAGES) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [("190X", "1900-ті роки"), ("191X", "1910-ті роки"), ("194X", "1940-ві роки"), ("200X", "2000-ні роки")],
)
def test_ukrainian_decades_carry_their_own_endings(text, said):
    assert describe(parse(text), "uk") == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("uk-UA", "травень 2018"),
        ("crh", "mayıs 2018"),
        ("crh_Latn", "mayıs 2018"),
        ("de", "May 2018"),
        ("", "May 2018"),
    ],
)
def test_language_codes_fall_back_by_language_and_then_to_english(language, said):
    assert describe(parse("2018-05"), language) == said


def test_a_month_has_a_name_that_stands_alone():
    assert [month_name(9, language) for language in LANGUAGES] == ["September", "вересень", "сентябрь", "sentâbr"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2018-05", "травня 2018"),
        ("2018-05-21", "21 травня 2018"),
        ("2018-24", "зими 2018"),
        ("193X", "1930-х років"),
        ("2018-05?", "можливо, травня 2018"),
        ("../2018-05", "травня 2018 або раніше"),
        ("2018-05/..", "травня 2018 або пізніше"),
        ("2018-05/2018-07", "травня–липня 2018"),
        ("2018-05/2019-07", "травня 2018 – липня 2019"),
    ],
)
def test_after_a_preposition_ukrainian_dates_stand_in_the_genitive(text, said):
    assert describe(parse(text), "uk", genitive=True) == said


@pytest.mark.parametrize("text", DATES)
def test_english_dates_are_the_same_after_a_preposition(text):
    assert describe(parse(text), "en", genitive=True) == describe(parse(text), "en")
