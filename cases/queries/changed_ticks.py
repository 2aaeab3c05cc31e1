"""Cases with ticked findings in which something was written since: the ones whose ticks may have lapsed.

Read off the history, which keeps what was deleted, too; a row of a trial concerns each of its defendants, and a row of the
reference data everybody whose case rests on it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Max, Min, OuterRef, QuerySet

from cases.models import (
    Charge,
    Citizenship,
    Decision,
    Defendant,
    Designation,
    DetentionSite,
    Event,
    FindingTick,
    Hearing,
    Penalty,
    Place,
    Prisoner,
    Provision,
    PublicRole,
    Sentence,
    SentenceSegment,
    Stay,
)
from cases.models.base import Record

#: Rows that findings are computed from, and the way from a version of each to the people whom it concerns.
OF_A_CASE: tuple[tuple[type[Record], str], ...] = (
    *((model, "prisoner") for model in (Stay, Event, Citizenship, PublicRole, Defendant)),
    *((model, "defendant__prisoner") for model in (Charge, Sentence)),
    (SentenceSegment, "sentence__defendant__prisoner"),
    *((model, "proceeding__defendants__prisoner") for model in (Decision, Hearing)),
)
CHARGED = "prisoner__defendants__charges"
#: Reference rows that findings are computed from, and the ways from a tick to each.
OF_REFERENCE: tuple[tuple[type[Record], tuple[str, ...]], ...] = (
    (Provision, (f"{CHARGED}__provision",)),
    (Penalty, (f"{CHARGED}__provision__penalties",)),
    (Designation, (f"{CHARGED}__organisation__designations",)),
    (DetentionSite, ("prisoner__stays__site",)),
    (Place, ("prisoner__home", "prisoner__events__place", "prisoner__stays__site__place", f"{CHARGED}__act_place")),
)


def changed_since_ticked(cases: QuerySet[Prisoner], *, limit: int) -> list[int]:
    """Return the keys of the cases, at most so many, those changed last before the others."""
    first = FindingTick.objects.aggregate(first=Min("ticked_at"))["first"]
    if first is None:
        return []
    newest: dict[int, datetime] = {}
    for key, at in (*_of_a_case(cases, first, limit), *_of_reference(cases, first, limit)):
        newest[key] = max(at, newest.get(key, at))
    return sorted(newest, key=lambda key: (newest[key], key), reverse=True)[:limit]


def _of_a_case(cases: QuerySet[Prisoner], first: datetime, limit: int) -> Iterator[tuple[int, datetime]]:
    own = Prisoner.objects.filter(finding_ticks__ticked_at__lte=F("updated_at"), pk__in=cases)
    yield from own.order_by("-updated_at").values_list("pk", "updated_at").distinct()[:limit]
    for model, way in OF_A_CASE:
        ticked = FindingTick.objects.filter(prisoner=OuterRef(way), ticked_at__lte=OuterRef("history_date"))
        versions: Any = model.history.filter(Exists(ticked), history_date__gte=first, **{f"{way}__in": cases})
        grouped = versions.order_by().values_list(way).annotate(at=Max("history_date"))
        yield from grouped.order_by("-at")[:limit]


def _of_reference(cases: QuerySet[Prisoner], first: datetime, limit: int) -> Iterator[tuple[int, datetime]]:
    ticks = FindingTick.objects.filter(prisoner__in=cases).order_by()
    for model, ways in OF_REFERENCE:
        changed = list(model._default_manager.filter(updated_at__gte=first).order_by().values_list("pk", flat=True))
        for way in ways if changed else ():
            later = ticks.filter(**{f"{way}__in": changed, f"{way}__updated_at__gte": F("ticked_at")})
            grouped = later.values_list("prisoner").annotate(at=Max(f"{way}__updated_at"))
            yield from grouped.order_by("-at")[:limit]
