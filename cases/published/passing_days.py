"""What time alone changes: each case knows the next day on which it may be shown otherwise, and only then is it looked at.

A status ends with a term, a silence grows long, a band of years is passed, a date that was uncertain lies behind: the
document stays as it is, and what follows from it does not. Everything that lists keep of a case is a function of its
versions and the day (`state_on`), so the next day of a change is looked for with that function itself, and no list of
reasons can fall behind it.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from django.db.models import F, Q

from cases.domain.status_spans import turning_days
from cases.published import courses
from cases.published.case_tables import CASE_TABLES, ShownCase
from cases.published.course_models import PublishedCourse
from cases.published.courses import Told
from cases.published.custody import case_facts
from cases.published.documents import CaseDocument
from cases.published.models import DocumentKind, PublishedCase, PublishedVersion
from cases.published.projections import own_columns, show_case, shown_case
from cases.published.state import wait_for_turn

ONE_DAY = timedelta(days=1)
#: A case is looked at again after so many days at the latest, and not all on one day.
LEAST, SPREAD = 200, 200

State = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many cases were looked at, and how many of them are shown otherwise now."""

    looked_at: int
    changed: int


def state_on(version: PublishedVersion, document: CaseDocument, told: Sequence[Told], day: date) -> State:
    """Return everything that lists and sums keep of a case on a day, to compare with another day."""
    shown = shown_case(document, day, own=own_columns(version, version.published_at))
    rows = tuple(tuple(table.rows_of(shown)) for table in CASE_TABLES)
    return _columns(shown), shown.facets, rows, courses.editions_of(told, day)


def _columns(shown: ShownCase) -> dict[str, Any]:
    return {name: value for name, value in shown.columns.items() if name != "document"}


def next_change(state: Callable[[date], State], on: date, turns: Iterable[date], horizon: date) -> date:
    """Return the first day after `on` on which the state is another; `horizon` where there is none before it.

    `turns`: the days on which a fact begins or ceases to count. Between two of them time alone passes, and the day of a
    change is found by halving: of two that undo one another within one stretch neither is seen, as in `status_spans`.
    """
    before, now = on, state(on)
    for day in sorted({horizon, *(day for day in turns if on < day < horizon)}):
        eve = day - ONE_DAY
        if eve > before and state(eve) != now:
            return _halved(state, now, before, eve)
        if state(day) != now:
            return day
        before = day
    return horizon


def _halved(state: Callable[[date], State], now: State, before: date, after: date) -> date:
    while after - before > ONE_DAY:
        middle = before + (after - before) // 2
        before, after = (middle, after) if state(middle) == now else (before, middle)
    return after


def due(on: date, *, using: str) -> list[str]:
    """Return the codes of the cases that are to be looked at on a day, those that never were first."""
    rows = PublishedCourse.objects.using(using).filter(Q(look_on__isnull=True) | Q(look_on__lte=on))
    return list(rows.order_by(F("look_on").asc(nulls_first=True), "pk").values_list("pk", flat=True))


def refresh(codes: Sequence[str], *, on: date, using: str) -> Refreshed:
    """Bring cases up to the day `on`, and write down when each is to be looked at again. It wants an open transaction."""
    changed = 0
    wait_for_turn(using)
    for code in sorted(codes):
        case = PublishedCase.objects.using(using).select_for_update().filter(pk=code).first()
        course = PublishedCourse.objects.using(using).filter(pk=code).first()
        if case is None or course is None:
            continue  # withdrawn meanwhile
        versions = list(
            PublishedVersion.objects.using(using).filter(kind=DocumentKind.CASE, key=code).order_by("number")
        )
        changed += _refreshed(case, course, versions, on, using)
    return Refreshed(len(codes), changed)


def _refreshed(
    case: PublishedCase, course: PublishedCourse, versions: list[PublishedVersion], on: date, using: str
) -> bool:
    """Bring one case up to a day; return whether it is shown otherwise now."""
    version, told = next(one for one in versions if one.number == case.version), courses.told_by(versions)
    document: CaseDocument = json.loads(version.text)
    known: dict[date, State] = {}

    def state(day: date) -> State:
        if day not in known:
            known[day] = state_on(version, document, told, day)
        return known[day]

    is_other = state(course.as_of) != state(on)
    if is_other:
        show_case(document, version, on=on, changed_at=None, using=using)
    turns = {day for _known, one in told if one is not None for day in turning_days(case_facts(one))}
    horizon = on + timedelta(days=LEAST + crc32(case.code.encode()) % SPREAD)
    look_on = next_change(state, on, turns, horizon)
    PublishedCourse.objects.using(using).filter(pk=case.code).update(as_of=on, look_on=look_on)
    return is_other
