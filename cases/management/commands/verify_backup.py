"""Read a backup through, without restoring it."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from cases.actions.restore import check_backup
from cases.actions.restore_keys import KeysNeeded
from cases.domain.backup_file import BackupUnreadable
from cases.domain.backup_items import Contents
from cases.management.commands.backup import backup_keys
from tracker.commands import SiteCommand


def told_contents(contents: Contents) -> str:
    """Return a table of what a backup holds, for people."""
    width = max(len(label) for label in contents.tables)
    lines = [f"  {label:<{width}} {one.size:>10}" for label, one in contents.tables.items() if one.size]
    size = sum(file.size for file in contents.files.values())
    audit = contents.about["audit"]
    return "\n".join([
        f"Made {contents.about['made_at']} by version {contents.about['program']}",
        *lines,
        f"  {'rows in all':<{width}} {contents.rows:>10}",
        f"  {'files':<{width}} {len(contents.files):>10} ({size} bytes)",
        f"  {'last audit entry':<{width}} {audit['entries']:>10} {audit['last'][:12]}",
    ])  # fmt: skip


def told_keys(needed: KeysNeeded) -> list[str]:
    """Return a warning for everything that cannot be opened here."""
    said = [
        f"{number} sealed values or files need the sealing key {key}, which is not at hand: they stay as they are, and open "
        "again when that key is added to SEALING_KEYS or to the key file."
        for key, number in needed.missing().items()
    ]
    if needed.broken:
        said.append(
            f"Sealed values that were altered before the backup was made: {', '.join(sorted(set(needed.broken)))}"
        )
    return said


class Command(SiteCommand):
    help = "Check that a backup is whole and that the keys at hand open it. Nothing is restored or changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The file that 'manage.py backup' wrote")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            checked = check_backup(file, keys=backup_keys())
        except BackupUnreadable as problem:
            raise CommandError(str(problem)) from problem
        except OSError as problem:
            raise CommandError(f"{file} cannot be read: {problem.strerror}.") from problem
        checked.needed.open_samples()
        self.stdout.write(told_contents(checked.contents))
        for warning in told_keys(checked.needed):
            self.stderr.write(self.style.WARNING(warning))
        self.stdout.write(self.style.SUCCESS(f"{file} is whole. SHA-256 {checked.sha256}"))
