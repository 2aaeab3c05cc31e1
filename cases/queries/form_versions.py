"""Which state of a record a form was opened at: the newest history of each of its rows.

A version names for every row that ever stood in the form the newest entry of its history. It changes when any row is
added, changed or deleted, through whatever form, and it tells exactly which entries its reader had seen: an entry that
was written earlier but committed later is not among them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.core import signing
from django.db.models import Max, Model, Q, Value

#: Kind of row: {key of the row: key of its newest history}.
Version: TypeAlias = dict[str, dict[int, int]]
SALT = "cases.form_version"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row of a form, and which histories tell that a row ever stood in it."""

    model: Any
    ever: Q

    @property
    def name(self) -> str:
        return str(self.model._meta.model_name)

    def keys(self) -> Any:
        """Return the keys of the rows that ever stood in the form, as a subquery."""
        return self.model.history.order_by().filter(self.ever).values("id")


def version_of(kinds: Iterable[Kind]) -> Version:
    """Return the present version of a form, in one query."""
    parts = [
        kind.model.history.order_by()
        .filter(id__in=kind.keys())
        .values("id")
        .annotate(newest=Max("history_id"), kind=Value(kind.name))
        .values_list("kind", "id", "newest")
        for kind in kinds
    ]
    found: Version = defaultdict(dict)
    for name, key, newest in parts[0].union(*parts[1:], all=True):
        found[name][key] = newest
    return dict(found)


def written(version: Version, about: str) -> str:
    """Return the version as a form carries it. Signed, so that it names no history of another record."""
    return signing.dumps(
        {name: list(rows.items()) for name, rows in sorted(version.items())}, salt=f"{SALT}:{about}", compress=True
    )


def read(text: str, about: str) -> Version:
    """Return the version that a form carried; what cannot be read knows of no row, so that everything is compared."""
    try:
        found = signing.loads(text, salt=f"{SALT}:{about}")
    except signing.BadSignature:
        return {}
    return {name: dict(rows) for name, rows in found.items()}


@dataclass(slots=True)
class Past:
    """A row as the form was opened (None where that is not known), and its history since then, the oldest first."""

    base: Any = None
    since: list[Any] = field(default_factory=list)


def pasts(kinds: Iterable[Kind], opened: Version, now: Version) -> dict[tuple[str, int], Past]:
    """Return the past of every row whose history went on since `opened`, in one query a kind that did."""
    found: dict[tuple[str, int], Past] = {}
    for kind in kinds:
        seen, newest = opened.get(kind.name, {}), now.get(kind.name, {})
        changed = [key for key, last in newest.items() if seen.get(key) != last]
        for key, versions in _histories(kind.model, changed).items():
            found[kind.name, key] = _past(versions, seen, key)
    return found


def _histories(model: Any, keys: list[int]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    if keys:
        rows = model.history.filter(id__in=keys).select_related("history_user").order_by("history_date", "history_id")
        for row in rows:
            found[row.id].append(row)
    return found


def _past(versions: list[Any], seen: Mapping[int, int], key: int) -> Past:
    places = [place for place, version in enumerate(versions) if version.history_id == seen.get(key)]
    if not places:
        return Past(base=None, since=versions)
    return Past(base=versions[places[0]], since=versions[places[0] + 1 :])


def about(model: type[Model], pk: Any) -> str:
    """Return what a version is about, for `written` and `read`."""
    return f"{model._meta.label_lower}:{pk}"
