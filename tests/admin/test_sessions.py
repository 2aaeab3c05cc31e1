"""Sessions end: when their owner says so, when nobody is there, and in any case after some hours."""

from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from cases.actions.key_rotation import census, rotate
from cases.domain.sealing import Keyring, new_key
from cases.enums import AuditAction
from cases.models import AuditEntry, DeskSession
from cases.sealed import keyring
from tests import factories
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db

DESK, SIGN_IN = "/desk/", "/desk/login/"
TYPING = {"X-Requested-With": "desk", "X-Desk-Activity": "typing"}
BACKGROUND = {"X-Requested-With": "desk"}


@pytest.fixture
def maryna() -> User:
    return factories.UserFactory(username="maryna")


def test_a_session_nobody_uses_ends_after_half_an_hour_and_leads_back_to_where_one_was(maryna: User) -> None:
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        client = signed_in(maryna)
        clock.shift(29 * 60)
        assert client.get(DESK).status_code == 200
        clock.shift(29 * 60)
        assert client.get(DESK).status_code == 200
        clock.shift(30 * 60)
        answer = client.get("/desk/sessions/?x=1")
        assert answer.url == f"{SIGN_IN}?next=%2Fdesk%2Fsessions%2F%3Fx%3D1&ended=idle"
        assert "You were away" in client.get(answer.url).content.decode()
        assert DeskSession.objects.count() == 0
    entry = AuditEntry.objects.get(action=AuditAction.SIGNED_OUT)
    assert (entry.actor_name, entry.payload) == ("maryna", {"why": "idle"})


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(maryna: User) -> None:
    with time_machine.travel("2026-03-01 06:00Z", tick=False) as clock:
        client = signed_in(maryna)
        for _step in range(35):
            clock.shift(20 * 60)
            assert client.get(DESK).status_code == 200
        clock.shift(20 * 60)
        assert client.get(DESK).url.startswith(SIGN_IN)


def test_a_page_that_asks_in_the_background_keeps_no_session_alive_unless_somebody_types(maryna: User) -> None:
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        left, typing = signed_in(maryna), signed_in(maryna)
        for _step in range(2):
            clock.shift(14 * 60)
            assert left.get(DESK, headers=BACKGROUND).status_code == 200
            assert typing.get(DESK, headers=TYPING).status_code == 200
        clock.shift(3 * 60)
        answer = left.get(DESK, headers=BACKGROUND)
        assert (answer.status_code, answer.json()["error"]) == (401, "sign-in")
        assert typing.get(DESK, headers=TYPING).status_code == 200


def test_the_list_names_browsers_and_keeps_neither_addresses_nor_details(maryna: User) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 Secret/7"
    session = DeskSession.objects.get(account=User.objects.get(pk=signed_in_with(maryna, agent).pk))
    assert session.browser == "Firefox, Linux"
    assert {field.name for field in DeskSession._meta.fields} == {
        "id", "key", "account", "browser", "started_at", "seen_at",
    }  # fmt: skip


def signed_in_with(account: User, agent: str) -> User:
    account.set_password("a long one of my own")
    account.save()
    form = {"login": account.username, "password": "a long one of my own"}
    assert Client(headers={"User-Agent": agent}).post(SIGN_IN, form).status_code == 302
    return account


def test_one_session_is_ended_from_another_and_nobody_ends_another_persons(maryna: User) -> None:
    here, there, petro = signed_in(maryna), signed_in(maryna), signed_in(factories.UserFactory(username="petro"))
    there_pk = DeskSession.objects.filter(account=maryna).latest("pk").pk
    petro.post(reverse("admin:sessions"), {"end": there_pk})
    assert there.get(DESK).status_code == 200
    assert here.post(reverse("admin:sessions"), {"end": there_pk}).url == reverse("admin:sessions")
    assert there.get(DESK).url.startswith(SIGN_IN)
    assert [client.get(DESK).status_code for client in (here, petro)] == [200, 200]
    entry = AuditEntry.objects.get(action=AuditAction.SESSIONS_ENDED)
    assert (entry.actor_name, entry.payload) == ("maryna", {"account": "maryna", "sessions": 1})


def test_signing_out_everywhere_else_and_everywhere(maryna: User) -> None:
    first, second, third = (signed_in(maryna) for _browser in range(3))
    first.post(reverse("admin:sessions"), {"end": "others"})
    assert [client.get(DESK).status_code for client in (first, second, third)] == [200, 302, 302]
    assert first.post(reverse("admin:sessions"), {"end": "everywhere"}).url == SIGN_IN
    assert first.get(DESK).status_code == 302
    assert DeskSession.objects.count() == 0


def test_what_is_left_of_sessions_that_are_over_goes_with_the_next_sign_in(maryna: User) -> None:
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        signed_in(maryna)
        clock.shift(31 * 60)
        client = signed_in(factories.UserFactory())
        assert DeskSession.objects.count() == Session.objects.count() == 1
        assert client.get(reverse("admin:sessions")).status_code == 200


def test_a_session_goes_on_when_the_keys_are_rotated_and_the_old_one_is_taken_away(
    maryna: User, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path  # no file of another test, which may be sealed with a key of its own
    client, old = signed_in(maryna), settings.SEALING_KEYS[0]
    settings.SEALING_KEYS = [new_key(), old]
    assert census()[Keyring([old]).primary.id] > 0
    rotate()
    assert set(census()) == {keyring().primary.id}
    settings.SEALING_KEYS = settings.SEALING_KEYS[:1]
    assert client.get(DESK).status_code == 200


def test_a_session_whose_key_is_gone_leads_to_the_sign_in(maryna: User, settings: Any) -> None:
    client = signed_in(maryna)
    settings.SEALING_KEYS = [new_key()]
    assert client.get(DESK).url.startswith(SIGN_IN)
    assert client.get(SIGN_IN).status_code == 200
