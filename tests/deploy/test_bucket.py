"""The records' files in a bucket of a real server of the S3 protocol: sealed there, whole, and gone when removed."""

import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from environs import Env

from cases import sealed_bucket
from cases.actions.backup import _write_files
from cases.actions.erasure_remains import delete_doomed_files
from cases.actions.permissions import ActionRefused
from cases.actions.restore import _refuse_data
from cases.admin.files import FileUnusable, _verified
from cases.domain.backup_items import Contents, ItemKind, ItemWriter, items
from cases.domain.sealing import MAGIC, SealBroken, StorageAway, StorageRefused, new_key
from cases.models.erasure import DoomedFile
from cases.sealed_files import (
    NotSealed,
    SealedStorage,
    delete_files,
    file_storage,
    new_name,
    rotate_file,
    stored_files,
)
from tests.browser.site import free_port
from tests.deploy.conftest import until
from tracker import env as reading

CONTENT = b"a statement of a witness, Zqxvwitness " * 20
BUCKET = "sealed"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """moto's server in a process of its own."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", f"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"]},
    )
    address = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        assert process.poll() is None, "moto's server ended."
        try:
            client(address).list_buckets()
        except OSError:
            return False
        except Exception as problem:
            if "Could not connect" in str(problem):
                return False
            raise
        return True

    try:
        until(answers, within=60)
        client(address).create_bucket(Bucket=BUCKET)
        client(address).put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        yield address
    finally:
        process.terminate()
        process.wait(10)


def client(address: str) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="account",
        aws_secret_access_key="secret",
    )


@pytest.fixture
def bucket(server: str, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """The program with its files in an empty bucket, as MEDIA_BUCKET has it."""
    for name, value in {
        "MEDIA_BUCKET": BUCKET,
        "MEDIA_BUCKET_ENDPOINT": server,
        "MEDIA_BUCKET_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "account",
        "AWS_SECRET_ACCESS_KEY": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_BUCKET = BUCKET
    settings.STORAGES = {**settings.STORAGES, "default": reading.read_media(Env())}
    asked = client(server)
    yield asked
    delete_files(list(stored_files()))
    file_storage().bucket.connection.meta.client.close()  # type: ignore[attr-defined]
    asked.close()


def stored(content: bytes = CONTENT) -> str:
    return str(file_storage().save(new_name("sources", "txt"), ContentFile(content)))


def versions(bucket: Any, name: str) -> list[str]:
    found = bucket.list_object_versions(Bucket=BUCKET, Prefix=name)
    return [one["Key"] for one in (*found.get("Versions", ()), *found.get("DeleteMarkers", ()))]


def test_what_arrives_in_the_bucket_is_sealed_and_opens_here_alone(bucket: Any) -> None:
    name = stored()
    there = bucket.get_object(Bucket=BUCKET, Key=name)["Body"].read()
    assert there.startswith(MAGIC)
    assert b"Zqxvwitness" not in there
    storage = file_storage()
    assert (storage.open(name).read(), storage.size(name), storage.is_sealed(name)) == (CONTENT, len(CONTENT), True)
    assert (list(stored_files()), storage.exists(name), storage.exists("sources/aa/none.txt")) == ([name], True, False)
    assert storage.get_modified_time(name).tzinfo is not None
    assert not (Path(storage.location) / name).exists()


def test_an_altered_a_moved_and_a_missing_file_do_not_open(bucket: Any) -> None:
    name, other = stored(), stored(b"another")
    there = bucket.get_object(Bucket=BUCKET, Key=name)["Body"].read()
    bucket.put_object(Bucket=BUCKET, Key=other, Body=there)
    with pytest.raises(SealBroken):
        file_storage().open(other)
    bucket.put_object(Bucket=BUCKET, Key=name, Body=there[:-1] + bytes([there[-1] ^ 1]))
    with pytest.raises(SealBroken):
        file_storage().open(name)
    bucket.put_object(Bucket=BUCKET, Key=name, Body=CONTENT)
    with pytest.raises(NotSealed):
        file_storage().open(name)
    with pytest.raises(FileNotFoundError):
        file_storage().open("sources/aa/none.txt")


def test_a_removed_file_is_gone_with_all_its_versions_and_no_other_is(bucket: Any) -> None:
    name, kept = stored(), stored(b"kept")
    file_storage()._write(name, b"".join((MAGIC, b"an older version")))
    bucket.put_object(Bucket=BUCKET, Key=f"{name}.else", Body=MAGIC)
    assert len(versions(bucket, name)) == 3
    assert delete_files([name, "sources/aa/none.txt"]) == 1
    assert versions(bucket, name) == [f"{name}.else"]
    assert list(stored_files()) == sorted([kept, f"{name}.else"])


def test_files_are_sealed_again_with_another_key(bucket: Any, settings: Any) -> None:
    name = stored()
    settings.SEALING_KEYS = [new_key(), *settings.SEALING_KEYS]
    assert [rotate_file(name), rotate_file(name)] == [True, False]
    assert file_storage().open(name).read() == CONTENT


def test_a_bucket_that_does_not_answer_or_refuses_is_an_error_of_the_disk(bucket: Any, settings: Any) -> None:
    name = stored()
    options = settings.STORAGES["default"]["OPTIONS"]
    for change in ({"bucket_name": "another"}, {"endpoint_url": "http://127.0.0.1:9"}):
        storage = storages.create_storage({**settings.STORAGES["default"], "OPTIONS": {**options, **change}})
        with pytest.raises(StorageAway, match=r"bucket|does not answer"):
            storage.delete(name)
    kept = settings.STORAGES
    options = {**options, "bucket_name": "another"}
    settings.STORAGES = {**kept, "default": {**kept["default"], "OPTIONS": options}}
    with pytest.raises(FileUnusable, match="MEDIA_BUCKET"):
        _verified(name, "")
    settings.STORAGES = kept


@pytest.mark.django_db
def test_a_file_of_an_erased_person_is_not_taken_for_deleted_where_the_bucket_was_not_reached(
    bucket: Any, settings: Any
) -> None:
    """A bucket that is not there answers as a file that is not there."""
    name = stored()
    DoomedFile.objects.create(name=name, since=timezone.now())
    kept = settings.STORAGES
    options = {**kept["default"]["OPTIONS"], "bucket_name": "another"}
    settings.STORAGES = {**kept, "default": {**kept["default"], "OPTIONS": options}}
    assert (delete_doomed_files(), DoomedFile.objects.count()) == (0, 1)
    with pytest.raises(StorageRefused):
        file_storage().exists(name)
    settings.STORAGES = kept
    bucket.delete_object(Bucket=BUCKET, Key=name)  # by somebody else: what was there is only marked
    assert (file_storage().exists(name), len(versions(bucket, name))) == (False, 2)
    assert (delete_doomed_files(), DoomedFile.objects.count(), versions(bucket, name)) == (1, 0, [])


def test_nobody_waits_for_a_bucket_that_hangs_and_the_file_is_not_taken_for_gone(
    bucket: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes the connection and never answers."""
    name = stored()
    monkeypatch.setitem(sealed_bucket.WITHIN, "read_timeout", 0.2)
    kept = settings.STORAGES
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        options = {**kept["default"]["OPTIONS"], "endpoint_url": address}
        settings.STORAGES = {**kept, "default": {**kept["default"], "OPTIONS": options}}
        since = time.monotonic()
        with pytest.raises(StorageAway):
            stored()
        with pytest.raises(FileUnusable, match="does not answer"):
            _verified(name, "")
        assert time.monotonic() - since < 10
    settings.STORAGES = kept
    assert _verified(name, "") == CONTENT


def test_a_name_that_leads_elsewhere_is_refused(bucket: Any) -> None:
    for name in ("/etc/passwd", "sources/../../x"):
        with pytest.raises(ValueError, match="no name of a file"):
            file_storage().stored(name)  # type: ignore[attr-defined]


def test_a_backup_holds_the_sealed_files_of_the_bucket(bucket: Any) -> None:
    names = sorted([stored(), stored(b"another")])
    there = {name: bucket.get_object(Bucket=BUCKET, Key=name)["Body"].read() for name in names}
    written, contents = io.BytesIO(), Contents()
    out = ItemWriter(written)
    _write_files(out, contents, say=lambda _text: None)
    out.close()
    found = [content for kind, content in items([written.getvalue()]) if kind is ItemKind.BYTES]
    assert found == [there[name] for name in names]
    assert {name: one.size for name, one in contents.files.items()} == {name: len(there[name]) for name in names}


def test_a_restore_says_that_it_needs_a_folder(bucket: Any) -> None:
    with pytest.raises(ActionRefused, match="Take MEDIA_BUCKET out"):
        _refuse_data(None, {}, None, replace=False, confirm=lambda _held: True)  # type: ignore[arg-type]


def test_half_an_account_and_half_an_address_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_BUCKET", BUCKET)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "account")
    with pytest.raises(ImproperlyConfigured, match="both AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"):
        reading.read_media(Env())
    monkeypatch.setenv("MEDIA_BUCKET_ENDPOINT", "s3.example.org")
    with pytest.raises(ImproperlyConfigured, match="MEDIA_BUCKET_ENDPOINT"):
        reading.read_media(Env())


def test_without_the_setting_files_are_in_the_folder() -> None:
    assert reading.read_media(Env()) == {}
    assert isinstance(file_storage(), SealedStorage)
