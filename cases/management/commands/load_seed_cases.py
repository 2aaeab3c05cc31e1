"""Load the real cases and publish them."""

from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from cases.actions.fixture_accounts import fixture_author, fixture_reviewer
from cases.actions.fixture_rows import FixtureError
from cases.actions.permissions import ActionRefused
from cases.actions.seed_cases import load_seed_cases
from tracker.commands import SiteCommand


class Command(SiteCommand):
    help = "Load fixtures/cases, the real cases, each fact with its source. Run again, it keeps every case as it is."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            loaded = load_seed_cases(fixture_author(), fixture_reviewer(), now=timezone.now)
        except (FixtureError, ActionRefused) as problem:
            raise CommandError(f"{problem} Nothing was loaded. Was load_reference run before?") from problem
        for prisoner in loaded.added:
            self.stdout.write(f"  {prisoner}: added and published")
        for code in loaded.kept:
            self.stdout.write(f"  {code}: is there already, kept as it is")
