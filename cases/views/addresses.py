"""The one address of a list: parameters in order, none empty, none twice, none that changes nothing."""

from collections.abc import Collection, Iterable

from django.http import QueryDict

from cases.published.case_form import DEFAULT_ORDERING, POSSIBLE

#: What a list does where nothing is said; a search then has the best match first.
BY_DEFAULT = ("ordering", DEFAULT_ORDERING)
UNSAID = frozenset({("certainty", POSSIBLE)})
CURSOR = "cursor"


def canonical(query: QueryDict) -> QueryDict:
    """Return the parameters as the address of the same list has them; a repeated one that differs is left as it is."""
    return _in_order(query.lists())


def _in_order(lists: Iterable[tuple[str, list[str]]]) -> QueryDict:
    pairs = {(name, value) for name, values in lists for value in values if value.strip()}
    is_question = any(name == "q" for name, _value in pairs)
    found = QueryDict(mutable=True)
    for name, value in sorted(pairs - UNSAID - ({BY_DEFAULT} if not is_question else set()), key=_place):
        found.appendlist(name, value)
    return found


def _place(pair: tuple[str, str]) -> tuple[bool, tuple[str, str]]:
    return pair[0] == CURSOR, pair


def path(base: str, query: QueryDict) -> str:
    return f"{base}?{query.urlencode()}" if query else base


def changed(query: QueryDict, *, without: Collection[str] = (), **values: str) -> QueryDict:
    """Return the address of the first page of another list: without some parameters, and with others set."""
    kept = [
        (name, found) for name, found in query.lists() if name != CURSOR and name not in without and name not in values
    ]
    return _in_order([*kept, *((name, [value]) for name, value in values.items())])


def without_values(query: QueryDict, name: str, values: Collection[str]) -> QueryDict:
    """Return the address of the list without some values of a parameter."""
    left = [one for one in query.getlist(name) if one not in values]
    return _in_order([(key, left if key == name else found) for key, found in query.lists() if key != CURSOR])
