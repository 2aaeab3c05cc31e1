"""How templates say dates: alone, after a preposition, and as the beginning of what goes on."""

import pytest
from django.utils.translation import override

from cases.templatetags.tracker import beginning, edtf, governed


@pytest.mark.parametrize(
    ("text", "alone", "after_preposition"),
    [
        ("2018-05", "травень 2018", "травня 2018"),
        ("2018-05-21", "21 травня 2018", "21 травня 2018"),
        ("2016/2017", "2016–2017", "2016–2017"),
        ("no date", "no date", "no date"),
        ("", "", ""),
    ],
)
def test_a_date_after_a_preposition_stands_in_its_case(text, alone, after_preposition):
    with override("uk"):
        assert (edtf(text), governed(text)) == (alone, after_preposition)


@pytest.mark.parametrize(
    ("text", "english", "ukrainian"),
    [
        ("2018-05", "May 2018", "травня 2018"),
        ("2020-09-16/2025", "16 September 2020 or later", "16 вересня 2020 або пізніше"),
        ("2016/2017", "2016 or later", "2016 або пізніше"),
        ("../2019", "2019 or earlier", "2019 або раніше"),
        ("2018/..", "2018 or later", "2018 або пізніше"),
        (None, "", ""),
    ],
)
def test_the_beginning_of_what_goes_on_is_never_told_as_a_span_that_is_over(text, english, ukrainian):
    with override("en"):
        assert beginning(text) == english
    with override("uk"):
        assert beginning(text) == ukrainian
