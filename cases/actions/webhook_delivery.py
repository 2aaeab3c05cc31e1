"""Delivering what waits in the outbox: each partner's messages in their order, tried again for days, then given up.

A message may arrive twice, with the same identifier, where a process ends between the answer and its note of it: receivers
keep identifiers. It is never lost: what was not surely taken is sent again.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeAlias

from django.conf import settings
from django.db.models import F

from cases.domain.webhook_messages import body_of, headers_of, wait_after
from cases.enums import Told
from cases.models import Webhook, WebhookEvent
from cases.outgoing import AddressRefused
from cases.sealed import Sealed

#: How many messages one partner gets in one run, so that nobody waits for a partner who has much to catch up on.
MOST = 200
#: Sends a body with headers to an address; returns the status, raises OSError or AddressRefused.
Post: TypeAlias = Callable[[str, bytes, Mapping[str, str]], int]


def deliver_due(post: Post, *, clock: Callable[[], datetime], address_of: Callable[[str], str]) -> Counter[str]:
    """Send what is due; return what became of how many. `address_of` gives the public address of a case by its code.

    Two runs at once send nothing twice: a message is claimed before it is sent.
    """
    done: Counter[str] = Counter()
    for webhook in Webhook.objects.filter(is_active=True).order_by("pk"):
        for event in WebhookEvent.objects.waiting().filter(webhook=webhook).order_by("pk")[:MOST]:
            outcome = _deliver(webhook, event, post, clock, address_of)
            done[outcome] += 1
            if outcome != "delivered":
                break  # what follows keeps its place behind it
    done.pop("not due", None)
    return done


def _deliver(
    webhook: Webhook, event: WebhookEvent, post: Post, clock: Callable[[], datetime], address_of: Callable[[str], str]
) -> str:
    now = clock()
    own = WebhookEvent.objects.waiting().filter(pk=event.pk, tries=event.tries)
    if event.next_at > now or not own.update(tries=F("tries") + 1, next_at=now + wait_after(event.tries + 1)):
        return "not due"
    body = body_of(f"case.{event.kind}" if event.code else event.kind, _facts(event, address_of), at=event.queued_at)
    status = _sent(webhook, post, body, headers_of(_opened(webhook.secret), event.message_id, body, at=now))
    row = WebhookEvent.objects.filter(pk=event.pk)
    if status is not None and HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        row.update(status=status, delivered_at=clock())
        return "delivered"
    is_over = status == HTTPStatus.GONE or now - event.queued_at >= timedelta(days=settings.WEBHOOK_DAYS)
    row.update(status=status, dead_at=now if is_over else None)
    if status == HTTPStatus.GONE:  # the specification: the receiver wants no more
        Webhook.objects.filter(pk=webhook.pk).update(is_active=False)
        return "refused for good"
    return "given up" if is_over else "put off"


def _facts(event: WebhookEvent, address_of: Callable[[str], str]) -> dict[str, Any]:
    """Return what a message says: of a withdrawn case its code alone."""
    if not event.code:
        return {}
    if event.kind == Told.WITHDRAWN.value:
        return {"code": event.code}
    return {"code": event.code, "version": event.version, "url": address_of(event.code)}


def _sent(webhook: Webhook, post: Post, body: bytes, headers: Mapping[str, str]) -> int | None:
    try:
        return post(webhook.address, body, headers)
    except (OSError, AddressRefused):
        return None


def _opened(value: Sealed) -> str:
    return value.open()
