"""How long a connection to PostgreSQL waits for an answer.

A machine that hangs keeps its connections open, and so does one whose processes have stopped: no error ever comes, and
every thread that answers readers would wait there in the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.errors import _WaitTimeout


class PatientConnection(Connection[Any]):
    """A connection that is closed where an answer takes longer than `answers_within`, in seconds; None is for ever.

    Whoever waits then gets an OperationalError. What counts is each answer by itself: of a file that is read for an hour
    each piece.
    """

    answers_within: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for an answer; a `timeout` of psycopg's own goes before."""
        if timeout is not None or self.answers_within is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.answers_within)
        except _WaitTimeout:
            self.close()
            raise OperationalError(f"the server did not answer within {self.answers_within:g} seconds") from None


class ReadersConnection(PatientConnection):
    """A connection of the public site, whose questions take seconds at most among millions of people."""

    answers_within = 20.0


@contextmanager
def answers_within(connection: PatientConnection, seconds: float) -> Iterator[None]:
    """Let a connection wait for so long meanwhile, in seconds."""
    before = connection.answers_within
    connection.answers_within = seconds
    try:
        yield
    finally:
        connection.answers_within = before
