"""Partners' programs: registered with an entry in the audit, told in order, tried again, given up, never told twice."""

import datetime as dt
import json
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions import accounts
from cases.actions.permissions import ActionRefused
from cases.actions.retention import apply_retention
from cases.actions.webhook_delivery import deliver_due
from cases.actions.webhooks import add_webhook, remove_webhook, send_test, set_webhook_active
from cases.domain.webhook_messages import headers_of
from cases.enums import AuditAction, Told
from cases.models import AuditEntry, Webhook, WebhookEvent
from cases.outgoing import AddressRefused
from cases.publication.outbox import queue
from cases.queries.webhooks import in_trouble, partners
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
ADDRESS = "https://partner.example.org/hook"


@pytest.fixture
def head(groups):
    return UserFactory(username="head", group=accounts.ADMINISTRATOR)


@pytest.fixture
def added(head):
    return add_webhook(head, "Archive", address=ADDRESS, query="", at=NOON)


@pytest.fixture
def hook(added):
    return added[0]


class Partner:
    """A partner's program that answers as told, and keeps what it got."""

    def __init__(self, *answers):
        self.answers, self.got = list(answers), []

    def __call__(self, address, body, headers):
        self.got.append((address, body, headers))
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, BaseException):
            raise answer
        return answer

    @property
    def bodies(self):
        return [json.loads(body) for _address, body, _headers in self.got]


def deliver(partner, at=NOON):
    return deliver_due(partner, clock=lambda: at, address_of=lambda code: f"https://cases.example.org/en/cases/{code}/")


def minutes(count):
    return NOON + dt.timedelta(minutes=count)


def note(hook, kind=Told.PUBLISHED, code="K7Q4M2", version=1, at=NOON):
    return queue(kind, code, [hook.pk], version=version, at=at)[0]


def test_a_message_says_what_happened_and_is_signed_with_the_secret_that_was_shown(added):
    hook, secret = added
    event = note(hook)
    partner = Partner()
    assert deliver(partner) == Counter(delivered=1)
    ((address, body, headers),) = partner.got
    assert address == ADDRESS
    assert json.loads(body) == {
        "type": "case.published",
        "timestamp": "2026-11-22T12:00:00.000Z",
        "data": {"code": "K7Q4M2", "version": 1, "url": "https://cases.example.org/en/cases/K7Q4M2/"},
    }
    assert headers == headers_of(secret, event.message_id, body, at=NOON)
    assert deliver(partner) == Counter()


def test_of_a_withdrawn_case_nothing_but_the_code_is_said(hook):
    note(hook, Told.WITHDRAWN, version=None)
    partner = Partner()
    deliver(partner)
    assert [body["data"] for body in partner.bodies] == [{"code": "K7Q4M2"}]


def test_a_message_that_is_not_taken_is_tried_again_under_the_same_identifier_and_holds_up_what_follows(hook):
    note(hook)
    note(hook, Told.CHANGED, version=2)
    partner = Partner(500, OSError("down"), 200, 200)
    outcomes = [deliver(partner, minutes(at)) for at in (0, 0, 1, 2, 6)]
    assert outcomes == [{"put off": 1}, {}, {"put off": 1}, {}, {"delivered": 2}]
    assert [body["type"] for body in partner.bodies] == ["case.published"] * 3 + ["case.changed"]
    ids = [headers["webhook-id"] for _address, _body, headers in partner.got]
    assert (len(set(ids[:3])), ids[3] in ids[:3]) == (1, False)


def test_one_partner_who_is_away_holds_up_nobody_else(head, hook):
    other, _secret = add_webhook(head, "Bureau", address=ADDRESS, query="", at=NOON)
    note(hook)
    note(other)
    assert deliver(Partner(OSError("down"), 200)) == Counter({"put off": 1, "delivered": 1})


def test_an_address_that_leads_inside_is_not_an_answer(hook):
    note(hook)
    assert deliver(Partner(AddressRefused("inside"))) == Counter({"put off": 1})
    assert WebhookEvent.objects.get().status is None


def test_two_runs_at_once_send_one(hook):
    note(hook)

    class Meanwhile(Partner):
        def __call__(self, *sent):
            assert deliver(Partner()) == Counter()
            return super().__call__(*sent)

    assert deliver(Meanwhile()) == Counter(delivered=1)


class Killed(BaseException):
    """The process ends here."""


def test_killed_before_the_answer_is_noted_it_is_sent_again_under_the_same_identifier(hook):
    note(hook)
    partner = Partner(Killed(), 200)
    with pytest.raises(Killed):
        deliver(partner)
    assert deliver(partner, minutes(1)) == Counter(delivered=1)
    assert len({headers["webhook-id"] for _address, _body, headers in partner.got}) == 1


def test_after_five_days_a_message_is_given_up_and_the_desk_is_told(hook):
    note(hook)
    late = NOON + dt.timedelta(days=5)
    assert list(in_trouble(NOON)) == []
    assert deliver(Partner(503), NOON) == Counter({"put off": 1})
    assert list(in_trouble(minutes(61))) == [hook]
    assert deliver(Partner(503), late) == Counter({"given up": 1})
    assert list(in_trouble(late)) == [hook]
    assert [(one.webhook, one.waiting, one.is_in_trouble) for one in partners(late)] == [(hook, 0, True)]
    assert deliver(Partner(), late) == Counter()


def test_a_partner_who_says_that_the_address_is_gone_is_paused(hook):
    note(hook)
    assert deliver(Partner(410)) == Counter({"refused for good": 1})
    assert Webhook.objects.get().is_active is False


def test_a_redirect_is_no_delivery(hook):
    note(hook)
    assert deliver(Partner(302)) == Counter({"put off": 1})


def test_a_test_event_is_about_no_case(head, hook):
    send_test(head, hook, at=NOON)
    partner = Partner()
    deliver(partner)
    assert partner.bodies == [{"type": "test", "timestamp": "2026-11-22T12:00:00.000Z", "data": {}}]


def test_what_was_delivered_goes_after_a_month(hook):
    note(hook)
    deliver(Partner())
    assert apply_retention(at=NOON + dt.timedelta(days=29))["webhook_events"] == 0
    assert apply_retention(at=NOON + dt.timedelta(days=31))["webhook_events"] == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"address": "http://partner.example.org/"}, "begins with https://"),
        ({"address": "https://10.0.0.1/"}, "not its number"),
        ({"query": "status=nonsense"}, "This is no list"),
        ({"name": "Archive"}, "already"),
    ],
)
def test_what_cannot_be_registered_is_refused_with_its_remedy(head, hook, changed, said):
    given = {"name": "Bureau", "address": ADDRESS, "query": ""} | changed
    with pytest.raises(ActionRefused, match=said):
        add_webhook(head, given.pop("name"), **given, at=NOON)
    assert Webhook.objects.count() == 1


def test_only_administrators_manage_partners(bob, hook):
    for act in (
        lambda: add_webhook(bob, "Bureau", address=ADDRESS, query="", at=NOON),
        lambda: set_webhook_active(bob, hook, active=False, at=NOON),
        lambda: remove_webhook(bob, hook, at=NOON),
        lambda: send_test(bob, hook, at=NOON),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_audit_tells_who_added_paused_and_removed_and_never_the_secret(head, added):
    hook, secret = added
    set_webhook_active(head, hook, active=False, at=NOON)
    set_webhook_active(head, hook, active=False, at=NOON)
    with pytest.raises(ActionRefused, match="paused"):
        send_test(head, Webhook.objects.get(), at=NOON)
    remove_webhook(head, hook, at=NOON)
    entries = AuditEntry.objects.filter(action=AuditAction.WEBHOOK.value).order_by("number")
    told = [json.loads(entry.payload) if isinstance(entry.payload, str) else entry.payload for entry in entries]
    assert [{*one} - {"name", "address", "list"} for one in told] == [{"added"}, {"active"}, {"removed"}]
    assert secret not in str(told)
    assert (Webhook.objects.count(), WebhookEvent.objects.count()) == (0, 0)
