"""Signing test clients in at the desk: past the gate, as after a password and a second factor."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as METHODS_OF,
    AUTHENTICATION_METHODS_SESSION_KEY as METHODS,
)
from allauth.account.internal.userkit import user_id_to_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from cases.actions.second_factors import CODES, PLACE, TOTP
from cases.actions.sessions import begin_session
from cases.sealed import keyring


def with_app(account: User, secret: str = "") -> Authenticator:
    """Give an account an app, unless it has a second factor; return the factor."""
    found = Authenticator.objects.filter(user=account).exclude(type=CODES).first()
    data = {"secret": keyring().seal(secret or generate_totp_secret(), PLACE)}
    return found or Authenticator.objects.create(user=account, type=TOTP, data=data)


def with_password_only(account: User, client: Client | None = None, *, confirmed: bool = True) -> Client:
    """Sign in as far as a password leads; `confirmed` says whether it was given just now."""
    client = client or Client()
    client.force_login(account)
    prove(client, account, {"method": "password", "at": time.time() - (0 if confirmed else 3600)})
    begin_session(account, client.session.session_key or "", browser="Tests", at=timezone.now())
    return client


def signed_in(account: User, client: Client | None = None, *, confirmed: bool = True) -> Client:
    """Sign in with password and second factor; `confirmed` says whether what asks again who is there is content."""
    client = with_password_only(account, client, confirmed=confirmed)
    factor = with_app(account)
    at = time.time() - (0 if confirmed else 3600)
    prove(client, account, {"method": "mfa", "at": at, "id": factor.pk, "type": factor.type})
    return client


def prove(client: Client, account: User, record: dict[str, object]) -> None:
    """Write into the session that its owner proved who they are."""
    session = client.session
    session[METHODS] = [*session.get(METHODS, []), record]
    session[METHODS_OF] = user_id_to_str(account)
    session.save()


def code_for(secret: str, steps: int = 0) -> str:
    """Return what an app with this secret shows now, or `steps` half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
