"""Erase a person at lawful request, with two accounts, after showing what goes."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError
from django.utils import timezone

from cases.actions.erasure import ask, confirm, found_for, what_to_type
from cases.actions.erasure_remains import finish
from cases.actions.permissions import ActionRefused
from cases.enums import ErasureGround, ErasureState
from cases.models import DoomedFile, ErasureRequest, Prisoner, Relative
from cases.publication.publish import PublicSideUnreachable
from cases.queries.erased import Subject
from cases.queries.erasure import model_of
from cases.queries.mentions import mentions, wanted_names
from tracker.commands import SiteCommand

BACKUPS = (
    "Backups made before now still hold the person. Delete them when their own period ends, and after restoring one "
    "run 'manage.py reapply_erasures'."
)


class Command(SiteCommand):
    help = (
        "Erase a prisoner with the whole case, or one relative: records, history, files, published versions and the "
        "payloads of the audit. Shows what goes and where else the person is named, and asks for the code."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", nargs="?", default="", help="The code of the case")
        parser.add_argument("--relative", type=int, help="The number of a relative, in place of a code")
        parser.add_argument("--reason", choices=[ground.value for ground in ErasureGround], help="The lawful ground")
        parser.add_argument("--asked-by", metavar="ACCOUNT", help="The desk account of the one who asks")
        parser.add_argument("--confirmed-by", metavar="ACCOUNT", help="The desk account of the other one, who confirms")
        parser.add_argument(
            "--resume", action="store_true", help="Only finish the files of an erasure that was cut off"
        )

    def handle(self, *_args: Any, resume: bool, **options: Any) -> None:
        if resume:
            self.stdout.write(f"{finish(at=timezone.now())} files deleted, {DoomedFile.objects.count()} left")
            return
        subject = self._subject(options["code"], options["relative"])
        missing = [name for name in ("reason", "asked_by", "confirmed_by") if not options[name]]
        if missing:
            names = ", ".join(f"--{name.replace('_', '-')}" for name in missing)
            raise CommandError(f"{names} must be given: an erasure has a lawful ground and two people.")
        if options["asked_by"] == options["confirmed_by"]:
            raise CommandError("Nobody erases alone: --asked-by and --confirmed-by are two people.")
        try:
            self._erase(subject, options["reason"], *map(self._account, (options["asked_by"], options["confirmed_by"])))
        except PermissionDenied as refusal:
            raise CommandError("One of the accounts may not do this: see the permissions of its group.") from refusal
        except (ActionRefused, PublicSideUnreachable) as refusal:
            raise CommandError(str(refusal)) from refusal

    def _subject(self, code: str, relative: int | None) -> Subject:
        if bool(code) == (relative is not None):
            raise CommandError("Give the code of a case, or --relative with a number.")
        found: Subject | None = (
            Prisoner.objects.filter(code=code).first() if code else Relative.objects.filter(pk=relative or 0).first()
        )
        if found is None:
            raise CommandError("There is no such record.")
        return found

    def _account(self, username: str) -> User:
        account = User.objects.filter(username=username, is_active=True).first()
        if account is None:
            raise CommandError(f"There is no active account {username}.")
        return account

    def _erase(self, subject: Subject, ground: str, asker: User, confirmer: User) -> None:
        kind = str(subject._meta.model_name)
        waiting = ErasureRequest.objects.filter(
            subject_kind=kind, subject_id=subject.pk, state=ErasureState.ASKED.value
        ).first()
        request = waiting or ask(asker, subject, ground=ground, at=timezone.now())
        self._show(request)
        word = what_to_type(request)
        typed = input(f"Type {word} to erase, anything else to stop: ")
        done = confirm(confirmer, request, typed=typed, at=timezone.now())
        self.stdout.write(f"Erased. Number of the erasure: {done.reference}")
        for name, number in done.counts.items():
            self.stdout.write(f"  {name}: {number}")
        if DoomedFile.objects.exists():
            self.stdout.write("Some files could not be deleted; run 'manage.py erase_person --resume'.")
        self.stdout.write(BACKUPS)

    def _show(self, request: ErasureRequest) -> None:
        found = found_for(request)
        self.stdout.write("This will be removed for good:")
        for kind, number in found.counts().items():
            self.stdout.write(f"  {model_of(kind)._meta.verbose_name_plural}: {number}")
        self.stdout.write(f"  rows of history: {found.history_count()}\n  files: {len(found.files)}")
        self.stdout.write("The person may also be named here, which only you can judge; correct it before:")
        for place in mentions(found, wanted_names(found)):
            self.stdout.write(f"  {place.kind} {place.pk} ({place.record}): {place.field}")
        for blocker in found.blockers:
            self.stdout.write(f"  CANNOT ERASE, unknown: {blocker}")
