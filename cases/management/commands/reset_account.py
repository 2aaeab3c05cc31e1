"""The way back for whoever lost the password or every second factor."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from cases.actions.fixture_accounts import FIXTURE_ACCOUNTS
from cases.actions.invitations import reset_account
from tracker.commands import SiteCommand


class Command(SiteCommand):
    help = (
        "Take password, second factors and sessions from a desk account, and print a link, good once, at which its owner "
        "chooses a new password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--address", default="", help="Where the desk is, for the link: https://desk.example.org")

    def handle(self, *_args: Any, username: str, address: str, **_options: Any) -> None:
        account = User.objects.filter(username=username).exclude(username__in=FIXTURE_ACCOUNTS).first()
        if account is None:
            raise CommandError(f"There is no account {username}.")
        token = reset_account(None, account, at=timezone.now())
        self.stdout.write(address.rstrip("/") + reverse("accept-invitation", args=[token]))
        self.stderr.write(f"Give it to {username} over a channel that you trust.")
