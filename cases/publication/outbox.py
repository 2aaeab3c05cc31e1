"""What partners' programs are to be told, noted in the transaction that publishes: it is told if and only if that happened.

The outbox is private, beside the records. A process without records has no partners and notes nothing.
"""

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.http import QueryDict

from cases.domain.webhook_messages import new_message_id
from cases.enums import Told
from cases.models import Webhook, WebhookEvent
from cases.published.filters import CaseFilter


def watchers(code: str, *, on: dt.date) -> frozenset[int]:
    """Return the keys of the active partners whose list holds the case now; of every active one for ""."""
    if not settings.HOLDS_RECORDS:
        return frozenset()
    active = list(Webhook.objects.filter(is_active=True).only("pk", "query"))
    return frozenset(one.pk for one in active if not code or not one.query or _holds(one.query, code, on))


def queue(
    kind: Told, code: str, partners: Collection[int], *, at: dt.datetime, version: int | None = None
) -> list[WebhookEvent]:
    """Note one message for each partner. What still waits of a withdrawn case is not told any more."""
    if kind is Told.WITHDRAWN and settings.HOLDS_RECORDS:
        WebhookEvent.objects.waiting().filter(code=code).delete()
    if not partners:
        return []
    rows = [
        WebhookEvent(
            webhook_id=pk,
            message_id=new_message_id(),
            kind=kind.value,
            code=code,
            version=version,
            queued_at=at,
            next_at=at,
        )
        for pk in sorted(partners)
    ]
    return list(WebhookEvent.objects.bulk_create(rows))


def _holds(query: str, code: str, on: dt.date) -> bool:
    found = CaseFilter(QueryDict(query), on=on)
    return found.is_valid() and found.qs.filter(pk=code).exists()
