"""Remove what is kept no longer than its period; run it once a day."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cases.actions.erasure_remains import finish
from cases.actions.retention import apply_retention
from cases.queries.files import unnamed_files
from cases.queries.retention import PERIODS
from cases.sealed_files import delete_files, file_storage
from tracker.commands import SiteCommand


class Command(SiteCommand):
    help = (
        "Remove documents of submissions that came to nothing, addresses of sign-ins and old sessions after their "
        "periods, finish the files of erasures, and list the drafts that are due for erasure. Run it daily."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say what is due and remove nothing")

    def handle(self, *_args: Any, dry_run: bool, **_options: Any) -> None:
        now = timezone.now()
        due = {period.name: period.ended(now).count() for period in PERIODS}
        done = due if dry_run else {**due, **apply_retention(at=now)}
        for period in PERIODS:
            kept = f"after {period.days} days" if period.setting else "at their end"
            verb = "listed at the desk, to be erased by two people" if period.is_listed else "removed"
            self.stdout.write(f"{period.name} ({kept}): {done[period.name]} {'due' if dry_run else verb}")
        if not dry_run:
            self.stdout.write(f"files of erased people: {finish(at=now)} deleted")
            file_storage().remove_unfinished(before=(now - timedelta(days=1)).timestamp())
            left = delete_files(list(unnamed_files(before=now - timedelta(days=1))))
            self.stdout.write(f"files that no record names, left by a save that was cut off: {left} deleted")
