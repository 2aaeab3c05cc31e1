"""Sharing the work out: every range is written once, by processes that have connections of their own."""

import os
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from cases.actions import crowd as crowd_action
from cases.domain.demo_world import World
from cases.models import Prisoner
from cases.publication.crowd import Reference
from cases.publication.crowd_rows import Crowd
from cases.publication.crowd_writing import Lives, Written
from tests import factories

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
WORLD = World(towns=[], local_sizos=[], rostov_sizos=[], colonies=[], provisions=frozenset(), code_alphabet="23456789")
CROWD = Crowd(seed=1, on=AT.date(), at=AT, reference=Reference(WORLD, {}, {}, {}, {}, {}, {}, {}))
RANGES = [range(start, start + 10) for start in range(1, 200, 10)]


def counted(_lives: Lives, numbers: range) -> Written:
    """Say from which process the database was asked, and what it answered."""
    return Written(cases=len(numbers), kept=Prisoner.objects.count(), rows=os.getpid())


@pytest.fixture(autouse=True)
def _counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd_action, "write_range", counted)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_processes_share_the_ranges_and_no_connection() -> None:
    factories.PrisonerFactory()
    with crowd_action.writers(CROWD, 2) as write:
        written = list(write(RANGES))
    assert [(one.cases, one.kept) for one in written] == [(10, 1)] * len(RANGES)
    assert os.getpid() not in {one.rows for one in written}
    assert Prisoner.objects.count() == 1


@pytest.mark.django_db(databases="__all__")
def test_in_a_transaction_nothing_is_shared_out() -> None:
    with transaction.atomic(), crowd_action.writers(CROWD, 2) as write:
        assert {one.rows for one in write(RANGES)} == {os.getpid()}
        assert connections["default"].connection is not None
