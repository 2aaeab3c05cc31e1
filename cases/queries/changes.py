"""What differs between two public documents, as rows that a reviewer can read. Pure: documents in, rows out.

Rows of a list are matched with `difflib`, so that one inserted name does not make every later name look changed.
Numbers of sources are replaced by what the sources are, because numbers move when a source is added.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext

from cases.published.documents import canonical
from cases.queries.change_words import IGNORED
from cases.queries.row_words import HELD_ROWS, THINGS, in_words, path_in_words, row_in_words, thing_in_words

Path = tuple[str, ...]

#: Between the steps of a key, and before the place of a row that is taken away.
JOINED = "."
REMOVED = "-"
#: The picture itself. Its hash changes with every pixel, so it tells that another picture would be shown.
PICTURE = ("photo", "sha256")
#: As much of a hash as tells two pictures apart in words.
SHORT_HASH = 8


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: where, what is public now, what would be. An empty side is an addition or a removal.

    `key` is the place in the document, counted from 0 ("events.2.title.en"); a row that is taken away has its place in
    the document that is public now, marked with a minus ("events.-2"), so that no two differences share a key.
    """

    path: str
    before: str
    after: str
    key: str = field(default="", compare=False)

    @property
    def kind(self) -> str:
        """`added`, `removed` or `changed`."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"

    @property
    def words(self) -> str:
        """The difference in one text: the place, and what would be shown there or is shown now."""
        return f"{self.path}: {self.after or self.before}"


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[Change]:
    """Return what would change if `after` were published in place of `before`; None: nothing is public now."""
    return list(_differences((), _with_sources(before or {}), _with_sources(after)))


# Sources instead of their numbers --------------------------------------------------------------------------------


def _with_sources(document: Mapping[str, Any]) -> dict[str, Any]:
    titles = {source["number"]: _source_title(source) for source in document.get("sources", ())}
    replaced: dict[str, Any] = _replace(document, titles)
    replaced["sources"] = [
        {key: value for key, value in source.items() if key != "number"} for source in document.get("sources", ())
    ]
    return replaced


def _source_title(source: Mapping[str, Any]) -> str:
    if source.get("confidential"):
        return gettext("confidential source %(number)s") % {"number": source["number"]}
    return str(source.get("title") or source["number"])


def _replace(value: Any, titles: Mapping[int, str]) -> Any:
    if isinstance(value, list):
        return [_replace(one, titles) for one in value]
    if not isinstance(value, Mapping):
        return value
    new = {key: _replace(one, titles) for key, one in value.items() if key not in ("cites", "source")}
    if "cites" in value:
        new["cites"] = {
            field: "; ".join(sorted(titles.get(number, str(number)) for number in numbers))
            for field, numbers in value["cites"].items()
        }
    if "source" in value:
        new["source"] = titles.get(value["source"], value["source"])
    return new


# Walking both documents ------------------------------------------------------------------------------------------


def _differences(path: Path, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, Mapping) or isinstance(after, Mapping):
        yield from _of_mappings(path, before or {}, after or {})
    elif _is_rows(before) or _is_rows(after):
        yield from _of_rows(path, before or [], after or [])
    else:
        yield from _of_values(path, before, after)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(row, Mapping) for row in value)


def _of_mappings(path: Path, before: Any, after: Any) -> Iterator[Change]:
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        yield from _of_values(path, before, after)
        return
    if path and path[-1] in THINGS and thing_in_words(before) != thing_in_words(after):
        yield _change(path, thing_in_words(before), thing_in_words(after))
        return
    for key in dict.fromkeys((*after, *before)):
        if (*path, key) == PICTURE:
            yield from _of_pictures(before.get(key, ""), after.get(key, ""))
        elif key not in IGNORED:
            yield from _differences((*path, key), before.get(key), after.get(key))


def _of_rows(path: Path, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
    matcher = SequenceMatcher(
        None, [canonical(row) for row in before], [canonical(row) for row in after], autojunk=False
    )
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            continue
        old, new = before[first:last], after[new_first:new_last]
        paired = min(len(old), len(new))
        for place in range(paired):
            yield from _differences((*path, str(new_first + place)), old[place], new[place])
        for place, row in enumerate(old[paired:], start=first + paired):
            yield from _whole_row((*path, f"{REMOVED}{place}"), row)
        for place, row in enumerate(new[paired:], start=new_first + paired):
            yield from _whole_row((*path, str(place)), row)


def _whole_row(path: Path, row: Mapping[str, Any]) -> Iterator[Change]:
    """Tell a row that is added or taken away in one text, and then the rows that it holds."""
    mark = REMOVED if path[-1].startswith(REMOVED) else ""
    words = row_in_words(_counted(path), row)
    if words:
        yield _change(path, words if mark else "", "" if mark else words)
    for key in (key for key in HELD_ROWS if key in row):
        for place, held in enumerate(row[key]):
            yield from _whole_row((*path, key, f"{mark}{place}"), held)


def _of_values(path: Path, before: Any, after: Any) -> Iterator[Change]:
    old, new = in_words(_counted(path), before), in_words(_counted(path), after)
    if old != new:
        yield _change(path, old, new)


def _of_pictures(before: str, after: str) -> Iterator[Change]:
    if before != after:
        old, new = (gettext("picture %(hash)s") % {"hash": one[:SHORT_HASH]} if one else "" for one in (before, after))
        yield _change(PICTURE, old, new)


def _change(path: Path, before: str, after: str) -> Change:
    key = JOINED.join(path)
    return Change(place_in_words(key), before, after, key=key)


def place_in_words(key: str) -> str:
    """Say in the active language where the difference with this key stands: "Names, 2 › text"."""
    return path_in_words(_counted(tuple(key.split(JOINED))))


def _counted(path: Path) -> Path:
    """Return the path as it is told: places counted from 1, without the mark of what is taken away."""
    return tuple(str(int(step.removeprefix(REMOVED)) + 1) if is_place(step) else step for step in path)


def is_place(step: str) -> bool:
    """Tell whether a step of a key is a place in a list."""
    return step.removeprefix(REMOVED).isdigit()
