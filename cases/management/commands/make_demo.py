"""Make invented cases for the demonstration: a few with records at the desk, or a crowd in the public copy."""

import os
import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from cases.actions.crowd import make_crowd
from cases.actions.demo import DemoNeedsReference, make_demo
from cases.actions.fixture_accounts import fixture_author, fixture_reviewer
from cases.actions.fixture_rows import FixtureError
from cases.actions.permissions import ActionRefused
from cases.publication.crowd_writing import Written
from tracker.commands import SiteCommand

#: From more cases than these a crowd is made, unless asked otherwise.
MOST_WITH_RECORDS = 1000
TOLD_EVERY = 5.0
PROBLEMS = (DemoNeedsReference, FixtureError, ActionRefused)


class Command(SiteCommand):
    help = (
        "Make up cases of invented people, marked as such everywhere. Up to 1,000 are written at the desk, reviewed and "
        "published one by one, with all their records (a few a second). More are a crowd: published cases with names "
        "in all scripts, charges, stays and versions, written into the public copy alone and at once (hundreds a "
        "second on each core); pages, search, figures, exports and API have them, the desk does not. The first 1,000 of "
        "a crowd each have a life of their own; of the others each 25 share one (dates, places, charges, decisions), "
        "under names and codes of their own: 350,000 cases are 15,000 lives. The same seed "
        "gives the same people; run again, it keeps every case that is there and goes on where it was stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=60, help="How many cases (60)")
        parser.add_argument("--seed", type=int, default=1944, help="From which the people follow (1944)")
        parser.add_argument(
            "--crowd",
            action="store_true",
            help=f"A crowd in the public copy alone, as it is made of more than {MOST_WITH_RECORDS} cases",
        )
        parser.add_argument("--records", action="store_true", help="With records at the desk, however many cases")
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count() or 1, help="Processes that write a crowd (one a core)"
        )
        parser.add_argument(
            "--beside-real-cases",
            action="store_true",
            help="Make a crowd although there are cases of real people beside those of fixtures/cases",
        )

    def handle(self, *_args: Any, cases: int, **options: Any) -> None:
        if cases < 1:
            raise CommandError("--cases: ask for at least one.")
        if options["processes"] < 1:
            raise CommandError("--processes: ask for at least one.")
        if options["crowd"] and options["records"]:
            raise CommandError("--crowd and --records exclude each other: a crowd has no records.")
        if not settings.SERVES_DESK:
            raise CommandError("This process has no desk: run the command where the records are.")
        if options["crowd"] or (cases > MOST_WITH_RECORDS and not options["records"]):
            self._crowd(cases, **options)
        else:
            self._demo(cases, options["seed"])

    def _demo(self, cases: int, seed: int) -> None:
        author, reviewer = fixture_author(), fixture_reviewer()
        today = timezone.localdate()
        try:
            made = make_demo(author, reviewer, count=cases, seed=seed, today=today, now=timezone.now)
        except PROBLEMS as problem:
            raise CommandError(f"{problem} No invented case was written.") from problem
        self.stdout.write(f"  invented cases: {made.added} added, {made.kept} were there already")

    def _crowd(self, cases: int, **options: Any) -> None:
        self.told, self.asked = time.monotonic(), cases
        try:
            made = make_crowd(
                fixture_author(),
                count=cases,
                seed=options["seed"],
                at=timezone.now(),
                processes=options["processes"],
                beside_real_cases=options["beside_real_cases"],
                tell=self._tell,
            )
        except KeyboardInterrupt as stopped:
            raise CommandError("Stopped. What was written stays, in whole batches; run it again to go on.") from stopped
        except PROBLEMS as problem:
            raise CommandError(f"{problem} No invented case was written.") from problem
        self.stdout.write(
            f"  invented crowd: {made.cases} added in {made.rows} rows, {made.kept} were there already. It is in the "
            "public copy alone: the desk has no records of it."
        )

    def _tell(self, written: Written, seconds: float) -> None:
        if time.monotonic() - self.told < TOLD_EVERY:
            return
        self.told, seconds = time.monotonic(), max(seconds, 0.001)
        self.stderr.write(
            f"… {written.cases + written.kept} of {self.asked} cases, {written.cases / seconds:.0f} cases and "
            f"{written.rows / seconds:.0f} rows a second"
        )
