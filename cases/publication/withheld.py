"""What a case withholds, and whether a text or a document says it all the same.

Policy keeps private *fields* behind the door; this keeps private *values* there, however they got into a public text: a
withheld name in a summary, an exact birth date in a description, a relative's phone in the address of a source.
"""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote

from cases.domain.day_mentions import days_in
from cases.domain.names import fold

#: Stems shorter than this are looked for as whole words only; a single letter is an initial and may be shown.
SHORTEST_STEM = 3
SHORTEST_NAME = 2
#: Stems of this length are looked for inside the joined words of addresses and hashtags ("#FreeMustafayev").
SHORTEST_INSIDE = 5
SHORTEST_NUMBER = 7
#: What case endings add to the folded stem of a name ("Мустафаєв", "Мустафаєвим", "Mustafayev's"), and its length.
ENDING = re.compile(r"(?:[aeiou]{1,3}(?:vi?|mi?|h|ho|mu)?|mi|mu|s)?")
LONGEST_ENDING = 5
#: Two names of one person stand so close when the person is meant.
NEAR = 3
VOWELS = "aeiou"

DIGITS = re.compile(r"\d(?:[\s().+-]{0,2}\d){5,}")
#: Addresses, hashtags and accounts, in which words are written together.
#: A word: a date in a field of its own has none.
RUNNING = re.compile(r"[^\W\d_]{3}")
JOINED = re.compile(r"\S*(?:[/#@_]|\w\.\w)\S*")

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """The stems of a whole name. Two together mean the person, if one is `telling`: not a public name of the case."""

    stems: frozenset[str]
    telling: frozenset[str]


@dataclass(frozen=True)
class Withheld:
    """The values of one case that no public text may contain."""

    names: frozenset[str] = frozenset()  # stems of folded names
    people: frozenset[Person] = frozenset()
    phrases: frozenset[Phrase] = frozenset()  # folded words in a row
    numbers: frozenset[str] = frozenset()  # digits of phones
    days: frozenset[date] = frozenset()  # exact days
    family_days: frozenset[date] = frozenset()  # exact days of relatives: looked for in running text alone
    public: frozenset[str] = frozenset()  # stems of the names that may be shown
    unreadable: frozenset[str] = frozenset()  # why sealed values could not be opened, and so cannot be looked for

    def found_in(self, text: str) -> str:
        """Return which kind of withheld value a text contains ("name", "private text", "number", "date"), or ""."""
        text = unquote(text)
        words = fold(text).split()
        if any(map(self._names, words)) or self._joined(text):
            return "name"
        if any(digits in self.numbers for digits in _numbers(text)):
            return "number"
        if (self.days or self.family_days) and self._dates(text):
            return "date"
        if not self.phrases.isdisjoint(runs(words, {len(phrase) for phrase in self.phrases})):
            return "private text"
        return "private text" if any(self._means(words, person) for person in self.people) else ""

    def is_name(self, text: str) -> bool:
        """Tell whether a text that is a name holds a withheld one, as it is written."""
        return not self.names.isdisjoint(map(stem, fold(text).split()))

    def _names(self, word: str) -> bool:
        """Tell whether a word is a form of a withheld name, and not rather of a longer public one (Asan, Asanov)."""
        return _matched(word, self.names) > _matched(word, self.public)

    def _dates(self, text: str) -> bool:
        found = days_in(text)
        return not self.days.isdisjoint(found) or (
            RUNNING.search(text) is not None and not self.family_days.isdisjoint(found)
        )

    def _means(self, words: list[str], person: Person) -> bool:
        """Tell whether two names of a person stand together, one of them not a public name of the case."""
        places = [(place, name) for place, word in enumerate(words) for name in person.stems if _matched(word, {name})]
        telling = [
            (place, name)
            for place, name in places
            if name in person.telling and _matched(words[place], {name}) > _matched(words[place], self.public)
        ]
        return any(one != other and 0 < abs(here - there) < NEAR for here, one in telling for there, other in places)

    def _joined(self, text: str) -> bool:
        inside = [stem for stem in self.names if len(stem) >= SHORTEST_INSIDE]
        chunks = ("".join(fold(chunk).split()) for chunk in JOINED.findall(text)) if inside else ()
        return any(stem in chunk for chunk in chunks for stem in inside)


def stem(word: str) -> str:
    """Return the part of a folded name that its case endings leave as it is."""
    found = word.rstrip(VOWELS)
    return found if len(found) > SHORTEST_STEM else word


def stems(text: str) -> set[str]:
    """Return the stems of the names in a text, without initials and numbers."""
    return {stem(word) for word in fold(text).split() if len(word) >= SHORTEST_NAME and not word.isdigit()}


def numbers(text: str) -> set[str]:
    """Return the phone and document numbers in a text: their last nine digits."""
    return set(_numbers(text))


def runs(words: list[str], lengths: Iterable[int]) -> Iterator[Phrase]:
    """Yield every run of words of the given lengths."""
    for length in lengths:
        for start in range(len(words) - length + 1):
            yield tuple(words[start : start + length])


def _matched(word: str, names: Container[str]) -> int:
    """Return the length of the longest of the names of which the word is a form, 0 where it is of none."""
    for length in range(len(word), max(SHORTEST_STEM, len(word) - LONGEST_ENDING) - 1, -1):
        if word[:length] in names and ENDING.fullmatch(word[length:]):
            return length
    return len(word) if word in names else 0


def _numbers(text: str) -> list[str]:
    found = (re.sub(r"\D", "", match.group()) for match in DIGITS.finditer(text))
    return [digits[-9:] for digits in found if len(digits) >= SHORTEST_NUMBER]


@dataclass(frozen=True)
class Leak:
    """A withheld value in a public document: where, and of which kind. The value itself is not repeated."""

    path: str
    kind: str


def leaks(document: Any, withheld: Withheld) -> list[Leak]:
    """Return every text of a document that contains a withheld value."""
    found = []
    for path, text in texts(document):
        kind = ("name" if withheld.is_name(text) else "") if OWN_NAME.search(path) else withheld.found_in(text)
        if kind:
            found.append(Leak(path, kind))
    return found


#: Where the document says the name itself: what is shown there was allowed name by name.
OWN_NAME = re.compile(r"^(slug|name\.\w+|names\.\d+\.text)$")

#: Values of the document that come from closed lists or reference records and cannot carry a fact about a person.
STRUCTURE = re.compile(
    r"(^|\.)(code|schema|sha256|sovereign|region|controlled_by|kind|language|confidence|code_name|short_name)$"
    r"|\.(site|place|provision|court|birthplace|home|act_place)\."
    r"|^(birthplace|home)\."
)


def texts(document: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a document with its path ("events.2.title.en"), but for vocabulary and reference records."""
    if isinstance(document, str):
        if document and not STRUCTURE.search(path):
            yield path, document
    elif isinstance(document, dict):
        for key, value in document.items():
            yield from texts(value, f"{path}.{key}" if path else str(key))
    elif isinstance(document, list):
        for position, value in enumerate(document):
            yield from texts(value, f"{path}.{position}")
