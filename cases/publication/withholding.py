"""Gathers from the records of a case what its public documents may not say."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import models

from cases.domain.names import fold
from cases.domain.partial_dates import PartialDate, Precision, parse
from cases.domain.sealing import SealingError
from cases.enums import DateDetail, PublicationState
from cases.models import Household, Prisoner, Publication, Relative
from cases.publication.casefile import CaseFile
from cases.publication.policy import NEVER_SHOWN, is_named, words_of
from cases.publication.withheld import Person, Phrase, Withheld, numbers, runs, stems
from cases.sealed import Sealed

#: A private text is recognised by so many of its words in a row, a short one as a whole if it has so many.
PHRASE_WORDS = 5
SHORTEST_TEXT = 3
#: A part of a codefendant's name of which nobody said that it is the family name tells from this length on.
TELLING_NAME = 5


@dataclass
class Gathering:
    """What has been gathered of the withheld values so far; `public` are the stems of the names that may be shown."""

    public: frozenset[str] = frozenset()
    names: set[str] = field(default_factory=set)
    people: set[Person] = field(default_factory=set)
    phrases: set[Phrase] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    family_days: set[date] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)

    def opened(self, row: models.Model, name: str) -> str:
        """Return the text of a sealed field, to look for it in what is to be public; note where it cannot be opened."""
        value = getattr(row, name, None)
        try:
            return value.open() if isinstance(value, Sealed) else ""
        except SealingError as problem:
            self.unreadable.add(str(problem))
            return ""

    def add_person(self, text: str) -> None:
        """Withhold a whole name: each part alone may be anybody's, two of them together mean the person."""
        found = frozenset(stems(text))
        if len(found) > 1 and found - self.public:
            self.people.add(Person(found, found - self.public))

    def add_phrase(self, text: str) -> None:
        """Withhold a short text as it stands."""
        words = tuple(fold(text).split())
        self.phrases |= {words} if words else set()

    def add_text(self, text: str) -> None:
        """Withhold a private text: any five words of it in a row, or the whole where it is shorter (of three at least)."""
        self.numbers |= numbers(text)
        self.add_long_text(text)
        if SHORTEST_TEXT <= len(fold(text).split()) < PHRASE_WORDS:
            self.add_phrase(text)

    def add_long_text(self, text: str) -> None:
        """Withhold any five words in a row of a text; a shorter one may be anybody's ("Search of the home")."""
        self.phrases |= set(runs(fold(text).split(), {PHRASE_WORDS}))

    def add_date(self, value: PartialDate | None) -> None:
        """Withhold an exact day of the person."""
        self.days |= _exact_days(value)

    def withheld(self) -> Withheld:
        """Return what was gathered, fixed."""
        return Withheld(
            frozenset(self.names),
            frozenset(self.people),
            frozenset(self.phrases),
            frozenset(self.numbers),
            frozenset(self.days),
            frozenset(self.family_days),
            self.public,
            frozenset(self.unreadable),
        )


def _exact_days(value: PartialDate | None) -> set[date]:
    is_day = value is not None and value.precision is Precision.DAY
    return {value.earliest} if value is not None and is_day and value.earliest is not None else set()


def withheld_in(case: CaseFile) -> Withheld:
    """Return everything that the public documents of this case may not contain."""
    found = Gathering(public=_public_stems(case))
    _withhold_names(case, found)
    _withhold_codefendants(case, found)
    _withhold_person(case, found)
    for row in _rows(case):
        _withhold_row(row, found)
    if not is_named(case.prisoner):
        for trial in case.trials:
            if len(fold(trial.proceeding.number).split()) > 1:
                found.add_phrase(trial.proceeding.number)
        for decision in case.prisoner.rehabilitations.all():
            if len(fold(decision.document_number).split()) > 1:
                found.add_phrase(decision.document_number)
    _withhold_family(case, found)
    return found.withheld()


def _public_stems(case: CaseFile) -> frozenset[str]:
    if not is_named(case.prisoner):
        return frozenset()
    return frozenset(name for row in case.prisoner.names.all() if row.is_public for name in stems(row.text))


def _withhold_names(case: CaseFile, found: Gathering) -> None:
    named = is_named(case.prisoner)
    for name in case.prisoner.names.all():
        if named and name.is_public:
            continue
        for text in (name.text, name.given, name.patronymic, name.family):
            found.names |= stems(text) - found.public


def _withhold_person(case: CaseFile, found: Gathering) -> None:
    prisoner = case.prisoner
    if prisoner.born_detail != DateDetail.DAY or not is_named(prisoner):
        found.add_date(prisoner.born)
    public_places: set[int | None] = {row.site.place_id for row in prisoner.stays.all() if row.site and row.is_public}
    public_places |= {row.place_id for row in prisoner.events.all() if row.is_public}
    for trial in case.trials:
        public_places |= {charge.act_place_id for charge in trial.charges}
        public_places |= {row.court.place_id for row in trial.decisions if row.is_public and row.court}
        public_places |= {row.court.place_id for row in trial.hearings if row.is_public and row.court}
    if prisoner.home is not None and not prisoner.home_is_public and prisoner.home_id not in public_places:
        for text in words_of(prisoner.home, "name").values():
            found.add_phrase(text)


def _withhold_codefendants(case: CaseFile, found: Gathering) -> None:
    """Withhold the names of those in the same proceedings who may not be named, or whose case was withdrawn.

    Their own words stay theirs: what they share with the public names of this case (a family name) is no secret here.
    """
    proceedings = [trial.proceeding for trial in case.trials]
    others = Prisoner.objects.filter(defendants__proceeding__in=proceedings).exclude(pk=case.prisoner.pk).distinct()
    withdrawn = set(
        Publication.objects.filter(prisoner__in=others, state=PublicationState.WITHDRAWN.value).values_list(
            "prisoner_id", flat=True
        )
    )
    for other in others.prefetch_related("names"):
        for name in other.names.all():
            if is_named(other) and other.pk not in withdrawn and name.is_public:
                continue
            found.add_person(name.text)
            telling = stems(name.family) or {part for part in stems(name.text) if len(part) >= TELLING_NAME}
            found.names |= telling - found.public


def _rows(case: CaseFile) -> Iterator[models.Model]:
    yield case.prisoner
    yield from case.prisoner.stays.all()
    yield from case.prisoner.events.all()
    yield from case.prisoner.affiliations.all()
    yield from case.prisoner.roles.all()
    yield from case.prisoner.assessments.all()
    yield from case.prisoner.rehabilitations.all()
    for trial in case.trials:
        yield trial.defendant
        yield trial.proceeding
        yield from trial.hearings
        yield from trial.decisions


#: Sealed texts of the rows of a case; `counsel` is a name.
SEALED_TEXTS = ("private_notes", "health", "consent_notes")


def _withhold_row(row: models.Model, found: Gathering) -> None:
    for name in SEALED_TEXTS:
        found.add_text(found.opened(row, name))
    found.add_person(found.opened(row, "counsel"))
    if getattr(row, "is_public", True) and getattr(row, "kind", "") not in NEVER_SHOWN:
        return
    for name in ("title", "description", "note", "summary", "reasoning", "detail"):
        if hasattr(type(row), name):
            for text in words_of(row, name).values():
                found.add_long_text(text)


def _withhold_family(case: CaseFile, found: Gathering) -> None:
    for household in Household.objects.filter(prisoners=case.prisoner):
        for name in ("address", "phone", "safe_contact", "notes"):
            found.add_text(found.opened(household, name))
    of_the_family = models.Q(household__prisoners=case.prisoner) | models.Q(prisoner=case.prisoner)
    for relative in Relative.objects.filter(of_the_family).distinct():
        found.add_person(found.opened(relative, "full_name"))
        born = found.opened(relative, "born")
        found.family_days |= _exact_days(parse(born) if born else None)
        for name in ("phone", "health", "notes"):
            found.add_text(found.opened(relative, name))
