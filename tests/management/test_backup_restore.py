"""Backup and restore from machine to machine, on either database, and with the power cut in the middle of either.

Every command runs in a process of its own, with databases of its own; those that are killed are killed by SIGKILL.
"""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from cases.domain.backup_file import BackupKey
from cases.domain.backup_reading import Reading
from cases.domain.sealing import Keyring, new_key
from tests.browser.site import ROOT
from tests.clusters import Cluster
from tests.management.machines import KEYS, Machine, made_once, rows, without_notes
from tracker.unfinished import state_file

#: A household's number that was given and whose household was deleted.
DELETED = 2


@pytest.fixture(scope="session")
def home() -> Path:
    return made_once()


@pytest.fixture
def source(home: Path) -> Machine:
    """The machine that was backed up. Tests that change it copy it."""
    return Machine(home / "source")


@pytest.fixture
def backup(home: Path) -> str:
    return str(home / "backup")


@pytest.fixture
def fresh(home: Path, tmp_path: Path) -> Machine:
    """A machine with a database that was migrated and nothing else."""
    shutil.copytree(home / "empty", tmp_path / "fresh")
    return Machine(tmp_path / "fresh")


@pytest.fixture
def two(home: Path, tmp_path: Path) -> Machine:
    """A machine with two databases, both SQLite, both with all tables: the router alone says what goes where."""
    shutil.copytree(home / "empty", tmp_path / "two")
    shutil.copy(home / "empty" / "tracker.sqlite3", tmp_path / "two" / "public.sqlite3")
    return Machine(tmp_path / "two", {"PUBLIC_DATABASE_URL": f"sqlite:///{tmp_path / 'two' / 'public.sqlite3'}"})


@pytest.fixture(scope="session")
def migrated(postgresql: Cluster, home: Path) -> Cluster:
    """A server with the database `migrated`, of which others are copies."""
    machine = Machine(home / "unused", {"DATABASE_URL": postgresql.create("migrated")})
    machine.var.mkdir(exist_ok=True)
    done = machine.run("migrate", "--verbosity=0")
    assert done.returncode == 0, done.stderr
    return postgresql


@pytest.fixture
def server_database(migrated: Cluster) -> Iterator[str]:
    """The address of a migrated PostgreSQL database."""
    name = f"copy_{uuid4().hex}"
    address = migrated.create(name)
    migrated.execute(f'DROP DATABASE "{name}"')
    migrated.execute(f'CREATE DATABASE "{name}" TEMPLATE migrated')
    yield address
    migrated.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def succeed(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def entries(machine: Machine) -> list[tuple[object, ...]]:
    return sorted(rows(machine.records, canonical=True)["cases_auditentry"])


def has_everything(machine: Machine, source: Machine, *, canonical: bool = False) -> None:
    """Hold a restored machine with SQLite against its source: every row, every file, the audit and one entry more."""
    found, expected = (rows(one.records, canonical=canonical) for one in (machine, source))
    assert without_notes(found) == without_notes(expected)
    assert machine.files() == source.files()
    before = [row for row in entries(source) if row[0] <= len(entries(machine)) - 1]
    assert entries(machine)[: len(before)] == before
    assert [row[4] for row in entries(machine)].count("restored_backup") == 1
    assert [row[0] for row in found["cases_publishedstate"]] == [1]
    assert found["cases_publishedstate"] != expected["cases_publishedstate"]
    assert not state_file(machine.var).exists()


def rows_in(file: Path) -> int:
    """Return how many rows a backup holds that reads through to its end."""
    with file.open("rb") as stream:
        return Reading(stream, [BackupKey.from_text(KEYS["BACKUP_KEY"])]).to_the_end().rows


def test_a_backup_of_sqlite_comes_back_on_sqlite_bit_by_bit(source: Machine, fresh: Machine, backup: str) -> None:
    said = succeed(fresh.run("restore", backup))
    has_everything(fresh, source)
    assert "cases.Household " in said
    assert "Restored. Every session has ended" in said
    with sqlite3.connect(fresh.records) as connection:
        number, address = connection.execute("SELECT id, address FROM cases_household").fetchone()
        assert connection.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
        assert connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'cases_household'").fetchone() == (
            DELETED,
        )
        with pytest.raises(sqlite3.DatabaseError, match="append-only"):
            connection.execute("DELETE FROM cases_auditentry")
    assert Keyring([KEYS["SEALING_KEYS"]]).open(address, f"household.address:{number}") == "вул. Вигадана, 7"


NEXT = """
import django
django.setup()
from django.db import connection
from cases.models import Household
from tests.factories import HouseholdFactory
first = Household.objects.get()
print(connection.vendor, first.address.open(), HouseholdFactory().pk)
"""


@pytest.mark.parametrize("public", ["the same", "another"])
def test_a_backup_goes_to_postgresql_and_back(
    source: Machine, fresh: Machine, two: Machine, server_database: str, backup: str, public: str, tmp_path: Path
) -> None:
    databases = {"DATABASE_URL": server_database, **(two.databases if public == "another" else {})}
    server = Machine(tmp_path / "server", databases)
    server.var.mkdir()
    succeed(server.run("restore", backup))
    assert server.files() == source.files()
    if public == "another":
        filled = {table for table, read in rows(two.var / "public.sqlite3").items() if read}
        assert {table for table in filled if not table.startswith("cases_published")} == {
            "sqlite_sequence",
            "django_content_type",
            "auth_permission",
        }
    second = tmp_path / "second"
    succeed(server.run("backup", str(second)))
    assert server.script(NEXT).split() == ["postgresql", "вул.", "Вигадана,", "7", str(DELETED + 1)]

    succeed(fresh.run("restore", str(second)))
    found, expected = (without_notes(rows(one.records, canonical=True)) for one in (fresh, source))
    assert found == expected
    assert fresh.files() == source.files()
    assert [row[4] for row in entries(fresh)][-2:] == ["restored_backup", "restored_backup"]
    assert entries(fresh)[:-2] == entries(source)[: len(entries(fresh)) - 2]


def test_what_is_there_goes_only_when_its_name_is_typed_or_nobody_is_to_be_asked(
    source: Machine, backup: str, tmp_path: Path
) -> None:
    machine = Machine(tmp_path / "full")
    shutil.copytree(source.var, machine.var)
    (machine.var / "media" / "more").write_bytes(b"more")
    before = rows(machine.records)
    asked = machine.run("restore", "--replace", backup)
    assert asked.returncode == 1
    assert "Type tracker.sqlite3 to go on" in asked.stdout
    assert "Nothing was changed" in asked.stderr
    assert (rows(machine.records), "more" in machine.files()) == (before, True)
    succeed(machine.run("restore", "--replace", "--no-input", backup))
    has_everything(machine, source)


def test_a_backup_can_be_checked_without_restoring_it(source: Machine, backup: str, tmp_path: Path) -> None:
    said = succeed(source.run("verify_backup", backup))
    assert "is whole. SHA-256" in said
    other = source.run("verify_backup", backup, SEALING_KEYS=new_key())
    assert other.returncode == 0
    assert "sealed values or files need the sealing key" in other.stderr
    cut = tmp_path / "cut"
    cut.write_bytes(Path(backup).read_bytes()[:-100])
    wrong = source.run("verify_backup", str(cut))
    assert (wrong.returncode, "cut short" in wrong.stderr, "Traceback" in wrong.stderr) == (1, True, False)


def test_without_a_backup_key_the_remedy_is_told(source: Machine, tmp_path: Path) -> None:
    done = source.run("backup", str(tmp_path / "file"), BACKUP_KEY="")
    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
    assert "There is no key in BACKUP_KEY or in the file" in done.stderr
    assert "manage.py make_keys" in done.stderr


BACKUP_POINTS = {
    "between two tables": ("cases.actions.backup", "_write_table", 20, "after"),
    "between two files": ("cases.actions.backup", "_write_file", 3, "after"),
    "before it gets its name": ("pathlib:Path", "replace", 1, "before"),
}


@pytest.mark.parametrize("point", BACKUP_POINTS)
def test_a_backup_that_is_killed_leaves_the_old_file_and_is_made_by_the_next_run(
    source: Machine, tmp_path: Path, point: str
) -> None:
    machine = Machine(tmp_path / "source")
    shutil.copytree(source.var, machine.var)
    file = tmp_path / "backup"
    file.write_bytes(b"the backup of yesterday")
    with machine.killed_and_run_again(BACKUP_POINTS[point], "backup", str(file)):
        assert file.read_bytes() == b"the backup of yesterday"
        assert without_notes(rows(machine.records)) == without_notes(rows(source.records))
    assert not file.with_name("backup.partial").exists()
    assert rows_in(file) > 100
    assert oct(file.stat().st_mode & 0o777) == "0o600"


#: Where a restore onto two databases is killed, and how many of them have changed by then.
RESTORE_POINTS = {
    "between two rows": (("cases.actions.restore_loading", "_insert", 10, "after"), 0),
    "between two files": (("cases.actions.restore_state:Staging", "_begin_file", 3, "after"), 0),
    "before the first commit": (("django.db.backends.base.base:BaseDatabaseWrapper", "commit", 1, "before"), 0),
    "between the two commits": (("django.db.backends.base.base:BaseDatabaseWrapper", "commit", 1, "after"), 1),
    "before the files are in place": (("cases.actions.restore_state:Staging", "put_in_place", 1, "before"), 2),
    "before it is forgotten": (("cases.actions.restore", "forget", 1, "before"), 2),
}


@pytest.mark.parametrize("point", RESTORE_POINTS)
def test_a_restore_that_is_killed_is_finished_by_the_same_command(
    source: Machine, two: Machine, backup: str, point: str
) -> None:
    place, changed = RESTORE_POINTS[point]
    before = [rows(two.records), rows(two.var / "public.sqlite3")]
    with two.killed_and_run_again(place, "restore", backup):
        after = [rows(two.records), rows(two.var / "public.sqlite3")]
        assert [one != other for one, other in zip(before, after, strict=True)].count(True) == changed
        assert after[0] == before[0] or changed == 2  # the public side first, the records last
        assert state_file(two.var).exists()
    joined = rows(two.var / "public.sqlite3")
    found, expected = rows(two.records), without_notes(rows(source.records))
    for table, read in expected.items():
        if table != "sqlite_sequence":
            assert (joined if table.startswith("cases_published") else found)[table] == read
    assert two.files() == source.files()
    assert [row[4] for row in entries(two)].count("restored_backup") == 1
    assert {path.name for path in two.var.iterdir() if "sqlite3" not in path.name} == {"media"}


def test_a_restore_killed_between_the_old_files_and_the_new_is_finished(
    source: Machine, backup: str, tmp_path: Path
) -> None:
    machine = Machine(tmp_path / "full")
    shutil.copytree(source.var, machine.var)
    (machine.var / "media" / "more").write_bytes(b"more")
    command = ("restore", "--replace", "--no-input", backup)
    with machine.killed_and_run_again(("pathlib:Path", "rename", 1, "after"), *command):
        assert not (machine.var / "media").exists()
        other = machine.run("check")
        assert other.returncode == 1
        assert f"Run 'manage.py restore {Path(backup).name}' again" in other.stderr
    has_everything(machine, source)
    assert {path.name for path in machine.var.iterdir() if "sqlite3" not in path.name} == {"media"}


@pytest.mark.parametrize(("command", "moment"), [("backup", "Reading the files"), ("restore", "Loading the databases")])
def test_a_kill_from_outside_at_a_moment_of_its_progress_does_no_harm(
    source: Machine, fresh: Machine, backup: str, tmp_path: Path, command: str, moment: str
) -> None:
    machine, file = fresh, backup
    if command == "backup":
        machine, file = Machine(tmp_path / "source"), str(tmp_path / "made")
        shutil.copytree(source.var, machine.var)
    with subprocess.Popen(
        [sys.executable, "manage.py", command, file],
        cwd=ROOT,
        env=machine.environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(moment):
                process.kill()
    assert process.returncode == -9
    succeed(machine.run(command, file))
    if command == "restore":
        has_everything(machine, source)
    else:
        assert rows_in(Path(file)) > 100
