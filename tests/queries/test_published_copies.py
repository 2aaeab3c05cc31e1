"""What somebody changed in the public copy by SQL is named; what the program wrote there never is."""

import datetime as dt
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import QuerySet

from cases.actions import accounts
from cases.actions.publication import withdraw
from cases.actions.review import approve, submit
from cases.models import Prisoner, Publication
from cases.publication.publish import withdraw_expired
from cases.published.documents import canonical, sha256
from cases.published.models import PublishedCase, PublishedPhoto, PublishedSite, PublishedVersion
from cases.queries.published_copies import strange_copies
from tests import factories

pytestmark = pytest.mark.django_db(databases="__all__")

AT = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
TODAY = AT.date()


@pytest.fixture
def bob() -> User:
    accounts.ensure_groups()
    return factories.UserFactory(username="bob", group=accounts.REVIEWER)


@pytest.fixture
def prisoner(bob: User) -> Prisoner:
    """Return a case with two versions, both public."""
    prisoner, carol = factories.case(), factories.UserFactory(group=accounts.REVIEWER)
    for summary in ("A teacher.", "A teacher of physics."):
        prisoner.summary_en = summary
        prisoner.save()
        approve(bob, submit(carol, prisoner, at=AT), at=AT)
    return prisoner


def found() -> list[str]:
    return list(strange_copies(on=TODAY))


def by_sql(table: Any, key: dict[str, Any], **values: Any) -> None:
    assert QuerySet(table).filter(**key).update(**values) == 1


def forged(version: PublishedVersion, told: str = "A spy.") -> dict[str, str]:
    text = canonical({**json.loads(version.text), "summary": {"en": told}})
    return {"text": text, "sha256": sha256(text)}


def test_what_the_program_published_withdrew_and_closed_is_not_strange(prisoner: Prisoner, bob: User) -> None:
    assert PublishedVersion.objects.open().filter(key=prisoner.code).count() == 2
    assert found() == []
    withdraw(bob, prisoner, reason="Asked for.", at=AT)
    assert found() == []


def test_a_page_that_the_public_side_closed_when_the_consent_ended_is_not_strange(prisoner: Prisoner) -> None:
    QuerySet(PublishedCase).update(show_until=TODAY)
    Prisoner.objects.filter(pk=prisoner.pk).update(consent_expires=TODAY)
    tomorrow = TODAY + dt.timedelta(days=1)
    withdraw_expired(on=tomorrow, at=AT)
    assert list(strange_copies(on=tomorrow)) == []


@pytest.mark.parametrize("shown_for", [None, 1])
def test_a_page_that_was_given_more_days_than_its_consent_is_named(prisoner: Prisoner, shown_for: int | None) -> None:
    Prisoner.objects.filter(pk=prisoner.pk).update(consent_expires=TODAY)
    until = TODAY + dt.timedelta(days=shown_for) if shown_for else None
    by_sql(PublishedCase, {"code": prisoner.code}, show_until=until)
    assert found() == [f"case {prisoner.code}: may be shown for longer than its consent lasts"]


def test_a_text_forged_with_its_hash_in_version_and_page_is_named(prisoner: Prisoner) -> None:
    code = prisoner.code
    last = PublishedVersion.objects.get(key=code, number=2)
    made = forged(last)
    by_sql(PublishedVersion, {"pk": last.pk}, **made)
    by_sql(PublishedCase, {"pk": code}, document=json.loads(made["text"]), sha256=made["sha256"])
    assert found() == [
        f"case {code}, version 2: nobody approved this text",
        f"case {code}: is not the version that the desk says is public",
    ]


def test_an_earlier_version_that_was_forged_is_named(prisoner: Prisoner) -> None:
    first = PublishedVersion.objects.get(key=prisoner.code, number=1)
    by_sql(PublishedVersion, {"pk": first.pk}, text=forged(first)["text"])
    assert found() == [f"case {prisoner.code}, version 1: its text is not the one of its hash"]


def test_a_page_that_says_something_else_than_its_version_is_named(prisoner: Prisoner) -> None:
    page = PublishedCase.objects.get(pk=prisoner.code)
    by_sql(PublishedCase, {"pk": page.pk}, document={**page.document, "born": "1900"})
    assert found() == [f"case {prisoner.code}: shows something else than its version 2"]


def test_a_page_removed_hidden_or_shown_again_by_sql_is_named(prisoner: Prisoner) -> None:
    code = prisoner.code
    page = PublishedCase.objects.get(pk=code)
    gone = {"document": None, "card": None, "slug": "", "name_en": "", "name_uk": "", "withdrawn_at": AT}
    by_sql(PublishedCase, {"pk": code}, state="withdrawn", **gone)
    assert found() == [f"case {code}: is not shown, and the desk says that it is public"]
    page.delete()
    assert found() == [f"case {code}: is not there, and the desk says that it is public"]
    page.pk = code
    page.save(force_insert=True)
    Publication.objects.update(state="withdrawn", withdrawn_at=AT)
    assert found() == [f"case {code}: is shown, and the desk says that it is not public"]


def test_a_photograph_put_there_by_sql_is_named(prisoner: Prisoner) -> None:
    pixels = {"content": b"other pixels", "width": 1, "height": 1}
    PublishedPhoto.objects.create(case_id=prisoner.code, sha256="a" * 64, **pixels)
    assert found() == [f"case {prisoner.code}: has a photograph that its document does not show"]


def test_a_site_that_says_something_else_than_its_version_is_named(prisoner: Prisoner) -> None:
    page = PublishedSite.objects.first()
    assert page is not None
    by_sql(PublishedSite, {"pk": page.pk}, document={**page.document, "kind": "pit"})
    assert found() == [f"site {page.slug}: shows something else than its version 1"]
