"""The first run makes what the settings need, and says what to do where it cannot."""

import stat
from pathlib import Path

import pytest

from tracker.first_run import prepare_first_run, refuse_old_python
from tracker.unfinished import state_file


def test_first_run_makes_a_private_folder_with_a_key(tmp_path: Path) -> None:
    environ: dict[str, str] = {}
    said = prepare_first_run(environ, tmp_path)
    key = tmp_path / "var" / "secret_key"
    names = {
        "Secret key": "secret_key",
        "Sealing key": "sealing_keys",
        "Audit key": "audit_key",
        "Backup key": "backup_key",
    }
    made = [f"{words}: made {key.parent / name}, readable by you alone." for words, name in names.items()]
    assert said.splitlines() == made
    assert {stat.S_IMODE((key.parent / name).stat().st_mode) for name in names.values()} == {0o600}
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert environ == {"HTTPS": "false"}


def test_second_run_keeps_the_key_and_says_nothing(tmp_path: Path) -> None:
    prepare_first_run({}, tmp_path)
    before = (tmp_path / "var" / "secret_key").read_text()
    assert prepare_first_run({}, tmp_path) == ""
    assert (tmp_path / "var" / "secret_key").read_text() == before


def test_a_key_of_the_environment_needs_no_file(tmp_path: Path) -> None:
    keys = dict.fromkeys(("SECRET_KEY", "SEALING_KEYS", "AUDIT_KEY", "BACKUP_KEY"), "k" * 60)
    environ = {**keys, "HTTPS": "true", "VAR_DIR": str(tmp_path / "elsewhere")}
    assert prepare_first_run(environ, tmp_path) == ""
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert environ["HTTPS"] == "true"


def test_a_folder_that_cannot_be_made_is_said_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SystemExit, match=r"Cannot write to .*file/var: .*set VAR_DIR to a folder that is"):
        prepare_first_run({"VAR_DIR": str(tmp_path / "file" / "var")}, tmp_path)


def test_the_public_site_gets_no_key_but_its_own(tmp_path: Path) -> None:
    prepare_first_run({"TRACKER_SITE": "public", "VAR_DIR": str(tmp_path)}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_old_python_is_refused_with_the_remedy() -> None:
    with pytest.raises(SystemExit, match=r"This is Python 3\.10; Python 3\.11 or newer is needed"):
        refuse_old_python((3, 10, 4))
    refuse_old_python((3, 11, 0))
    refuse_old_python((3, 13, 1))


def test_quickstart_does_not_work_on_half_of_a_site(tmp_path: Path) -> None:
    prepare_first_run({}, tmp_path)
    state_file(tmp_path / "var").write_text('{"file": "monday", "sha256": "", "step": "loading"}')
    with pytest.raises(SystemExit, match=r"Run 'manage\.py restore monday' again"):
        prepare_first_run({}, tmp_path)
