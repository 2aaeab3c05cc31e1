"""Sums that two publications change at the same moment."""

import datetime as dt
import threading

import pytest
from django.db import connection, router, transaction

from cases.domain.counted_days import Edition, changes_of
from cases.domain.status_spans import StatusSpan
from cases.enums import Status
from cases.published import courses
from cases.published.course_models import PublishedSum

DAYS = (dt.date(2020, 1, 5), dt.date(2020, 3, 7), dt.date(2021, 2, 1))
TIMES = 6


def changes(*, backwards: bool = False):
    states = (Status.PRETRIAL, Status.SERVING, Status.RELEASED)
    spans = (StatusSpan(day, status, certain=True) for day, status in zip(DAYS, states, strict=True))
    found = changes_of([Edition(dt.date(2025, 1, 1), tuple(spans), "ukrainian", "male")])
    return dict(reversed(found.items())) if backwards else found


@pytest.mark.django_db(transaction=True)
def test_two_that_publish_at_once_lose_nothing_and_do_not_block_each_other():
    using = router.db_for_write(PublishedSum)
    gate, failed = threading.Barrier(2), []

    def publish_many(backwards):
        try:
            gate.wait(20)
            for _time in range(TIMES):
                with transaction.atomic(using=using):
                    courses.add(changes(backwards=backwards), using=using)
        except Exception as error:  # noqa: BLE001 - told by the test
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish_many, args=(backwards,)) for backwards in (False, True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    once = courses.sums_of(changes())
    assert {
        (row.day_grain, row.known_grain, row.day, row.known, row.dimension, row.value, row.reason): (row.came, row.went)
        for row in PublishedSum.objects.all()
    } == {tuple(map(_plain, key)): (2 * TIMES * flow.came, 2 * TIMES * flow.went) for key, flow in once.items()}


def _plain(one):
    return str(one) if isinstance(one, str) else one
