"""Facts of a public document in words: where one stands, what a field says, and a whole row in a few lines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from cases.domain.partial_dates import PartialDate, PartialDateError, describe, parse
from cases.queries.change_words import DATES, IGNORED, LABELS, TOP_LABELS, VOCABULARIES
from cases.queries.finding_words import finding_in_words

JOINT = " › "
COMMA = " · "

#: Records that a row refers to: they are told by name.
THINGS = frozenset({"act_place", "birthplace", "body", "court", "home", "organisation", "place", "provision", "site"})
#: Rows inside a row that are told one by one, in the order of reading.
HELD_ROWS = ("charges", "hearings", "decisions")
#: What is no part of a row's own words: its sources are told at its end.
ASIDE = IGNORED | {"cites", "assertions", "slug", *HELD_ROWS}
LANGUAGES = frozenset({"en", "uk", "crh-latn", "ru"})
#: How much of a row stands in a list of what is to be settled, in characters.
LONGEST_TITLE = 90
TERM = ("years", "months", "days")
#: Texts that need no label before them.
BARE = frozenset({"text", "number", "title", "country"})


#: Rows that are told in words of their own.
FINDINGS = ("findings",)


def row_in_words(path: Sequence[str], row: Mapping[str, Any]) -> str:
    """Say a row in a few lines: its facts, its texts by language, and its sources."""
    if tuple(path[:1]) == FINDINGS and len(path) == len(FINDINGS) + 1:
        return finding_in_words(row)
    facts = capfirst(COMMA.join(_facts(path, row)))
    return "\n".join(line for line in (facts, *_texts(row), *_sources(row)) if line)


def title_of(path: Sequence[str], document: Mapping[str, Any]) -> str:
    """Return the facts, in one line, of the row that a path with places counted from 0 leads to; "" for a field."""
    found: Any = document
    row: Mapping[str, Any] = {}
    for step in path:
        known = isinstance(found, Mapping) and step in found
        if not known and not (isinstance(found, list) and step.isdigit() and int(step) < len(found)):
            break
        found = found[step] if known else found[int(step)]
        row = found if step.isdigit() else row
    unsourced = _without_sources(row)
    words = COMMA.join(_facts(path, unsourced)) or next(_texts(unsourced), "")
    return words[:LONGEST_TITLE]


def _without_sources(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_sources(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    return {key: _without_sources(one) for key, one in value.items() if key not in ("cites", "assertions")}


def thing_in_words(thing: Mapping[str, Any] | None) -> str:
    """Say a place, a site, a court, a body or a provision by its name; nothing for nothing."""
    if not thing:
        return ""
    own = [str(thing.get("number") or ""), _own(thing.get("name") or thing.get("title") or {})]
    words = " ".join(part for part in own if part)
    place = thing_in_words(thing.get("place"))
    return ", ".join(part for part in (words, place if place not in words else "") if part)


def _own(words: Any) -> str:
    """Return a translated text in the active language, or in the first one that it has."""
    if not isinstance(words, Mapping):
        return str(words)
    return str(words.get(get_language() or "en") or next(iter(words.values()), ""))


def _facts(path: Sequence[str], row: Mapping[str, Any]) -> Iterator[str]:
    if any(row.get(unit) for unit in TERM):
        yield _term(row)
    for key, value in row.items():
        if key in ASIDE or key in TERM or value in (None, "", [], {}, False) or _is_text(value):
            continue
        yield _fact((*path, key), key, value)


def _fact(path: Sequence[str], key: str, value: Any) -> str:
    label = _label_of(key)
    if value is True:
        return label
    if key in THINGS and isinstance(value, Mapping):
        return thing_in_words(value)
    if isinstance(value, Mapping):
        return f"{label}: {row_in_words(path, value)}"
    if isinstance(value, list) and isinstance(value[0], Mapping):
        return f"{label}: " + "; ".join(row_in_words(path, one) for one in value)
    words = in_words(path, value)
    if key in BARE or (words != str(value) and key not in DATES):
        return words
    return f"{label} {words}"


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and value.keys() <= LANGUAGES


def _texts(row: Mapping[str, Any]) -> Iterator[str]:
    for key, value in row.items():
        if key in ASIDE or not _is_text(value):
            continue
        for language, text in value.items():
            yield f"{_label_of(key)}, {gettext(LABELS[language])}: {text}"


def _sources(row: Mapping[str, Any]) -> Iterator[str]:
    titles = dict.fromkeys(title for titles in row.get("cites", {}).values() for title in titles.split("; "))
    if titles:
        yield gettext("Sources: %(titles)s") % {"titles": "; ".join(titles)}
    for one in row.get("assertions", ()):
        about = _label_of(one.get("field", ""))
        said = COMMA.join(str(one[key]) for key in ("value", "page", "quote") if one.get(key))
        yield gettext("%(source)s says otherwise: %(value)s") % {
            "source": one["source"],
            "value": f"{about} {said}".strip(),
        }


def _label_of(field: str) -> str:
    return gettext(LABELS[field]) if field in LABELS else field


def _term(row: Mapping[str, Any]) -> str:
    years, months, days = (row.get(unit) or 0 for unit in TERM)
    parts = (
        ngettext("%(count)s year", "%(count)s years", years) % {"count": years} if years else "",
        ngettext("%(count)s month", "%(count)s months", months) % {"count": months} if months else "",
        ngettext("%(count)s day", "%(count)s days", days) % {"count": days} if days else "",
    )
    return " ".join(part for part in parts if part)


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
