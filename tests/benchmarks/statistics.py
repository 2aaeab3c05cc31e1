"""Milliseconds to count for a past day as published by another: from sums of every length, and from those of single days."""

import os
import random
import time
from datetime import date, timedelta
from statistics import median

import pytest
from django.db import connection
from django.db.models import Sum

from cases.domain.counted_days import Dimension, Edition, Flow, SumKey, changes_of, sums_of
from cases.domain.status_spans import StatusSpan
from cases.enums import Ethnicity, Status
from cases.published.course_models import PublishedSum
from cases.published.statistics import Moment, counted, custody_by_year

PEOPLE = int(os.environ.get("PEOPLE", "20000"))
TODAY = date(2026, 11, 26)
ROUNDS = 9
COURSE = (Status.PRETRIAL, Status.ON_TRIAL, Status.AWAITING_APPEAL, Status.SERVING)
ENDS = (Status.RELEASED, Status.DEAD_IN_CUSTODY, Status.EXCHANGED)


def someone(chance: random.Random) -> Edition:
    """Return one person: of the terror of 1937 and published with all others, or of our days and published since 2022."""
    historical = chance.random() < 0.8
    day = date(1936, 6, 1) if historical else date(2014, 3, 1)
    day += timedelta(days=chance.randrange(900 if historical else 4500))
    spans = []
    for status in (*COURSE, chance.choice(ENDS)):
        spans.append(StatusSpan(day, status, certain=chance.random() < 0.8))
        day += timedelta(days=chance.randrange(1, 500))
    first = date(2022, 1, 1) if historical else date(2022, 1, 1) + timedelta(days=chance.randrange(1700))
    ethnicity = chance.choice(list(Ethnicity)).value
    return Edition(
        first, tuple(one for one in spans if one.since <= TODAY), ethnicity, chance.choice(["male", "female"])
    )


def fill() -> int:
    chance = random.Random(5)  # noqa: S311 - no secret
    sums: dict[SumKey, list[int]] = {}
    for _person in range(PEOPLE):
        for key, flow in sums_of(changes_of([someone(chance)])).items():
            kept = sums.setdefault(key, [0, 0])
            kept[0] += flow.came
            kept[1] += flow.went
    rows = (PublishedSum(**key._asdict(), came=came, went=went) for key, (came, went) in sums.items())
    PublishedSum.objects.bulk_create(rows, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_publishedsum")
    return len(sums)


def of_single_days(moment: Moment) -> dict[tuple[str, str, str], Flow]:
    rows = PublishedSum.objects.filter(day_grain="d", known_grain="d", day__lte=moment.on, known__lte=moment.known)
    found = rows.order_by().values_list("dimension", "value", "reason").annotate(a=Sum("came"), b=Sum("went"))
    return {(dimension, value, reason): Flow(came, went) for dimension, value, reason, came, went in found}


@pytest.mark.django_db
def test_counting_for_a_past_day():
    rows = fill()
    took: dict[str, list[float]] = {"every length": [], "one dimension": [], "single days": [], "year by year": []}
    chance = random.Random(7)  # noqa: S311 - no secret
    for _round in range(ROUNDS):
        on = date(2015, 1, 1) + timedelta(days=chance.randrange(4200))
        moment = Moment(on, date(2022, 1, 1) + timedelta(days=chance.randrange(1700)))
        for name, read in (
            ("every length", lambda at: counted(at, TODAY)),
            ("one dimension", lambda at: counted(at, TODAY, among=[Dimension.UNCERTAIN])),
            ("single days", of_single_days),
            ("year by year", lambda at: custody_by_year(at, TODAY)),
        ):
            start = time.perf_counter()
            read(moment)
            took[name].append(1000 * (time.perf_counter() - start))
    said = ", ".join(f"{name} {median(times):.1f} ms" for name, times in took.items())
    ratio = median(took["single days"]) / median(took["every length"])
    print(f"\n{PEOPLE} people, {rows} rows: {said}; single days take {ratio:.1f} times as long")  # noqa: T201 - what it is for
