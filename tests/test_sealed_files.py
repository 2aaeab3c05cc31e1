"""The storage: sealed bytes on the disk, bound to their names, whole after a crash, rotated one by one."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from cases.domain.sealing import MAGIC, KeyUnknown, SealBroken, new_key
from cases.sealed import keyring
from cases.sealed_files import (
    NotSealed,
    delete_files,
    file_storage,
    new_name,
    rotate_file,
    stored_files,
    thumbnail_of,
)

CONTENT = b"a statement of a witness, Zqxvwitness " * 20


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def stored(content: bytes = CONTENT) -> str:
    return str(file_storage().save(new_name("sources", "txt"), ContentFile(content)))


def test_the_bytes_on_the_disk_do_not_contain_the_content(media: Path) -> None:
    name = stored()
    files = [path for path in media.rglob("*") if path.is_file() and path.name != ".lock"]
    assert [path.relative_to(media).as_posix() for path in files] == [name]
    on_disk = files[0].read_bytes()
    assert on_disk.startswith(MAGIC)
    assert b"Zqxvwitness" not in on_disk
    assert file_storage().open(name).read() == CONTENT


def test_files_and_folders_are_for_this_account_alone(media: Path) -> None:
    place = media / stored()
    assert [oct(path.stat().st_mode & 0o777) for path in (place, place.parent)] == ["0o600", "0o700"]


def test_names_are_random_and_tell_nothing() -> None:
    names = {new_name("photos", "jpg") for _ in range(50)}
    assert len(names) == 50
    folder, shard, name = names.pop().split("/")
    assert (folder, name[:2], len(name), name[32:]) == ("photos", shard, 36, ".jpg")
    assert thumbnail_of("photos/ab/abcd.jpg") == "photos/ab/abcd.thumb.jpg"


def test_an_opened_file_can_be_closed_and_opened_again() -> None:
    file = file_storage().open(stored())
    with file:
        assert file.read(4) == CONTENT[:4]
    with file.open() as again:
        assert again.read() == CONTENT


def test_the_size_is_that_of_the_content() -> None:
    assert file_storage().size(stored()) == len(CONTENT)


def test_a_sealed_file_is_not_opened_for_writing() -> None:
    name = stored()
    with pytest.raises(ValueError, match="as a whole"):
        file_storage().open(name, "wb")


@pytest.mark.parametrize("place", [len(MAGIC) + 20, -1])
def test_an_altered_file_does_not_open(media: Path, place: int) -> None:
    name = stored()
    content = bytearray((media / name).read_bytes())
    content[place] ^= 1
    (media / name).write_bytes(content)
    with pytest.raises(SealBroken):
        file_storage().open(name)


def test_a_cut_file_does_not_open(media: Path) -> None:
    name = stored()
    whole = (media / name).read_bytes()
    for length in (len(MAGIC), len(MAGIC) + 13, len(MAGIC) + 20, len(whole) - 1):
        (media / name).write_bytes(whole[:length])
        with pytest.raises((SealBroken, KeyUnknown)):
            file_storage().open(name)


def test_a_file_under_another_name_does_not_open(media: Path) -> None:
    name, other = stored(), stored(b"another")
    (media / name).replace(media / other)
    with pytest.raises(SealBroken):
        file_storage().open(other)


def test_a_file_in_clear_is_an_error_that_names_the_remedy(media: Path) -> None:
    name = stored()
    (media / name).write_bytes(CONTENT)
    with pytest.raises(NotSealed, match="seal_files"):
        file_storage().open(name)


def test_a_lost_key_is_named_and_the_file_untouched(media: Path, settings: Any) -> None:
    name = stored()
    before, lost, settings.SEALING_KEYS = (media / name).read_bytes(), keyring().primary.id, [new_key()]
    with pytest.raises(KeyUnknown, match=lost):
        file_storage().open(name)
    with pytest.raises(KeyUnknown):
        rotate_file(name)
    assert (media / name).read_bytes() == before


def test_rotation_seals_each_file_with_the_first_key_once(settings: Any) -> None:
    names = sorted([stored(), stored(b"another")])
    old = settings.SEALING_KEYS[0]
    settings.SEALING_KEYS = [new_key(), old]
    assert list(stored_files()) == names
    assert [rotate_file(name) for name in stored_files()] == [True, True]
    assert [rotate_file(name) for name in stored_files()] == [False, False]
    settings.SEALING_KEYS = settings.SEALING_KEYS[:1]
    assert {file_storage().open(name).read() for name in names} == {CONTENT, b"another"}


def test_removed_files_are_gone_and_missing_ones_are_no_error(media: Path) -> None:
    name = stored()
    assert delete_files([name, "photos/aa/none.jpg", ""]) == 1
    assert not (media / name).exists()


def test_a_file_that_is_removed_while_it_is_rotated_does_not_come_back(media: Path, settings: Any) -> None:
    """Whoever comes second waits: the removal finds the rotated file, or the rotation finds none."""
    names = [stored(bytes([number]) * 200_000) for number in range(20)]
    settings.SEALING_KEYS = [new_key(), *settings.SEALING_KEYS]
    storage, missing = file_storage(), []

    def rotate_all() -> None:
        for name in names:
            try:
                storage.rotate(name)
            except FileNotFoundError:
                missing.append(name)

    rotating = threading.Thread(target=rotate_all)
    rotating.start()
    delete_files(reversed(names))
    rotating.join()
    assert list(stored_files()) == []


CRASH = """
import os, sys
from pathlib import Path
import django
django.setup()
from django.core.files.base import ContentFile
from cases.sealed_files import file_storage
Path.replace = lambda *_args: os._exit(9)  # the power goes between writing and renaming
file_storage().{act}
"""


@pytest.mark.parametrize("act", ["_write('sources/aa/a.txt', b'x' * 1000)", "rotate('sources/aa/a.txt')"])
def test_a_crash_between_writing_and_renaming_leaves_the_old_file(media: Path, settings: Any, act: str) -> None:
    file_storage().save("sources/aa/a.txt", ContentFile(CONTENT))
    before = (media / "sources/aa/a.txt").read_bytes()
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "VAR_DIR": str(media.parent),
        "SEALING_KEYS": ",".join([new_key(), *settings.SEALING_KEYS]),
        "DATABASE_URL": "sqlite:///:memory:",
    }
    done = subprocess.run([sys.executable, "-c", CRASH.format(act=act)], env=environ, check=False)
    assert done.returncode == 9
    assert (media / "sources/aa/a.txt").read_bytes() == before
    assert list(stored_files()) == ["sources/aa/a.txt"]
    left = list(media.rglob(".unfinished-*"))
    assert [b"Zqxvwitness" in path.read_bytes() for path in left] == [False]
    assert file_storage().remove_unfinished(before=left[0].stat().st_mtime + 1) == 1
    assert file_storage().open("sources/aa/a.txt").read() == CONTENT
