"""The one address of a list: parameters in order, none empty, none twice, none that changes nothing."""

from collections.abc import Collection

from django.http import QueryDict

from cases.published.case_form import DEFAULT_ORDERING, POSSIBLE

#: What a list does where nothing is said.
UNSAID = frozenset({("ordering", DEFAULT_ORDERING), ("certainty", POSSIBLE)})
CURSOR = "cursor"


def canonical(query: QueryDict) -> QueryDict:
    """Return the parameters as the address of the same list has them; a repeated one that differs is left as it is."""
    pairs = {(name, value) for name, values in query.lists() for value in values if value.strip()}
    found = QueryDict(mutable=True)
    for name, value in sorted(pairs - UNSAID, key=lambda pair: (pair[0] == CURSOR, pair)):
        found.appendlist(name, value)
    return found


def path(base: str, query: QueryDict) -> str:
    return f"{base}?{query.urlencode()}" if query else base


def changed(query: QueryDict, *, without: Collection[str] = (), **values: str) -> QueryDict:
    """Return the address of the first page of another list: without some parameters, and with others set."""
    found = query.copy()
    for name in (CURSOR, *without):
        found.pop(name, None)
    for name, value in values.items():
        found[name] = value
    return canonical(found)


def without_values(query: QueryDict, name: str, values: Collection[str]) -> QueryDict:
    """Return the address of the list without some values of a parameter."""
    found = query.copy()
    found.setlist(name, [one for one in found.getlist(name) if one not in values])
    found.pop(CURSOR, None)
    return canonical(found)
