"""A release that somebody altered around the program is named; one that the program made or closed is not."""

import json
import zlib

import pytest
import time_machine
from django.db import router
from django.db.models import QuerySet

from cases.actions.releases import make_release
from cases.publication.publish import withdraw_case
from cases.published.documents import sha256
from cases.published.models import PublishedCase
from cases.published.release_models import PublishedRelease, PublishedReleaseFile, PublishedReleasePart
from cases.queries.published_releases import strange_releases
from tests.actions.test_releases import ADDRESS, NOW
from tests.published.samples import case, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _released():
    with time_machine.travel(NOW, tick=False):
        publish(case())
        make_release(note="", address=ADDRESS, at=NOW, say=lambda _text: None)
        yield


def found() -> list[str]:
    return list(strange_releases(on=NOW.date()))


def releases() -> "QuerySet[PublishedRelease]":
    return QuerySet(PublishedRelease, using=router.db_for_write(PublishedRelease))


def test_a_release_as_it_was_made_and_as_it_was_closed_is_not_strange() -> None:
    assert found() == []
    withdraw_case("22222A", at=NOW)
    assert not releases().get().is_open(NOW.date())
    assert found() == []


def test_a_file_that_was_altered_or_is_gone_is_named() -> None:
    licence = PublishedReleaseFile.objects.get(name="LICENCE.txt")
    PublishedReleasePart.objects.filter(file=licence).update(content=zlib.compress(b"No licence."))
    cited = PublishedReleaseFile.objects.get(name="CITATION.txt")
    PublishedReleasePart.objects.filter(file=cited).update(content=b"no stream at all")
    gone = PublishedReleaseFile.objects.get(name="cases.jsonl")
    gone.parts.all().delete()
    gone.delete()

    names = ("CITATION.txt", "LICENCE.txt", "cases.jsonl")
    assert found() == [f"release 1, {name}: is not the file that was released" for name in names]


def test_a_manifest_that_was_forged_with_its_hash_is_named() -> None:
    text = json.dumps(json.loads(releases().get().manifest) | {"cases": 2})
    releases().update(manifest=text, sha256=sha256(text))

    assert found() == ["release 1: its manifest is not the one that was released"]


def test_a_release_that_was_removed_is_named() -> None:
    PublishedReleasePart.objects.all().delete()
    PublishedReleaseFile.objects.all().delete()
    releases().delete()

    assert found() == ["release 1: is not there, and the audit says that it was made"]
    assert PublishedCase.objects.count() == 1
