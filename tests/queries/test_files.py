"""Which files belong to which record, now and in its history."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db.models import FileField
from django.utils import timezone

from cases.file_fields import KeptFileField
from cases.queries.files import OWNERS, file_columns, files_of, owner_of, told_file, unnamed_files
from cases.queries.history import history_of
from cases.sealed_files import delete_files, file_storage, stored_files, thumbnail_of
from tests import factories
from tests.domain import crafted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_every_table_with_files_is_known_and_keeps_them_through_our_fields() -> None:
    with_files = {
        model
        for model in apps.get_app_config("cases").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
    }
    assert with_files == set(OWNERS)
    columns = [column for model in OWNERS for column in model._meta.concrete_fields if isinstance(column, FileField)]
    assert columns == [column for model in OWNERS for column in file_columns(model)]
    assert all(isinstance(column, KeptFileField) for column in columns)
    assert len({column.folder for column in columns}) == len(columns)


def test_the_files_of_a_record_are_those_of_its_history_too_and_of_no_other() -> None:
    prisoner = factories.PrisonerFactory(photo=ContentFile(crafted.jpeg(), "a.jpg"))
    factories.PrisonerFactory(photo=ContentFile(crafted.jpeg(), "other.jpg"))
    first = prisoner.photo.name
    prisoner.photo.save("b.png", ContentFile(crafted.png()))
    second = prisoner.photo.name
    expected = sorted([first, thumbnail_of(first), second, thumbnail_of(second)])
    assert files_of(prisoner) == expected
    prisoner.photo.delete()
    assert files_of(prisoner) == expected
    assert delete_files(files_of(prisoner)) == 4
    assert len(list(stored_files())) == 2


def test_the_files_of_a_deleted_record_are_found_through_its_history() -> None:
    source = factories.SourceFactory(file=ContentFile(b"text", "a.txt"))
    name, pk = source.file.name, source.pk
    source.delete()
    source.pk = pk
    assert files_of(source) == [name]


def test_the_owner_of_a_file_is_found_now_and_in_the_history() -> None:
    source = factories.SourceFactory(file=ContentFile(b"text", "a.txt"))
    name, sha256 = source.file.name, source.file_sha256
    source.file.save("b.txt", ContentFile(b"new"))
    for asked, hash_kept, is_current in ((source.file.name, source.file_sha256, True), (name, sha256, False)):
        owned = owner_of(asked)
        assert owned is not None
        assert (owned.model, owned.pk, owned.sha256, owned.is_current) == (
            type(source),
            source.pk,
            hash_kept,
            is_current,
        )
    assert owner_of("sources/aa/none.txt") is None


def test_files_that_nothing_names_are_told_once_they_are_old_enough() -> None:
    prisoner = factories.PrisonerFactory(photo=ContentFile(crafted.jpeg(), "a.jpg"))
    prisoner.photo.delete()
    file_storage().save("sources/aa/left.txt", ContentFile(b"left"))
    later = timezone.now() + dt.timedelta(minutes=1)
    assert list(unnamed_files(before=later)) == ["sources/aa/left.txt"]
    assert list(unnamed_files(before=later - dt.timedelta(hours=1))) == []


def test_the_history_says_when_a_file_is_gone() -> None:
    source = factories.SourceFactory(file=ContentFile(b"text", "a.txt"))
    name = source.file.name
    number = name.split("/")[-1][:8]
    assert told_file(name) == f"file {number}"
    delete_files([name])
    said = [change.after for entry in history_of(source) for change in entry.fields if change.label == "File"]
    assert said == [f"file {number}, which is no longer kept"]
