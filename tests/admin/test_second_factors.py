"""Adding and removing one's own second factors, and recovery codes that are shown once."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cases.actions.second_factors import make_recovery_codes
from cases.enums import AuditAction
from cases.models import AuditEntry
from tests import factories
from tests.sign_in import code_for, prove, signed_in, with_app, with_password_only

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_tried() -> None:
    cache.clear()


@pytest.fixture
def maryna() -> User:
    return factories.UserFactory(username="maryna")


def told() -> list[tuple[str, str]]:
    actions = (AuditAction.FACTOR_ADDED, AuditAction.FACTOR_REMOVED)
    rows = AuditEntry.objects.filter(action__in=actions, actor_name="maryna").order_by("number")
    return [(row.action, row.payload["kind"]) for row in rows]


def test_enrolling_shows_the_secret_as_a_drawing_and_as_text_and_takes_a_right_code_alone(maryna: User) -> None:
    client = with_password_only(maryna)
    page = client.get(reverse("mfa_activate_totp"))
    text = page.content.decode()
    assert "<svg" in text
    assert page.context["secret"] in text
    for forbidden in ("data:", "style=", "<style", "<?xml"):
        assert forbidden not in text
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.exists()
    secret = page.context["secret"].replace(" ", "")
    assert client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}).status_code == 302
    assert told() == [("factor_added", "totp"), ("factor_added", "recovery_codes")]


def test_who_came_in_with_an_earlier_recovery_code_is_out_once_the_owner_has_a_factor(maryna: User) -> None:
    make_recovery_codes(maryna)
    codes = Authenticator.objects.get()
    other, owner = with_password_only(maryna), with_password_only(maryna)
    for client in (other, owner):
        prove(client, maryna, {"method": "mfa", "at": time.time(), "id": codes.pk, "type": codes.type})
    secret = owner.get(reverse("mfa_activate_totp")).context["secret"].replace(" ", "")
    owner.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert owner.get(reverse("admin:index")).status_code == 200
    assert other.get(reverse("admin:index")).status_code == 302
    assert AuditEntry.objects.get(action=AuditAction.SESSIONS_ENDED).payload["why"] == "factor"


def enrolled(account: User) -> Client:
    client = with_password_only(account)
    secret = client.get(reverse("mfa_activate_totp")).context["secret"].replace(" ", "")
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    return client


def test_recovery_codes_are_shown_once_and_can_be_downloaded_while_they_are(maryna: User) -> None:
    client = enrolled(maryna)
    first = client.get(reverse("mfa_view_recovery_codes")).context["codes"]
    assert len(first) == 10
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert file.content.decode().split()[-10:] == first
    again = client.get(reverse("mfa_view_recovery_codes"))
    assert again.context["codes"] == []
    assert first[0] not in again.content.decode()
    other = signed_in(maryna)
    assert other.get(reverse("mfa_download_recovery_codes")).status_code == 302


def test_new_recovery_codes_take_the_place_of_the_old_ones(maryna: User) -> None:
    client = enrolled(maryna)
    old = client.get(reverse("mfa_view_recovery_codes")).context["codes"]
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    answer = client.post(reverse("mfa_generate_recovery_codes"))
    new = client.get(answer.url).context["codes"]
    assert (len(new), set(old) & set(new)) == (10, set())
    assert Authenticator.objects.filter(type="recovery_codes").count() == 1


def test_the_last_second_factor_cannot_be_removed(maryna: User) -> None:
    client = signed_in(maryna)
    page = client.post(reverse("mfa_deactivate_totp"))
    assert "This is your last second factor." in page.content.decode()
    app = Authenticator.objects.get()
    Authenticator.objects.filter(pk=app.pk).update(type="webauthn")
    client.post(reverse("mfa_remove_webauthn", args=[app.pk]))
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_one_of_two_factors_can_be_removed_and_it_is_told(maryna: User) -> None:
    client = signed_in(maryna)
    key = Authenticator.objects.create(user=maryna, type="webauthn", data={"name": "blue key", "credential": {}})
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert list(Authenticator.objects.all()) == [key]
    with_two = with_app(factories.UserFactory())
    assert with_two.pk != key.pk
    assert told() == [("factor_removed", "totp")]
