"""Exact days mentioned anywhere in a running text, in any notation and language that people use."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from cases.domain.date_words import MONTHS, skeleton

TOKEN = re.compile(r"\d+|[^\W\d_]+")
#: What may stand between the numbers of one date ("05. 03. 1986", "1986/03/05").
BETWEEN = re.compile(r"[\s./,-]{1,3}|\s?[–—]\s?")
#: How many small words may stand between the day, the month and the year ("5th of March, the year 1986").
SMALL_WORDS = 2
CENTURIES = (1900, 2000)


def days_in(text: str) -> set[date]:
    """Return every day that the text may mean; an ambiguous "05/03/1986" gives both readings, "86" both centuries."""
    tokens = [(match.group(), match.start(), match.end()) for match in TOKEN.finditer(text)]
    found = set()
    for position in range(len(tokens)):
        for day, month, year in (*_in_numbers(text, tokens, position), *_in_words(tokens, position)):
            found |= set(_dates(day, month, year))
    return found


Tokens = list[tuple[str, int, int]]
Reading = tuple[int, int, str]


def _in_numbers(text: str, tokens: Tokens, start: int) -> Iterator[Reading]:
    three = tokens[start : start + 3]
    if len(three) < 3 or not all(token.isdigit() for token, _first, _last in three):
        return
    gaps = (text[one[2] : other[1]] for one, other in pairwise(three))
    if not all(BETWEEN.fullmatch(gap) for gap in gaps):
        return
    first, second, third = (token for token, _first, _last in three)
    if len(first) == 4:
        yield int(third), int(second), first
        return
    yield int(first), int(second), third
    yield int(second), int(first), third


def _in_words(tokens: Tokens, position: int) -> Iterator[Reading]:
    month = MONTHS.get(skeleton(tokens[position][0]))
    if month is None:
        return
    before = _numbers(reversed(tokens[:position]))
    after = _numbers(iter(tokens[position + 1 :]))
    if before and after:
        yield int(before[0]), month, after[0]
        yield int(after[0]), month, before[0]
    if len(after) > 1:
        yield int(after[0]), month, after[1]


def _numbers(tokens: Iterator[tuple[str, int, int]]) -> list[str]:
    """Return up to two numbers that stand near, with no more than SMALL_WORDS words before each."""
    found: list[str] = []
    words = 0
    for token, _first, _last in tokens:
        if token.isdigit():
            found.append(token)
            words = 0
        else:
            words += 1
        if len(found) == 2 or words > SMALL_WORDS:
            break
    return found


def _dates(day: int, month: int, year: str) -> Iterator[date]:
    years = [int(year)] if len(year) == 4 else [century + int(year) for century in CENTURIES if len(year) == 2]
    for one in years:
        try:
            yield date(one, month, day)
        except ValueError:
            continue
