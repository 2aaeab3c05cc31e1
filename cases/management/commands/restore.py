"""Bring back what a backup holds, onto a fresh machine or in place of what is here."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections
from django.utils import timezone

from cases.actions.permissions import ActionRefused
from cases.actions.restore import restore, worded
from cases.domain.backup_file import BackupUnreadable
from cases.management.commands.backup import backup_keys
from cases.management.commands.verify_backup import told_contents, told_keys
from cases.queries.stored_tables import NotStorable


class Command(BaseCommand):
    help = (
        "Restore a backup into databases that 'migrate' has just made. While it runs the site answers 503; killed at any "
        "moment, it goes on when the same command is run again. All sessions end."
    )
    requires_system_checks: list[str] = []  # one of them says that a restore is not finished

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The file that 'manage.py backup' wrote")
        parser.add_argument(
            "--replace", action="store_true", help="Remove what is in the databases and the media folder"
        )
        parser.add_argument("--no-input", action="store_true", help="Do not ask before removing")
        parser.add_argument("--despite-audit", action="store_true", help="Also where the audit does not verify")

    def handle(
        self, *_args: Any, file: Path, replace: bool, no_input: bool, despite_audit: bool, **_options: Any
    ) -> None:
        try:
            restored = restore(
                file,
                keys=backup_keys(),
                at=timezone.now(),
                replace=replace,
                despite_audit=despite_audit,
                say=self._say,
                confirm=(lambda _held: True) if no_input else self._asked,
            )
        except (ActionRefused, BackupUnreadable, NotStorable) as problem:
            raise CommandError(str(problem)) from problem
        except (OSError, DatabaseError) as problem:
            raise CommandError(
                f"The restore broke off: {problem}. Remove the cause and run the same command again; if the site may be "
                "half restored, it stays closed until then."
            ) from problem
        self.stdout.write(told_contents(restored.contents))
        self.stdout.write(f"Read back and compared: every table. Sealed values opened as a sample: {restored.opened}.")
        warnings = told_keys(restored.needed) + [f"The audit does not verify: {worded(one)}" for one in restored.faults]
        for warning in warnings:
            self.stderr.write(self.style.WARNING(warning))
        self.stdout.write(self.style.SUCCESS("Restored. Every session has ended: everybody signs in again."))
        self.stdout.write(
            "People erased since this backup are back: run 'manage.py reapply_erasures' before anything else."
        )

    def _say(self, text: str) -> None:
        self.stderr.write(text)
        self.stderr.flush()

    def _asked(self, held: Sequence[str]) -> bool:
        """Ask for the name of the database that would be emptied."""
        name = Path(str(connections["default"].settings_dict["NAME"])).name
        where = [str(connections[alias].settings_dict["NAME"]) for alias in settings.DATABASES]
        self.stdout.write(
            f"This removes everything in {', '.join([*where, str(settings.MEDIA_ROOT)])}:\n  {', '.join(held)}"
        )
        try:
            return input(f"Type {name} to go on: ").strip() == name
        except EOFError as problem:
            raise CommandError("Nobody answered. Nothing was changed. --no-input goes on without asking.") from problem
