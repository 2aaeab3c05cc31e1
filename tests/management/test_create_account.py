"""A desk account by command: in its group, with a password and recovery codes that are printed once."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from cases.actions.accounts import REVIEWER


def create(username: str) -> str:
    output = StringIO()
    call_command("create_account", username, REVIEWER, stdout=output)
    return output.getvalue()


@pytest.mark.django_db
def test_an_account_is_made_in_its_group_with_the_password_that_is_printed() -> None:
    _name, password, codes = create("maryna").splitlines()
    account = User.objects.get(username="maryna")
    assert account.check_password(password)
    assert Authenticator.objects.get(user=account).wrap().get_unused_codes() == codes.split()
    assert [group.name for group in account.groups.all()] == [REVIEWER]
    assert account.is_staff
    assert not account.is_superuser


@pytest.mark.django_db
def test_an_account_that_exists_is_refused_and_keeps_its_password() -> None:
    password = create("maryna").splitlines()[1]
    with pytest.raises(CommandError, match=r"manage\.py reset_account maryna"):
        create("maryna")
    assert User.objects.get(username="maryna").check_password(password)


@pytest.mark.django_db
def test_a_name_that_django_refuses_is_said() -> None:
    with pytest.raises(CommandError, match="Enter a valid username"):
        create("with space")
