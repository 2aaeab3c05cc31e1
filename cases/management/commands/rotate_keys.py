"""Bring every sealed value under the newest key, so that an old one can be thrown away."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from cases.actions.key_rotation import census, rotate
from cases.enums import AuditAction
from cases.models import AuditEntry
from cases.sealed import keyring
from tracker.commands import SiteCommand


class Command(SiteCommand):
    help = (
        "Reseal every sealed value, history included, with the first key of SEALING_KEYS. Can be stopped and run again; "
        "the site may go on meanwhile, where it has the keys from a file; else restart it with the new key first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only count how many values each key has sealed")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        if check:
            self._census()
            return
        self.stdout.write(f"First key: {keyring().primary.id}")
        tables = rotate(tell=self._tell)
        resealed, kept = sum(table.resealed for table in tables), sum(table.kept for table in tables)
        AuditEntry.objects.append(
            AuditAction.KEYS_ROTATED, payload={"key": keyring().primary.id, "resealed": resealed, "kept": kept}
        )
        self.stdout.write(f"{resealed} values resealed, {kept} were under this key already.")
        unknown = {key for table in tables for key in table.unknown}
        broken = [place for table in tables for place in table.broken]
        for table in tables:
            for key, number in table.unknown.items():
                self.stderr.write(
                    f"{table.table}: {number} values are sealed with the key {key}, which is not at hand."
                )
        for place in broken:
            self.stderr.write(f"{place}: the seal does not hold; the value was altered or copied there.")
        if unknown or broken:
            raise CommandError(
                "Not everything could be resealed; what could not is untouched. Add the missing keys to SEALING_KEYS "
                "and run rotate_keys again. Throw no key away until it ends without this message."
            )
        self._census()

    def _tell(self, table: str, rows: int) -> None:
        self.stderr.write(f"  {table}: {rows} rows")

    def _census(self) -> None:
        at_hand = {key.id for key in keyring()}
        counted = dict.fromkeys(at_hand, 0) | census()
        for key, number in sorted(counted.items()):
            words = "the first key" if key == keyring().primary.id else "at hand" if key in at_hand else "NOT AT HAND"
            self.stdout.write(f"{number:8} values under {key or 'no key: not sealed'} ({words})")
        self.stdout.write(
            "A key other than the first, without values here and needed by no backup, may be thrown away."
        )
