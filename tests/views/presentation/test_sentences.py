"""Sentences in words."""

import pytest

from cases.views.presentation.sentences import conditions, headline, in_full, in_short
from tests.documents import segment_document, sentence_document


@pytest.mark.parametrize(
    ("changes", "full", "short"),
    [
        ({}, "14 years (prison for 4 years, then strict regime)", "14 years"),
        ({"segments": [segment_document("strict")]}, "14 years, strict regime", "14 years, strict regime"),
        ({"years": 1, "months": 6, "suspended": True, "segments": []}, "1 year 6 months, suspended", "1 year 6 months"),
        ({"years": None, "life": True, "segments": []}, "Life imprisonment", "Life imprisonment"),
        ({"years": None, "death": True, "segments": []}, "Death", "Death"),
        (
            {"years": None, "fine_amount": "110000.00", "fine_currency": "RUB", "segments": []},
            "Fine of 110,000 RUB",
            "Fine of 110,000 RUB",
        ),
        (
            {"fine_amount": "500", "fine_currency": "RUB", "other": {"en": "a ban on public posts"}, "segments": []},
            "14 years, fine of 500 RUB, a ban on public posts",
            "14 years",
        ),
    ],
)
def test_sentence_reads_as_a_person_would_say_it(changes, full, short):
    sentence = sentence_document(**changes)
    assert (in_full(sentence, "en"), in_short(sentence)) == (full, short)


def test_no_sentence_says_nothing():
    assert (headline(None), conditions(None, "en"), in_full(None, "en"), in_short(None)) == ("", [], "", "")
