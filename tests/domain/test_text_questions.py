"""Numbers of provisions, numbered sites and words are told apart in what a reader types."""

import pytest

from cases.domain.text_questions import numbered_words, read_question


@pytest.mark.parametrize(
    "text",
    ["205.5(2)", "ст. 205.5(2)", "ч. 2 ст. 205.5", "205.5 ч.2 УК", "Part 2 of article 205.5", "частина 2 статті 205.5"],
)
def test_a_provision_is_read_however_its_part_is_written(text):
    assert read_question(text).law == ("~205.5(2)",)


@pytest.mark.parametrize(
    ("text", "numbered"),
    [
        ("СИЗО-2 Таганрог", ("~siza2", "~tahanr")),
        ("SIZO No. 2, Taganrog", ("~siza2", "~tahanr")),
        ("ИК 10", ("~ik10",)),
        ("Виправна колонія № 10", ("~kalan10", "~vipravn")),
        ("ст. 275", ()),
        ("275", ()),
        ("Ростов", ()),
    ],
)
def test_a_word_with_a_number_after_it_is_one_thing(text, numbered):
    assert read_question(text).numbered == numbered


def test_a_question_without_letters_or_digits_can_be_read_in_no_way():
    assert read_question("?!").ways == []


def test_numbered_things_are_the_same_in_every_language():
    assert numbered_words("SIZO-2, Taganrog") == numbered_words("СІЗО-2, Таганрог") == numbered_words("СИЗО № 2")
