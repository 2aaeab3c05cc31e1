"""How long a connection to PostgreSQL waits for an answer.

A machine that hangs keeps its connections open, and so does one whose processes have stopped: no error ever comes, and
every thread that answers readers would wait there in the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from psycopg import Connection, Error, OperationalError
from psycopg.errors import _WaitTimeout  # psycopg 3.3 gives it no public name

#: How long an answer to a reader may take, in seconds: questions take seconds at most among millions of people.
ANSWERS_WITHIN = 20.0
#: How long it may take to tell a server to stop, in seconds.
STOPS_WITHIN = 1.0


class PatientConnection(Connection[Any]):
    """A connection that is closed where an answer takes longer than `answers_within`, in seconds; None is for ever.

    Whoever waits then gets an OperationalError, and a server that is well is told to stop. What counts is each answer by
    itself: of a file that is read for an hour each piece.
    """

    answers_within: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for an answer; a `timeout` of psycopg's own goes before."""
        if timeout is not None or self.answers_within is None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.answers_within)
        except _WaitTimeout:
            if self.answers_within == type(self).answers_within:  # and not of a small question, where the server hangs
                with suppress(Error):
                    self.cancel_safe(timeout=STOPS_WITHIN)
            self.close()
            raise OperationalError(f"the server did not answer within {self.answers_within:g} seconds") from None


def let_no_reader_wait_for_ever() -> None:
    """Set the limit for every connection of this process, which answers requests; a command takes as long as it needs."""
    PatientConnection.answers_within = ANSWERS_WITHIN


@contextmanager
def answers_within(connection: PatientConnection, seconds: float) -> Iterator[None]:
    """Let a connection wait for so long meanwhile, in seconds."""
    before = connection.answers_within
    connection.answers_within = seconds
    try:
        yield
    finally:
        connection.answers_within = before
