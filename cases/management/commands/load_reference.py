"""Load the reference data and publish the pages of sites and provisions."""

from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from cases.actions.fixture_accounts import fixture_author, fixture_reviewer
from cases.actions.fixture_rows import FixtureError
from cases.actions.publication import publish_reference
from cases.actions.reference import load_reference
from cases.queries.reference_changes import page_changes
from tracker.commands import SiteCommand


class Command(SiteCommand):
    help = (
        "Load fixtures/reference: places, detention sites, codes, provisions, courts, organisations and sources. Run "
        "again, it brings changed rows up to date and keeps what was edited at the desk."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        # What differs before loading was written at the desk, and waits for somebody who reads and publishes it there.
        waiting = {page.slug for page in page_changes()}
        try:
            loaded = load_reference(fixture_author())
        except FixtureError as problem:
            raise CommandError(f"{problem} Nothing was loaded.") from problem
        for name, counts in loaded.items():
            self.stdout.write(f"  {name}: {counts.added} added, {counts.changed} changed, {counts.unchanged} unchanged")
        published = publish_reference(fixture_reviewer(), at=timezone.now(), but=waiting)
        self.stdout.write(f"  published: {published.sites} detention sites, {published.provisions} provisions")
        if waiting:
            self.stdout.write(
                f"  {len(waiting)} pages were changed at the desk and wait there to be read and published"
            )
