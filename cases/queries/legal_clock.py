"""The legal clock of a case at the desk: until when each term lasts, or exactly which fact is missing to count it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.domain.custody import CaseFacts, standing
from cases.domain.term_reading import Result
from cases.domain.term_working import Days
from cases.models import FindingTick, Prisoner
from cases.publication.casefile import CaseFile, hides_rows, read_case, read_cases
from cases.publication.legal_findings import offered_findings
from cases.publication.retroactivity import fetch_law
from cases.publication.terms import ProceedingTerm, last_day_of as last_day_in, terms_of
from cases.published.last_days import told_remaining
from cases.published.reading_telling import told_lack, told_length, told_result
from cases.published.term_telling import ShownCount, shown_count, told_days, told_input_error
from cases.queries.changed_ticks import changed_since_ticked

#: How many cases that were changed since a tick are computed anew each time the desk is opened, those changed last.
SEARCHED = 10


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One proceeding: what is said of its term, what is missing, what is left, and the count with its working."""

    proceeding: str
    said: str
    missing: tuple[str, ...]
    remaining: str
    counted: ShownCount | None


def legal_clock(case: CaseFile, facts: CaseFacts, *, on: date) -> list[ClockLine]:
    """Return a line for each proceeding in which there is a sentence; what is left, only of a person who is held."""
    is_held = standing(facts, on).status.in_custody
    return [
        _line(term, on, is_held=is_held) for term in terms_of(case) if term.reading.result is not Result.NO_SENTENCE
    ]


def _line(term: ProceedingTerm, on: date, *, is_held: bool) -> ClockLine:
    reading = term.reading
    days = reading.counted.last_day if reading.counted is not None else None
    said = told_result(reading)
    if reading.result is Result.LIFE:
        said = _("The sentence is for life: it has no last day.")
    elif days is not None:
        said = _told_days(term, days)
    return ClockLine(
        proceeding=str(term.proceeding),
        said=said,
        missing=(
            *map(told_lack, reading.lacks),
            *((told_input_error(reading.mistake),) if reading.mistake is not None else ()),
        ),
        remaining=told_remaining(days, on) if days is not None and is_held else "",
        counted=shown_count(reading.counted) if reading.counted is not None else None,
    )


def _told_days(term: ProceedingTerm, days: Days) -> str:
    punishment = term.reading.standing.punishment
    said = {"term": told_length(punishment.term) if punishment else "", "days": told_days(days)}
    text = _("%(term)s: last day %(days)s.") % said
    beside = _("Another term runs at the same time; adding them up is for the court.") if term.overlaps else ""
    return f"{text} {beside}".strip()


def last_day_of(prisoner: Prisoner) -> Days | None:
    """Return the last day of imprisonment by everything recorded, for alarms; see `cases.publication.terms.last_day_of`."""
    return last_day_in(read_case(prisoner))


def lapsed_ticks(cases: QuerySet[Prisoner], *, limit: int = 20) -> list[FindingTick]:
    """Return the ticks whose finding says something else by now, or nothing, of the SEARCHED cases changed last."""
    keys = changed_since_ticked(cases, limit=SEARCHED)
    if not keys:
        return []
    files = {case.prisoner.pk: case for case in read_cases(Prisoner.objects.filter(pk__in=keys))}
    hiding = Prisoner.objects.filter(pk__in=[key for key, case in files.items() if hides_rows(case)])
    shown = {case.prisoner.pk: case for case in read_cases(hiding, shown_only=True)}
    fetch_law([*files.values(), *shown.values()])
    found = [offered_findings(files[key], shown_part=shown.get(key)) for key in keys if key in files]
    return [tick for one in found for tick in one.lapsed][:limit]
