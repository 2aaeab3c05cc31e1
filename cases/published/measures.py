"""What a list measures a case by, read off its document: length of the sentence, age and year of the arrest.

A length is kept in days to compare by: a month counts as thirty, a year as twelve months, so that 12 months are a year. A
sentence to life or to death is longer than any number of years. What is not known has no length and no age.
"""

from datetime import date

from cases.domain.partial_dates import PartialDate, Span, age
from cases.enums import AgeBand, SentenceKind
from cases.published.custody import read_date, term_of
from cases.published.documents import CaseDocument, SentenceDocument
from cases.published.models import UNSURE

DAYS_IN_A_MONTH = 30
MONTHS_IN_A_YEAR = 12
DAYS_IN_A_YEAR = DAYS_IN_A_MONTH * MONTHS_IN_A_YEAR
LIFE = 1_000_000
DEATH = LIFE + 1
OLDEST = 120

#: An arrest within more years than these is not said to be of any of them.
MOST_YEARS = 10

#: The first and the last full year of each band.
BANDS: dict[AgeBand, tuple[int, int]] = {
    AgeBand.MINOR: (0, 17),
    AgeBand.TO_29: (18, 29),
    AgeBand.TO_44: (30, 44),
    AgeBand.TO_59: (45, 59),
    AgeBand.OLDER: (60, OLDEST),
}


def sentence_days(sentence: SentenceDocument | None) -> int | None:
    """Return the length of a sentence, to compare by; None where it has none, or there is no sentence."""
    if sentence is None:
        return None
    if sentence["death"]:
        return DEATH
    if sentence["life"]:
        return LIFE
    term = term_of(sentence)
    if not term:
        return None
    months = (term.years or 0) * MONTHS_IN_A_YEAR + (term.months or 0)
    return months * DAYS_IN_A_MONTH + (term.days or 0)


def sentence_kind(sentence: SentenceDocument | None) -> SentenceKind | None:
    """Return what a sentence is; None where there is none."""
    if sentence is None:
        return None
    if sentence["death"]:
        return SentenceKind.DEATH
    if sentence["suspended"]:
        return SentenceKind.SUSPENDED
    if sentence["life"]:
        return SentenceKind.LIFE
    return SentenceKind.TERM if term_of(sentence) or sentence["segments"] else SentenceKind.OTHER


def arrest_years(arrest: PartialDate | None) -> list[str]:
    """Return every year in which the arrest may have been; UNSURE where that is not known within MOST_YEARS."""
    if arrest is None:
        return []
    if arrest.earliest is None or arrest.latest is None:
        return [UNSURE] if arrest.earliest or arrest.latest else []
    years = range(arrest.earliest.year, arrest.latest.year + 1)
    return [f"{year:04}" for year in years] if len(years) <= MOST_YEARS else [UNSURE]


def age_at(arrest: PartialDate | None, document: CaseDocument) -> Span:
    """Return the full years of the person at the arrest; unbounded on both sides where that cannot be said."""
    born = read_date(document["born"])
    if born is None or arrest is None:
        return Span(None, None)
    years = age(born, arrest)
    if years.least is None or years.most is None or years.most > OLDEST:
        return Span(None, None)
    return years


def age_bands(years: Span) -> list[AgeBand]:
    """Return every band in which the age may lie."""
    if years.least is None or years.most is None:
        return []
    return [band for band, (first, last) in BANDS.items() if years.least <= last and years.most >= first]


def days_of_years(years: int) -> int:
    """Return a whole number of years as a length to compare by."""
    return years * DAYS_IN_A_YEAR


def first_day(year: str) -> date:
    return date(int(year), 1, 1)


def last_day(year: str) -> date:
    return date(int(year), 12, 31)
