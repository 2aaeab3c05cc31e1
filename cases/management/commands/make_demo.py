"""Make invented cases for the demonstration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cases.actions.demo import DemoNeedsReference, make_demo
from cases.actions.fixture_accounts import fixture_author, fixture_reviewer
from cases.actions.fixture_rows import FixtureError
from cases.actions.permissions import ActionRefused


class Command(BaseCommand):
    help = (
        "Make up cases of invented people, marked as such everywhere. The same seed gives the same people; run again, it "
        "keeps every case that is there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=60, help="How many cases (60)")
        parser.add_argument("--seed", type=int, default=1944, help="From which the people follow (1944)")

    def handle(self, *_args: Any, cases: int, seed: int, **_options: Any) -> None:
        if cases < 1:
            raise CommandError("--cases: ask for at least one.")
        author, reviewer = fixture_author(), fixture_reviewer()
        today = timezone.localdate()
        try:
            made = make_demo(author, reviewer, count=cases, seed=seed, today=today, now=timezone.now)
        except (DemoNeedsReference, FixtureError, ActionRefused) as problem:
            raise CommandError(f"{problem} No invented case was written.") from problem
        self.stdout.write(f"  invented cases: {made.added} added, {made.kept} were there already")
