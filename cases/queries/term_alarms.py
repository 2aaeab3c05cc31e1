"""Alarms that need the computed term: past its last day and still held, and a transfer between its parts that is due.

Few cases are counted exactly: those whose end, or whose first transfer, may have come by the bare length of the sentence
and the most that custody before it can be worth, as many as are needed to fill the list and never more than COUNTED.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from typing import Any

from django.db.models import Case, Count, Exists, FloatField, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cases.domain.custody import current_stay, standing
from cases.domain.event_kinds import ENDS_OF_CUSTODY, TAKINGS
from cases.domain.partial_dates import add_months
from cases.domain.term_law import REGIMES
from cases.domain.term_working import Days
from cases.enums import CaseKind, StayKind, Whereabouts
from cases.models import Event, Prisoner, Sentence, SentenceSegment, Stay
from cases.publication.casefile import CaseFile, read_for_terms
from cases.publication.legal_facts import custody_of
from cases.publication.terms import last_of, terms_of
from cases.published.term_telling import term_law, told_days
from cases.queries.alarms import SHOWN, Alarm

#: How many cases are counted exactly each time the desk is opened, those past the longest first, and so many at once.
COUNTED, AT_ONCE = 100, 20
#: How long before a day of transfer it is worth asking about, in days.
TRANSFER_BEFORE = timedelta(days=14)
#: Days by which the bare arithmetic may differ from the count: months of unequal length, and rounding.
MARGIN = 5


@dataclass(frozen=True, slots=True)
class TermDays:
    """The computed days of the term that a person serves; `last_day` is None where it cannot be counted."""

    last_day: Days | None = None
    transfers: tuple[Days, ...] = ()


#: Reads the computed days of a case from its records.
TermReader = Callable[[CaseFile], TermDays]


def past_last_day(on: date, *, cases: QuerySet[Prisoner], read: TermReader, limit: int = SHOWN) -> list[Alarm]:
    """Return who is still held after the last day of the term has surely passed, the longest past first."""
    ended = [(day, row) for row in _sentences(cases) if (day := _earliest_end(row)) is not None and day < on]
    ended.sort(key=lambda pair: (pair[0], pair[1]["defendant__prisoner"]))
    passed: list[tuple[Days, Prisoner]] = []
    for prisoner, term, _since in _counted([row for _day, row in ended], on, read):
        if term.last_day is not None and term.last_day.latest < on:
            passed.append((term.last_day, prisoner))
        if len(passed) == limit:
            break
    passed.sort(key=lambda pair: (pair[0].latest, pair[1].pk))
    text = _("Still held although the term has ended; its last day: %(day)s.")
    return [Alarm(prisoner, text % {"day": told_days(days)}) for days, prisoner in passed]


def due_transfers(on: date, *, cases: QuerySet[Prisoner], read: TermReader, limit: int = SHOWN) -> list[Alarm]:
    """Return whose next part of the sentence begins, or has begun with no new place of detention on record since."""
    due = [(day, row) for row in _sentences(cases) if (day := _transfer_near(row, on)) is not None]
    due.sort(key=lambda pair: (pair[0], pair[1]["defendant__prisoner"]))
    found: list[tuple[Days, Prisoner]] = []
    for prisoner, term, since in _counted([row for _day, row in due], on, read):
        come = [days for days in term.transfers if days.earliest <= on + TRANSFER_BEFORE]
        if come and (since is None or since < come[-1].earliest):
            found.append((come[-1], prisoner))
        if len(found) == limit:
            break
    found.sort(key=lambda pair: (pair[0].earliest, pair[1].pk))
    text = _("The next part of the sentence begins: %(day)s. No move since is on record.")
    return [Alarm(prisoner, text % {"day": told_days(days)}) for days, prisoner in found]


def _sentences(cases: QuerySet[Prisoner]) -> list[dict[str, Any]]:
    """Return every sentence to a term after which no release or death is on record; one query."""
    prisoner, decided = OuterRef("defendant__prisoner"), OuterRef("decision__decided_on_earliest")
    taken = Event.objects.filter(prisoner=prisoner, kind__in=[kind.value for kind in TAKINGS]).order_by()
    held = Stay.objects.filter(prisoner=prisoner).order_by()
    over = Event.objects.filter(
        Q(happened_latest__isnull=True) | Q(happened_latest__gte=decided),
        prisoner=prisoner,
        kind__in=[kind.value for kind in ENDS_OF_CUSTODY],
    )
    moved = held.filter(kind=StayKind.SITE.value)
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
            taken=Subquery(taken.values("prisoner").annotate(day=Min("happened_earliest")).values("day")),
            held=Subquery(held.values("prisoner").annotate(day=Min("started_earliest")).values("day")),
            moved=Subquery(moved.values("prisoner").annotate(day=Max("started_latest")).values("day")),
            parts=Count("segments"),
            worth=Max(_worth()),
            first_years=Subquery(first.values("years")[:1]),
            first_months=Subquery(first.values("months")[:1]),
        )
        .order_by()
        .values(
            *("defendant__prisoner", "years", "months", "begins", "taken", "held"),
            *("moved", "parts", "worth", "first_years", "first_months"),
        )
    )


def _worth() -> Case:
    """Return the most that a day of custody is worth in the regime of a segment; where none is known, in any regime."""
    law = term_law()
    known = [When(segments__regime=one, then=Value(float(law.most_worth([one])))) for one in REGIMES]
    return Case(*known, default=Value(float(law.most_worth())), output_field=FloatField())


def _began(row: dict[str, Any]) -> date | None:
    """Return the first day from which the person may have been held."""
    return min((day for day in (row["taken"], row["held"]) if day is not None), default=None)


def _earliest_end(row: dict[str, Any]) -> date | None:
    """Return the first day on which a sentence can end, whatever custody before it is worth."""
    begins, began = row["begins"], _began(row)
    if begins is None:
        return None
    end = add_months(begins, 12 * (row["years"] or 0) + (row["months"] or 0))
    credit = ceil(max((begins - began).days, 0) * row["worth"]) if began is not None else 0
    return end - timedelta(days=min(credit + MARGIN, (end - date.min).days))


def _transfer_near(row: dict[str, Any], on: date) -> date | None:
    """Return the first day on which the first part may be over, if that is near and no later place is on record."""
    first = 12 * (row["first_years"] or 0) + (row["first_months"] or 0)
    begins = _began(row) or row["begins"]
    if row["parts"] < 2 or not first or begins is None:
        return None
    over = add_months(begins, first) - timedelta(days=2)
    is_near = over <= on + TRANSFER_BEFORE and (row["moved"] is None or row["moved"] < over)
    return over if is_near else None


def _counted(
    rows: list[dict[str, Any]], on: date, read: TermReader
) -> Iterator[tuple[Prisoner, TermDays, date | None]]:
    """Yield those of the first COUNTED people who are held, with their term and since when they are where they are."""
    keys = list(dict.fromkeys(row["defendant__prisoner"] for row in rows))[:COUNTED]
    for place in range(0, len(keys), AT_ONCE):
        wanted = keys[place : place + AT_ONCE]
        files = {case.prisoner.pk: case for case in read_for_terms(Prisoner.objects.filter(pk__in=wanted))}
        for case in (files[key] for key in wanted if key in files):
            whereabouts = case.prisoner.whereabouts
            facts = replace(custody_of(case), whereabouts=Whereabouts(whereabouts) if whereabouts else None)
            if standing(facts, on).status.in_custody:
                stay = current_stay(facts, on)
                since = stay.started.latest if stay is not None and stay.started is not None else None
                yield case.prisoner, read(case), since


def days_by_law(case: CaseFile) -> TermDays:
    """Return the computed days of a case from its records."""
    terms = terms_of(case)
    counted = [term.reading.counted for term in terms if term.reading.counted is not None]
    return TermDays(last_of(terms), tuple(one.days for each in counted for one in each.transfers))
