"""Uploads stay in memory: nothing in clear reaches a disk, a stranger's is not kept, one that is too large is measured."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

BIG = b"Zqxvclear" * 400_000  # 3.6 MB: above what Django itself would keep in memory


def uploaded(content: bytes, user: Any) -> Any:
    request: HttpRequest = RequestFactory().post("/desk/", {"file": SimpleUploadedFile("a.txt", content)})
    request.user = user
    return request.FILES["file"]


def test_a_large_upload_is_not_written_to_a_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = uploaded(BIG, User())
    assert isinstance(file, InMemoryUploadedFile)
    assert (file.read() == BIG, list(tmp_path.iterdir())) == (True, [])


def test_of_an_upload_that_is_too_large_only_the_size_is_kept(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1_000_000
    file = uploaded(BIG, User())
    assert (file.size, file.read()) == (len(BIG), b"")


def test_nothing_is_kept_of_what_a_stranger_uploads() -> None:
    file = uploaded(BIG, AnonymousUser())
    assert (file.size, file.read()) == (len(BIG), b"")
