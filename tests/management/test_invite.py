"""Invitations and resets at the machine."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from cases.actions.accounts import REVIEWER
from tests import factories
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db

OWN = {"password1": "a long one of my own", "password2": "a long one of my own"}


def run(*command: str) -> str:
    cache.clear()
    output = StringIO()
    call_command(*command, stdout=output, stderr=StringIO())
    return output.getvalue().strip()


def test_an_invitation_prints_a_link_that_makes_the_account() -> None:
    link = run("invite", "maryna", REVIEWER)
    assert link.startswith("/desk/invitation/")
    assert Client().post(link, OWN).status_code == 302
    account = User.objects.get(username="maryna")
    assert [group.name for group in account.groups.all()] == [REVIEWER]


def test_the_address_of_the_desk_stands_before_the_link() -> None:
    assert run("invite", "maryna", REVIEWER, "--address", "https://desk.example.org/").startswith(
        "https://desk.example.org/desk/invitation/"
    )


def test_a_name_that_exists_is_refused_with_the_remedy() -> None:
    factories.UserFactory(username="maryna")
    with pytest.raises(CommandError, match="reset the account"):
        run("invite", "maryna", REVIEWER)


def test_a_reset_lets_even_a_superuser_back_in() -> None:
    root = User.objects.create_superuser("root", password="lost")
    there = signed_in(root)
    link = run("reset_account", "root")
    assert there.get("/desk/").status_code == 302
    assert not Authenticator.objects.exists()
    person = Client()
    assert person.post(link, OWN).status_code == 302
    person.post("/desk/login/", {"login": "root", "password": OWN["password1"]})
    assert person.get("/desk/").url == "/desk/second-factor/"


@pytest.mark.parametrize("name", ["nobody", "reference-data"])
def test_an_account_that_does_not_exist_or_belongs_to_the_machine_is_not_reset(name: str) -> None:
    with pytest.raises(CommandError, match=f"There is no account {name}"):
        run("reset_account", name)
