"""Provisions as lawyers write them."""

import pytest

from cases.domain.provisions import read_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("205.5(2)", ("205.5", "2")),
        (" 205.5 (2) ", ("205.5", "2")),
        ("205.5, 2", ("205.5", "2")),
        ("ст. 205.5 ч. 2", ("205.5", "2")),
        ("ч. 2 ст. 205.5", ("205.5", "2")),
        ("part 2 of article 275", ("275", "2")),
        ("58-10(1)", ("58-10", "1")),
        ("205.5", None),
        ("58-10", None),
        ("treason", None),
        ("", None),
    ],
)
def test_article_and_part_are_read_in_either_order(text: str, number: tuple[str, str] | None) -> None:
    assert read_number(text) == number
