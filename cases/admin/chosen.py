"""Numbers of records as a browser sends them: anything else is no number."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

#: Digits that a primary key has at most.
LONGEST = 18


def number_in(value: str) -> int | None:
    """Return the primary key that a text is, or None."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= LONGEST else None


def numbers_in(values: Iterable[str]) -> list[int]:
    """Return the primary keys among the texts, each once, in their order."""
    return list(dict.fromkeys(number for number in map(number_in, values) if number is not None))


class ByNumber:
    """A screen whose records are found by their number and by no other spelling of it.

    Python reads "+7" and "1_0" as numbers too: an address that says them would show the record to Django and hide it
    from what asks whether somebody else has saved, or tells the audit.
    """

    def get_object(self, request: HttpRequest, object_id: Any, from_field: str | None = None) -> Any:
        if number_in(str(object_id)) is None:
            return None
        return super().get_object(request, object_id, from_field)  # type: ignore[misc]  # the ModelAdmin beside it
