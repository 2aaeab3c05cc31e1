"""Private files: taken or refused beside their box, kept with their hash, sent to those who may see the record."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cases.actions.accounts import ADMINISTRATOR, ANALYST, RESEARCHER, REVIEWER, SUPPORT
from cases.admin.sources import SourceAdmin
from cases.domain.sealing import new_key
from cases.enums import AuditAction
from cases.models import AuditEntry, Prisoner, Source
from cases.sealed_files import delete_files, file_storage, stored_files, thumbnail_of
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.forms import filled
from tests.domain import crafted
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db

NEW_SOURCE = {"title": "Invented verdict", "kind": "court_document"}
STATEMENT = "Вигадане свідчення".encode()


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def source_with_file() -> Source:
    return factories.SourceFactory(file=ContentFile(STATEMENT, "statement.txt"))


def prisoner_with_photo() -> Prisoner:
    return factories.PrisonerFactory(photo=ContentFile(crafted.jpeg(), "portrait.jpg"))


def sent(client: Client, name: str, content: bytes, claim: str = "") -> Any:
    """Write down a new source with this file."""
    address = reverse("admin:cases_source_add")
    data = filled(client, address, NEW_SOURCE)
    data["file"] = SimpleUploadedFile(name, content, content_type=claim or "application/octet-stream")
    return client.post(address, data)


# Taking files --------------------------------------------------------------------------------------------------------


def test_an_uploaded_document_is_kept_sealed_and_with_its_hash(researcher: Client, media: Path) -> None:
    content = crafted.pdf()
    answer = sent(researcher, "Вирок Іваненку.pdf", content, "application/pdf")
    assert answer.status_code == 302, answer.context["errors"]
    source = Source.objects.get()
    assert source.file_sha256 == hashlib.sha256(content).hexdigest()
    assert source.file.name.endswith(".pdf")
    with source.file.open() as kept:
        assert kept.read() == content
    assert content not in (media / source.file.name).read_bytes()
    page = researcher.get(reverse("admin:cases_source_change", args=[source.pk])).content.decode()
    assert source.file_sha256 in page
    assert f'href="{source.file.url}"' in page
    assert "Іваненку" not in page


def test_a_file_that_is_taken_away_takes_its_hash_along(researcher: Client) -> None:
    source = source_with_file()
    address = reverse("admin:cases_source_change", args=[source.pk])
    assert researcher.post(address, filled(researcher, address, {"file-clear": "on"})).status_code == 302
    source.refresh_from_db()
    assert (source.file.name, source.file_sha256) == ("", "")


def test_a_form_that_is_saved_without_touching_the_file_leaves_it(researcher: Client) -> None:
    source = source_with_file()
    address = reverse("admin:cases_source_change", args=[source.pk])
    assert researcher.post(address, filled(researcher, address, {"title": "Another title"})).status_code == 302
    kept = Source.objects.get()
    assert (kept.title, kept.file.name, kept.file_sha256) == ("Another title", source.file.name, source.file_sha256)


REFUSED = {
    "drawing.svg": (b"<svg onload='alert(1)'></svg>", "This is an SVG drawing"),
    "page.html": (b"<html><script>alert(1)</script>", "This is a web page"),
    "letter.docx": (crafted.docx(), "This is an office document"),
    "tool.exe": (b"MZ\x90\0" + b"\0" * 90, "This is a program"),
    "photo.png": (crafted.jpeg(), "its content is a JPEG picture"),
    "scan.pdf": (crafted.active_documents()["a script by name"], "it has scripts"),
    "two.jpg": (crafted.jpeg() + crafted.archive(), "Inside this file is another one: an archive"),
    "bomb.png": (crafted.png_of(50_000, 50_000), "too many pixels"),
    "broken.jpg": (crafted.jpeg()[:300], "damaged or incomplete"),
    "empty.pdf": (b"", "empty"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_file_is_explained_beside_its_box_and_nothing_is_kept(researcher: Client, name: str) -> None:
    content, words = REFUSED[name]
    answer = sent(researcher, name, content)
    assert answer.status_code == 200
    (said,) = answer.context["adminform"].form.errors["file"]
    assert words in said
    assert "Traceback" not in answer.content.decode()
    assert (list(stored_files()), Source.objects.count()) == ([], 0)


def test_whoever_sent_a_file_with_another_box_wrong_is_told_to_choose_it_again(researcher: Client) -> None:
    address = reverse("admin:cases_source_add")
    data = filled(researcher, address, {**NEW_SOURCE, "kind": ""})
    data["file"] = SimpleUploadedFile("verdict.pdf", crafted.pdf(), content_type="application/pdf")
    page = researcher.post(address, data).content.decode()
    assert '<a href="#id_file">File: Choose your file again: it could not be kept</a>' in page
    assert Source.objects.count() == 0


def test_a_file_that_is_too_large_is_refused_with_both_sizes(researcher: Client, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 2_000_000
    answer = sent(researcher, "long.txt", b"a" * 3_100_000)
    (said,) = answer.context["adminform"].form.errors["file"]
    assert "has 4 MB; at most 2 MB" in said


def test_a_refusal_is_said_in_the_readers_language(researcher: Client) -> None:
    """The words of its facts are looked up too, and no slot stays empty."""
    researcher.cookies["django_language"] = "uk"
    answer = sent(researcher, "photo.png", crafted.jpeg())
    (said,) = answer.context["adminform"].form.errors["file"]
    assert "%(" not in said
    assert ".png" in said


def test_boxes_say_what_they_take(researcher: Client) -> None:
    page = researcher.get(reverse("admin:cases_source_add")).content.decode()
    assert "at most 60 million pixels; at most 25 MB" in page
    assert 'accept=".pdf,.jpg,.jpeg,.png,.webp,.txt"' in page
    page = researcher.get(reverse("admin:cases_prisoner_add")).content.decode()
    assert "JPEG, PNG or WebP, at most 60 million pixels and 25 MB" in page
    assert 'accept=".jpg,.jpeg,.png,.webp"' in page


def test_a_photograph_is_shown_small_in_the_form_and_loses_its_metadata(researcher: Client) -> None:
    prisoner = factories.case()
    address = reverse("admin:cases_prisoner_change", args=[prisoner.pk])
    data = filled(researcher, address)
    data["photo"] = SimpleUploadedFile("Home of the family.jpg", crafted.jpeg(), "image/jpeg")
    answer = researcher.post(address, data)
    assert answer.status_code == 302, answer.context["errors"]
    prisoner.refresh_from_db()
    page = researcher.get(address).content.decode()
    assert f'src="{file_storage().url(thumbnail_of(prisoner.photo.name))}"' in page
    assert prisoner.photo_sha256 in page
    for name in stored_files():
        assert crafted.PLANTED.encode() not in file_storage().open(name).read()
    assert "Home of" not in page


def test_a_document_is_refused_as_a_photograph(researcher: Client) -> None:
    prisoner = factories.case()
    address = reverse("admin:cases_prisoner_change", args=[prisoner.pk])
    data = filled(researcher, address) | {"photo": SimpleUploadedFile("a.pdf", crafted.pdf())}
    answer = researcher.post(address, data)
    (said,) = answer.context["adminform"].form.errors["photo"]
    assert said == "This is a PDF document, and here only photographs are taken: JPEG, PNG or WebP."


# Sending files -------------------------------------------------------------------------------------------------------


def test_a_document_is_sent_as_an_attachment_that_nothing_runs(researcher: Client) -> None:
    source = source_with_file()
    answer = researcher.get(source.file.url)
    assert (answer.status_code, answer.content) == (200, STATEMENT)
    assert answer["Content-Disposition"] == f'attachment; filename="file-{source.pk}.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"


def test_a_photograph_and_its_thumbnail_are_shown_in_the_page(researcher: Client) -> None:
    prisoner = prisoner_with_photo()
    for name, size in ((prisoner.photo.name, (80, 60)), (thumbnail_of(prisoner.photo.name), (80, 60))):
        answer = researcher.get(file_storage().url(name))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert answer["Content-Disposition"].startswith("inline; ")
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert Image.open(io.BytesIO(answer.content)).size == size


def test_each_reading_is_entered_in_the_audit_and_a_thumbnail_is_not(sign_in: SignIn) -> None:
    client = sign_in(ANALYST)
    source, prisoner = source_with_file(), prisoner_with_photo()
    for name in (source.file.name, source.file.name, thumbnail_of(prisoner.photo.name), prisoner.photo.name):
        assert client.get(file_storage().url(name)).status_code == 200
    entries = AuditEntry.objects.filter(action=AuditAction.FILE_READ).order_by("number")
    reader = client.session["_auth_user_id"]
    assert [(str(one.actor_id), one.subject_kind, one.subject_id, one.case, one.payload) for one in entries] == [
        *[(reader, "source", source.pk, "", {"file": source.file.name, "sha256": source.file_sha256})] * 2,
        (
            reader,
            "prisoner",
            prisoner.pk,
            prisoner.code,
            {"file": prisoner.photo.name, "sha256": prisoner.photo_sha256},
        ),
    ]


def addresses() -> list[str]:
    photo = prisoner_with_photo().photo.name
    return [file_storage().url(name) for name in (source_with_file().file.name, photo, thumbnail_of(photo))]


def test_a_stranger_is_sent_to_sign_in_and_learns_nothing() -> None:
    client = Client()
    for address in (*addresses(), "/desk/files/sources/aa/none.pdf", "/desk/files/secret_key"):
        answer = client.get(address)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("admin:login"))
    assert not AuditEntry.objects.filter(action=AuditAction.FILE_READ).exists()


@pytest.mark.parametrize("role", [RESEARCHER, REVIEWER, SUPPORT, ANALYST, ADMINISTRATOR])
def test_each_role_that_reads_cases_and_sources_reads_their_files(sign_in: SignIn, role: str) -> None:
    client = sign_in(role)
    assert [client.get(address).status_code for address in addresses()] == [200, 200, 200]


def test_an_account_without_a_role_reads_no_file() -> None:
    client = Client()
    signed_in(factories.UserFactory(), client)
    assert [client.get(address).status_code for address in addresses()] == [403, 403, 403]


def test_whoever_may_not_see_the_very_record_does_not_see_its_file(
    researcher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever rule the record's own page follows, its files follow."""
    closed, other = source_with_file(), source_with_file()

    def may_see(self: SourceAdmin, request: Any, obj: Any = None) -> bool:
        return obj is None or obj.pk != closed.pk

    monkeypatch.setattr(SourceAdmin, "has_view_permission", may_see)
    assert [researcher.get(one.file.url).status_code for one in (closed, other)] == [403, 200]
    listed = SourceAdmin.get_queryset
    monkeypatch.setattr(SourceAdmin, "get_queryset", lambda self, request: listed(self, request).exclude(pk=other.pk))
    assert researcher.get(other.file.url).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "sources/2026/other.pdf",
        "../tracker.sqlite3",
        "secret_key",
        "sources/../../secret_key",
        "photos/x.jpg",
        "photos/x.thumb.jpg",
        "sources/%00.pdf",
        ".lock",
    ],
)
def test_nothing_is_sent_but_what_a_record_has(researcher: Client, name: str) -> None:
    source_with_file()
    assert researcher.get(f"/desk/files/{name}").status_code == 404


def test_a_file_without_a_record_is_not_sent(researcher: Client) -> None:
    file_storage().save("sources/aa/left.txt", ContentFile(b"left by a save that was undone"))
    assert researcher.get("/desk/files/sources/aa/left.txt").status_code == 404


def test_a_file_is_read_and_not_written_to(researcher: Client) -> None:
    address = source_with_file().file.url
    assert [researcher.post(address).status_code, researcher.head(address).status_code] == [405, 405]


def test_a_replaced_file_is_sent_as_long_as_the_history_names_it(researcher: Client) -> None:
    source = source_with_file()
    before = source.file.url
    source.file.save("new.txt", ContentFile(b"new"))
    assert [researcher.get(address).content for address in (before, source.file.url)] == [STATEMENT, b"new"]


# What is wrong is said, and the file is not sent -----------------------------------------------------------------------


def unusable(client: Client, address: str) -> str:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (409, "text/html; charset=utf-8")
    assert STATEMENT not in answer.content
    assert not AuditEntry.objects.filter(action=AuditAction.FILE_READ).exists()
    return str(answer.context["message"])


def test_an_altered_file_is_not_sent(researcher: Client, media: Path) -> None:
    source = source_with_file()
    place = media / source.file.name
    place.write_bytes(place.read_bytes()[:-1] + b"\0")
    assert unusable(researcher, source.file.url).startswith("The seal of the file does not hold")


def test_a_file_in_clear_is_not_sent(researcher: Client, media: Path) -> None:
    source = source_with_file()
    (media / source.file.name).write_bytes(STATEMENT)
    assert "seal_files" in unusable(researcher, source.file.url)


def test_a_sealed_file_that_is_not_the_one_that_was_kept_is_not_sent(researcher: Client) -> None:
    source = source_with_file()
    delete_files([source.file.name])
    file_storage().save(source.file.name, ContentFile(b"another text"))
    assert "its SHA-256 differs" in unusable(researcher, source.file.url)


def test_a_file_whose_key_is_missing_is_not_sent(researcher: Client, settings: Any) -> None:
    source = source_with_file()
    settings.SEALING_KEYS = [new_key()]
    signed_in(User.objects.get(groups__name=RESEARCHER), researcher)
    assert "is not at hand" in unusable(researcher, source.file.url)


def test_a_file_that_is_gone_says_so(researcher: Client) -> None:
    source = source_with_file()
    delete_files([source.file.name])
    assert "The file is not there" in unusable(researcher, source.file.url)


def test_the_page_of_a_case_opens_though_the_seal_of_its_photograph_does_not_hold(
    researcher: Client, media: Path
) -> None:
    prisoner = factories.case(
        photo=ContentFile(crafted.jpeg(), "a.jpg"), photo_is_public=True, photo_credit="Nobody", photo_licence="CC0"
    )
    place = media / prisoner.photo.name
    place.write_bytes(place.read_bytes()[:-1] + b"\0")
    page = researcher.get(reverse("admin:cases_prisoner_change", args=[prisoner.pk]))
    assert page.status_code == 200
    assert "The seal of the photograph cannot be opened" in page.content.decode()


def test_those_who_only_read_see_the_photograph_and_no_box(sign_in: SignIn) -> None:
    prisoner = prisoner_with_photo()
    page = sign_in(ANALYST).get(reverse("admin:cases_prisoner_change", args=[prisoner.pk])).content.decode()
    assert f'src="{file_storage().url(thumbnail_of(prisoner.photo.name))}"' in page
    assert 'type="file"' not in page
    assert f">{prisoner.photo.name}<" not in page
