"""Files that an earlier version stored in clear are sealed, renamed and stripped; what was cut off goes on."""

import datetime as dt
import hashlib
import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from cases.actions import files
from cases.enums import AuditAction
from cases.models import AuditEntry, Prisoner, Source
from cases.queries.audit_records import stray_rows
from cases.sealed_files import file_storage, stored_files, thumbnail_of
from tests import factories
from tests.domain import crafted

pytestmark = pytest.mark.django_db

VERDICT = b"%PDF-1.4 a verdict that nobody looked at, Zqxvverdict"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def as_before(media: Path, record: Any, name: str, content: bytes) -> Any:
    """Make a record as the earlier version left it: the file in clear under the name that it had."""
    (media / name).parent.mkdir(parents=True, exist_ok=True)
    (media / name).write_bytes(content)
    column, hash_name = ("photo", "photo_sha256") if isinstance(record, Prisoner) else ("file", "file_sha256")
    values = {column: name, hash_name: hashlib.sha256(content).hexdigest()}
    type(record).objects.filter(pk=record.pk).update(**values)
    type(record).history.filter(id=record.pk).update(**values)
    return type(record).objects.get(pk=record.pk)


def seal_files(*options: str) -> str:
    said = io.StringIO()
    call_command("seal_files", *options, stdout=said)
    return said.getvalue()


def test_a_photograph_in_clear_is_copied_sealed_and_renamed_in_record_and_history(media: Path) -> None:
    prisoner = as_before(media, factories.PrisonerFactory(), "photos/2025/petrenko.jpg", crafted.jpeg())
    assert seal_files() == "sealed: 1\n"
    kept = Prisoner.objects.get()
    assert sorted(stored_files()) == sorted([kept.photo.name, thumbnail_of(kept.photo.name)])
    assert "petrenko" not in kept.photo.name
    content = file_storage().open(kept.photo.name).read()
    assert crafted.PLANTED.encode() not in content
    assert kept.photo_sha256 == hashlib.sha256(content).hexdigest()
    assert set(prisoner.history.values_list("photo", "photo_sha256")) == {(kept.photo.name, kept.photo_sha256)}
    entry = AuditEntry.objects.filter(action=AuditAction.CHANGED, subject_id=prisoner.pk).latest("number")
    assert entry.payload["fields"]["photo"] == ["photos/2025/petrenko.jpg", kept.photo.name]


def test_a_file_that_the_history_alone_names_is_no_change_of_the_record(media: Path) -> None:
    prisoner = as_before(media, factories.PrisonerFactory(), "photos/2025/former.jpg", crafted.jpeg())
    prisoner.photo.save("present.jpg", ContentFile(crafted.jpeg(orientation=3)))
    assert seal_files() == "sealed: 1\n"
    assert not Prisoner.history.filter(photo="photos/2025/former.jpg").exists()
    assert [str(stray) for stray in stray_rows()] == []
    entry = AuditEntry.objects.filter(action=AuditAction.CHANGED, subject_id=prisoner.pk).latest("number")
    assert entry.payload["file"][0] == "photos/2025/former.jpg"


def test_a_document_in_clear_is_sealed_as_it_is_and_keeps_its_hash(media: Path) -> None:
    source = as_before(media, factories.SourceFactory(), "sources/2025/verdict.pdf", VERDICT)
    seal_files()
    kept = Source.objects.get()
    assert (kept.file_sha256, kept.file.name[-4:]) == (source.file_sha256, ".pdf")
    assert file_storage().open(kept.file.name).read() == VERDICT
    assert all(b"Zqxvverdict" not in path.read_bytes() for path in media.rglob("*") if path.is_file())


def test_a_photograph_that_cannot_be_copied_is_sealed_and_told(media: Path) -> None:
    as_before(media, factories.PrisonerFactory(), "photos/2025/broken.jpg", b"\xff\xd8\xff broken")
    assert "sealed with all its metadata, because its pixels cannot be copied" in seal_files()
    kept = Prisoner.objects.get()
    assert kept.photo.name.endswith(".bin")
    assert file_storage().open(kept.photo.name).read() == b"\xff\xd8\xff broken"


def test_a_file_that_was_altered_is_left_and_named(media: Path) -> None:
    source = as_before(media, factories.SourceFactory(), "sources/2025/verdict.pdf", VERDICT)
    (media / source.file.name).write_bytes(b"%PDF-1.4 another verdict")
    with pytest.raises(CommandError, match=r"Still stored in clear: sources/2025/verdict\.pdf"):
        seal_files()
    assert (media / source.file.name).read_bytes() == b"%PDF-1.4 another verdict"


def test_run_again_it_changes_nothing(media: Path) -> None:
    as_before(media, factories.PrisonerFactory(), "photos/2025/petrenko.jpg", crafted.jpeg())
    seal_files()
    before = {name: (media / name).read_bytes() for name in stored_files()}
    assert seal_files() == "sealed: 0\n"
    assert {name: (media / name).read_bytes() for name in stored_files()} == before


@pytest.mark.parametrize("cut_off_at", ["_rename", "after"])
def test_cut_off_at_any_point_it_goes_on_and_loses_nothing(
    media: Path, monkeypatch: pytest.MonkeyPatch, cut_off_at: str
) -> None:
    as_before(media, factories.SourceFactory(), "sources/2025/verdict.pdf", VERDICT)

    class PowerCut(Exception):
        pass

    def cut(*_args: Any, **_kwargs: Any) -> None:
        raise PowerCut

    with monkeypatch.context() as patched:
        if cut_off_at == "_rename":
            patched.setattr(files, "_rename", cut)
        else:
            patched.setattr("cases.sealed_files.SealedStorage.delete", cut)
        with pytest.raises(PowerCut):
            seal_files()
    kept = Source.objects.get()
    if cut_off_at == "_rename":
        assert kept.file.name == "sources/2025/verdict.pdf"
        seal_files()
    else:
        with pytest.raises(CommandError, match="Still stored in clear"):
            seal_files()
    for path in media.rglob("*"):
        os.utime(path, (0, 0))
    seal_files("--remove-unnamed")
    kept.refresh_from_db()
    assert list(stored_files()) == [kept.file.name]
    assert file_storage().open(kept.file.name).read() == VERDICT


def test_files_that_nothing_names_are_listed_and_removed_only_when_asked(media: Path) -> None:
    file_storage().save("sources/aa/left.txt", ContentFile(b"left"))
    file_storage().save("sources/aa/young.txt", ContentFile(b"of a save that is not through yet"))
    old = (dt.datetime.now(dt.UTC) - dt.timedelta(days=1)).timestamp()
    os.utime(media / "sources/aa/left.txt", (old, old))
    assert seal_files() == "sealed: 0\nsources/aa/left.txt: no record names it\n"
    assert len(list(stored_files())) == 2
    assert "removed: 1" in seal_files("--remove-unnamed")
    assert list(stored_files()) == ["sources/aa/young.txt"]
