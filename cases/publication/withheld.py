"""What a case withholds, and whether a text or a document says it all the same.

Policy keeps private *fields* behind the door; this keeps private *values* there, however they got into a public text: a
withheld name in a summary, an exact birth date in a description, a relative's phone in the address of a source.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from cases.domain.names import fold
from cases.domain.partial_dates import PartialDate, Precision
from cases.enums import DateDetail
from cases.models import Household, Prisoner, Relative
from cases.publication.casefile import CaseFile
from cases.publication.policy import NEVER_SHOWN, is_named, words_of

#: Folded names shorter than this are too common to look for; phrases need this many words in a row.
SHORTEST_NAME = 3
PHRASE_WORDS = 5
SHORTEST_NUMBER = 7
#: How much longer an inflected form may be than the stem of a name ("Мустафаєв", "Мустафаєвим").
LONGEST_ENDING = 4
VOWELS = "aeiou"

DIGITS = re.compile(r"\d(?:[\s().+-]{0,2}\d){5,}")
DAY = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)|(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Withheld:
    """The values of one case that no public text may contain."""

    names: frozenset[str] = frozenset()  # stems of folded names
    phrases: frozenset[Phrase] = frozenset()  # folded words in a row
    numbers: frozenset[str] = frozenset()  # digits of phones
    days: frozenset[date] = frozenset()  # exact days

    def found_in(self, text: str) -> str:
        """Return which kind of withheld value a text contains ("name", "private text", "number", "date"), or ""."""
        if not text:
            return ""
        words = fold(text).split()
        if self.names and any(map(self._is_name, words)):
            return "name"
        if any(digits in self.numbers for digits in _numbers(text)):
            return "number"
        if self.days and any(day in self.days for day in _days(text)):
            return "date"
        if self.phrases and not self.phrases.isdisjoint(_runs(words, {len(phrase) for phrase in self.phrases})):
            return "private text"
        return ""

    def _is_name(self, word: str) -> bool:
        lengths = range(max(SHORTEST_NAME, len(word) - LONGEST_ENDING), len(word) + 1)
        return any(word[:length] in self.names for length in lengths)


@dataclass
class Gathering:
    """What has been gathered of the withheld values so far."""

    names: set[str] = field(default_factory=set)
    phrases: set[Phrase] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)

    def add_name(self, text: str) -> None:
        """Withhold every part of a name, in any case ending."""
        self.names |= {_stem(word) for word in fold(text).split() if len(word) >= SHORTEST_NAME}

    def add_full_name(self, text: str) -> None:
        """Withhold a whole name: its parts alone may be anybody's."""
        words = tuple(fold(text).split())
        if len(words) > 1:
            self.phrases |= {words, words[::-1]}

    def add_text(self, text: str) -> None:
        """Withhold a private text: any five words of it in a row, or the whole where it is shorter (of two at least)."""
        words = fold(text).split()
        self.numbers |= set(_numbers(text))
        self.add_long_text(text)
        if 1 < len(words) < PHRASE_WORDS:
            self.phrases.add(tuple(words))

    def add_long_text(self, text: str) -> None:
        """Withhold any five words in a row of a text; a shorter one may be anybody's ("Search of the home")."""
        self.phrases |= set(_runs(fold(text).split(), {PHRASE_WORDS}))

    def add_date(self, value: PartialDate | None) -> None:
        """Withhold an exact day."""
        if value is not None and value.precision is Precision.DAY and value.earliest is not None:
            self.days.add(value.earliest)


def withheld_in(case: CaseFile) -> Withheld:
    """Return everything that the public documents of this case may not contain."""
    found = Gathering()
    _withhold_names(case, found)
    if case.prisoner.born_detail != DateDetail.DAY or not is_named(case.prisoner):
        found.add_date(case.prisoner.born)
    _withhold_codefendants(case, found)
    for row in _rows(case):
        _withhold_row(row, found)
    _withhold_family(case, found)
    return Withheld(frozenset(found.names), frozenset(found.phrases), frozenset(found.numbers), frozenset(found.days))


def _public_words(case: CaseFile) -> set[str]:
    if not is_named(case.prisoner):
        return set()
    return {word for name in case.prisoner.names.all() if name.is_public for word in fold(name.text).split()}


def _withhold_codefendants(case: CaseFile, found: Gathering) -> None:
    """Withhold the names of those who stand in the same proceedings and may not be named themselves."""
    public = _public_words(case)
    proceedings = [trial.proceeding for trial in case.trials]
    others = Prisoner.objects.filter(defendants__proceeding__in=proceedings).exclude(pk=case.prisoner.pk)
    for other in others.distinct().prefetch_related("names"):
        for name in other.names.all():
            if is_named(other) and name.is_public:
                continue
            found.add_full_name(name.text)
            family = fold(name.family).split() or fold(name.text).split()[-1:]
            found.add_name(" ".join(word for word in family if word not in public))


def _withhold_names(case: CaseFile, found: Gathering) -> None:
    named = is_named(case.prisoner)
    public = _public_words(case)
    for name in case.prisoner.names.all():
        if named and name.is_public:
            continue
        for text in (name.text, name.given, name.patronymic, name.family):
            found.add_name(" ".join(word for word in fold(text).split() if word not in public))


def _rows(case: CaseFile) -> Iterator[models.Model]:
    yield case.prisoner
    yield from case.prisoner.stays.all()
    yield from case.prisoner.events.all()
    yield from case.prisoner.affiliations.all()
    yield from case.prisoner.roles.all()
    yield from case.prisoner.assessments.all()
    for trial in case.trials:
        yield trial.defendant
        yield trial.proceeding
        yield from trial.hearings
        yield from trial.decisions


#: Sealed texts of the rows of a case; `counsel` is a name.
SEALED_TEXTS = ("private_notes", "health", "consent_notes")


def _withhold_row(row: models.Model, found: Gathering) -> None:
    for name in SEALED_TEXTS:
        found.add_text(getattr(row, name, ""))
    found.add_full_name(getattr(row, "counsel", ""))
    if getattr(row, "is_public", True) and getattr(row, "kind", "") not in NEVER_SHOWN:
        return
    for name in ("title", "description", "note", "summary", "reasoning", "detail"):
        if hasattr(type(row), name):
            for text in words_of(row, name).values():
                found.add_long_text(text)


def _withhold_family(case: CaseFile, found: Gathering) -> None:
    for household in Household.objects.filter(prisoners=case.prisoner):
        for text in (household.address, household.phone, household.safe_contact, household.notes):
            found.add_text(text)
    of_the_family = models.Q(household__prisoners=case.prisoner) | models.Q(prisoner=case.prisoner)
    for relative in Relative.objects.filter(of_the_family).distinct():
        found.add_full_name(relative.full_name)
        found.add_date(relative.born)
        for text in (relative.phone, relative.health, relative.notes):
            found.add_text(text)


@dataclass(frozen=True)
class Leak:
    """A withheld value in a public document: where, and of which kind. The value itself is not repeated."""

    path: str
    kind: str


def leaks(document: Any, withheld: Withheld) -> list[Leak]:
    """Return every text of a document that contains a withheld value."""
    found = []
    for path, text in texts(document):
        kind = withheld.found_in(text)
        if kind:
            found.append(Leak(path, kind))
    return found


#: Values of the document that come from closed lists or other records and cannot carry a fact about a person.
STRUCTURE = re.compile(
    r"(^|\.)(code|schema|sha256|sovereign|region|controlled_by|kind|language|confidence|slug|code_name|short_name)$"
    r"|\.(site|place|provision|court|body|organisation|birthplace|home)\."
    r"|^(birthplace|home)\."
)


def texts(document: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a document with its path ("events.2.title.en"), but for vocabulary and reference records."""
    if isinstance(document, str):
        if document and (path == "slug" or not STRUCTURE.search(path)):
            yield path, document
    elif isinstance(document, dict):
        for key, value in document.items():
            yield from texts(value, f"{path}.{key}" if path else str(key))
    elif isinstance(document, list):
        for position, value in enumerate(document):
            yield from texts(value, f"{path}.{position}")


def _stem(word: str) -> str:
    stem = word.rstrip(VOWELS)
    return stem if len(stem) >= SHORTEST_NAME + 1 else word


def _numbers(text: str) -> list[str]:
    found = (re.sub(r"\D", "", match.group()) for match in DIGITS.finditer(text))
    return [digits[-9:] for digits in found if len(digits) >= SHORTEST_NUMBER]


def _days(text: str) -> Iterator[date]:
    for match in DAY.finditer(text):
        day, month, year, iso_year, iso_month, iso_day = match.groups()
        try:
            yield date(int(year or iso_year), int(month or iso_month), int(day or iso_day))
        except ValueError:
            continue


def _runs(words: list[str], lengths: Iterable[int]) -> Iterator[Phrase]:
    for length in lengths:
        for start in range(len(words) - length + 1):
            yield tuple(words[start : start + length])
