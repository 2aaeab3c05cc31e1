"""Bring what is published up to today: only the cases of which something may be otherwise by now. Run it once a day."""

from typing import Any

from django.conf import settings
from django.db import router, transaction
from django.utils import timezone

from cases.actions.consent import end_expired_consents
from cases.actions.withdrawals import withdraw_again
from cases.publication.publish import withdraw_expired
from cases.published.models import PublishedCase
from cases.published.passing_days import due, refresh
from tracker.commands import SiteCommand

AT_ONCE = 100


class Command(SiteCommand):
    help = (
        "Withdraw the cases whose consent has ended, and show those otherwise of which time alone has changed something, in "
        "short transactions. Run it daily; rebuild_published makes everything anew."
    )

    def handle(self, *_args: Any, **options: Any) -> None:
        now, today, alias = timezone.now(), timezone.localdate(), router.db_for_write(PublishedCase)
        ended = end_expired_consents(at=now) if settings.SERVES_DESK else withdraw_expired(on=today, at=now)
        self.stdout.write(f"consent ended: {ended} withdrawn")
        if settings.SERVES_DESK and (again := withdraw_again(at=now)):
            self.stdout.write(f"withdrawn at the desk and still shown: {again} withdrawn again")
        codes, changed = due(today, using=alias), 0
        for start in range(0, len(codes), AT_ONCE):
            with transaction.atomic(using=alias):
                changed += refresh(codes[start : start + AT_ONCE], on=today, using=alias).changed
            if options["verbosity"] > 1:
                self.stdout.write(f"{min(start + AT_ONCE, len(codes))} of {len(codes)} looked at")
        self.stdout.write(f"cases: {len(codes)} looked at, {changed} shown otherwise")
