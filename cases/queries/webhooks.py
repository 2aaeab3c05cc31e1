"""How partners' programs take what they are told: for the desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from cases.models import Webhook, WebhookEvent

#: How many of the last messages of a partner are shown.
RECENT = 10
#: After how long a message that waits is a trouble.
LATE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner's program, its last messages, the latest first, and whether somebody should look after it."""

    webhook: Webhook
    events: list[WebhookEvent]
    waiting: int
    is_in_trouble: bool


def partners(at: datetime) -> list[Partner]:
    """Return every partner; a few queries each, for there are few."""
    troubled = set(in_trouble(at).values_list("pk", flat=True))
    return [
        Partner(
            webhook,
            list(webhook.events.order_by("-pk")[:RECENT]),
            webhook.events.filter(delivered_at=None, dead_at=None).count(),
            webhook.pk in troubled,
        )
        for webhook in Webhook.objects.order_by("name")
    ]


def in_trouble(at: datetime) -> QuerySet[Webhook]:
    """Return the partners for whom a message was given up within a week or waits for longer than LATE."""
    given_up = Q(events__dead_at__gte=at - timedelta(days=7))
    waits = Q(events__delivered_at=None, events__dead_at=None, events__queued_at__lt=at - LATE)
    return Webhook.objects.filter(given_up | waits).distinct()
