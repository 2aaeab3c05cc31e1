"""Write everything into one encrypted file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone
from environs import Env

from cases.actions.backup import make_backup
from cases.actions.permissions import ActionRefused
from cases.domain.backup_file import BackupKey, BackupUnreadable
from cases.queries.stored_tables import NotStorable
from tracker.commands import SiteCommand
from tracker.env import read_keys


def backup_keys() -> list[BackupKey]:
    """Return the backup keys of this machine. Raises CommandError."""
    try:
        return [BackupKey.from_text(key) for key in read_keys(Env(), "BACKUP_KEY", settings.VAR_DIR / "backup_key")]
    except ImproperlyConfigured as problem:
        raise CommandError(str(problem)) from problem


class Command(SiteCommand):
    help = (
        "Write both databases and the media folder into one encrypted file, while the site runs. No key is in it: keep "
        "the backup key, the sealing keys and the audit key elsewhere."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The file to write; one that is there is replaced at the end")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        keys = backup_keys()
        try:
            made = make_backup(file, keys=keys, at=timezone.now(), say=self._say)
        except (ActionRefused, BackupUnreadable, NotStorable) as problem:
            raise CommandError(f"{problem} No backup was made.") from problem
        except (OSError, DatabaseError) as problem:
            raise CommandError(
                f"The backup broke off: {problem}. None was made; one that was there under this name is untouched."
            ) from problem
        self.stdout.write(
            f"{file}: {made.size} bytes, key {keys[0].id}, SHA-256 {made.sha256}\n"
            f"{len(made.contents.tables)} tables, {made.contents.rows} rows, {len(made.contents.files)} files"
        )

    def _say(self, text: str) -> None:
        self.stderr.write(text)
        self.stderr.flush()
