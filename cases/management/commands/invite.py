"""An invitation to the desk, made at the machine."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from cases.actions.accounts import GROUPS, ensure_groups
from cases.actions.invitations import GOOD_FOR, invite
from cases.actions.permissions import ActionRefused
from tracker.commands import SiteCommand

HOURS = int(GOOD_FOR.total_seconds() // 3600)


class Command(SiteCommand):
    help = (
        f"Invite a person to the desk: print a link, good once and for {HOURS} hours, at which they choose a password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("group", choices=sorted(GROUPS))
        parser.add_argument("--address", default="", help="Where the desk is, for the link: https://desk.example.org")

    def handle(self, *_args: Any, username: str, group: str, address: str, **_options: Any) -> None:
        ensure_groups()
        try:
            token = invite(None, username, group=group, at=timezone.now())
        except (ActionRefused, ValidationError) as refusal:
            said = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
            raise CommandError(" ".join(said)) from refusal
        self.stdout.write(address.rstrip("/") + reverse("accept-invitation", args=[token]))
        self.stderr.write(f"Give it to {username} over a channel that you trust. Good once, for {HOURS} hours.")
