"""From nothing to a running site on this machine, in one command. Run again, it keeps everything."""

import hashlib
import secrets
import time
from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from cases.actions.accounts import (
    ADMINISTRATOR,
    ANALYST,
    RESEARCHER,
    REVIEWER,
    SUPPORT,
    create_desk_account,
    ensure_groups,
)
from cases.actions.second_factors import make_recovery_codes
from tracker.serving import ADDRESS, PortError, check_port, serve

ACCOUNTS = {
    "researcher": RESEARCHER,
    "reviewer": REVIEWER,
    "coordinator": SUPPORT,
    "analyst": ANALYST,
    "administrator": ADMINISTRATOR,
}
#: Enough for a first sign-in and a mistake; enrolling makes ten new ones.
CODES_SHOWN = 3
#: The variable that holds the address of each database, for messages.
VARIABLES = {"default": "DATABASE_URL", "public": "PUBLIC_DATABASE_URL"}


class Command(BaseCommand):
    help = "Prepare databases, files, reference data, cases and accounts, and serve the site on this machine."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="The port to serve on (8000)")
        parser.add_argument("--no-serve", action="store_true", help="Prepare everything and stop")
        parser.add_argument("--without-demo", action="store_true", help="Leave out the 60 invented cases")

    def handle(self, *_args: Any, port: int, no_serve: bool, without_demo: bool, **_options: Any) -> None:
        if not no_serve:
            self._check_port(port)
        self._step("Files", self._folders)
        for alias in sorted(set(settings.DATABASES) - set(settings.REPLICAS)):
            self._step(f"Database '{alias}'", partial(self._migrate, alias))
        self._step("Static files", self._static_files)
        if settings.SERVES_DESK:
            self._step("Reference data", lambda: self._call("load_reference"))
            if not without_demo:
                self._step("Invented demonstration cases", lambda: self._call("make_demo"))
            # Last, so that the real people lead the list of what was updated.
            self._step("Seed cases", lambda: self._call("load_seed_cases"))
            self._step("Desk accounts", self._accounts)
        self._addresses(port)
        if no_serve:
            return
        self.stdout.write("Press Ctrl-C to stop.")
        connections.close_all()
        serve(port)

    def _step(self, title: str, work: Callable[[], str]) -> None:
        """Say what is done, do it, say what came of it and how long it took."""
        self.stdout.write(f"{title} …")
        self.stdout.flush()
        started = time.monotonic()
        self.stdout.write(f"  {work()} ({time.monotonic() - started:.1f} s)")

    def _check_port(self, port: int) -> None:
        try:
            check_port(port)
        except PortError as reason:
            raise CommandError(str(reason)) from reason

    def _folders(self) -> str:
        media = Path(settings.MEDIA_ROOT)
        try:
            media.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as refusal:
            raise CommandError(
                f"Cannot make {media}: {refusal.strerror}. Make the folder writable, or set VAR_DIR to one that is."
            ) from refusal
        return f"everything is kept in {settings.VAR_DIR}"

    def _migrate(self, alias: str) -> str:
        connection = connections[alias]
        name = connection.settings_dict["NAME"]
        try:
            connection.ensure_connection()
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        except DatabaseError as refusal:
            raise CommandError(self._database_remedy(alias, str(refusal))) from refusal
        return f"{connection.display_name} {name} is up to date"

    def _database_remedy(self, alias: str, refusal: str) -> str:
        config = connections[alias].settings_dict
        variable = "PUBLIC_DATABASE_URL" if settings.TRACKER_SITE == "public" else VARIABLES[alias]
        where = f"{config['NAME']} on {config['HOST'] or 'this machine'}" if config["HOST"] else str(config["NAME"])
        return (
            f"The database {where} cannot be used: {refusal.strip()}\n"
            f"Check that it runs, that the folder or account may be written to, and the address in {variable}; "
            f"without {variable} a file in {settings.VAR_DIR} is used."
        )

    def _static_files(self) -> str:
        """Collect the static files unless none of them has changed since the last time."""
        print_file = Path(settings.VAR_DIR) / "static.sha256"
        fingerprint = _fingerprint_of_static_files()
        if print_file.is_file() and print_file.read_text() == fingerprint and Path(settings.STATIC_ROOT).is_dir():
            return "unchanged"
        try:
            call_command("collectstatic", verbosity=0, interactive=False)
            print_file.write_text(fingerprint)
        except OSError as refusal:
            raise CommandError(
                f"Cannot write static files to {settings.STATIC_ROOT}: {refusal.strerror}. Make the folder writable."
            ) from refusal
        return f"collected in {settings.STATIC_ROOT}"

    def _call(self, command: str) -> str:
        call_command(command, stdout=self.stdout, stderr=self.stderr)
        return "ready"

    def _accounts(self) -> str:
        """Create the accounts that are missing and print their passwords and recovery codes, this once."""
        ensure_groups()
        existing = set(User.objects.filter(username__in=ACCOUNTS).values_list("username", flat=True))
        missing = {name: group for name, group in ACCOUNTS.items() if name not in existing}
        if not missing:
            return "kept, with their passwords; 'manage.py reset_account NAME' lets in whoever lost one"
        self.stdout.write(
            "  Write these down; they are shown only now. Each account: name, password, recovery codes. The first sign-in\n"
            "  asks for the password and one code; then the desk asks you to add an app or a passkey, and gives new codes."
        )
        for name, group in missing.items():
            password = secrets.token_urlsafe(12)
            codes = make_recovery_codes(create_desk_account(name, group, password))[:CODES_SHOWN]
            self.stdout.write(f"    {name:<14} {password}   {' '.join(codes)}   ({group})")
        return f"{len(missing)} made"

    def _addresses(self, port: int) -> None:
        self.stdout.write(self.style.SUCCESS("Ready."))
        self.stdout.write(f"  Public site: http://{ADDRESS}:{port}/")
        self.stdout.write(f"  API:         http://{ADDRESS}:{port}/api/v1/cases/")
        if settings.SERVES_DESK:
            self.stdout.write(f"  Desk:        http://{ADDRESS}:{port}/desk/")


def _fingerprint_of_static_files() -> str:
    """Return a hash over the name, size and time of every static file of the project and its packages."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            state = Path(storage.path(name)).stat()
            found.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return found.hexdigest()
