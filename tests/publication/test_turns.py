"""Everything that changes what is public takes its turn first, so that no two of them wait for each other."""

from collections.abc import Callable

import pytest
from django.db import connections, router, transaction
from django.test.utils import CaptureQueriesContext

from cases.publication.publish import public_side
from cases.published.models import PublishedCase
from cases.published.passing_days import due, refresh
from cases.published.projections import rebuild
from cases.published.state import TABLE
from tests.published.samples import TODAY, code_of, full_case, publish

pytestmark = pytest.mark.django_db

CHANGES = ("INSERT", "UPDATE", "DELETE", "COPY")


def first_change(work: Callable[[str], object]) -> str:
    """Return the first statement with which the work locks anything on the public side."""
    alias = router.db_for_write(PublishedCase)
    with CaptureQueriesContext(connections[alias]) as asked, transaction.atomic(using=alias):
        work(alias)
    statements = [one["sql"] for one in asked.captured_queries]
    return next(one for one in statements if TABLE in one or one.startswith(CHANGES) or "FOR UPDATE" in one)


@pytest.mark.parametrize(
    "work",
    [
        lambda alias: rebuild(on=TODAY, using=alias),
        lambda alias: refresh(due(TODAY, using=alias), on=TODAY, using=alias),
    ],
    ids=["everything anew", "what time alone changes"],
)
def test_whoever_changes_what_is_public_waits_for_their_turn_before_they_lock_anything(work) -> None:
    publish(full_case(code_of(1)))
    assert TABLE in first_change(work)


def test_so_does_a_publication() -> None:
    def work(_alias: str) -> None:
        with public_side():
            publish(full_case(code_of(1)))

    assert TABLE in first_change(work)
