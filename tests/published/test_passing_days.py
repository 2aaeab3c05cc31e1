"""Time alone changes what is shown: each case is looked at on that day, and the daily round agrees with a whole rebuild."""

import datetime as dt
import json
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction

from cases.published import passing_days
from cases.published.course_models import PublishedCourse
from cases.published.models import PublishedCase
from cases.published.passing_days import due, next_change, refresh
from cases.published.projections import rebuild
from tests.documents import (
    case_document,
    decision_document,
    event_document,
    proceeding_document,
    publish,
    sentence_document,
)

FIRST = dt.date(2026, 11, 22)
DAY = dt.timedelta(days=1)


def at(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), dt.UTC)


def test_the_day_of_a_change_is_found_between_turns_and_on_them() -> None:
    end, turn = FIRST + 90 * DAY, FIRST + 40 * DAY
    asked: list[dt.date] = []

    def state(day: dt.date) -> tuple[bool, ...]:
        asked.append(day)
        return (day >= end,)

    assert next_change(state, FIRST, [turn], FIRST + 300 * DAY) == end
    assert next_change(state, FIRST, [end], FIRST + 300 * DAY) == end
    assert next_change(lambda _day: (), FIRST, [turn], FIRST + 300 * DAY) == FIRST + 300 * DAY
    assert len(asked) < 25


@pytest.fixture
def people(db: None) -> None:
    """Somebody to whom nothing happens, and people whose hearing, term, custody and uncertain release time alone changes."""
    publish(case_document(), at=at(FIRST))
    soon = proceeding_document(
        decisions=[
            decision_document(
                "convicted",
                "2024-01-10",
                in_force_from="2024-02-01",
                sentence=sentence_document(years=2, months=0, days=0, segments=[]),
            )
        ]
    )
    publish(case_document(code="TERM22", slug="term", proceedings=[soon], stays=[]), at=at(FIRST))
    publish(
        case_document(
            code="FREE22",
            slug="free",
            events=[
                event_document("arrest", "2025-03-04"),
                event_document("release", "2026-12", release_kind="unknown"),
            ],
            proceedings=[],
            stays=[],
        ),
        at=at(FIRST),
    )


def everything() -> dict[str, Any]:
    """Return every row that lists and sums keep, without keys of rows, numbers and the days of looking."""
    left_out = {"id", "subject", "look_on", "as_of", "frequency", "block", "bits"}
    found = {}
    for model in apps.get_app_config("cases").get_models():
        if model.__module__.startswith("cases.published.") and not model.__name__.endswith(("State", "Purge", "Index")):
            names = [one.attname for one in model._meta.concrete_fields if one.name not in left_out]
            found[model.__name__] = sorted(
                json.dumps(row, sort_keys=True, default=str) for row in model._default_manager.values_list(*names)
            )
    return found


def refreshed(day: dt.date) -> tuple[int, int]:
    using = PublishedCase.objects.db
    with transaction.atomic(using=using):
        done = refresh(due(day, using=using), on=day, using=using)
    return done.looked_at, done.changed


def test_looking_only_at_who_is_due_shows_what_making_everything_anew_shows(people: None) -> None:
    assert refreshed(FIRST) == (3, 0)
    assert refreshed(FIRST) == (0, 0)
    changes = {}
    for number in range(1, 130):
        day = FIRST + number * DAY
        _looked, changed = refreshed(day)
        if changed:
            changes[day] = changed
            kept = everything()
            using = PublishedCase.objects.db
            with transaction.atomic(using=using):
                sid = transaction.savepoint(using=using)
                rebuild(on=day, using=using)
                anew = everything()
                transaction.savepoint_rollback(sid, using=using)
            assert [name for name in kept if kept[name] != anew[name]] == []
    assert dt.date(2026, 12, 1) in changes  # the first day on which the release may have been
    assert len(changes) >= 2


def test_a_case_without_a_change_in_sight_is_looked_at_again_within_thirteen_months_and_not_all_on_one_day(
    people: None,
) -> None:
    refreshed(FIRST)
    days = [row.look_on - FIRST for row in PublishedCourse.objects.all()]
    most = (passing_days.LEAST + passing_days.SPREAD) * DAY
    assert all(dt.timedelta(0) < one <= most for one in days)


def test_the_command_says_what_it_did(people: None, capsys: Any) -> None:
    call_command("refresh_published")
    assert capsys.readouterr().out.startswith("consent ended: 0 withdrawn\ncases: 3 looked at, ")
    call_command("refresh_published")
    assert capsys.readouterr().out == "consent ended: 0 withdrawn\ncases: 0 looked at, 0 shown otherwise\n"
