"""What to do where a disk or a database refuses a command: said in place of a traceback, which names no remedy."""

import errno
from pathlib import Path

from django.db import OperationalError, ProgrammingError

#: What an operating system says of a disk that is full, not writable or broken.
OF_DISKS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO})
#: What SQLite says, and how psycopg calls it, where a table or column is not there.
NOT_MIGRATED = ("no such table", "no such column", "UndefinedTable", "UndefinedColumn")


def remedy_for(problem: Exception, var: Path) -> str | None:
    """Return what to say of an error that ended a command; None of one that is a fault of the program."""
    said = str(problem).strip()
    if isinstance(problem, OperationalError | ProgrammingError):
        if any(words in f"{type(problem.__cause__).__name__} {said}" for words in NOT_MIGRATED):
            return (
                f"The database is not as this version of the program needs it: {said.splitlines()[0]}. Run 'manage.py "
                "migrate' (with two databases also 'manage.py migrate --database public'), then the same command again."
            )
        if isinstance(problem, ProgrammingError):
            return None
    elif not isinstance(problem, OSError) or problem.errno not in OF_DISKS:
        return None
    return (
        f"The command broke off: {said}. What it had not completed was taken back, and nothing else was touched. See that "
        f"the disk has room, that this account may write to {var} and that the database runs and may be written to; then "
        "run the same command again."
    )
