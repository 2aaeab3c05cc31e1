"""Where something was written since a finding was ticked, whatever it was and wherever it stands."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User

from cases.models import Charge, Decision, FindingTick, Penalty, Place, Prisoner, SentenceSegment, Stay
from cases.queries.changed_ticks import changed_since_ticked
from tests import factories
from tests.lasting import lasting
from tests.legal_world import fourteen_years, person

pytestmark = pytest.mark.django_db


def ticked(prisoner: Prisoner, at: dt.datetime) -> FindingTick:
    account = User.objects.get_or_create(username="bob")[0]
    return FindingTick.objects.create(
        prisoner=prisoner, key="distance", sha256="0" * 64, ticked_by=account, ticked_at=at
    )


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with lasting(django_db_blocker):
        prisoner = fourteen_years()
        charge = Charge.objects.get()
        factories.PenaltyFactory(provision=charge.provision)
        ticked(prisoner, now())
        ticked(person(), now())
        yield prisoner.pk


def found() -> list[int]:
    return changed_since_ticked(Prisoner.objects.all(), limit=10)


def test_nothing_written_since_is_nothing_to_look_at(written: int) -> None:
    assert found() == []


CHANGES: dict[str, Callable[[], Any]] = {
    "the person": lambda: Prisoner.objects.exclude(home=None).get().save(),
    "a stay": lambda: Stay.objects.first().save(),
    "a stay that was deleted": lambda: Stay.objects.first().delete(),
    "a decision of the trial": lambda: Decision.objects.first().save(),
    "a part of the sentence": lambda: SentenceSegment.objects.first().save(),
    "a charge that was deleted": lambda: Charge.objects.get().delete(),
    "the penalty of the provision": lambda: Penalty.objects.get().save(),
    "a place of detention": lambda: Place.objects.get(name_en="Tambov").save(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_a_finding_rests_on_is_noticed_for_that_case_alone(written: int, what: str) -> None:
    CHANGES[what]()
    assert found() == [written]


def test_what_was_ticked_again_since_is_settled_and_the_chosen_cases_alone_are_looked_at(written: int) -> None:
    Stay.objects.first().save()
    assert changed_since_ticked(Prisoner.objects.exclude(pk=written), limit=10) == []
    tick = FindingTick.objects.get(prisoner=written)
    tick.ticked_at = now()
    tick.save()
    assert found() == []


def test_those_changed_last_come_first_and_no_more_than_asked_for(written: int) -> None:
    other = Prisoner.objects.exclude(pk=written).get()
    Stay.objects.first().save()
    other.save()
    assert found() == [other.pk, written]
    assert changed_since_ticked(Prisoner.objects.all(), limit=1) == [other.pk]
