"""Private files, and the hash that shows later that a source's file was not altered."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.actions.accounts import ADMINISTRATOR, SUPPORT
from cases.models import Source
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.forms import filled
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_an_uploaded_file_is_kept_with_its_hash(researcher: Client) -> None:
    data = filled(
        researcher, reverse("admin:cases_source_add"), {"title": "Invented verdict", "kind": "court_document"}
    )
    data["file"] = SimpleUploadedFile("verdict.pdf", b"%PDF-invented")
    answer = researcher.post(reverse("admin:cases_source_add"), data)
    assert answer.status_code == 302, answer.context["errors"]
    source = Source.objects.get()
    assert source.file_sha256 == hashlib.sha256(b"%PDF-invented").hexdigest()
    with source.file.open() as kept:
        assert kept.read() == b"%PDF-invented"


def test_a_file_that_is_taken_away_takes_its_hash_along(researcher: Client) -> None:
    source = source_with_file()
    address = reverse("admin:cases_source_change", args=[source.pk])
    assert researcher.post(address, filled(researcher, address, {"file-clear": "on"})).status_code == 302
    source.refresh_from_db()
    assert (source.file.name, source.file_sha256) == ("", "")


def source_with_file() -> Source:
    source = Source(title="Invented verdict", kind="court_document", file_sha256="0" * 64)
    source.file.save("verdict.html", ContentFile(b"<script>alert(1)</script>"))
    return source


def test_a_private_file_is_sent_as_an_attachment_that_nothing_runs(researcher: Client) -> None:
    answer = researcher.get(source_with_file().file.url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"


def test_a_stranger_is_sent_to_sign_in() -> None:
    answer = Client().get(source_with_file().file.url)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("admin:login"))


@pytest.mark.parametrize(
    "name", ["sources/2026/other.pdf", "../tracker.sqlite3", "secret_key", "sources/../../secret_key", "photos/x.jpg"]
)
def test_nothing_is_sent_but_what_a_record_has(researcher: Client, name: str) -> None:
    source_with_file()
    assert researcher.get(f"/desk/files/{name}").status_code == 404


def test_a_file_needs_the_permission_to_see_its_record(sign_in: SignIn) -> None:
    source = source_with_file()
    for group in (SUPPORT, ADMINISTRATOR):
        answer = sign_in(group).get(source.file.url)
        assert (answer.status_code, bool(b"".join(answer.streaming_content))) == (200, True)
    without_group = signed_in(factories.UserFactory())
    assert without_group.get(source.file.url).status_code == 403
