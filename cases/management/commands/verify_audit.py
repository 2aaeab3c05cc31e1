"""Whether the audit is whole: every entry, payload, the head, the database's guard, and on request every record."""

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import CommandError
from django.db import connections, router
from django.db.models import Q
from django.utils import timezone

from cases.actions.accounts import GROUPS, codenames
from cases.domain.audit_chain import Broken, Fault, Link, Walk, head_holds
from cases.models import AuditEntry, AuditHead, audit_guard
from cases.queries.audit_note import NoteBroken, Seen, read_note, read_seen, write_note
from cases.queries.audit_records import stray_rows
from cases.queries.crowds import crowd_size
from cases.queries.published_copies import strange_copies
from cases.queries.published_releases import strange_releases
from tracker.commands import SiteCommand

NOTE = "audit_note"
TOLD_EVERY = 5.0
WORDS = {
    Fault.ALTERED: "was altered, or never written by this program",
    Fault.PAYLOAD_ALTERED: "has a payload that was altered",
    Fault.PAYLOAD_MISSING: "has lost its payload, and no erasure of this chain names it",
    Fault.MISSING: "is missing",
    Fault.REORDERED: "was moved",
    Fault.DUPLICATE: "is there twice",
    Fault.OTHER_HISTORY: "is of another history than the entry before it: entries of two databases were mixed",
    Fault.HEAD_WAS_ALTERED: "says that the head was found altered when it was written: what was cut off before it is gone",
    Fault.HEAD_MISSING: "is the last one there is, and the head is missing: entries after it may have been cut off",
    Fault.HEAD_ALTERED: "is the last one that holds, and the head was altered: entries after it may have been cut off",
    Fault.HEAD_BEHIND: "is where the head says the audit ends, but it goes on: the head is of an older state",
    Fault.HEAD_OTHER: "is not the one that the head was sealed with: the head is of another history",
}


def _refuse_without_audit() -> None:
    if not settings.AUDIT_KEY:
        raise CommandError("This process has no audit key: run the command where the records are.")
    database = connections[router.db_for_read(AuditEntry)]
    if AuditEntry._meta.db_table not in database.introspection.table_names():
        raise CommandError("The database has no audit yet: run 'manage.py migrate' first. Nothing was looked at.")


class Command(SiteCommand):
    help = (
        "Verify the audit: names every altered, missing or reordered entry and payload, compares its end with what was "
        "seen before, and looks whether the database still guards it. Exits 1 when anything is wrong. Run it daily."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", action="store_true", help="Print NUMBER:SEAL of the last entry, and stop")
        parser.add_argument("--expect", metavar="NUMBER:SEAL", help="An earlier head, kept elsewhere, to compare with")
        parser.add_argument(
            "--records",
            action="store_true",
            help="Compare every record with its history and the audit, and the public copy",
        )
        parser.add_argument("--guard", action="store_true", help="Put the database's guard of the audit back")
        parser.add_argument(
            "--known",
            type=int,
            action="append",
            default=[],
            metavar="NUMBER",
            help="An entry whose fault was looked into: it is named, and does not make the command fail",
        )
        parser.add_argument(
            "--accept",
            action="store_true",
            help="Remember the present head even where another was seen before, as after a backup was restored",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        _refuse_without_audit()
        if options["head"]:
            self._print_head()
            return
        self.wrong = 0
        known = frozenset(options["known"])
        expected = [*self._noted(), *self._expected(options["expect"])]
        walk, seen = self._walk(known, {one.entries: one for _where, one in expected})
        if not walk.entries and not self.wrong and User.objects.exists():
            self._say("There is no entry at all, and there are accounts: the audit was emptied.")
        is_as_seen = self._compare(walk, expected, seen)
        for name in audit_guard.missing():
            self._say(f"The database's guard is gone or altered: trigger {name}. Put it back with --guard.")
        for name in audit_guard.foreign():
            self._say(
                f"The audit's table has a trigger or rule that the program did not make: {name}. Find out who did."
            )
        if options["guard"]:
            audit_guard.install(connections[router.db_for_write(AuditEntry)])
            self.stdout.write("The database's guard is in place again.")
        if options["records"]:
            self._records()
            self._copies()
            self._groups()
        if walk.last_number and (is_as_seen or options["accept"]):
            write_note(Path(settings.VAR_DIR) / NOTE, Seen(walk.last_number, walk.last_seal), settings.AUDIT_KEY)
        if self.wrong:
            raise CommandError(f"{self.wrong} faults. {walk.entries} entries, head {walk.last_number}:{walk.last_seal}")
        self.stdout.write(f"Intact: {walk.entries} entries, head {walk.last_number}:{walk.last_seal}")

    def _print_head(self) -> None:
        head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
        if head is None or not head_holds(head.as_sealed(), settings.AUDIT_KEY):
            raise CommandError("The head is missing or was altered. Run 'verify_audit' to see what is wrong.")
        self.stdout.write(f"{head.entries}:{head.last}")

    def _walk(self, known: frozenset[int], watched: dict[int, Seen]) -> tuple[Walk, dict[int, str]]:
        """Walk the chain, say what is wrong, and return the seals of the watched entries."""
        walk, seen = Walk(settings.AUDIT_KEY), {}
        began = told = time.monotonic()
        for link in AuditEntry.objects.all().links():
            for broken in walk.step(link):
                self._broken(broken, known, link)
            if link.number in watched:
                seen[link.number] = link.seal
            if time.monotonic() - told > TOLD_EVERY:
                told = time.monotonic()
                self.stderr.write(f"… {walk.entries} entries, {walk.entries / (told - began):.0f} a second")
        head = AuditHead.objects.filter(pk=AuditHead.ONLY).first()
        for broken in walk.end(head.as_sealed() if head else None):
            self._broken(broken, known)
        took = time.monotonic() - began
        self.stdout.write(
            f"{walk.entries} entries read in {took:.1f} s, {walk.entries / max(took, 0.001):.0f} a second"
        )
        if walk.entries and not walk.last_number:
            self._say("No entry holds at all: this is probably not the audit key that they were written with.")
        return walk, seen

    def _broken(self, broken: Broken, known: frozenset[int], link: Link | None = None) -> None:
        what = WORDS[broken.fault]
        if broken.moved_from:
            what += f": it was number {broken.moved_from}"
        if broken.until is not None and broken.until != broken.number:
            self._say(f"Entries {broken.number} to {broken.until} are missing.")
            return
        if link is None or link.number != broken.number:
            link = next(AuditEntry.objects.all().links(after=broken.number - 1, batch=1), None)
        there = link if link is not None and link.number == broken.number else None
        self._say(f"Entry {broken.number} {what}.{_says(there)}", counts=broken.number not in known)

    def _noted(self) -> Iterator[tuple[str, Seen]]:
        path = Path(settings.VAR_DIR) / NOTE
        try:
            found = read_note(path, settings.AUDIT_KEY)
        except NoteBroken as problem:
            self._say(f"{problem} Remove it when you know why, and compare with a head kept elsewhere (--expect).")
            return
        if found is None:
            self.stdout.write(f"No head was seen before: {path} is made now. Keep the output of --head elsewhere too.")
            return
        yield "when the audit was last verified", found

    def _expected(self, text: str | None) -> Iterator[tuple[str, Seen]]:
        if not text:
            return
        try:
            yield "in the head that you gave", read_seen(text)
        except ValueError as problem:
            raise CommandError("--expect takes what --head prints: NUMBER:SEAL.") from problem

    def _compare(self, walk: Walk, expected: list[tuple[str, Seen]], seen: dict[int, str]) -> bool:
        """Say where an entry that was once the last is gone or another; tell whether all is as it was seen."""
        is_as_seen = True
        for where, one in expected:
            if seen.get(one.entries) == one.seal:
                continue
            is_as_seen = False
            if walk.last_number < one.entries:
                self._say(
                    f"There were {one.entries} entries {where}; {walk.last_number} are there now. The end was cut off, "
                    "or the database was put back to an older state."
                )
            else:
                self._say(f"Entry {one.entries} was another {where}: this is another history, after an older state.")
        return is_as_seen

    def _records(self) -> None:
        told = time.monotonic()

        def tell(table: str, rows: int) -> None:
            nonlocal told
            if time.monotonic() - told > TOLD_EVERY:
                told = time.monotonic()
                self.stderr.write(f"… {table}, {rows} rows")

        found = 0
        for stray in stray_rows(tell=tell):
            found += 1
            self._say(f"Record {stray}.")
        self.stdout.write(
            f"Records compared with their history and the audit: {found} are not as the program left them."
        )

    def _copies(self) -> None:
        found = 0
        today = timezone.localdate()
        for strange in chain(strange_copies(on=today), strange_releases(on=today)):
            found += 1
            self._say(f"Public copy, {strange}.")
        self.stdout.write(f"Public copy compared with what was approved: {found} places are not as the desk left them.")
        if invented := crowd_size():
            self.stdout.write(
                f"{invented} public cases are an invented crowd that make_demo made; the desk has no records."
            )

    def _groups(self) -> None:
        """Say which groups may do more than the one table of permissions gives them, and who is above all groups."""
        for group in Group.objects.filter(name__in=GROUPS).prefetch_related("permissions"):
            more = {permission.codename for permission in group.permissions.all()} - codenames(group.name)
            if more:
                self._say(f"Group {group.name} may do what the table does not give it: {', '.join(sorted(more))}.")
        special = User.objects.filter(Q(is_superuser=True) | Q(user_permissions__isnull=False)).distinct()
        for account in special.order_by("username"):
            kind = "a superuser" if account.is_superuser else "given permissions of its own"
            self.stdout.write(f"Account {account.get_username()} is {kind}.")

    def _say(self, sentence: str, *, counts: bool = True) -> None:
        self.wrong += counts
        self.stdout.write(sentence if counts else f"{sentence} (known)")


def _says(link: Link | None) -> str:
    """Return what an entry says of itself, which may be what somebody made it say."""
    if link is None:
        return ""
    subject = f"{link.subject_kind} {link.subject_id}" if link.subject_kind else ""
    case = f"case {link.case}" if link.case else ""
    said = [str(link.at), link.actor_name or "nobody", link.action, subject, case]
    return f" It says: {', '.join(part for part in said if part)}."
