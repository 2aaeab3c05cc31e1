"""Tell partners' programs what was published, changed and withdrawn; run it every minute."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone, translation

from cases.actions.webhook_delivery import deliver_due
from cases.outgoing import post
from tracker.commands import SiteCommand


def address_of(code: str) -> str:
    """Return the address of a case without its name, which leads to the page."""
    with translation.override("en"):
        return f"{settings.SITE_URL}{reverse('case-code', args=[code])}"


class Command(SiteCommand):
    help = (
        "Deliver to partners' programs what waits for them: signed, in order, tried again for WEBHOOK_DAYS days. Run it "
        "every minute (deploy/tracker-webhooks.timer)."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.SERVES_DESK or not settings.SITE_URL:
            raise CommandError("Set SITE_URL, and run this where the desk is (TRACKER_SITE=all or desk).")
        done = deliver_due(post, clock=timezone.now, address_of=address_of)
        told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(done.items()))
        self.stdout.write(f"webhooks: {told or 'none due'}")
