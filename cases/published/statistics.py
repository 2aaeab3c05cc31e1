"""What is counted, read from the totals and sums that publication keeps; no reading counts cases by scanning them.

Counts leave out, from the next day on, whoever's consent has ended, whether or not the case was taken out already.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from cases.domain.counted_days import (
    EARLIEST,
    Changes,
    Counted,
    Dimension,
    Explanation,
    Flow,
    Grain,
    Reason,
    begins,
    explain,
    stretches,
)
from cases.enums import PublicationState
from cases.published.course_models import PublishedCourse, PublishedSum
from cases.published.courses import changes_kept
from cases.published.models import Facet, PublishedCase, PublishedFacet, PublishedTotal


class People(NamedTuple):
    """How many people, how many of them in custody, and how many of all invented for demonstration."""

    people: int = 0
    in_custody: int = 0
    invented: int = 0


class Moment(NamedTuple):
    """The state on one day, by what had been published by the end of another."""

    on: date
    known: date


Totals = dict[tuple[str, str], People]
Sums = dict[tuple[Dimension, str], Counted]

NOBODY = People()
ANY = Q()


def expired(today: date) -> QuerySet[PublishedCase]:
    """Return the cases whose consent has ended and that nothing has taken out yet; as a rule there is none."""
    return PublishedCase.objects.filter(state=PublicationState.PUBLISHED.value, show_until__lt=today)


def totals(facets: Collection[Facet], today: date, having: Q = ANY) -> Totals:
    """Return the present counts by (facet, value), exactly as long as their lists; of the values `having` something."""
    kept = {
        (row.facet, row.value): People(row.people, row.in_custody, row.invented)
        for row in PublishedTotal.objects.filter(having, facet__in=facets)
    }
    ended = PublishedFacet.objects.filter(case__in=expired(today), facet__in=facets).filter(having)
    for row in ended.values("facet", "value").annotate(
        people=Count("pk"),
        held=Count("pk", filter=Q(case__in_custody=True)),
        invented=Count("pk", filter=Q(case__is_invented=True)),
    ):
        key = row["facet"], row["value"]
        now = kept.get(key, NOBODY)
        kept[key] = People(now.people - row["people"], now.in_custody - row["held"], now.invented - row["invented"])
    return {key: people for key, people in kept.items() if people.people > 0}


# The past ---------------------------------------------------------------------------------------------------------


def _covering(moment: Moment) -> Q:
    """Return the condition for the sums that together hold every change up to the moment, each once.

    Many years with few days of publication are named one by one, so that the index is entered at each of them; as a
    range they would be read through. All else is a range, which is quicker to plan.
    """
    found, first = Q(pk__in=()), _first_year()
    for day in stretches(moment.on):
        for known in stretches(moment.known):
            days = Q(day__range=(day.first, day.last))
            if (day.grain, known.grain) == (Grain.YEAR, Grain.DAY):
                days = Q(day__in=[beginning for beginning in day.beginnings() if beginning >= first])
            found |= days & Q(
                day_grain=day.grain.value,
                known_grain=known.grain.value,
                known__range=(known.first, known.last),
            )
    return found


def _first_year() -> date:
    """Return the first year of which anything is summed, so that no earlier one is asked for."""
    sums = PublishedSum.objects.filter(day_grain=Grain.YEAR.value, known_grain=Grain.YEAR.value)
    return sums.order_by("day").values_list("day", flat=True).first() or EARLIEST


def _changes_of_expired(today: date) -> list[Changes]:
    return [changes_kept(course) for course in PublishedCourse.objects.filter(case__in=expired(today))]


def counted(moment: Moment, today: date, *, among: Collection[Dimension] = tuple(Dimension)) -> Sums:
    """Return how many came and went up to the moment, by what, value and reason; `among` limits what is counted."""
    sums: Sums = {}
    rows = PublishedSum.objects.filter(_covering(moment), dimension__in=[one.value for one in among]).order_by()
    for dimension, value, reason, came, went in rows.values_list("dimension", "value", "reason").annotate(
        all_came=Sum("came"), all_went=Sum("went")
    ):
        sums.setdefault((Dimension(dimension), value), {})[Reason(reason)] = Flow(came, went)
    for changes in _changes_of_expired(today):
        for cell, flow in changes.items():
            if cell.day <= moment.on and cell.known <= moment.known and cell.dimension in among:
                by_reason = sums.setdefault((cell.dimension, cell.value), {})
                by_reason[cell.reason] = by_reason.get(cell.reason, Flow()).minus(flow)
    return sums


def net(sums: Sums, dimension: Dimension, value: str = "") -> int:
    """Return a count."""
    return sum(flow.net for flow in sums.get((dimension, value), {}).values())


def values_of(sums: Sums, dimension: Dimension) -> Counter[str]:
    """Return the counts of every value of a dimension that are not nought."""
    return Counter({value: number for one, value in sums if one is dimension and (number := net(sums, one, value))})


def custody_by_year(moment: Moment, today: date) -> dict[int, int]:
    """Return how many people were in custody at the end of each year before that of the moment, from the first on."""
    known = Q(pk__in=())
    for stretch in stretches(moment.known):
        known |= Q(known_grain=stretch.grain.value, known__range=(stretch.first, stretch.last))
    rows = PublishedSum.objects.filter(
        known,
        day_grain=Grain.YEAR.value,
        dimension=Dimension.CUSTODY.value,
        day__in=[date(year, 1, 1) for year in range(_first_year().year, moment.on.year)],
    )
    by_year: Counter[int] = Counter()
    for day, came, went in rows.order_by().values_list("day").annotate(all_came=Sum("came"), all_went=Sum("went")):
        by_year[day.year] += came - went
    for changes in _changes_of_expired(today):
        for cell, flow in changes.items():
            if cell.dimension is Dimension.CUSTODY and cell.known <= moment.known and cell.day.year < moment.on.year:
                by_year[begins(Grain.YEAR, cell.day).year] -= flow.net
    found, held = {}, 0
    years = [year for year, number in by_year.items() if number]
    for year in range(min(years, default=moment.on.year), moment.on.year):
        held += by_year[year]
        found[year] = held
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two moments, why the counts of the second are other than those of the first, and who was withdrawn between them."""

    first: Moment
    second: Moment
    explanations: dict[tuple[Dimension, str], Explanation]
    withdrawn: int


def compare(first: Moment, second: Moment, today: date) -> Comparison:
    """Explain every count that is not nought at both moments."""
    before, between, after = (counted(moment, today) for moment in (first, Moment(first.on, second.known), second))
    explanations = {
        key: explain(before.get(key, {}), between.get(key, {}), after.get(key, {}))
        for key in sorted(before.keys() | between.keys() | after.keys())
    }
    changed = {key: one for key, one in explanations.items() if one.first or one.second or one.came or one.went}
    return Comparison(first, second, changed, withdrawn_between(first.known, second.known, today))


# Withdrawn ----------------------------------------------------------------------------------------------------------


def _end_of(day: date) -> datetime:
    """Return the first moment after a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def withdrawn_since(known: date, today: date) -> int:
    """Return how many cases were published by the end of the day `known` and are public no more; nothing else of them."""
    return _gone(known, None, today)


def withdrawn_between(known: date, until: date, today: date) -> int:
    """Return how many cases were published by the end of the earlier day and withdrawn by the end of the later one."""
    return _gone(min(known, until), max(known, until), today)


def _gone(known: date, until: date | None, today: date) -> int:
    taken = Q(state=PublicationState.WITHDRAWN.value, withdrawn_at__gte=_end_of(known))
    ended = Q(state=PublicationState.PUBLISHED.value, show_until__lt=today, show_until__gte=known)
    if until is not None:
        taken &= Q(withdrawn_at__lt=_end_of(until))
        ended &= Q(show_until__lt=until)
    return PublishedCase.objects.filter(taken | ended, first_published_at__lt=_end_of(known)).count()
