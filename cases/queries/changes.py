"""What differs between two public documents, as rows that a reviewer can read. Pure: documents in, rows out.

Rows of a list are matched with `difflib`, so that one inserted name does not make every later name look changed.
Numbers of sources are replaced by what the sources are, because numbers move when a source is added.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from cases.domain.partial_dates import PartialDate, PartialDateError, describe, parse
from cases.published.documents import canonical
from cases.queries.change_words import DATES, IGNORED, LABELS, TOP_LABELS, VOCABULARIES

JOINT = " › "


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: where, what is public now, what would be. An empty side is an addition or a removal."""

    path: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """`added`, `removed` or `changed`."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


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


def _differences(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
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


def _of_mappings(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        yield from _of_values(path, before, after)
        return
    for key in dict.fromkeys((*after, *before)):
        if key not in IGNORED:
            yield from _differences((*path, key), before.get(key), after.get(key))


def _of_rows(path: tuple[str, ...], before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
    matcher = SequenceMatcher(
        None, [canonical(row) for row in before], [canonical(row) for row in after], autojunk=False
    )
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            continue
        old, new = before[first:last], after[new_first:new_last]
        paired = min(len(old), len(new))
        for place in range(paired):
            yield from _differences((*path, str(new_first + place + 1)), old[place], new[place])
        for place, row in enumerate(old[paired:], start=first + paired + 1):
            yield from _differences((*path, str(place)), row, None)
        for place, row in enumerate(new[paired:], start=new_first + paired + 1):
            yield from _differences((*path, str(place)), None, row)


def _of_values(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    old, new = in_words(path, before), in_words(path, after)
    if old != new:
        yield Change(path=path_in_words(path), before=old, after=new)


# Words -----------------------------------------------------------------------------------------------------------


def path_in_words(path: Sequence[str]) -> str:
    """Say where a value stands: "Names, 2 › text"."""
    words: list[str] = []
    for step in path:
        if step.isdigit() and words:
            words[-1] = f"{words[-1]}, {step}"
        elif not step:
            words.append(gettext("whole row"))
        else:
            known = LABELS if words else {**LABELS, **TOP_LABELS}
            words.append(gettext(known.get(step, step.replace("_", " "))))
    return capfirst(JOINT.join(words))


def in_words(path: Sequence[str], value: Any) -> str:
    """Say a value as the reader of the public page would see it; nothing for nothing."""
    key = next((step for step in reversed(path) if not step.isdigit()), "")
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(in_words(path, one) for one in value)
    if key in DATES:
        return _date_in_words(str(value))
    return _word(path, key, str(value))


def _word(path: Sequence[str], key: str, value: str) -> str:
    parents = [step for step in path if not step.isdigit()][:-1]
    vocabulary = VOCABULARIES.get((parents[-1] if parents else "", key)) or VOCABULARIES.get(("", key))
    if vocabulary is None:
        return value
    labels = dict(vocabulary.choices())
    return gettext(labels[value]) if value in labels else value


def _date_in_words(text: str) -> str:
    try:
        date: PartialDate = parse(text)
    except PartialDateError:
        return text
    return describe(date, get_language() or "en")
