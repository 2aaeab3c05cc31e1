"""What PostgreSQL is told of a question, and for how long."""

import pytest
from django.db import connections, router

from cases.published.models import PublishedCase
from cases.published.term_lookup import by_bitmap_alone

ALIAS = router.db_for_write(PublishedCase)


def plans():
    """Return whether the database may read through tables; True on SQLite, which is told nothing."""
    connection = connections[ALIAS]
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        return cursor.fetchone() == ("on",)


@pytest.mark.django_db(transaction=True)
def test_reading_through_tables_is_ruled_out_until_the_question_is_answered():
    with by_bitmap_alone(ALIAS):
        inside = plans()

    assert inside is (connections[ALIAS].vendor == "sqlite")
    assert plans() is True
