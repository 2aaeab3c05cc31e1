"""Erasing by command on a database of its own: raw bytes of its files, and a process that is killed in the middle."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from tests.management.machines import migrated_once

MADE = "zqxvnezabutnii"
PREPARE = """
from datetime import datetime, UTC
from django.core.files.base import ContentFile
from cases.actions.accounts import ADMINISTRATOR, RESEARCHER, REVIEWER, ensure_groups
from cases.actions.review import approve, submit
from cases.models import Household
from tests import factories
from tests.canary.world import jpeg_with_comment
ensure_groups()
author, bob, olha = (
    factories.UserFactory(username=name, group=group)
    for name, group in (("alice", RESEARCHER), ("bob", REVIEWER), ("olha", ADMINISTRATOR))
)
at = datetime(2026, 1, 15, tzinfo=UTC)
person, other = factories.case("Vyhadan Zqxvnezabutnii"), factories.case("Inshyi Zqxvinshyi")
for prisoner in (person, other):
    prisoner.photo.save("zqxvnezabutnii.jpg" if prisoner == person else "other.jpg", jpeg_with_comment("Zqxvnezabutnii"
        if prisoner == person else "Zqxvinshyi"))
    prisoner.summary_en = f"{prisoner} teaches music."
    prisoner.save()
    approve(bob, submit(author, prisoner, at=at), at=at)
print(person.code)
"""
KILLED = """
import os
from django.core.management import call_command
import {module}
setattr({module}, "{name}", lambda *args, **kwargs: os._exit(9))
call_command("erase_person", "{code}", "--reason=ordered", "--asked-by=bob", "--confirmed-by=olha")
"""
PHOTOGRAPHS = """
from cases.models import Prisoner
from cases.queries.files import files_of
for prisoner in Prisoner.objects.order_by("pk"):
    print(*files_of(prisoner))
"""
COUNT = """
from cases.models import *
from cases.published.models import *
from cases.domain.audit_chain import faults
from django.conf import settings
said = AuditEntry.objects.filter(action="erased").values_list("payload", flat=True)
print(Prisoner.objects.count(), PublishedVersion.objects.filter(kind="case").count(), len(said), DoomedFile.objects.count(),
      len(list(faults(AuditEntry.objects.links(), settings.AUDIT_KEY, head=AuditHead.objects.get().as_sealed()))))
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def runner(folder: Path) -> Run:
    """Return what runs manage.py in a process of its own, on SQLite in a folder of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PUBLIC_DATABASE_URL")}
    environment = {**kept, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tracker.settings"}

    def ran(*arguments: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    return ran


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder with two published cases, made once; each test works on a copy. And the code of one of them."""
    folder = shutil.copytree(migrated_once(), tmp_path_factory.mktemp("prepared") / "var")
    run = runner(folder)
    made = run("shell", "-v0", "-c", PREPARE)
    assert made.returncode == 0, made.stderr
    return folder, made.stdout.split()[-1]


@pytest.fixture
def run(prepared: tuple[Path, str], tmp_path: Path) -> Run:
    shutil.copytree(prepared[0], tmp_path, dirs_exist_ok=True)
    return runner(tmp_path)


@pytest.fixture
def code(prepared: tuple[Path, str]) -> str:
    return prepared[1]


ASKED = ("--reason=ordered", "--asked-by=bob", "--confirmed-by=olha")


def holding(folder: Path, text: str) -> list[str]:
    """Return the files below a folder whose bytes or whose name say the text."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in paths if text in path.name.lower() or text.encode() in path.read_bytes().lower()]


def stored(folder: Path) -> set[str]:
    """Return the uploaded files: photographs and their thumbnails."""
    media = folder / "media"
    return {str(path.relative_to(media)) for path in media.rglob("*.jpg*")}


def photographs(run: Run) -> tuple[set[str], ...]:
    """Return the files of the first and of the second person."""
    lines = run("shell", "-v0", "-c", PHOTOGRAPHS).stdout.splitlines()
    return tuple(set(line.split()) for line in lines)


def counts(run: Run) -> list[int]:
    return [int(number) for number in run("shell", "-v0", "-c", COUNT).stdout.split()]


def test_no_byte_of_the_database_and_no_file_keeps_the_person(run: Run, code: str, tmp_path: Path) -> None:
    assert "tracker.sqlite3" in holding(tmp_path, MADE)
    own, others = photographs(run)
    assert (len(own), len(others), own | others) == (2, 2, stored(tmp_path))
    answer = run("erase_person", code, *ASKED, typed=f"{code}\n")
    assert answer.returncode == 0, answer.stderr
    assert "prisoners: 1" in answer.stdout
    assert "Backups made before now still hold the person" in answer.stdout
    assert holding(tmp_path, MADE) == []
    assert holding(tmp_path, "zqxvinshyi") == ["tracker.sqlite3"]
    assert stored(tmp_path) == others
    assert counts(run) == [1, 1, 1, 0, 0]


def test_a_wrong_code_erases_nothing(run: Run, code: str) -> None:
    answer = run("erase_person", code, *ASKED, typed="YES\n")
    assert (answer.returncode, "Nothing was erased" in answer.stderr) == (1, True)
    assert counts(run) == [2, 2, 0, 0, 0]


def test_a_process_killed_before_the_public_side_leaves_everything_and_can_begin_again(
    run: Run, code: str, tmp_path: Path
) -> None:
    script = KILLED.format(module="cases.actions.erasure_removal", name="erase_case", code=code)
    assert run("shell", "-v0", "-c", script, typed=f"{code}\n").returncode == 9
    assert counts(run) == [2, 2, 0, 0, 0]
    assert run("erase_person", code, *ASKED, typed=f"{code}\n").returncode == 0
    assert (counts(run), holding(tmp_path, MADE)) == ([1, 1, 1, 0, 0], [])


def test_a_process_killed_before_the_files_are_gone_is_finished_by_the_next_run(
    run: Run, code: str, tmp_path: Path
) -> None:
    script = KILLED.format(module="cases.actions.erasure", name="finish", code=code)
    assert run("shell", "-v0", "-c", script, typed=f"{code}\n").returncode == 9
    assert counts(run)[:3] == [1, 1, 1]
    assert len(stored(tmp_path)) == 4
    answer = run("erase_person", "--resume")
    assert "files deleted, 0 left" in answer.stdout
    assert len(stored(tmp_path)) == 2
    assert (counts(run), holding(tmp_path, MADE)) == ([1, 1, 1, 0, 0], [])
    assert (tmp_path / "erasures").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ZZZZZZ", *ASKED), "There is no such record"),
        (("--relative=7", "ZZZZZZ", *ASKED), "or --relative with a number"),
        (("--relative=7", *ASKED), "There is no such record"),
    ],
)
def test_a_mistake_is_told_with_its_remedy(run: Run, arguments: tuple[str, ...], said: str) -> None:
    answer = run("erase_person", *arguments)
    assert (answer.returncode, said in answer.stderr) == (1, True), answer.stderr


def test_one_person_alone_is_refused(run: Run, code: str) -> None:
    answer = run("erase_person", code, "--reason=ordered", "--asked-by=bob", "--confirmed-by=bob")
    assert (answer.returncode, "two people" in answer.stderr) == (1, True)
    answer = run("erase_person", code, "--reason=ordered", "--asked-by=bob", "--confirmed-by=alice", typed=f"{code}\n")
    assert (answer.returncode, "may not do this" in answer.stderr) == (1, True)
    assert counts(run) == [2, 2, 0, 0, 0]
