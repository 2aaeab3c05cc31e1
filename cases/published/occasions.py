"""The days of a case that stand in a calendar, read off its document: hearings, computed ends, anniversaries.

Only days known as such, and hearings and ends that lie within a few: what is known to the month, or approximately, has no
place in a calendar.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cases.domain.event_kinds import DEATHS, SEIZURES
from cases.published.custody import read_date
from cases.published.documents import CaseDocument, HearingDocument
from cases.published.last_days import computed_ends

#: A hearing or a computed end that may lie within more days than these is not a day to keep free.
LONGEST = timedelta(days=7)


class OccasionKind(StrEnum):
    HEARING = "hearing"
    END = "end"
    ARREST = "arrest"
    DEATH = "death"


#: What comes back every year.
YEARLY = frozenset({OccasionKind.ARREST, OccasionKind.DEATH})


@dataclass(frozen=True, slots=True)
class Occasion:
    """One entry: the day, or the first and the last of a few; `key` names it in the case, whatever else is published."""

    kind: OccasionKind
    first: date
    last: date
    key: str
    hearing: HearingDocument | None = None


def occasions(document: CaseDocument) -> list[Occasion]:
    """Return what a calendar shows of a case, in order of date."""
    found = [*_hearings(document), *_ends(document), *_anniversaries(document)]
    return sorted(found, key=lambda one: (one.first, one.key))


def day_of(text: str) -> date | None:
    """Return the day of a date that is known to the day and beyond doubt; None for every other."""
    first, last = days_of(text) or (None, None)
    return first if first == last else None


def days_of(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of a date that surely lies within LONGEST; None for every other."""
    when = read_date(text)
    if when is None or when.earliest is None or when.latest is None or when.approximate or when.uncertain:
        return None
    return (when.earliest, when.latest) if when.latest - when.earliest <= LONGEST else None


def _hearings(document: CaseDocument) -> Iterator[Occasion]:
    """Yield the hearings; several of one day are told apart by their order."""
    seen = Counter[str]()
    for proceeding in document["proceedings"]:
        for hearing in proceeding["hearings"]:
            days = days_of(hearing["held_on"])
            if days is not None:
                key = "-".join(["hearing", *(day.isoformat() for day in dict.fromkeys(days))])
                seen[key] += 1
                yield Occasion(OccasionKind.HEARING, *days, f"{key}-{seen[key]}", hearing)


def _ends(document: CaseDocument) -> Iterator[Occasion]:
    for end in computed_ends(document):
        first, last = end.last_day.earliest, end.last_day.latest
        if last - first <= LONGEST:
            yield Occasion(OccasionKind.END, first, last, f"end-{1 + (end.proceeding or 0)}")


def _anniversaries(document: CaseDocument) -> Iterator[Occasion]:
    arrests = [event["happened"] for event in document["events"] if event["kind"] in SEIZURES]
    deaths = [document["died"], *(event["happened"] for event in document["events"] if event["kind"] in DEATHS)]
    for kind, texts in ((OccasionKind.ARREST, arrests), (OccasionKind.DEATH, deaths)):
        for day in sorted({day for text in texts if (day := day_of(text))}):
            yield Occasion(kind, day, day, f"{kind}-{day.isoformat()}")
