"""Freeze all published data as a numbered release."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import router
from django.utils import timezone

from cases.actions.permissions import ActionRefused
from cases.actions.releases import make_release
from cases.publication.releases import discard_unfinished
from cases.published.models import PublishedCase
from tracker.commands import SiteCommand


def site_address(given: str) -> str:
    """Return the scheme and host of the links in a file. Raises CommandError."""
    address = (given or settings.SITE_URL).rstrip("/")
    if not address.startswith(("https://", "http://")):
        raise CommandError("Links need the public address: set SITE_URL, or write --site https://example.org")
    return str(address)


class Command(SiteCommand):
    help = (
        "Freeze all published data as a release: files in every language, dictionary, licence, citation and a manifest with "
        "hashes, listed on the data page. A release is never altered; its files are closed when somebody in it is withdrawn."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--note", default="", help="What readers should know of this release, in a sentence")
        parser.add_argument("--site", default="", help="The public address, if not SITE_URL")
        parser.add_argument(
            "--discard-unfinished", action="store_true", help="First delete what a release that was broken off left"
        )

    def handle(self, *_args: Any, note: str, site: str, **options: Any) -> None:
        address = site_address(site)
        if options["discard_unfinished"]:
            number = discard_unfinished(router.db_for_write(PublishedCase))
            self.stdout.write(f"unfinished releases: {number} discarded")
        try:
            made = make_release(note=note, address=address, at=timezone.now(), say=self._say)
        except ActionRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"release {made.number}: {made.cases} cases, SHA-256 of its manifest {made.sha256}")
        self.stdout.write(f"{address}/en/data/{made.number}/")

    def _say(self, text: str) -> None:
        self.stderr.write(text)
        self.stderr.flush()
