"""Every address of the desk, read from the URL table: nothing that is mounted later escapes the tests of the gate."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
#: Parts of addresses that are written as patterns, by name.
APP_LIST, CATCH_ALL = "^(?P<app_label>auth|cases)/$", "(?P<url>.*)$"


@dataclass(frozen=True)
class Address:
    """An address of the URL table: its name ("admin:review"; of nameless ones "admin:None") and its route."""

    name: str
    route: str

    def path(self, **values: object) -> str:
        """Return a path with `values` for its parameters; 1 for the others."""
        route = self.route.replace(APP_LIST, "cases/").replace(CATCH_ALL, "no/such/page/")
        return "/" + PARAMETER.sub(lambda found: str(values.get(found[2], 1)), route)


def addresses() -> list[Address]:
    return [found for found in _walk(get_resolver().url_patterns) if found.route.startswith("desk/")]


def _walk(patterns: Iterable[URLPattern | URLResolver], route: str = "", space: str = "") -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield Address(f"{space}{pattern.name}", here)
