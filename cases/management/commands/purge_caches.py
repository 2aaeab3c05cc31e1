"""Tell the caches in front of the site to forget its pages, where they may hold any from before the last change."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import router
from django.utils import timezone

from cases.publication.purging import purge_due
from cases.published.models import PublishedCase
from tracker.commands import SiteCommand


class Command(SiteCommand):
    help = (
        "Send PURGE to each address of CACHE_PURGE_URLS that was not surely told of the last change. Run it every minute "
        "where the desk is."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.CACHE_PURGE_URLS:
            self.stdout.write("caches: none to purge")
            return
        done = purge_due(router.db_for_write(PublishedCase), at=timezone.now())
        failed = {target: failure for target, failure in done.items() if failure}
        self.stdout.write(f"caches: {len(done) - len(failed)} purged, {len(failed)} failed")
        if failed:
            told = "; ".join(f"{target}: {failure}" for target, failure in failed.items())
            raise CommandError(f"These caches may show what is gone. It is tried again in a minute. {told}")
