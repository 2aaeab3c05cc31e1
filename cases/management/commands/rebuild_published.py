"""Make the public lists, searches and totals anew from the published versions; run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import router, transaction
from django.utils import timezone

from cases.published.models import PublishedCase
from cases.published.projections import rebuild


class Command(BaseCommand):
    help = (
        "Rebuild every list, search key and total of the public side from its versions, as of today. "
        "Run it daily: statuses follow the calendar, and expired consent leaves the totals."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        alias = router.db_for_write(PublishedCase)
        with transaction.atomic(using=alias):
            done = rebuild(on=timezone.localdate(), using=alias)
        for kind, number in sorted(done.items()):
            self.stdout.write(f"{kind}: {number} rebuilt")
