"""What is over goes on its day, what is not stays, and the audit's chain holds."""

import datetime as dt
import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from cases.actions.retention import apply_retention
from cases.actions.review import recall, send_back, submit
from cases.domain.audit_chain import faults
from cases.enums import AuditAction
from cases.models import AuditEntry, AuditHead, Prisoner, Submission
from cases.queries.retention import PERIODS, forgotten_drafts
from tests import factories

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def days_ago(days: int) -> dt.datetime:
    return NOW - dt.timedelta(days=days)


def test_addresses_of_sign_ins_go_after_their_period_and_the_chain_holds(bob: User) -> None:
    old, new = (
        AuditEntry.objects.append(AuditAction.SIGNED_IN, actor=bob, payload={"address": "192.0.2.7"}, at=days_ago(days))
        for days in (181, 179)
    )
    assert apply_retention(at=NOW)["sign_ins"] == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.payload, old.salt, old.actor_name) == (None, "", "bob")
    assert new.payload == {"address": "192.0.2.7"}
    said = AuditEntry.objects.get(action="retention").payload
    assert said == {"counts": {"sign_ins": 1}, "entries": [old.number]}
    key = django_settings.AUDIT_KEY
    assert list(faults(AuditEntry.objects.links(), key, head=AuditHead.objects.get().as_sealed())) == []
    assert apply_retention(at=NOW) == dict.fromkeys((one.name for one in PERIODS if not one.is_listed), 0)
    assert AuditEntry.objects.filter(action="retention").count() == 1


def test_documents_of_submissions_that_came_to_nothing_go_everywhere(alice: User, bob: User) -> None:
    old, fresh = factories.case("Vyhadan Davnii"), factories.case("Vyhadan Novyi")
    send_back(bob, submit(alice, old, at=days_ago(400)), note="Which court?", at=days_ago(366))
    recall(alice, submit(alice, old, at=days_ago(400)), at=days_ago(390))
    send_back(bob, submit(alice, fresh, at=days_ago(400)), note="Which court?", at=days_ago(364))
    waiting = submit(alice, old, at=days_ago(400))
    assert apply_retention(at=NOW)["submissions"] == 2
    assert list(Submission.objects.filter(document={}).order_by("pk").values_list("state", flat=True)) == [
        "sent_back",
        "recalled",
    ]
    emptied = Submission.objects.filter(document={}).values_list("pk", flat=True)
    assert Submission.history.filter(id__in=emptied).exclude(document={}).count() == 0
    assert not AuditEntry.objects.filter(
        subject_kind="submission", subject_id__in=emptied, payload__isnull=False
    ).exists()
    assert {row.prisoner for row in Submission.objects.exclude(document={})} == {old, fresh}
    waiting.refresh_from_db()
    assert waiting.document["names"][0]["text"] == "Vyhadan Davnii"


def test_sessions_that_have_ended_go(bob: User) -> None:
    Session.objects.create(session_key="ended", session_data="", expire_date=days_ago(1))
    Session.objects.create(session_key="open", session_data="", expire_date=NOW + dt.timedelta(hours=1))
    assert apply_retention(at=NOW)["sessions"] == 1
    assert Session.objects.get().session_key == "open"


def test_a_period_of_zero_keeps(bob: User, settings: Any) -> None:
    settings.RETENTION_SIGN_IN_DAYS = 0
    AuditEntry.objects.append(AuditAction.SIGNED_IN, actor=bob, payload={"address": "192.0.2.7"}, at=days_ago(4000))
    assert apply_retention(at=NOW)["sign_ins"] == 0


def age(prisoner: Prisoner, day: dt.datetime) -> None:
    Prisoner.objects.filter(pk=prisoner.pk).update(created_at=day, updated_at=day)
    for rows in (prisoner.names, prisoner.stays, prisoner.events, prisoner.defendants, prisoner.case_citations):
        rows.update(updated_at=day)


def test_a_forgotten_draft_is_listed_and_not_removed() -> None:
    later = dt.datetime.now(tz=dt.UTC) + dt.timedelta(days=1200)
    forgotten, touched, agreed = (factories.case(consent=consent) for consent in ("none", "none", "full"))
    for prisoner in (forgotten, touched, agreed):
        age(prisoner, days_ago(1200))
    touched.names.update(updated_at=later)
    assert list(forgotten_drafts(later - dt.timedelta(days=1095))) == [forgotten]
    apply_retention(at=later)
    assert Prisoner.objects.count() == 3


def test_a_draft_with_a_recent_entry_of_the_audit_is_not_forgotten() -> None:
    prisoner = factories.case(consent="none")
    age(prisoner, days_ago(2000))
    assert list(forgotten_drafts(days_ago(1095))) == []


def test_a_dry_run_says_what_is_due_and_removes_nothing(bob: User) -> None:
    AuditEntry.objects.append(AuditAction.SIGNED_IN, actor=bob, payload={"address": "192.0.2.7"}, at=days_ago(4000))
    out = io.StringIO()
    call_command("apply_retention", "--dry-run", stdout=out)
    assert "sign_ins (after 180 days): 1 due" in out.getvalue()
    assert AuditEntry.objects.get(action="signed_in").payload == {"address": "192.0.2.7"}
    out = io.StringIO()
    call_command("apply_retention", stdout=out)
    assert "sign_ins (after 180 days): 1 removed" in out.getvalue()
    assert "files of erased people: 0 deleted" in out.getvalue()


def test_every_period_says_what_and_why() -> None:
    assert [period.name for period in PERIODS if not (str(period.what) and str(period.why))] == []
    assert len({period.name for period in PERIODS}) == len(PERIODS)


def test_what_writing_a_file_left_behind_goes_after_a_day(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    left = [tmp_path / "photos" / f".unfinished-{number}" for number in range(2)]
    left[0].parent.mkdir()
    for age, path in zip((25, 1), left, strict=True):
        path.write_bytes(b"a sealed photograph")
        written = (timezone.now() - dt.timedelta(hours=age)).timestamp()
        os.utime(path, (written, written))
    call_command("apply_retention", stdout=io.StringIO())
    assert [path.exists() for path in left] == [False, True]
