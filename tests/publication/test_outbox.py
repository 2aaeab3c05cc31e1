"""Partners are told of exactly what was published, changed and withdrawn: noted where it happens, with the code alone."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from cases.enums import Told
from cases.models import Prisoner, Webhook, WebhookEvent
from cases.publication import publish
from cases.publication.publish import erase_case, withdraw_case
from tests.publication.conftest import AT

LATER = AT + dt.timedelta(days=1)


@pytest.fixture
def webhook(db):
    return partner("all")


def partner(name, query="", **fields):
    hook = Webhook(name=name, address="https://example.org/", query=query, added_at=AT, secret="whsec_AA==", **fields)
    hook.save(force_insert=True)
    return hook


def noted(hook=None):
    rows = WebhookEvent.objects.filter(webhook=hook) if hook else WebhookEvent.objects.all()
    return list(rows.values_list("kind", "code", "version"))


def change(prisoner):
    Prisoner.objects.filter(pk=prisoner.pk).update(summary_en="A teacher.")
    return Prisoner.objects.get(pk=prisoner.pk)


def test_publication_change_and_withdrawal_are_noted_in_their_order(webhook, prisoner, approve):
    approve(prisoner)
    WebhookEvent.objects.update(delivered_at=AT)
    approve(change(prisoner), at=LATER)
    WebhookEvent.objects.update(delivered_at=AT)
    withdraw_case(prisoner.code, at=LATER)
    code = prisoner.code
    assert noted() == [("published", code, 1), ("changed", code, 2), ("withdrawn", code, None)]


def test_publishing_the_same_again_tells_nobody(webhook, prisoner, approve):
    approve(prisoner)
    approve(prisoner, at=LATER)
    assert noted() == [("published", prisoner.code, 1)]


def test_a_case_that_comes_back_is_published(webhook, prisoner, approve):
    approve(prisoner)
    withdraw_case(prisoner.code, at=LATER)
    approve(prisoner, at=LATER)
    assert noted() == [("withdrawn", prisoner.code, None), ("published", prisoner.code, 1)]


def test_what_waits_of_a_withdrawn_case_is_not_told_any_more_and_the_withdrawal_is_told_once(
    webhook, prisoner, approve
):
    approve(prisoner)
    withdraw_case(prisoner.code, at=LATER)
    withdraw_case(prisoner.code, at=LATER)
    assert noted() == [("withdrawn", prisoner.code, None)]


def test_an_erasure_is_told_as_a_withdrawal(webhook, prisoner, approve):
    approve(prisoner)
    erase_case(prisoner.code, [], at=LATER)
    assert noted() == [("withdrawn", prisoner.code, None)]


def test_nothing_is_noted_of_what_did_not_happen(webhook, prisoner, approve, monkeypatch):
    def failing(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(publish, "_publish_photo", failing)
    with pytest.raises(RuntimeError), transaction.atomic():
        approve(prisoner)
    assert noted() == []


def test_a_partner_hears_of_its_list_when_a_case_enters_it_stays_and_leaves_it(prisoner, approve):
    pretrial, released = partner("pretrial", "status=pretrial"), partner("released", "status=released")
    approve(prisoner)
    code = prisoner.code
    assert (noted(pretrial), noted(released)) == ([("published", code, 1)], [])
    prisoner.events.create(kind="release", happened="2026-11-01")
    approve(Prisoner.objects.get(pk=prisoner.pk), at=LATER)
    assert noted(pretrial) == [("published", code, 1), ("changed", code, 2)]
    assert noted(released) == [("changed", code, 2)]


def test_a_withdrawal_is_told_whatever_list_is_followed(prisoner, approve):
    released = partner("released", "status=released")
    approve(prisoner)
    withdraw_case(prisoner.code, at=LATER)
    assert noted(released) == [("withdrawn", prisoner.code, None)]


def test_a_paused_partner_and_one_whose_list_is_none_are_told_nothing(prisoner, approve):
    partner("paused", is_active=False)
    partner("none", "site=closed-since")
    approve(prisoner)
    assert noted() == []


def test_a_process_without_records_notes_nothing(webhook, settings):
    settings.HOLDS_RECORDS = False
    assert publish.watchers("", on=timezone.localdate(AT)) == frozenset()
    assert publish.queue(Told.WITHDRAWN, "K7Q4M2", [], at=AT) == []
