"""Machines for the tests of backup and restore: folders and databases of their own, commands in processes of their own."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cases.domain.backup_items import canonical_json
from tests.browser.site import ROOT, environment
from tests.settings import FOLDER, OURS

KEYS = {name: OURS[name] for name in ("SECRET_KEY", "SEALING_KEYS", "AUDIT_KEY", "BACKUP_KEY", "HTTPS")}
#: What differs after a restore: it is noted in the audit, and the public copy has another mark.
NOTED = {"cases_auditentry", "cases_audithead", "cases_publishedstate"}
#: What Django and SQLite note for themselves, and what no backup holds.
THEIRS = {"django_migrations", "django_session"}

CONTENT = """
from pathlib import Path
import django
django.setup()
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from cases.actions.accounts import RESEARCHER, REVIEWER, ensure_groups
from cases.actions.review import approve, submit
from cases.published.models import PublishedCase, PublishedPhoto
from tests.factories import *
now = timezone.now()
ensure_groups()
alice, bob = UserFactory(username="alice", group=RESEARCHER), UserFactory(username="bob", group=REVIEWER)
prisoner = case(private_notes="Не для чужих очей")
SentenceFactory(fine_amount="1234567.80", fine_currency="RUB")
AssessmentFactory(prisoner=prisoner)
approve(bob, submit(alice, prisoner, at=now), at=now)
published = PublishedCase.objects.get()
PublishedPhoto.objects.create(case=published, sha256="a" * 64, content=bytes(range(256)), width=1, height=1)
household = HouseholdFactory(address="вул. Вигадана, 7", phone="+380 00 123 45 67", notes="a\\nb\\u2028c")
household.prisoners.add(prisoner)
RelativeFactory.create_batch(3, household=household)
PersonNameFactory.create_batch(40, prisoner=prisoner)
HouseholdFactory().delete()
media = Path(settings.MEDIA_ROOT)
for number in range(5):
    (media / "photos" / str(number)).mkdir(parents=True)
    (media / "photos" / str(number) / "photo").write_bytes(bytes([number]) * 100_000)
SessionStore().create()
"""

#: Runs a command in a fork that kills itself at a point of the program, says how it ended, and when it is told to, runs
#: the command once more, undisturbed.
TWICE = """
import os, signal, sys
from importlib import import_module
import django
from django.core.management import execute_from_command_line
os.umask(0o077)
django.setup()
owner, name, nth, when, *arguments = sys.argv[1:]
child = os.fork()
if child == 0:
    module, _colon, inner = owner.partition(":")
    target = import_module(module)
    target = getattr(target, inner) if inner else target
    original, calls = getattr(target, name), []
    def deadly(*args, **kwargs):
        calls.append(args)
        if len(calls) < int(nth):
            return original(*args, **kwargs)
        if when == "after":
            original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(target, name, deadly)
    execute_from_command_line(["manage.py", *arguments])
    os._exit(0)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
sys.stdin.readline()
execute_from_command_line(["manage.py", *arguments])
"""


@dataclass(frozen=True)
class Machine:
    """A folder for VAR_DIR and the addresses of the databases; without any, SQLite in the folder."""

    var: Path
    databases: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return environment(self.var, DJANGO_SETTINGS_MODULE="tracker.settings", **{**KEYS, **self.databases})

    def run(self, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
        """Run a command of manage.py."""
        return self._python(["manage.py", *arguments], **changed)

    def script(self, text: str) -> str:
        done = self._python(["-c", text])
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def killed_and_run_again(self, point: tuple[str, str, int, str], *arguments: str) -> Iterator[None]:
        """Run a command that is killed at a point; after what is done within, run it again to its end."""
        owner, name, nth, when = point
        with subprocess.Popen(
            [sys.executable, "-c", TWICE, owner, name, str(nth), when, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            ended = process.stdout.readline()
            try:
                assert ended.strip() == "-9", f"The point was not reached: {ended} {process.communicate('')}"
                yield
            finally:
                output, errors = process.communicate("\n", timeout=120)
        assert process.returncode == 0, output + errors

    @property
    def records(self) -> Path:
        return self.var / "tracker.sqlite3"

    def files(self) -> dict[str, bytes]:
        """Return every file of the media folder."""
        media = self.var / "media"
        return {path.relative_to(media).as_posix(): path.read_bytes() for path in media.rglob("*") if path.is_file()}

    def _python(self, arguments: list[str], **changed: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, **changed},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


def rows(path: Path, *, canonical: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row as SQLite stores it; `canonical`: JSON by what it says, as PostgreSQL keeps it."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with sqlite3.connect(path) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            if table in THEIRS:
                continue
            columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            types = connection.execute(f"SELECT sql FROM sqlite_master WHERE name = '{table}'").fetchone()[0] or ""
            read = connection.execute(f'SELECT * FROM "{table}"').fetchall()
            is_json = [f'JSON_VALID("{column[1]}")' in types for column in columns]
            if canonical:
                read = [
                    tuple(
                        canonical_json(value) if json and value is not None else value
                        for value, json in zip(row, is_json, strict=True)
                    )
                    for row in read
                ]
            found[table] = sorted(read, key=repr)
    found["sqlite_sequence"] = [
        row for row in found["sqlite_sequence"] if row[0] not in THEIRS and row[1]
    ]  # a sequence that was never used is the same as none
    return found


def without_notes(found: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    return {table: read for table, read in found.items() if table not in NOTED}


@contextmanager
def _made(name: str) -> Iterator[Path]:
    """Yield the folder in which something is made once a run, while no other process makes it."""
    home = Path(os.environ[FOLDER]) / name
    home.mkdir(exist_ok=True)
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield home


def migrated_once() -> Path:
    """Return a folder for VAR_DIR with a database that was migrated and holds nothing; for copies."""
    with _made("migrated") as home:
        if not (home / "ready").exists():
            machine = Machine(home / "var")
            machine.var.mkdir()
            done = machine.run("migrate", "--verbosity=0")
            assert done.returncode == 0, done.stderr
            (home / "ready").touch()
    return home / "var"


def made_once() -> Path:
    """Return a folder with what every test begins with: `empty`, migrated, `source`, full, and its backup."""
    with _made("machines") as home:
        if not (home / "ready").exists():
            empty, source = Machine(home / "empty"), Machine(home / "source")
            for machine in (empty, source):
                shutil.copytree(migrated_once(), machine.var)
            source.script(CONTENT)
            done = source.run("backup", str(home / "backup"))
            assert done.returncode == 0, done.stderr
            (home / "ready").touch()
    return home
