"""Releases: frozen, never altered, and closed at once when somebody in them may no longer be shown."""

import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import router

from cases.actions.permissions import ActionRefused
from cases.actions.releases import make_release
from cases.enums import AuditAction
from cases.models import AuditEntry
from cases.publication import releases
from cases.publication.publish import limit_case, withdraw_case, withdraw_expired, withdraw_references
from cases.publication.versions import close_versions
from cases.published.models import DocumentKind, PublishedCase
from cases.published.release_models import PublishedRelease, PublishedReleasePart, ReleaseIsFinal
from cases.published.releases import changes, counted
from tests.published.samples import case, code_of, full_case, publish, publish_site

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 1, 10, 12, tzinfo=dt.UTC)
ADDRESS = "https://example.org"
FILES = [
    "cases-en.csv",
    "cases-en.xlsx",
    "dictionary-en.csv",
    "cases-uk.csv",
    "cases-uk.xlsx",
    "dictionary-uk.csv",
    "cases.jsonl",
    "sites.geojson",
    "LICENCE.txt",
    "CITATION.txt",
]


@pytest.fixture(autouse=True)
def _world():
    with time_machine.travel(NOW, tick=False):
        publish(full_case(code_of(1)))
        publish(case(code_of(2)))
        yield


def make(days: int = 0, note: str = "") -> PublishedRelease:
    return make_release(note=note, address=ADDRESS, at=NOW + dt.timedelta(days=days), say=lambda _text: None)


def read(client, number: int, name: str) -> bytes:
    response = client.get(f"/en/data/{number}/{name}")
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def status(client, number: int, name: str = "cases-en.csv") -> int:
    return client.get(f"/en/data/{number}/{name}").status_code


def test_a_release_has_every_file_with_its_hash_and_is_listed(client) -> None:
    publish_site("sizo-1")
    made = make(note="The first.")

    manifest = json.loads(read(client, 1, "manifest.json"))

    assert hashlib.sha256(read(client, 1, "manifest.json")).hexdigest() == made.sha256
    assert [one["name"] for one in manifest["files"]] == FILES
    for one in manifest["files"]:
        content = read(client, 1, one["name"])
        assert (len(content), hashlib.sha256(content).hexdigest()) == (one["bytes"], one["sha256"])
    rows = {one["name"]: one["rows"] for one in manifest["files"]}
    assert rows["cases-en.csv"] == rows["cases-uk.xlsx"] == rows["cases.jsonl"] == manifest["cases"] == 2
    assert (manifest["release"], manifest["changes"], manifest["note"]) == (1, None, "The first.")
    assert zipfile.ZipFile(io.BytesIO(read(client, 1, "cases-uk.xlsx"))).testzip() is None
    assert b"Release 1, 10 January 2026: 2 cases. https://example.org/en/data/1/" in read(client, 1, "CITATION.txt")
    for page in ("/en/data/", "/uk/data/", "/en/data/1/", "/uk/data/1/"):
        assert "The first." in client.get(page).content.decode()
    assert status(client, 1, "codes.txt") == 404
    entry = AuditEntry.objects.filter(action=AuditAction.EXPORTED.value).get()
    assert entry.payload == {"what": "release", "release": 1, "count": 2, "sha256": made.sha256}


def test_a_file_comes_with_its_type_size_and_etag_and_no_cache_hands_it_out_unasked(client) -> None:
    make()

    response = client.get("/en/data/1/cases.jsonl")

    assert response["Content-Type"] == "application/jsonl; charset=utf-8"
    assert int(response["Content-Length"]) == len(b"".join(response.streaming_content))
    assert response["Content-Disposition"] == 'attachment; filename="release-1-cases.jsonl"'
    assert response["Cache-Control"] == "public, no-cache"
    again = client.get("/en/data/1/cases.jsonl", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, response["ETag"])


def test_a_second_release_leaves_the_first_as_it_was_and_says_what_changed(client) -> None:
    make()
    before = {name: read(client, 1, name) for name in (*FILES, "manifest.json")}
    publish(case(code_of(2), born="1990"), at=NOW + dt.timedelta(days=2))
    publish(case(code_of(3)), at=NOW + dt.timedelta(days=2))

    with time_machine.travel(NOW + dt.timedelta(days=5), tick=False):
        second = make(5)

    assert {name: read(client, 1, name) for name in (*FILES, "manifest.json")} == before
    assert json.loads(second.manifest)["changes"] == {"since_release": 1, "added": 1, "changed": 1, "withdrawn": 0}


def test_a_withdrawal_closes_the_releases_that_have_the_case_and_keeps_their_manifest(client) -> None:
    publish(case(code_of(4)), at=NOW)
    make(-5)  # before the last one was published
    first = make(5)
    with time_machine.travel(NOW + dt.timedelta(days=6), tick=False):
        withdraw_case(code_of(4), at=NOW + dt.timedelta(days=6))

        assert [status(client, number) for number in (1, 2)] == [200, 410]
        assert json.loads(read(client, 2, "manifest.json")) == json.loads(first.manifest)
        assert "The files of this release were withdrawn" in client.get("/en/data/2/").content.decode()
        assert "files withdrawn" in client.get("/en/data/").content.decode()
        assert set(PublishedReleasePart.objects.values_list("file__release", "file__name")) >= {(2, "codes.txt")}
        assert not PublishedReleasePart.objects.filter(file__release=2, file__is_served=True).exists()

        third = make(6)
    assert third.number == 3
    assert json.loads(third.manifest)["changes"] == {"since_release": 2, "added": 0, "changed": 0, "withdrawn": 1}
    assert code_of(4) not in third.manifest


def test_a_version_that_may_no_longer_be_read_closes_the_releases_that_have_it(client) -> None:
    make(5)
    publish(case(code_of(2), born="1990"), at=NOW + dt.timedelta(days=20))
    make(40)
    alias = router.db_for_write(PublishedCase)

    close_versions(
        DocumentKind.CASE, code_of(2), lambda _text: False, but=2, at=NOW + dt.timedelta(days=41), using=alias
    )

    assert [status(client, number) for number in (1, 2)] == [410, 200]


def test_a_site_that_may_no_longer_be_shown_closes_the_releases_that_have_it(client) -> None:
    publish_site("sizo-1")
    make(5)

    withdraw_references(DocumentKind.SITE, but=[], at=NOW + dt.timedelta(days=6))

    assert status(client, 1) == 410


def test_the_end_of_a_consent_closes_a_release_on_the_day_before_any_command_runs(client) -> None:
    publish(case(code_of(5)), at=NOW, show_until=dt.date(2026, 1, 20))
    make()
    for day, expected in ((20, 200), (21, 410)):
        with time_machine.travel(dt.datetime(2026, 1, day, 12, tzinfo=dt.UTC), tick=False):
            assert status(client, 1) == expected
            assert ("files withdrawn" in client.get("/en/data/").content.decode()) is (expected == 410)
    withdraw_expired(on=dt.date(2026, 1, 21), at=NOW + dt.timedelta(days=11))
    assert PublishedRelease.objects.get().closed_at is not None


def test_a_consent_that_ends_earlier_is_brought_along(client) -> None:
    make()

    limit_case(code_of(1), dt.date(2026, 1, 15))

    assert PublishedRelease.objects.get().show_until == dt.date(2026, 1, 15)
    with time_machine.travel(dt.datetime(2026, 1, 16, 12, tzinfo=dt.UTC), tick=False):
        assert status(client, 1) == 410


def test_who_is_withdrawn_while_a_release_is_made_is_not_in_it() -> None:
    alias = router.db_for_write(PublishedCase)
    begun = releases.begin(note="", at=NOW, using=alias)
    withdraw_case(code_of(1), at=NOW)

    with pytest.raises(releases.ReleaseRefused, match="Make it again"):
        releases.finish(begun, releases.Finished("{}", 1, None), at=NOW)

    assert not PublishedRelease.objects.exists()


def test_a_release_that_broke_off_is_seen_by_nobody_and_leaves_nothing(client, monkeypatch) -> None:
    def breaks(_chosen):
        raise OSError("no space left")

    monkeypatch.setattr("cases.actions.releases.json_lines_of", breaks)
    with pytest.raises(OSError, match="no space"):
        make()
    assert not PublishedRelease.objects.exists()
    assert not PublishedReleasePart.objects.exists()
    releases.begin(note="", at=NOW, using=router.db_for_write(PublishedCase))
    assert client.get("/en/data/1/").status_code == 404
    with pytest.raises(ActionRefused, match="--discard-unfinished"):
        make()


def test_a_release_cannot_be_altered_or_deleted_by_the_public_wing() -> None:
    made = make()
    for act in (
        made.save,
        made.delete,
        PublishedRelease.objects.all().delete,
        lambda: PublishedRelease.objects.update(note="x"),
    ):
        with pytest.raises(ReleaseIsFinal):
            act()


def test_what_changed_is_told_by_two_lists_in_the_order_of_codes() -> None:
    early, late = NOW, NOW + dt.timedelta(days=2)
    now = [("B", early), ("C", late), ("D", early), ("F", late)]
    assert counted(changes(["A", "B", "C", "E", "G"], now, since=NOW)) == {"added": 2, "changed": 1, "withdrawn": 3}
    assert counted(changes([], [], since=NOW)) == {"added": 0, "changed": 0, "withdrawn": 0}


def test_the_command_says_which_release_it_made(settings, capsys) -> None:
    with pytest.raises(CommandError, match="SITE_URL"):
        call_command("release")
    settings.SITE_URL = ADDRESS
    call_command("release", "--note", "By hand.", "--discard-unfinished")
    said = capsys.readouterr()
    assert "release 1: 2 cases" in said.out
    assert f"{ADDRESS}/en/data/1/" in said.out
    assert "cases-en.csv: " in said.err


def test_where_the_data_page_used_to_be_leads_to_it(client) -> None:
    response = client.get("/uk/about/data/")
    assert (response.status_code, response["Location"]) == (301, "/uk/data/")


def test_who_came_after_a_release_is_not_in_it_and_closes_it_by_no_withdrawal(client) -> None:
    make()
    later = NOW + dt.timedelta(hours=1)
    publish(case(code_of(6)), at=later)
    limit_case(code_of(6), dt.date(2026, 1, 15))
    withdraw_case(code_of(6), at=later)

    release = PublishedRelease.objects.get()
    assert (release.closed_at, release.show_until, status(client, 1)) == (None, None, 200)


def test_of_a_release_that_surely_has_a_case_no_list_is_read(client, monkeypatch) -> None:
    """A withdrawal does not wait for the lists of all releases of all years."""
    make(5)
    monkeypatch.setattr(releases, "codes_of", None)

    withdraw_case(code_of(2), at=NOW + dt.timedelta(days=6))

    assert status(client, 1) == 410


def test_a_version_of_the_hours_after_a_release_closes_it_where_the_case_is_in_it(client) -> None:
    """Which of two versions it has is not known to the hour."""
    make()
    later = NOW + dt.timedelta(hours=1)
    publish(case(code_of(2), born="1990"), at=later)
    publish(case(code_of(2), born="1991"), at=later + dt.timedelta(hours=1))
    alias = router.db_for_write(PublishedCase)

    close_versions(DocumentKind.CASE, code_of(2), lambda text: "1990" not in text, but=3, at=later, using=alias)

    assert status(client, 1) == 410
