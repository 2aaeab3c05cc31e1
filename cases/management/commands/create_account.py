"""A desk account for a new member of the team, with a random password that is printed once."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cases.actions.accounts import GROUPS, create_desk_account, ensure_groups


class Command(BaseCommand):
    help = "Create a desk account in a group and print its password. The member changes it at the desk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("group", choices=sorted(GROUPS))

    def handle(self, *_args: Any, username: str, group: str, **_options: Any) -> None:
        if User.objects.filter(username=username).exists():
            raise CommandError(
                f"There is an account {username} already. 'manage.py changepassword {username}' gives it a new password."
            )
        ensure_groups()
        password = secrets.token_urlsafe(12)
        try:
            create_desk_account(username, group, password)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"{username} ({group})\n{password}")
