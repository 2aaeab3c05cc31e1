"""Alarms that need the computed term: past its last day and still held, and a transfer between its parts that is due.

Few cases are counted exactly: those whose end, or whose first transfer, may have come by the bare length of the sentence
and the most that custody before it can be worth.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cases.domain.custody import current_stay, standing
from cases.domain.partial_dates import add_months
from cases.domain.term_working import Days
from cases.enums import CaseKind, EventKind, StayKind
from cases.models import Event, Prisoner, Sentence, SentenceSegment, Stay
from cases.publication.casefile import CaseFile, read_cases
from cases.publication.terms import last_day_of, terms_of
from cases.published.term_telling import told_days
from cases.queries.alarms import SHOWN, Alarm
from cases.queries.custody import custody_facts, with_facts

#: A day of custody is worth two at most (settlement colony).
MOST_WORTH = 2
#: How many cases are counted exactly each time the desk is opened, the longest past first.
COUNTED = 60
#: How long before a day of transfer it is worth asking about, in days.
TRANSFER_BEFORE = timedelta(days=14)
OVER = (EventKind.RELEASE, EventKind.EXCHANGE, EventKind.EXILE, EventKind.DEATH, EventKind.EXECUTION)
SEIZED = (EventKind.ARREST, EventKind.ABDUCTION)


@dataclass(frozen=True, slots=True)
class TermDays:
    """The computed days of the term that a person serves; `last_day` is None where it cannot be counted."""

    last_day: Days | None = None
    transfers: tuple[Days, ...] = ()


#: Reads the computed days of a case from its records.
TermReader = Callable[[CaseFile], TermDays]


def past_last_day(on: date, *, cases: QuerySet[Prisoner], read: TermReader, limit: int = SHOWN) -> list[Alarm]:
    """Return who is still held after the last day of the term has surely passed, the longest past first."""
    ended = [row for row in _sentences(cases) if (day := _earliest_end(row)) is not None and day < on]
    ended.sort(key=lambda row: _earliest_end(row) or on)
    counted = _counted(ended, on, read)
    passed = [(term.last_day, one) for one, term, _stay in counted if term.last_day and term.last_day.latest < on]
    passed.sort(key=lambda pair: pair[0].latest)
    text = _("Still held although the term has ended; its last day: %(day)s.")
    return [Alarm(prisoner, text % {"day": told_days(days)}) for days, prisoner in passed[:limit]]


def due_transfers(on: date, *, cases: QuerySet[Prisoner], read: TermReader, limit: int = SHOWN) -> list[Alarm]:
    """Return whose next part of the sentence begins, or has begun with no new place of detention on record since."""
    due = [row for row in _sentences(cases) if _transfer_near(row, on)]
    found = []
    for prisoner, term, since in _counted(due, on, read):
        come = [days for days in term.transfers if days.earliest <= on + TRANSFER_BEFORE]
        if come and (since is None or since < come[-1].earliest):
            found.append((come[-1], prisoner))
    found.sort(key=lambda pair: pair[0].earliest)
    text = _("The next part of the sentence begins: %(day)s. No move since is on record.")
    return [Alarm(prisoner, text % {"day": told_days(days)}) for days, prisoner in found[:limit]]


def _sentences(cases: QuerySet[Prisoner]) -> list[dict[str, Any]]:
    """Return every sentence to a term of people of whom no release or death is on record; one query."""
    prisoner = OuterRef("defendant__prisoner")
    seized = Event.objects.filter(prisoner=prisoner, kind__in=[kind.value for kind in SEIZED]).order_by()
    over = Event.objects.filter(prisoner=prisoner, kind__in=[kind.value for kind in OVER])
    moved = Stay.objects.filter(prisoner=prisoner, kind=StayKind.SITE.value).order_by()
    first = SentenceSegment.objects.filter(sentence=OuterRef("pk"), is_remainder=False).order_by("position", "pk")
    return list(
        Sentence.objects.filter(
            ~Exists(over),
            Q(years__gt=0) | Q(months__gt=0),
            life=False,
            death=False,
            suspended=False,
            defendant__prisoner__in=cases.filter(kind=CaseKind.CONTEMPORARY.value, died__isnull=True),
        )
        .annotate(
            begins=Coalesce("decision__in_force_from_earliest", "decision__decided_on_earliest"),
            seized=Subquery(seized.values("prisoner").annotate(day=Min("happened_earliest")).values("day")),
            moved=Subquery(moved.values("prisoner").annotate(day=Max("started_latest")).values("day")),
            parts=Count("segments"),
            first_years=Subquery(first.values("years")[:1]),
            first_months=Subquery(first.values("months")[:1]),
        )
        .order_by()
        .values(
            *("defendant__prisoner", "years", "months", "begins", "seized"),
            *("moved", "parts", "first_years", "first_months"),
        )
    )


def _earliest_end(row: dict[str, Any]) -> date | None:
    """Return the first day on which a sentence can end, whatever custody before it is worth."""
    begins, seized = row["begins"], row["seized"]
    if begins is None:
        return None
    end = add_months(begins, 12 * (row["years"] or 0) + (row["months"] or 0))
    credit = max((begins - seized).days, 0) * MOST_WORTH if seized else 0
    return end - timedelta(days=credit + 2)


def _transfer_near(row: dict[str, Any], on: date) -> bool:
    """Tell whether the first part may be over by now and no later place of detention is on record."""
    first = 12 * (row["first_years"] or 0) + (row["first_months"] or 0)
    begins = row["seized"] or row["begins"]
    if row["parts"] < 2 or not first or begins is None:
        return False
    over = add_months(begins, first) - timedelta(days=2)
    return over <= on + TRANSFER_BEFORE and (row["moved"] is None or row["moved"] < over)


def _counted(
    rows: list[dict[str, Any]], on: date, read: TermReader
) -> Iterator[tuple[Prisoner, TermDays, date | None]]:
    """Yield those of the first COUNTED people who are held, with their term and since when they are where they are."""
    keys = list(dict.fromkeys(row["defendant__prisoner"] for row in rows))[:COUNTED]
    if not keys:
        return
    files = {case.prisoner.pk: case for case in read_cases(Prisoner.objects.filter(pk__in=keys))}
    for prisoner in with_facts(Prisoner.objects.filter(pk__in=keys)):
        facts = custody_facts(prisoner)
        if prisoner.pk in files and standing(facts, on).status.in_custody:
            stay = current_stay(facts, on)
            since = stay.started.latest if stay is not None and stay.started is not None else None
            yield prisoner, read(files[prisoner.pk]), since


def days_by_law(case: CaseFile) -> TermDays:
    """Return the computed days of a case from its records."""
    counted = [term.reading.counted for term in terms_of(case) if term.reading.counted is not None]
    return TermDays(last_day_of(case), tuple(one.days for each in counted for one in each.transfers))
