"""Ticking what the law says: who may, what is refused, what the audit keeps, and what becomes of a submission."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cases.actions.legal_findings import tick, untick
from cases.actions.permissions import ActionRefused
from cases.actions.review import approve, submit
from cases.models import AuditEntry, Decision, FindingTick, Prisoner, Submission
from cases.publication.casefile import read_case
from cases.publication.legal_findings import Findings, Standing, offered_findings
from cases.publication.legal_shapes import LegalFinding
from cases.published.models import PublishedCase
from cases.queries.alarms import lapsed_findings
from tests.lasting import lasting
from tests.legal_world import fourteen_years

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    with lasting(django_db_blocker):
        yield fourteen_years().pk


@pytest.fixture
def strict(written: int) -> Prisoner:
    return Prisoner.objects.get(pk=written)


def offered(prisoner: Prisoner) -> Findings:
    return offered_findings(read_case(prisoner))


def term(prisoner: Prisoner) -> LegalFinding:
    return next(one.finding for one in offered(prisoner).offered if one.finding.key.startswith("term:"))


def tick_term(actor: User, prisoner: Prisoner) -> FindingTick:
    found = term(prisoner)
    return tick(actor, prisoner, key=found.key, seen=found.digest, at=NOW)


def test_a_reviewer_ticks_what_they_saw_and_the_audit_keeps_who_and_when(strict: Prisoner, bob: User) -> None:
    ticked = tick_term(bob, strict)
    assert (ticked.ticked_by, ticked.ticked_at, ticked.sha256) == (bob, NOW, term(strict).digest)
    entry = AuditEntry.objects.filter(subject_kind="findingtick").get()
    assert (entry.action, entry.case, entry.payload["fields"]["key"]) == ("created", strict.code, [None, ticked.key])
    untick(bob, strict, key=ticked.key)
    assert [one.action for one in AuditEntry.objects.filter(subject_kind="findingtick").order_by("pk")] == [
        "created",
        "deleted",
    ]


def test_nobody_but_a_reviewer_ticks_or_takes_a_tick_back(strict: Prisoner, alice: User, anna: User, bob: User) -> None:
    for other in (alice, anna):
        with pytest.raises(PermissionDenied):
            tick_term(other, strict)
    ticked = tick_term(bob, strict)
    for other in (alice, anna):
        with pytest.raises(PermissionDenied):
            untick(other, strict, key=ticked.key)


def test_what_was_not_seen_as_it_is_now_is_refused(strict: Prisoner, bob: User) -> None:
    found = term(strict)
    with pytest.raises(ActionRefused, match="says something else"):
        tick(bob, strict, key=found.key, seen="0" * 64, at=NOW)
    with pytest.raises(ActionRefused, match="no longer follows"):
        tick(bob, strict, key="term:proceeding:0", seen=found.digest, at=NOW)
    with pytest.raises(ActionRefused, match="not ticked"):
        untick(bob, strict, key=found.key)
    assert FindingTick.objects.count() == 0


def test_what_follows_from_a_hidden_fact_is_refused_and_the_fact_is_named(strict: Prisoner, bob: User) -> None:
    Decision.objects.filter(outcome="upheld").update(is_public=False)
    with pytest.raises(ActionRefused, match="Appeal: upheld, 14 March 2022, Invented court"):
        tick_term(bob, strict)


def test_a_lapsed_tick_is_renewed_in_its_place(strict: Prisoner, bob: User, carol: User) -> None:
    tick_term(bob, strict)
    sentence = strict.defendants.get().sentences.get()
    sentence.years = 15
    sentence.save()
    assert [alarm.prisoner for alarm in lapsed_findings()] == [strict]
    ticked = tick_term(carol, strict)
    assert (FindingTick.objects.count(), ticked.ticked_by, lapsed_findings()) == (1, carol, [])


def test_a_waiting_submission_takes_the_finding_in_and_has_to_be_read_again(
    strict: Prisoner, alice: User, bob: User
) -> None:
    waiting = submit(alice, strict, at=NOW)
    read = waiting.sha256
    tick_term(bob, strict)
    with pytest.raises(ActionRefused, match="not the document that you read"):
        approve(bob, waiting, seen=read, at=LATER)
    waiting.refresh_from_db()
    assert [finding["kind"] for finding in waiting.document["findings"]] == ["term"]
    approve(bob, waiting, seen=waiting.sha256, at=LATER)
    assert [finding["kind"] for finding in PublishedCase.objects.get().document["findings"]] == ["term"]


def test_a_submission_of_a_case_that_was_changed_since_stays_as_it_was_submitted(
    strict: Prisoner, alice: User, bob: User
) -> None:
    waiting = submit(alice, strict, at=NOW)
    strict.summary_en = "An invented teacher of music."
    strict.save()
    tick_term(bob, strict)
    assert Submission.objects.get(pk=waiting.pk).sha256 == waiting.sha256
    with pytest.raises(ActionRefused, match="has changed since"):
        approve(bob, waiting, at=LATER)


def test_a_tick_on_a_public_case_is_something_new_to_submit(strict: Prisoner, alice: User, bob: User) -> None:
    approve(bob, submit(alice, strict, at=NOW), at=NOW)
    with pytest.raises(ActionRefused, match="Nothing has changed"):
        submit(alice, strict, at=LATER)
    tick_term(bob, strict)
    approve(bob, submit(alice, strict, at=LATER), at=LATER)
    assert {one.standing for one in offered(strict).offered} == {Standing.TICKED, Standing.OPEN}
    assert PublishedCase.objects.get().version == 2


def test_the_database_refuses_a_second_tick_and_one_that_does_not_say_what_was_seen(
    strict: Prisoner, bob: User
) -> None:
    ticked = tick_term(bob, strict)
    for key, seen in ((ticked.key, ticked.sha256), ("", ticked.sha256), ("another", "seen")):
        with pytest.raises(IntegrityError), transaction.atomic():
            FindingTick.objects.create(prisoner=strict, key=key, sha256=seen, ticked_by=bob, ticked_at=NOW)
