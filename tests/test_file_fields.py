"""A file given to a record in any way is looked at, hashed and kept without its name."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from cases.domain.file_kinds import FileRefused
from cases.models import Prisoner, Source
from cases.sealed_files import file_storage, stored_files, thumbnail_of
from tests import factories
from tests.domain import crafted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def read(name: str) -> bytes:
    return bytes(file_storage().open(name).read())


def test_a_photograph_given_to_a_record_loses_its_metadata_and_its_name() -> None:
    prisoner = factories.PrisonerFactory(photo=ContentFile(crafted.jpeg(), "Ivan Petrenko at home.jpg"))
    kept = Prisoner.objects.get(pk=prisoner.pk)
    assert sorted(stored_files()) == sorted([kept.photo.name, thumbnail_of(kept.photo.name)])
    assert "Ivan" not in kept.photo.name
    assert kept.photo_sha256 == hashlib.sha256(read(kept.photo.name)).hexdigest()
    assert all(crafted.PLANTED.encode() not in read(name) for name in stored_files())


def test_what_is_refused_reaches_neither_the_record_nor_the_disk() -> None:
    source = factories.SourceFactory()
    with pytest.raises(FileRefused):
        source.file.save("page.html", ContentFile(b"<script>alert(1)</script>"))
    with pytest.raises(FileRefused), transaction.atomic():
        factories.SourceFactory(file=ContentFile(b"<html>", "page.html"))
    assert list(stored_files()) == []
    assert list(Source.objects.values_list("file", flat=True)) == [""]


def test_checking_a_record_looks_at_its_new_file_and_says_what_is_wrong() -> None:
    source = factories.SourceFactory.build(file=ContentFile(b"<html>", "page.html"))
    with pytest.raises(ValidationError) as refused:
        source.full_clean()
    assert refused.value.message_dict == {
        "file": ["This is a web page, which can carry programs. Print it to a PDF, and upload that."]
    }
    good = factories.SourceFactory.build(file=ContentFile(b"plain text", "note.txt"))
    good.full_clean()
    assert good.file_sha256 == hashlib.sha256(b"plain text").hexdigest()


def test_the_database_refuses_a_file_without_its_hash() -> None:
    prisoner = factories.PrisonerFactory()
    for record, values in ((prisoner, {"photo": "photos/aa/x.jpg"}), (factories.SourceFactory(), {"file": "x"})):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(record).objects.filter(pk=record.pk).update(**values)


def test_a_file_that_is_replaced_or_taken_away_stays_for_the_history() -> None:
    source = factories.SourceFactory(file=ContentFile(b"first", "a.txt"))
    first = source.file.name
    source.file.save("b.txt", ContentFile(b"second"))
    second = source.file.name
    source.file.delete()
    assert (Source.objects.get().file.name, Source.objects.get().file_sha256) == ("", "")
    assert (read(first), read(second)) == (b"first", b"second")
    told = source.history.order_by("history_id").values_list("file", "file_sha256")
    assert list(told) == [
        (first, hashlib.sha256(b"first").hexdigest()),
        (second, hashlib.sha256(b"second").hexdigest()),
        ("", ""),
    ]


def test_an_earlier_file_can_be_put_back_with_its_hash() -> None:
    source = factories.SourceFactory(file=ContentFile(b"first", "a.txt"))
    before = source.history.get()
    source.file.delete()
    source.file, source.file_sha256 = before.file, before.file_sha256
    source.save()
    with Source.objects.get().file.open() as kept:
        assert kept.read() == b"first"
