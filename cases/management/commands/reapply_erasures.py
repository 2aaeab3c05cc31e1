"""Erase again who was erased before and has come back with a restored backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from cases.actions.erasure import erase_again
from cases.actions.permissions import ActionRefused
from cases.models import Prisoner, Relative
from cases.publication.publish import PublicSideUnreachable
from cases.queries.erased import Subject, erased_lines, mark_of
from tracker.commands import SiteCommand


class Command(SiteCommand):
    help = (
        "Erase again everybody on the list of erasures that is in the database: run it after every 'restore'. The list is "
        "the file 'erasures' in VAR_DIR; on a new machine bring the newest copy of it. It needs the same audit key."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="file", type=Path, help="Another list than VAR_DIR/erasures")

    def handle(self, *_args: Any, file: Path | None, **_options: Any) -> None:
        path = file or Path(settings.ERASURES_FILE)
        if not path.is_file():
            raise CommandError(f"There is no list {path}. Bring the newest one, or name it with --from.")
        marks = {line.mark: line.reference for line in erased_lines(path)}
        back: list[Subject] = [*Prisoner.objects.all(), *Relative.objects.select_related("household")]
        again = [(one, marks[mark_of(one)]) for one in back if mark_of(one) in marks]
        for subject, reference in again:
            if not type(subject)._default_manager.filter(pk=subject.pk).exists():
                continue  # went with a prisoner just now
            try:
                erase_again(subject, reference, at=timezone.now())
            except (ActionRefused, PublicSideUnreachable) as refusal:
                raise CommandError(f"{reference}: {refusal}") from refusal
            self.stdout.write(f"{reference}: erased again")
        self.stdout.write(f"{len(marks)} erasures on the list, {len(again)} had come back")
