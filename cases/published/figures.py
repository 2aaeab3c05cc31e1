"""What the statistics count a case under beside what lists are filtered by: values read off its document."""

from collections.abc import Iterator
from datetime import date

from cases.domain.bands import (
    AGES,
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
from cases.domain.custody import days_held, held_since
from cases.domain.partial_dates import PartialDate, age
from cases.enums import EventKind, Status
from cases.published.custody import case_facts, is_custodial, last_sentence, read_date, term_of
from cases.published.documents import CaseDocument, SentenceDocument
from cases.published.models import Facet
from cases.published.population import counted_regions

DEATHS = frozenset({EventKind.DEATH.value, EventKind.EXECUTION.value})


def figures_of(document: CaseDocument, status: str, regions: set[str], on: date) -> Iterator[tuple[str, str]]:
    """Yield (facet, value); a person has one year of arrest, one age and one band of each sort, or `UNKNOWN_BAND`.

    The arrest is the beginning of the present custody, or of the last: the day that lists order by.
    """
    facts = case_facts(document)
    seized = held_since(facts, on)
    yield Facet.ARREST_YEAR.value, year_of(seized)
    yield Facet.ARREST_AGE.value, band_of(age(facts.born, seized), AGES) if facts.born and seized else UNKNOWN_BAND
    sentence = last_sentence(document)
    if sentence is not None:
        yield Facet.SENTENCE.value, sentence_band(sentence)
    if Status(status).in_custody:
        yield Facet.TIME_HELD.value, band_of(years_of_days(days_held(facts, on)), YEARS_HELD)
    if status == Status.DEAD_IN_CUSTODY:
        yield Facet.DEATH_YEAR.value, year_of(_death(document, facts))
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
