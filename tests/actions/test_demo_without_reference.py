"""Invented cases need the reference data, and say so."""

from datetime import UTC, date, datetime

import pytest

from cases.actions.demo import DemoNeedsReference, make_demo
from cases.actions.fixture_accounts import fixture_author, fixture_reviewer
from cases.models import Prisoner

pytestmark = pytest.mark.django_db


def test_without_reference_data_the_message_says_what_to_run() -> None:
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    with pytest.raises(DemoNeedsReference, match="load_reference"):
        make_demo(fixture_author(), fixture_reviewer(), count=1, seed=1944, today=date(2026, 11, 22), now=lambda: at)
    assert not Prisoner.objects.exists()
