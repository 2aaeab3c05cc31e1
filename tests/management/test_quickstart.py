"""`quickstart`: everything made once, everything kept, and a remedy for what goes wrong."""

import json
import os
import re
import socket
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from cases.actions.accounts import GROUPS
from cases.models import Prisoner
from cases.published.models import PublishedCase, PublishedProvision, PublishedSite
from tests.browser.site import free_port, prepared, quickstart
from tests.settings import FOLDER
from tracker import serving

PRINTED = re.compile(r"^ {4}(\w+) +(\S{16}) +(?:\d{8} ){2}\d{8} +\((.+)\)$", re.MULTILINE)
DOCUMENTED = 3
INVENTED = 60


def run(**options: object) -> str:
    output = StringIO()
    call_command("quickstart", stdout=output, **options)
    return output.getvalue()


def tables(path: Path) -> set[str]:
    """The tables of the program in a SQLite file."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        return {str(row[0]) for row in rows} - {"django_migrations"}


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def served_ports(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would become of this process: it must not become a server in a test."""
    started: list[list[str]] = []
    monkeypatch.setattr(serving.os, "execv", lambda _path, command: started.append(command))
    return started


@pytest.mark.django_db(transaction=True)
def test_first_run_prepares_everything_and_second_run_keeps_everything_and_becomes_the_server(
    served_ports: list[list[str]], port: int
) -> None:
    first = run(no_serve=True, without_demo=True)
    passwords = {name: (password, group) for name, password, group in PRINTED.findall(first)}
    assert {group for _password, group in passwords.values()} == set(GROUPS)
    for name, (password, group) in passwords.items():
        account = User.objects.get(username=name)
        assert account.check_password(password)
        assert [found.name for found in account.groups.all()] == [group]
        assert account.is_staff
        assert not account.is_superuser
    assert PublishedCase.objects.count() == DOCUMENTED
    assert (PublishedSite.objects.count(), PublishedProvision.objects.count()) == (834, 44)
    before = list(Prisoner.objects.order_by("pk").values_list("pk", "code", "updated_at"))
    assert served_ports == []

    second = run(without_demo=True, port=port)
    assert PRINTED.findall(second) == []
    assert "kept, with their passwords" in second
    assert list(Prisoner.objects.order_by("pk").values_list("pk", "code", "updated_at")) == before
    assert all(User.objects.get(username=name).check_password(word) for name, (word, _group) in passwords.items())
    assert f"http://127.0.0.1:{port}/desk/" in second
    assert served_ports == [serving.server_command(port)]


def test_demonstration_cases_are_sixty_and_marked_as_invented() -> None:
    """As the command leaves them; that making them again adds none is asked in tests/actions/test_demo.py."""
    var, _passwords = prepared(Path(os.environ[FOLDER]))
    # Others copy the folder meanwhile: nothing may be written into it by looking.
    with closing(sqlite3.connect(f"file:{var}/tracker.sqlite3?immutable=1", uri=True)) as connection:
        found = connection.execute("SELECT is_invented, count(*) FROM cases_prisoner GROUP BY is_invented").fetchall()
    assert dict(found) == {1: INVENTED, 0: DOCUMENTED}


def test_a_static_file_lies_under_its_hashed_name_alone_compressed_and_none_is_of_pages_that_are_not_served() -> None:
    var, _passwords = prepared(Path(os.environ[FOLDER]))
    static = var / "static"
    hashed = json.loads((static / "staticfiles.json").read_text())["paths"]
    found = {path.relative_to(static).as_posix() for path in static.rglob("*") if path.is_file()}
    assert {name for name in found if not name.endswith((".br", ".gz"))} == {"staticfiles.json", *hashed.values()}
    assert f"{hashed['css/layout.css']}.br" in found
    assert {name.split("/")[0] for name in hashed} == {
        "account",
        "admin",
        "css",
        "desk",
        "mfa",
        "nested_admin",
        "vendor",
    }


def test_a_port_in_use_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = quickstart(tmp_path / "var", "--port", str(port))
    assert done.returncode == 1
    assert f"Port {port} is in use." in done.stderr
    assert "Traceback" not in done.stderr
    made = {path.name for path in (tmp_path / "var").iterdir()}
    assert made == {"secret_key", "sealing_keys", "audit_key", "backup_key"}


@pytest.mark.parametrize("asked", ["--help", "-h"])
def test_help_makes_nothing(tmp_path: Path, asked: str) -> None:
    done = quickstart(tmp_path / "var", asked)
    assert (done.returncode, "--without-demo" in done.stdout) == (0, True)
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("variable", ["DATABASE_URL", "PUBLIC_DATABASE_URL"])
def test_a_database_that_does_not_answer_is_said_with_its_variable_and_without_its_password(
    tmp_path: Path, variable: str
) -> None:
    address = f"postgres://someone:hush-hush@127.0.0.1:{free_port()}/tracker"
    done = quickstart(tmp_path / "var", "--no-serve", **{variable: address})
    assert done.returncode == 1
    assert f"the address in {variable}" in done.stderr
    assert "hush-hush" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    for records in (tmp_path / "var").glob("tracker.sqlite3"):  # made before the public database was asked
        assert {table for table in tables(records) if table.startswith("cases_published")} == set()


def test_a_folder_that_cannot_be_written_is_said_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = quickstart(tmp_path / "file" / "var", "--no-serve")
    assert done.returncode == 1
    assert "set VAR_DIR to a folder that is" in done.stderr
    assert "Traceback" not in done.stderr


def test_media_that_cannot_be_made_is_said_with_the_remedy(
    tmp_path: Path, settings: object, served_ports: list[list[str]]
) -> None:
    (tmp_path / "media").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path / "media"
    with pytest.raises(CommandError, match=r"Cannot make .*media: .* set VAR_DIR to one that is"):
        run(no_serve=True)


def test_the_public_side_gets_published_tables_only_and_no_accounts(tmp_path: Path) -> None:
    done = quickstart(tmp_path / "var", "--no-serve", TRACKER_SITE="public")
    assert done.returncode == 0, done.stderr
    assert "Desk" not in done.stdout
    assert {path.name for path in (tmp_path / "var").glob("*.sqlite3")} == {"public.sqlite3"}
    made = tables(tmp_path / "var" / "public.sqlite3")
    assert len(made) > 5
    assert {table for table in made if not table.startswith("cases_published")} == set()
