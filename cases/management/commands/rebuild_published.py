"""Make the public lists, searches and totals anew from the published versions; run it after an update."""

from typing import Any

from django.conf import settings
from django.db import router, transaction
from django.utils import timezone

from cases.actions.consent import end_expired_consents
from cases.actions.withdrawals import withdraw_again
from cases.publication.publish import withdraw_expired
from cases.published.models import PublishedCase
from cases.published.name_vocabulary import rebuild_vocabulary
from cases.published.projections import rebuild
from tracker.commands import SiteCommand


class Command(SiteCommand):
    help = (
        "Rebuild every list, search key and total of the public side from its versions, as of today. "
        "Run it after an update; what time alone changes refresh_published does daily. "
        "Publications and withdrawals wait until it is through."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        ended = (
            end_expired_consents(at=now) if settings.SERVES_DESK else withdraw_expired(on=timezone.localdate(), at=now)
        )
        self.stdout.write(f"consent ended: {ended} withdrawn")
        if settings.SERVES_DESK and (again := withdraw_again(at=now)):
            self.stdout.write(f"withdrawn at the desk and still shown: {again} withdrawn again")
        alias = router.db_for_write(PublishedCase)
        with transaction.atomic(using=alias):
            done = rebuild(on=timezone.localdate(), using=alias)
        words = rebuild_vocabulary(at=now, using=alias)
        self.stdout.write(f"names: {words} words in the vocabulary")
        for kind, number in sorted(done.items()):
            self.stdout.write(f"{kind}: {number} rebuilt")
