"""A disk or a database that refuses is said with the remedy; a fault of the program is not hidden."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, ProgrammingError

from tests.browser.site import ROOT, environment
from tracker.refusals import remedy_for


@pytest.mark.parametrize(
    "problem",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
        OperationalError("database or disk is full"),
        OperationalError("attempt to write a readonly database"),
    ],
)
def test_a_disk_that_refuses_is_said_with_what_to_do(problem: Exception) -> None:
    said = remedy_for(problem, Path("/srv/var"))
    assert said is not None
    assert str(problem) in said
    assert "may write to /srv/var" in said
    assert "run the same command again" in said


@pytest.mark.parametrize("problem", [OSError(errno.ENOENT, "No such file"), IntegrityError("x"), ProgrammingError("x")])
def test_what_is_a_fault_of_the_program_is_not_hidden(problem: Exception) -> None:
    assert remedy_for(problem, Path("/srv/var")) is None


def command(var: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(var),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_command_on_a_database_that_was_not_migrated_says_so(tmp_path: Path) -> None:
    assert command(tmp_path, "make_keys").returncode == 0
    done = command(tmp_path, "invite", "anna", "Reviewer")
    assert (done.returncode, "Run 'manage.py migrate'" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr
    assert "Traceback" in command(tmp_path, "invite", "anna", "Reviewer", "--traceback").stderr


def test_a_database_file_that_cannot_be_opened_is_said_with_the_folder(tmp_path: Path) -> None:
    assert command(tmp_path, "make_keys").returncode == 0
    (tmp_path / "tracker.sqlite3").mkdir()
    done = command(tmp_path, "rotate_keys")
    assert (done.returncode, f"may write to {tmp_path}" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr
