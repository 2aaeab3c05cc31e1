"""What the statistics count a case under beside what lists are filtered by: values read off its document."""

from collections.abc import Iterator
from datetime import date

from cases.domain.bands import (
    DEATH,
    LIFE,
    NOT_CUSTODIAL,
    UNKNOWN_BAND,
    YEARS_HELD,
    band_of,
    term_band,
    years_of_days,
)
from cases.domain.case_facts import CaseFacts
from cases.domain.custody import days_held
from cases.domain.partial_dates import PartialDate
from cases.enums import EventKind, Status
from cases.published.custody import case_facts, is_custodial, last_sentence, read_date, term_of
from cases.published.documents import CaseDocument, SentenceDocument
from cases.published.models import Facet
from cases.published.population import counted_regions

DEATHS = frozenset({EventKind.DEATH.value, EventKind.EXECUTION.value})


def figures_of(document: CaseDocument, status: str, regions: set[str], on: date) -> Iterator[tuple[str, str]]:
    """Yield (facet, value); a person has one band or year of each sort, or `UNKNOWN_BAND`."""
    sentence = last_sentence(document)
    if sentence is not None:
        yield Facet.SENTENCE_LENGTH.value, sentence_band(sentence)
    if Status(status).in_custody:
        held = days_held(case_facts(document), on)
        yield Facet.TIME_HELD.value, band_of(years_of_days(held), YEARS_HELD)
    if status == Status.DEAD_IN_CUSTODY:
        yield Facet.DEATH_YEAR.value, year_of(_death(document, case_facts(document)))
    if document["ethnicity"]:
        for region in sorted(regions & counted_regions()):
            yield Facet.SHARE.value, f"{region}/{document['ethnicity']}"


def year_of(on: PartialDate | None) -> str:
    """Return the year in which a date lies whatever day it is, else `UNKNOWN_BAND`."""
    if on is None or on.earliest is None or on.latest is None or on.earliest.year != on.latest.year:
        return UNKNOWN_BAND
    return f"{on.earliest.year:04}"


def sentence_band(sentence: SentenceDocument) -> str:
    """Return the band of the sentence as it stands; `UNKNOWN_BAND` where only its parts are stated."""
    if sentence["death"]:
        return DEATH
    if sentence["life"]:
        return LIFE
    if not is_custodial(sentence):
        return NOT_CUSTODIAL
    return term_band(term_of(sentence)) if term_of(sentence) else UNKNOWN_BAND


def _death(document: CaseDocument, facts: CaseFacts) -> PartialDate | None:
    if facts.died is not None:
        return facts.died
    return next((read_date(event["happened"]) for event in document["events"] if event["kind"] in DEATHS), None)
