"""A desk account made at the machine, with a random password and recovery codes that are printed once."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from cases.actions.accounts import GROUPS, create_desk_account, ensure_groups
from cases.actions.second_factors import make_recovery_codes
from tracker.commands import SiteCommand


class Command(SiteCommand):
    help = (
        "Create a desk account in a group and print its password and recovery codes. The first sign-in takes one of the "
        "codes; then the member adds an app or a passkey, and gets codes of their own. 'invite' sends a link instead."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("group", choices=sorted(GROUPS))

    @transaction.atomic
    def handle(self, *_args: Any, username: str, group: str, **_options: Any) -> None:
        if User.objects.filter(username=username).exists():
            raise CommandError(
                f"There is an account {username} already. 'manage.py reset_account {username}' lets its owner in again."
            )
        ensure_groups()
        password = secrets.token_urlsafe(12)
        try:
            account = create_desk_account(username, group, password)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        codes = make_recovery_codes(account)
        self.stdout.write(f"{username} ({group})\n{password}\n{' '.join(codes)}")
