"""Numbers of records as a browser sends them: anything else is no number."""

from collections.abc import Iterable

#: Digits that a primary key has at most.
LONGEST = 18


def number_in(value: str) -> int | None:
    """Return the primary key that a text is, or None."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= LONGEST else None


def numbers_in(values: Iterable[str]) -> list[int]:
    """Return the primary keys among the texts, each once, in their order."""
    return list(dict.fromkeys(number for number in map(number_in, values) if number is not None))
