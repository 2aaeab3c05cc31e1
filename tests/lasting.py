"""Records that several tests of a module only look at, written once for all of them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.db import connections, transaction


@contextmanager
def lasting(django_db_blocker: Any) -> Iterator[None]:
    """Hold a transaction open on every database: what is written first in it stays until it ends, then it is gone.

    A test that uses the database meanwhile runs in a savepoint, so what it changes does not reach the next one.
    """
    with django_db_blocker.unblock(), ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
            stack.callback(transaction.set_rollback, rollback=True, using=alias)
        yield
