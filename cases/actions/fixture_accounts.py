"""The two accounts under which fixtures are written down and published, so that four eyes hold for them too.

They cannot sign in: inactive in the database, without a usable password. The permission checks of the actions let them
pass because a loading command, run by whoever administers the machine, wakes them in memory and never saves them awake.
"""

from typing import Any

from django.contrib.auth.models import Group, User

from cases.actions.accounts import RESEARCHER, REVIEWER, ensure_groups

AUTHOR = "fixture-author"
REVIEWER_ACCOUNT = "fixture-reviewer"
FIXTURE_ACCOUNTS = (AUTHOR, REVIEWER_ACCOUNT)


def fixture_author() -> User:
    """Return the account that enters and submits fixture cases."""
    return _awake(AUTHOR, RESEARCHER)


def fixture_reviewer() -> User:
    """Return the account that approves fixture cases and publishes reference pages."""
    return _awake(REVIEWER_ACCOUNT, REVIEWER)


def _awake(username: str, group: str) -> User:
    account = User.objects.filter(username=username).first()
    if account is None:
        account = User(username=username, is_active=False)
        account.set_unusable_password()
        account.save()
    if not Group.objects.filter(name=group, permissions__isnull=False).exists():
        ensure_groups()
    account.groups.add(Group.objects.get(name=group))
    account.is_active = True
    return account


def sign(record: Any, author: User, reason: str) -> None:
    """Have the history say who wrote the record's next change, and why."""
    record._history_user = author  # noqa: SLF001 - the library's documented way
    record._change_reason = reason  # noqa: SLF001 - likewise
