"""Signing in, step by step; attempts that fail, and what they do not tell."""

from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth import hashers
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore as DjangosOwn
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from cases.actions import accounts
from cases.actions.second_factors import make_recovery_codes
from cases.domain.sealing import is_token
from cases.domain.tokens import kept_of
from cases.enums import AuditAction
from cases.models import AuditEntry, DeskSession
from tests import factories
from tests.sign_in import code_for, signed_in, with_app, with_password_only

pytestmark = pytest.mark.django_db

PASSWORD = "a long one of my own"
SECRET = "JBSWY3DPEHPK3PXP"
SIGN_IN, SECOND, DESK = "/desk/login/", "/desk/login/second-step/", "/desk/"


@pytest.fixture(autouse=True)
def nobody_has_tried() -> None:
    cache.clear()


@pytest.fixture
def maryna() -> User:
    accounts.ensure_groups()
    return factories.UserFactory(username="maryna", password=PASSWORD, group=accounts.ANALYST)


def give_password(client: Client, name: str = "maryna", password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(SIGN_IN, {"login": name, "password": password, **extra})


def told(*actions: AuditAction) -> list[tuple[str, str, dict[str, Any]]]:
    rows = AuditEntry.objects.filter(action__in=actions).order_by("number")
    return [(row.action, row.actor_name, row.payload) for row in rows]


def test_the_sign_in_page_is_the_only_thing_a_stranger_sees() -> None:
    page = Client().get(SIGN_IN)
    assert page.status_code == 200
    assert page.headers["Cache-Control"].count("no-store") == 1
    assert "/desk/cases/" not in page.content.decode()


def test_a_password_alone_opens_nothing_for_who_has_an_app_and_the_code_leads_where_they_wanted(maryna: User) -> None:
    with_app(maryna, SECRET)
    client = Client()
    wanted = reverse("admin:cases_prisoner_changelist")
    assert give_password(client, next=wanted).url == SECOND
    assert client.get(wanted).url.startswith(SIGN_IN)
    assert client.get(SIGN_IN).url == SECOND
    assert DeskSession.objects.count() == 0
    answer = client.post(SECOND, {"code": code_for(SECRET)})
    assert (answer.status_code, answer.url) == (302, wanted)
    assert client.get(wanted).status_code == 200
    assert told(AuditAction.SIGNED_IN) == [("signed_in", "maryna", {"by": ["password", "totp"]})]


def test_a_code_works_once_and_within_half_a_minute_either_way(maryna: User) -> None:
    with_app(maryna, SECRET)
    with time_machine.travel("2026-03-01 12:00:10Z", tick=False):
        late = code_for(SECRET, -1)
        for steps in (-2, 2):
            client = Client()
            give_password(client)
            assert client.post(SECOND, {"code": code_for(SECRET, steps)}).status_code == 200
        client = Client()
        give_password(client)
        assert client.post(SECOND, {"code": late}).url == DESK
    with time_machine.travel("2026-03-01 12:00:29Z", tick=False):
        again = Client()
        give_password(again)
        assert again.post(SECOND, {"code": late}).status_code == 200
        assert again.get(DESK).url.startswith(SIGN_IN)


def test_recovery_codes_alone_make_the_first_sign_in_and_enrolment_ends_them(maryna: User) -> None:
    codes = make_recovery_codes(maryna)
    client = Client()
    assert give_password(client).url == SECOND
    assert client.post(SECOND, {"code": codes[0]}).url == DESK
    assert client.get(DESK).url == reverse("mfa_index")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["secret"].replace(" ", "")
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    assert client.get(DESK).status_code == 200
    new = client.get(answer.url).context["codes"]
    assert (len(new), set(new) & set(codes)) == (10, set())
    other = Client()
    give_password(other)
    assert other.post(SECOND, {"code": codes[1]}).status_code == 200
    assert other.post(SECOND, {"code": new[0]}).url == DESK
    assert other.get(DESK).status_code == 200


def test_a_recovery_code_works_once(maryna: User) -> None:
    with_app(maryna, SECRET)
    codes = make_recovery_codes(maryna)
    client, again = Client(), Client()
    for one in (client, again):
        give_password(one)
    assert client.post(SECOND, {"code": codes[0]}).url == DESK
    assert again.post(SECOND, {"code": codes[0]}).status_code == 200


def test_a_session_without_second_step_ends_when_its_account_enrols_elsewhere(maryna: User) -> None:
    thief, owner = with_password_only(maryna), with_password_only(maryna)
    secret = owner.get(reverse("mfa_activate_totp")).context["secret"].replace(" ", "")
    owner.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert owner.get(DESK).status_code == 200
    for page in (DESK, reverse("mfa_index"), reverse("mfa_add_webauthn"), reverse("mfa_view_recovery_codes")):
        assert thief.get(page).url.startswith(reverse("admin:login"))
    assert thief.post(reverse("account_reauthenticate"), {"password": PASSWORD}).url.startswith(reverse("admin:login"))


def shown(answer: Any) -> tuple[int, str, list[str]]:
    """What a page tells, but for the token of its form and the name that was typed."""
    return answer.status_code, answer.context["title"], list(answer.context["form"].non_field_errors())


@pytest.mark.parametrize("name", ["maryna", "nobody", "closed", "outside", "fixture"])
def test_a_wrong_attempt_and_a_lock_out_tell_nothing_of_the_account(maryna: User, name: str) -> None:
    with_app(maryna, SECRET)
    factories.UserFactory(username="closed", password=PASSWORD, is_active=False)
    factories.UserFactory(username="outside", password=PASSWORD, is_staff=False)
    User.objects.create(username="fixture").set_unusable_password()
    client = Client()
    wrong = "wrong" if name == "maryna" else PASSWORD
    answers = [shown(give_password(client, name, wrong)) for _attempt in range(5)]
    assert answers == [(200, "Sign in", ["The name or the password is not right."])] * 5
    locked = shown(give_password(client, name, PASSWORD))
    assert locked == (200, "Sign in", ["Too many attempts. Wait a few minutes and try again."])
    assert client.get(DESK).url.startswith(SIGN_IN)


def test_a_lock_out_ends_after_five_minutes_and_meets_one_name_alone(maryna: User) -> None:
    with_app(maryna, SECRET)
    factories.UserFactory(username="petro", password=PASSWORD)
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        for _attempt in range(6):
            give_password(Client(), password="wrong")
        assert give_password(Client(), "petro").status_code == 302
        assert give_password(Client()).status_code == 200
        clock.shift(301)
        assert give_password(Client()).url == SECOND


def test_one_address_may_not_try_many_names(maryna: User) -> None:
    for number in range(10):
        give_password(Client(), f"name{number}", "wrong")
    page = give_password(Client(), "another", "wrong")
    assert shown(page)[2] == ["Too many attempts. Wait a few minutes and try again."]


def test_wrong_codes_lock_the_second_step(maryna: User) -> None:
    with_app(maryna, SECRET)
    codes = make_recovery_codes(maryna)
    client = Client()
    give_password(client)
    for _attempt in range(5):
        assert client.post(SECOND, {"code": "000000"}).status_code == 200
    assert client.post(SECOND, {"code": codes[0]}).status_code == 200
    assert client.post(SECOND, {"code": code_for(SECRET)}).status_code == 200
    assert client.get(DESK).url.startswith(SIGN_IN)
    assert [row[0] for row in told(AuditAction.SIGN_IN_FAILED, AuditAction.LOCKED_OUT)] == [
        *["sign_in_failed"] * 5,
        "locked_out",
    ]


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_header_that_anybody_can_write_opens_no_new_count(maryna: User, settings: Any, proxies: int) -> None:
    """Without a proxy the header is not read; with one, what stands before the address that the proxy saw is not."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    seen_by_proxy = ", 203.0.113.7" if proxies else ""
    for number in range(10):
        headers = {"X-Forwarded-For": f"198.51.100.{number}{seen_by_proxy}"}
        Client(headers=headers).post(SIGN_IN, {"login": f"name{number}", "password": "wrong"})
    headers = {"X-Forwarded-For": f"198.51.100.99{seen_by_proxy}"}
    page = Client(headers=headers).post(SIGN_IN, {"login": "another", "password": "wrong"})
    assert "Too many attempts" in page.content.decode()


def test_the_password_hasher_works_for_names_that_nobody_has(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    factories.UserFactory(username="argon", password=PASSWORD)

    worked: list[str] = []
    encode = hashers.Argon2PasswordHasher.encode
    verify = hashers.Argon2PasswordHasher.verify
    monkeypatch.setattr(hashers.Argon2PasswordHasher, "encode", lambda *args: worked.append("encode") or encode(*args))
    monkeypatch.setattr(hashers.Argon2PasswordHasher, "verify", lambda *args: worked.append("verify") or verify(*args))
    counts = []
    for name in ("argon", "nobody"):
        worked.clear()
        give_password(Client(), name, "wrong")
        counts.append(len(worked))
    assert counts == [1, 1]


def test_the_audit_keeps_no_typed_name_and_no_password(maryna: User) -> None:
    typed = "my-secret-password"
    give_password(Client(), typed, "x")
    give_password(Client(), "maryna", typed)
    assert told(AuditAction.SIGN_IN_FAILED) == [
        ("sign_in_failed", "", {"account": "", "step": "password"}),
        ("sign_in_failed", "", {"account": "maryna", "step": "password"}),
    ]
    assert typed not in str(list(AuditEntry.objects.values()))


def test_a_lock_out_is_told_once_in_a_while(maryna: User) -> None:
    for _attempt in range(9):
        give_password(Client(), password="wrong")
    assert told(AuditAction.LOCKED_OUT) == [("locked_out", "", {"account": "maryna", "step": "password"})]


def test_the_table_of_counts_names_neither_addresses_nor_accounts(maryna: User) -> None:
    give_password(Client(), password="wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM desk_cache")
        text = str(cursor.fetchall())
    assert text != "[]"
    assert "127.0.0.1" not in text
    assert "maryna" not in text


def test_signing_out_ends_the_session_and_is_told(maryna: User) -> None:
    client = signed_in(maryna)
    cookie = client.cookies["sessionid"].value
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.post(reverse("account_logout")).url == SIGN_IN
    assert DeskSession.objects.count() == 0
    again = Client()
    again.cookies["sessionid"] = cookie
    assert again.get(DESK).url.startswith(SIGN_IN)
    assert told(AuditAction.SIGNED_OUT) == [("signed_out", "maryna", {})]


def test_a_sign_in_can_be_given_up_at_the_second_step(maryna: User) -> None:
    with_app(maryna, SECRET)
    client = Client()
    give_password(client)
    client.post(reverse("account_logout"))
    assert client.get(SIGN_IN).status_code == 200
    assert client.get(SECOND).url == SIGN_IN


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_a_sign_in_leads_to_no_other_host(maryna: User, wanted: str) -> None:
    with_app(maryna, SECRET)
    client = Client()
    give_password(client, next=wanted)
    assert client.post(SECOND, {"code": code_for(SECRET)}).url == DESK


def test_a_changed_password_ends_all_other_sessions_and_keeps_this_one(maryna: User) -> None:
    here, there = signed_in(maryna), signed_in(maryna)
    new = "an even longer one of mine"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), {**form, "oldpassword": "x"}).status_code == 200
    assert here.post(reverse("account_change_password"), {**form, "password1": "short"}).status_code == 200
    assert here.post(reverse("account_change_password"), form).url == DESK
    assert here.get(DESK).status_code == 200
    assert there.get(DESK).url.startswith(SIGN_IN)
    assert told(AuditAction.PASSWORD_CHANGED, AuditAction.SESSIONS_ENDED) == [
        ("sessions_ended", "maryna", {"account": "maryna", "sessions": 1, "why": "password"}),
        ("password_changed", "maryna", {}),
    ]


def test_secrets_of_second_factors_stand_sealed_in_their_table(maryna: User) -> None:
    client = with_password_only(maryna)
    secret = client.get(reverse("mfa_activate_totp")).context["secret"].replace(" ", "")
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    kept = {row.type: row.data for row in Authenticator.objects.all()}
    assert kept["totp"]["secret"].startswith("s1.")
    assert kept["recovery_codes"]["seed"].startswith("s1.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        sessions = [client.session.decode(row[0]) for row in cursor.fetchall()]
    assert secret not in str(sessions)


def test_a_dump_has_no_key_of_a_session(maryna: User) -> None:
    client = signed_in(maryna)
    client.get(DESK)
    key = client.cookies["sessionid"].value
    with connection.cursor() as cursor:
        for table, column in (("django_session", "session_key"), ("cases_desksession", "key")):
            cursor.execute(f"SELECT {column} FROM {table}")
            rows = [row[0] for row in cursor.fetchall()]
            assert len(rows) == 1
            assert key not in rows
            thief = Client()
            thief.cookies["sessionid"] = rows[0]
            assert thief.get(DESK).url.startswith(SIGN_IN)


def test_a_dump_tells_nothing_of_what_is_in_a_session(maryna: User) -> None:
    client = with_password_only(maryna)
    secret = client.get(reverse("mfa_activate_totp")).context["secret"].replace(" ", "")
    session = client.session
    session["_messages"] = "The case of Vyhadan Nikhto was changed."
    session.save()
    row = Session.objects.get()
    assert session.decode(row.session_data)["_messages"] == "The case of Vyhadan Nikhto was changed."
    assert secret in str(session.decode(row.session_data))
    assert is_token(row.session_data)
    assert DjangosOwn(client.session.session_key).decode(row.session_data) == {}


def test_a_session_copied_over_another_by_sql_opens_nothing(maryna: User) -> None:
    theirs, mine = signed_in(maryna), signed_in(factories.UserFactory(username="petro"))
    assert [client.get(DESK).status_code for client in (theirs, mine)] == [200, 200]
    rows = {key: Session.objects.get(pk=kept_of(key)) for key in (theirs.session.session_key, mine.session.session_key)}
    taken = rows[theirs.session.session_key].session_data
    Session.objects.filter(pk=rows[mine.session.session_key].pk).update(session_data=taken)
    assert mine.get(DESK).url.startswith(SIGN_IN)
    assert theirs.get(DESK).status_code == 200
