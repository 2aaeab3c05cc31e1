"""What asks again who is there: the decorator, its pages, and what stands behind it."""

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from cases.actions import accounts
from cases.admin.confirmed import confirmed
from cases.enums import AuditAction
from cases.models import AuditEntry
from tests import factories
from tests.sign_in import code_for, signed_in, with_app

pytestmark = pytest.mark.django_db

PASSWORD = "a long one of my own"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def groups() -> None:
    cache.clear()
    accounts.ensure_groups()


@pytest.fixture
def administrator() -> User:
    return factories.UserFactory(username="root-of-desk", password=PASSWORD, group=accounts.ADMINISTRATOR)


def asks(client: Client, path: str) -> bool:
    answers = [client.get(path), client.post(path, {"username": "x"})]
    return all(answer.headers.get("Location", "").startswith(reverse("account_reauthenticate")) for answer in answers)


def sensitive_paths() -> list[str]:
    other = factories.UserFactory()
    return [
        reverse("admin:invitations"),
        reverse("admin:reset-account", args=[other.pk]),
        reverse("admin:auth_user_change", args=[other.pk]),
        reverse("mfa_activate_totp"),
        reverse("mfa_deactivate_totp"),
        reverse("mfa_add_webauthn"),
        reverse("mfa_remove_webauthn", args=[1]),
        reverse("mfa_view_recovery_codes"),
        reverse("mfa_generate_recovery_codes"),
        reverse("mfa_download_recovery_codes"),
    ]


def test_roles_invitations_resets_and_factors_ask_before_the_form_is_shown_and_when_it_is_sent(
    administrator: User,
) -> None:
    old = signed_in(administrator, confirmed=False)
    assert [path for path in sensitive_paths() if not asks(old, path)] == []
    new = signed_in(administrator)
    assert [path for path in sensitive_paths() if asks(new, path)] == []


def test_a_password_confirms_for_five_minutes_and_leads_back(administrator: User) -> None:
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        client = signed_in(administrator, confirmed=False)
        wanted = reverse("admin:invitations")
        page = client.get(wanted).url
        assert client.post(page, {"password": "wrong"}).status_code == 200
        assert client.get(wanted).status_code == 302
        assert client.post(page, {"password": PASSWORD}).url == wanted
        assert client.get(wanted).status_code == 200
        clock.shift(299)
        assert client.get(wanted).status_code == 200
        clock.shift(1)
        assert client.get(wanted).url == page
    entry = AuditEntry.objects.get(action=AuditAction.CONFIRMED)
    assert (entry.actor_name, entry.payload) == ("root-of-desk", {"by": "password"})


def test_a_code_confirms_too(administrator: User) -> None:
    with_app(administrator, SECRET)
    client = signed_in(administrator, confirmed=False)
    page = f"{reverse('mfa_reauthenticate')}?next={reverse('admin:invitations')}"
    assert client.post(page, {"code": "000000"}).status_code == 200
    assert client.post(page, {"code": code_for(SECRET)}).url == reverse("admin:invitations")
    assert client.get(reverse("admin:invitations")).status_code == 200


def test_what_was_sent_is_kept_nowhere_while_the_person_confirms(administrator: User) -> None:
    client = signed_in(administrator, confirmed=False)
    client.post(reverse("admin:invitations"), {"username": "a-name-not-to-keep"})
    assert "a-name-not-to-keep" not in str(dict(client.session.items()))


def test_a_script_of_a_page_is_told_that_a_confirmation_is_needed(administrator: User) -> None:
    client = signed_in(administrator, confirmed=False)
    answer = client.post(reverse("admin:invitations"), headers={"X-Requested-With": "desk"})
    assert answer.status_code == 401
    assert answer.json() == {"error": "confirm", "address": "/desk/confirm/?next=%2Fdesk%2Finvitations%2F"}


def test_the_decorator_keeps_the_name_of_its_view() -> None:
    @confirmed
    def export(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert export.__name__ == "export"


def test_guessing_a_password_at_the_confirmation_is_locked_like_a_sign_in(administrator: User) -> None:
    client = signed_in(administrator, confirmed=False)
    page = reverse("account_reauthenticate")
    for _attempt in range(5):
        assert "This is not your password." in client.post(page, {"password": "wrong"}).content.decode()
    assert client.post(page, {"password": PASSWORD}).status_code == 200
    assert resolve(page).view_name == "account_reauthenticate"
