"""Seal the files that an earlier version of this program stored in clear."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from cases.actions.files import seal_plain_file
from cases.queries.files import unnamed_files
from cases.sealed_files import delete_files, file_storage, stored_files
from tracker.commands import SiteCommand


class Command(SiteCommand):
    help = (
        "Seal files that are stored in clear and give them names that say nothing; of photographs the pixels are copied. "
        "Run it once after updating; run again, or after being cut off, it goes on with what is left. "
        "Lists files that no record names; --remove-unnamed removes them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--remove-unnamed", action="store_true", help="remove files that neither a record nor its history names"
        )

    def handle(self, *_args: Any, remove_unnamed: bool = False, **_options: Any) -> None:
        storage, now = file_storage(), timezone.now()
        storage.remove_unfinished(before=(now - timedelta(days=1)).timestamp())
        sealed = 0
        for name in [name for name in stored_files() if not storage.is_sealed(name)]:
            outcome = seal_plain_file(name, at=now)
            sealed += bool(outcome.name)
            if outcome.remark:
                self.stdout.write(f"{outcome.name or name}: {outcome.remark}")
        self.stdout.write(f"sealed: {sealed}")
        unnamed = list(unnamed_files(before=now - timedelta(hours=1)))
        for name in unnamed:
            self.stdout.write(f"{name}: no record names it")
        if remove_unnamed:
            self.stdout.write(f"removed: {delete_files(unnamed)}")
        left = [name for name in stored_files() if not storage.is_sealed(name)]
        if left:
            raise CommandError(f"Still stored in clear: {', '.join(left)}")
