"""Where django-allauth asks the project: sign-in steps, attempts that fail, and how second factors are kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.actions.second_factors import PLACE, has_other_factor
from cases.actions.sessions import begin_session
from cases.admin.browsers import browser_in_words
from cases.admin.gate import account_of
from cases.enums import AuditAction
from cases.models import AuditEntry
from cases.sealed import keyring

#: A lock-out is told to the audit once in this many seconds for each name.
TOLD_EVERY = 300
LOCKED = "too_many_login_attempts"

WRONG = _("The name or the password is not right.")
#: The ways to confirm who one is, as the library names them.
WAYS = {
    "reauthenticate": _("With your password"),
    "mfa_reauthenticate": _("With a code from your app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("With a passkey"),
}
WAIT = _("Too many attempts. Wait a few minutes and try again.")


def attempt_failed(account: User | None, step: str, *, name: str = "", refusal: ValidationError | None = None) -> None:
    """Tell the audit of an attempt; `account` is None where there is none of that name.

    What was typed is not kept: a hurried person types their password into the box for the name. Lock-outs are told once
    in a while, or somebody could fill the audit.
    """
    is_locked = refusal is not None and getattr(refusal, "code", "") == LOCKED
    if is_locked and not cache.add(f"desk.locked:{step}:{account.pk if account else name.lower()}", 1, TOLD_EVERY):
        return
    AuditEntry.objects.append(
        AuditAction.LOCKED_OUT if is_locked else AuditAction.SIGN_IN_FAILED,
        subject=account,
        payload={"account": account.get_username() if account else "", "step": step},
        at=timezone.now(),
    )


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by name and password, then the second step for whoever has any factor."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "account_inactive": WRONG,
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your present password."),
        LOCKED: WAIT,
        "rate_limited": WAIT,
    }

    def get_login_stages(self) -> list[str]:
        return ["cases.admin.second_step.SecondStep"]

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - accounts are by invitation
        return False

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:  # noqa: ARG002 - the library's signature
        """`cases.admin.confirmed` asks instead, in the URL table: the library would keep the whole request, cookies and
        all, in the session until the answer."""
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        return [{**way, "description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002 - these pages answer with pages
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address to count attempts by; those without one share a count."""
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return "unknown"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refusal:
            name = str(credentials.get("username", ""))
            attempt_failed(_named(name), "password", name=name, refusal=refusal)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002 - the library's
        attempt_failed(_named(str(credentials.get("username", ""))), "password")

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        browser = browser_in_words(request.headers.get("User-Agent", ""))
        begin_session(user, request.session.session_key or "", browser=browser, at=timezone.now())
        by = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
        AuditEntry.objects.append(
            AuditAction.SIGNED_IN, actor=user, subject=user, payload={"by": by}, at=timezone.now()
        )

    def logout(self, request: HttpRequest) -> None:
        account = account_of(request)
        AuditEntry.objects.append(AuditAction.SIGNED_OUT, actor=account, subject=account, at=timezone.now())
        super().logout(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - the library's signature
        return reverse("admin:index")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - the library's signature
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - the library's signature
        return reverse("admin:index")


def _named(name: str) -> User | None:
    return User.objects.filter(username=name).first()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors, sealed: from a stolen dump no code can be computed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or it was used already. Wait for the next one and try again."),
        "cannot_delete_authenticator": _("This is your last second factor. Add another one first."),
        "cannot_generate_recovery_codes": _("Add an app or a passkey first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal for one constant place: the library tells neither row nor account here, so a token moved from one account's
        row to another's would open there."""
        return keyring().seal(text, PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        return keyring().open(encrypted_text, PLACE)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return has_other_factor(authenticator)
