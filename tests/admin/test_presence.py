"""Who else has a form open is told to those who may see the record, and to nobody else."""

import datetime
import re
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from cases.actions.accounts import ADMINISTRATOR, ANALYST, RESEARCHER, REVIEWER, SUPPORT
from cases.models import EditingPresence, Prisoner
from tests import factories
from tests.admin.conftest import SignIn
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db

HEARTBEAT = "/desk/together/"
SCRIPT = {"X-Requested-With": "desk"}
NOON = datetime.datetime(2026, 11, 22, 12, 2, tzinfo=datetime.UTC)  # 14:02 in Kyiv


@pytest.fixture
def prisoner() -> Prisoner:
    return factories.case()


def beat(client: Client, record: Any, **more: str) -> Any:
    named = f"cases.{record._meta.model_name}:{record.pk}"
    return client.post(HEARTBEAT, {"record": named, **more}, headers=SCRIPT)


def page_of(client: Client, prisoner: Prisoner) -> str:
    return client.get(reverse("admin:cases_prisoner_change", args=[prisoner.pk])).content.decode()


def name_of(client: Client) -> str:
    return User.objects.get(pk=client.session["_auth_user_id"]).username


def test_the_other_is_told_at_load_and_by_the_next_sign_of_life(sign_in: SignIn, prisoner: Prisoner) -> None:
    first, second = sign_in(RESEARCHER), sign_in(REVIEWER)
    with time_machine.travel(NOON, tick=False):
        assert beat(first, prisoner).json()["others"] == []
        words = f"{name_of(first)} is editing this case too, since 2:02 p.m."
        page = re.sub(r"\s+", " ", page_of(second, prisoner))
        told = beat(second, prisoner).json()["others"]
    assert told == [words.replace("2:02 p.m.", told[0].rsplit("since ", 1)[1])]
    assert told[0] in page
    assert "02" in told[0]
    assert name_of(first) in told[0]


def test_nobody_is_told_of_oneself(sign_in: SignIn, prisoner: Prisoner) -> None:
    client = sign_in(RESEARCHER)
    beat(client, prisoner)
    assert "is editing" not in page_of(client, prisoner)
    assert beat(client, prisoner).json()["others"] == []


def test_presence_ends_after_a_minute_without_a_sign_or_at_once_on_leaving(sign_in: SignIn, prisoner: Prisoner) -> None:
    first, second = sign_in(RESEARCHER), sign_in(REVIEWER)
    with time_machine.travel(NOON, tick=False) as clock:
        beat(first, prisoner)
        clock.shift(59)
        assert len(beat(second, prisoner).json()["others"]) == 1
        clock.shift(1)
        assert beat(second, prisoner).json()["others"] == []
        beat(first, prisoner)
        assert EditingPresence.objects.get(user__username=name_of(first)).since == NOON + datetime.timedelta(minutes=1)
        beat(first, prisoner, leaving="1")
        assert beat(second, prisoner).json()["others"] == []


def test_it_is_of_one_record_alone(sign_in: SignIn, prisoner: Prisoner) -> None:
    beat(sign_in(RESEARCHER), prisoner)
    assert beat(sign_in(REVIEWER), factories.case("Taras Vydumanyi")).json()["others"] == []


@pytest.mark.parametrize("group", [ANALYST, ADMINISTRATOR, SUPPORT])
def test_readers_are_told_and_announce_nobody(sign_in: SignIn, prisoner: Prisoner, group: str) -> None:
    editor, reader = sign_in(RESEARCHER), sign_in(group)
    beat(editor, prisoner)
    assert name_of(editor) in page_of(reader, prisoner)
    assert len(beat(reader, prisoner).json()["others"]) == 1
    assert EditingPresence.objects.count() == 1


@pytest.mark.parametrize("group", [RESEARCHER, REVIEWER, ANALYST, ADMINISTRATOR])
def test_presence_at_a_family_is_not_told_to_those_who_may_not_see_it(sign_in: SignIn, group: str) -> None:
    household = factories.HouseholdFactory()
    assert beat(sign_in(SUPPORT), household).status_code == 200
    client = sign_in(group)
    assert beat(client, household).status_code == 404
    assert beat(client, household, leaving="1").status_code == 404
    assert EditingPresence.objects.count() == 1


@pytest.mark.parametrize(
    "record",
    [
        "",
        "cases.prisoner:0",
        "cases.prisoner:x",
        "cases.formdraft:1",
        "nothing:1",
        "auth.group:1",
        ":",
        "auth.group:" + "9" * 30,
    ],
)
def test_what_is_no_record_of_the_desk_is_not_found(researcher: Client, record: str) -> None:
    assert researcher.post(HEARTBEAT, {"record": record}, headers=SCRIPT).status_code == 404
    assert not EditingPresence.objects.exists()


def test_a_stranger_is_told_to_sign_in_and_other_scripts_find_nothing(researcher: Client, prisoner: Prisoner) -> None:
    for answer in (beat(Client(), prisoner), Client().get(HEARTBEAT, headers=SCRIPT)):
        assert (answer.status_code, answer.json()["error"]) == (401, "sign-in")
    assert researcher.get(HEARTBEAT).status_code == 404
    assert researcher.post(HEARTBEAT, {"record": f"cases.prisoner:{prisoner.pk}"}).status_code == 404


def test_a_fresh_token_is_given_to_our_script_and_works(prisoner: Prisoner, sign_in: SignIn) -> None:
    account = User.objects.get(pk=sign_in(RESEARCHER).session["_auth_user_id"])
    client = Client(enforce_csrf_checks=True)
    signed_in(account, client)
    assert beat(client, prisoner).status_code == 403
    answer = client.get(HEARTBEAT, headers=SCRIPT)
    assert answer.json()["account"] == account.pk
    fresh = {**SCRIPT, "X-CSRFToken": answer.json()["csrf"]}
    named = {"record": f"cases.prisoner:{prisoner.pk}"}
    assert client.post(HEARTBEAT, named, headers=fresh).status_code == 200


def test_those_who_are_gone_can_be_deleted(sign_in: SignIn, prisoner: Prisoner) -> None:
    beat(sign_in(RESEARCHER), prisoner)
    seen = EditingPresence.objects.get().seen_at
    assert not EditingPresence.objects.gone(seen).exists()
    assert EditingPresence.objects.gone(seen + datetime.timedelta(seconds=60)).count() == 1
