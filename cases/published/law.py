"""Who is charged under which wording of a provision, read from facets and totals by the days of the alleged acts.

The facet `act` of a case is one text a provision: its slug, then the first and the last day on which the alleged acts
under it can have taken place. So a person counts once, and nothing is counted by scanning cases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Substr

from cases.domain.alleged_acts import Act
from cases.published.documents import CaseDocument, ChargeDocument
from cases.published.models import Facet, PublishedCaseQuerySet, PublishedFacet, PublishedTotal
from cases.published.statistics import expired
from cases.published.statute_telling import read_day

DAY = len("2016-07-20")


@dataclass(frozen=True, slots=True)
class Within:
    """Days, both included, within which an alleged act has to lie."""

    first: date
    last: date

    def condition(self) -> Q:
        return Q(begins__gte=self.first.isoformat(), ends__lte=self.last.isoformat())


def acts_of(document: CaseDocument) -> set[str]:
    """Return the values of the facet `act`: one a provision, where any date of an alleged act is published."""
    acts: dict[str, list[Act]] = {}
    for proceeding in document["proceedings"]:
        for charge in proceeding["charges"]:
            acts.setdefault(charge["provision"]["slug"], []).append(_act(charge))
    return {
        f"{slug} {min(act.begins for act in found).isoformat()}/{max(act.ended for act in found).isoformat()}"
        for slug, found in acts.items()
        if any(act.is_dated for act in found)
    }


def _act(charge: ChargeDocument) -> Act:
    brought = read_day(charge["brought"])
    return Act(read_day(charge["act_from"]), read_day(charge["act_to"]), brought.latest if brought else None)


def people_within(slug: str, periods: Sequence[Within | None], on: date) -> list[int | None]:
    """Return for each period how many people's alleged acts under a provision surely lie within it. Two queries.

    Whose consent has ended on the day `on` is not counted.
    """
    asked = {f"within_{place}": one for place, one in enumerate(periods) if one is not None}
    if not asked:
        return [None for _period in periods]
    acts = Q(facet=Facet.ACT, value__startswith=f"{slug} ")
    sums: dict[str, Any] = {name: Sum("people", filter=one.condition(), default=0) for name, one in asked.items()}
    found = _dated(PublishedTotal.objects.filter(acts), slug).aggregate(**sums)
    ended: dict[str, Any] = {name: Count("pk", filter=one.condition()) for name, one in asked.items()}
    gone = _dated(PublishedFacet.objects.filter(acts, case__in=expired(on)), slug).aggregate(**ended)
    return [
        found[name] - gone[name] if (name := f"within_{place}") in asked else None
        for place, _period in enumerate(periods)
    ]


def charged_within(cases: PublishedCaseQuerySet, slug: str, period: Within) -> PublishedCaseQuerySet:
    """Return those of the cases whose alleged act under a provision surely lies within a period."""
    facets = _dated(PublishedFacet.objects.filter(facet=Facet.ACT, value__startswith=f"{slug} "), slug)
    return cases.filter(pk__in=facets.filter(period.condition()).values("case_id"))


def _dated(rows: Any, slug: str) -> Any:
    """Give rows of the facet the two days of their value; dates of one length compare as texts on every database."""
    first = len(slug) + 2
    return rows.annotate(begins=Substr("value", first, DAY), ends=Substr("value", first + DAY + 1, DAY))
