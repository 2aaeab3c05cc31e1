"""Accounts at the desk: by invitation, reset by invitation, their roles changed with an entry in the audit."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from cases.actions import accounts
from cases.enums import AuditAction
from cases.models import AuditEntry, Invitation
from tests import factories
from tests.sign_in import signed_in, with_app

pytestmark = pytest.mark.django_db

PASSWORD = "a long one of my own"
LINK = re.compile(r"http://testserver(/desk/invitation/[\w-]{43}/)")
OWN = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def administrator() -> Client:
    cache.clear()
    accounts.ensure_groups()
    return signed_in(factories.UserFactory(username="head", group=accounts.ADMINISTRATOR))


def invited(administrator: Client, name: str = "maryna", group: str = accounts.REVIEWER) -> str:
    page = administrator.post(reverse("admin:invitations"), {"username": name, "group": group})
    found = LINK.findall(page.content.decode())
    assert len(found) == 1, page.content.decode()
    return str(found[0])


def test_an_invited_person_chooses_a_password_signs_in_and_is_led_to_a_second_factor(administrator: Client) -> None:
    link = invited(administrator)
    assert link not in administrator.get(reverse("admin:invitations")).content.decode()
    person = Client()
    assert "maryna" in person.get(link).content.decode()
    assert person.post(link, OWN).url == "/desk/login/"
    account = User.objects.get(username="maryna")
    assert [group.name for group in account.groups.all()] == [accounts.REVIEWER]
    assert (account.is_staff, account.is_superuser) == (True, False)
    assert person.post("/desk/login/", {"login": "maryna", "password": PASSWORD}).url == "/desk/"
    assert person.get("/desk/").url == reverse("mfa_index")


def test_the_first_page_leads_to_the_invitations_whoever_may_invite(administrator: Client) -> None:
    words = f'href="{reverse("admin:invitations")}"'
    reviewer = signed_in(factories.UserFactory(username="other", group=accounts.REVIEWER))
    assert [words in client.get(reverse("admin:index")).content.decode() for client in (administrator, reviewer)] == [
        True,
        False,
    ]


def test_the_first_page_calls_the_accounts_what_their_list_is_called(administrator: Client) -> None:
    page = administrator.get(reverse("admin:index")).content.decode()
    assert f'href="{reverse("admin:auth_user_changelist")}">Accounts</a>' in re.sub(r"\s+", " ", page).replace(
        " >", ">"
    )
    assert "Users" not in page


def test_a_link_works_once_and_for_three_days(administrator: Client) -> None:
    link = invited(administrator)
    assert Client().post(link, OWN).status_code == 302
    assert Client().get(link).url.startswith("/desk/login/?next=")
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        head = signed_in(User.objects.get(username="head"))
        late = invited(head, "petro")
        clock.shift(72 * 3600 - 1)
        assert Client().get(late).status_code == 200
        clock.shift(1)
        assert Client().get(late).url.startswith("/desk/login/?next=")
        assert Client().post(late, OWN).url.startswith("/desk/login/?next=")
    assert not User.objects.filter(username="petro").exists()


def test_an_easy_password_is_refused_and_the_link_stays_good(administrator: Client) -> None:
    link = invited(administrator, "maryna-kovalenko")
    for easy in ("eleven-long", "password1234", "maryna-kovalenk0"):
        page = Client().post(link, {"password1": easy, "password2": easy})
        assert page.status_code == 200
        assert page.context["form"].errors["password1"]
    assert Client().post(link, {**OWN, "password2": "another"}).status_code == 200
    assert not User.objects.filter(username="maryna-kovalenko").exists()
    assert Client().post(link, OWN).status_code == 302


def test_of_a_link_only_a_hash_is_kept(administrator: Client) -> None:
    link = invited(administrator)
    token = link.split("/")[3]
    assert token not in str([*Invitation.objects.values(), *AuditEntry.objects.values()])


def test_a_second_invitation_ends_the_first_and_a_withdrawn_one_is_over(administrator: Client) -> None:
    first = invited(administrator)
    second = invited(administrator)
    assert Client().get(first).status_code == 302
    assert Client().get(second).status_code == 200
    administrator.post(reverse("admin:invitations"), {"withdraw": Invitation.objects.latest("pk").pk})
    assert Client().get(second).status_code == 302


@pytest.mark.parametrize("change", ["closed", "another role", "reset"])
def test_what_an_account_invited_ends_with_it(administrator: Client, change: str) -> None:
    accounts.ensure_groups()
    guest = factories.UserFactory(username="guest", group=accounts.ADMINISTRATOR)
    link = invited(signed_in(guest))
    assert Client().get(link).status_code == 200
    if change == "reset":
        administrator.post(reverse("admin:reset-account", args=[guest.pk]))
    elif change == "closed":
        User.objects.filter(pk=guest.pk).update(is_active=False)
    else:
        guest.groups.set(Group.objects.filter(name=accounts.ANALYST))
    for answer in (Client().get(link), Client().post(link, OWN)):
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))
    assert not User.objects.filter(username="maryna").exists()
    assert "maryna" not in administrator.get(reverse("admin:invitations")).content.decode()


def test_a_name_that_exists_or_that_django_refuses_is_said(administrator: Client) -> None:
    for name in ("head", "HEAD", "with space"):
        page = administrator.post(reverse("admin:invitations"), {"username": name, "group": accounts.ANALYST})
        assert page.context["form"].errors["username"]
    page = administrator.post(reverse("admin:invitations"), {"username": "x", "group": "Superuser"})
    assert page.context["form"].errors["group"]
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("group", [name for name in accounts.GROUPS if name != accounts.ADMINISTRATOR])
def test_nobody_else_invites_or_resets(administrator: Client, group: str) -> None:
    client = signed_in(factories.UserFactory(group=group))
    assert client.post(reverse("admin:invitations"), {"username": "x", "group": group}).status_code == 403
    head = User.objects.get(username="head")
    assert client.post(reverse("admin:reset-account", args=[head.pk])).status_code == 403
    assert not Invitation.objects.exists()


def test_a_reset_takes_password_factors_and_sessions_and_gives_a_link_back_in(administrator: Client) -> None:
    account = factories.UserFactory(username="maryna", password="the old one of mine", group=accounts.ANALYST)
    there = signed_in(account)
    address = reverse("admin:reset-account", args=[account.pk])
    assert administrator.get(address).status_code == 200
    assert Authenticator.objects.filter(user=account).exists()
    link = LINK.findall(administrator.post(address).content.decode())[0]
    account.refresh_from_db()
    assert not account.has_usable_password()
    assert not Authenticator.objects.filter(user=account).exists()
    assert there.get("/desk/").url.startswith("/desk/login/")
    person = Client()
    assert person.post(link, OWN).status_code == 302
    person.post("/desk/login/", {"login": "maryna", "password": PASSWORD})
    assert person.get("/desk/").url == reverse("mfa_index")
    assert [group.name for group in account.groups.all()] == [accounts.ANALYST]


def test_superusers_and_oneself_are_not_reset_at_the_desk(administrator: Client) -> None:
    root = User.objects.create_superuser("root", password=PASSWORD)
    with_app(root)
    for account in (root, User.objects.get(username="head")):
        answer = administrator.post(reverse("admin:reset-account", args=[account.pk]))
        assert answer.url == reverse("admin:auth_user_change", args=[account.pk])
        assert Authenticator.objects.filter(user=account).exists()
    assert not Invitation.objects.exists()


def test_nobody_adds_an_account_deletes_one_or_sets_anothers_password() -> None:
    accounts.ensure_groups()
    root = signed_in(User.objects.create_superuser("root", password=PASSWORD))
    other = factories.UserFactory()
    assert root.get(reverse("admin:auth_user_add")).status_code == 403
    assert root.post(reverse("admin:auth_user_delete", args=[other.pk]), {"post": "yes"}).status_code == 403
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_user_password_change", args=[other.pk])


def test_a_changed_role_is_told_before_and_after_and_a_closed_account_is_signed_out(administrator: Client) -> None:
    account = factories.UserFactory(username="maryna", group=accounts.ANALYST)
    there = signed_in(account)
    reviewers = accounts.ensure_groups()[accounts.REVIEWER]
    address = reverse("admin:auth_user_change", args=[account.pk])
    data = {"username": "maryna", "is_active": "on", "is_staff": "on", "groups": [reviewers.pk]}
    assert administrator.post(address, data).status_code == 302
    assert there.get("/desk/").status_code == 200
    administrator.post(address, {**data, "is_active": ""})
    assert there.get("/desk/").status_code == 302
    entries = AuditEntry.objects.filter(action=AuditAction.ACCOUNT_CHANGED).order_by("number")
    assert [(entry.actor_name, entry.subject_id, entry.payload) for entry in entries] == [
        ("head", account.pk, {"fields": {"groups": [[accounts.ANALYST], [accounts.REVIEWER]]}}),
        ("head", account.pk, {"fields": {"is_active": [True, False]}}),
    ]


@pytest.mark.parametrize("spelling", ["_2B{}", "%2B{}", "%20{}", "{}_5F0", "9{}" + "0" * 30])
def test_another_spelling_of_its_number_changes_no_account_behind_the_back_of_the_audit(
    administrator: Client, spelling: str
) -> None:
    account = factories.UserFactory(username="maryna", group=accounts.ANALYST)
    reviewers = accounts.ensure_groups()[accounts.REVIEWER]
    address = f"{reverse('admin:auth_user_changelist')}{spelling.format(account.pk)}/change/"
    data = {"username": "maryna", "is_active": "on", "is_staff": "on", "groups": [reviewers.pk]}
    for answer in (administrator.get(address), administrator.post(address, data)):
        assert (answer.status_code, answer.url) == (302, reverse("admin:index"))
    assert [group.name for group in account.groups.all()] == [accounts.ANALYST]


def test_invitations_and_their_acceptance_are_told(administrator: Client) -> None:
    Client().post(invited(administrator), OWN)
    entries = AuditEntry.objects.filter(action__in=[AuditAction.INVITED, AuditAction.JOINED]).order_by("number")
    assert [(entry.action, entry.actor_name, entry.payload) for entry in entries] == [
        ("invited", "head", {"account": "maryna", "group": accounts.REVIEWER}),
        ("joined", "maryna", {"account": "maryna", "group": accounts.REVIEWER, "invited_by": "head"}),
    ]
