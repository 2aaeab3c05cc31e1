"""The gate before every address of the desk: who has not signed in with a second factor learns nothing of what is behind.

The sign-in pages are open to strangers; everything else, whether it exists or not, sends them there with the same answer.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode

from cases.domain.tokens import kept_of
from cases.enums import AuditAction
from cases.models import AuditEntry, DeskSession

DESK = "/desk/"
#: How old "last used" may be before it is written again.
SEEN_EVERY = timedelta(minutes=1)
CODES = Authenticator.Type.RECOVERY_CODES.value


class Standing(Enum):
    """How far somebody has come. What is open to them besides their own standing's pages: nothing."""

    STRANGER = "has not signed in"
    WITHOUT_FACTOR = "has signed in and has no second factor yet"
    BEFORE_SECOND_STEP = "has a second factor and has not used it in this session"
    INSIDE = "has signed in with a second factor"


#: The pages that are open before the inside, by the name of their address.
OPEN: dict[Standing, frozenset[str]] = {
    Standing.STRANGER: frozenset({"account_login", "account_logout", "mfa_authenticate", "accept-invitation"}),
    Standing.WITHOUT_FACTOR: frozenset(
        {
            "account_logout",
            "account_reauthenticate",
            "mfa_index",
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "admin:choose-language",
        }
    ),
    Standing.BEFORE_SECOND_STEP: frozenset(
        {"account_logout", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "admin:choose-language"}
    ),
}


def gate(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: let in who may come in, send everybody else to the page where they can go on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(DESK):
            return get_response(request)
        ended = end_if_over(request, at=timezone.now())
        standing = standing_of(request)
        request.standing = standing  # type: ignore[attr-defined]  # `DeskSite` asks for it again
        if standing is Standing.INSIDE or _name_of(request.path_info) in OPEN[standing]:
            return get_response(request)
        return lead_on(request, standing, ended=ended)

    return middleware


def account_of(request: HttpRequest) -> User:
    """Return who is signed in. Raises PermissionDenied for a stranger."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def is_inside(request: HttpRequest) -> bool:
    """Tell whether the gate has let this request in. False where there was no gate."""
    return getattr(request, "standing", None) is Standing.INSIDE


def is_background(request: HttpRequest) -> bool:
    """Tell whether a script of a page asks, and nobody is there to be led to another page."""
    return request.headers.get("X-Requested-With") == "desk"


def standing_of(request: HttpRequest) -> Standing:
    """Return how far the session has come; one query."""
    account = request.user
    if not isinstance(account, User) or not account.is_active or not account.is_staff:
        return Standing.STRANGER
    kinds = set(Authenticator.objects.filter(user_id=account.pk).values_list("type", flat=True))
    has_proved = any(record.get("method") == "mfa" for record in get_authentication_records(request, account))
    if kinds - {CODES}:
        return Standing.INSIDE if has_proved else Standing.BEFORE_SECOND_STEP
    if kinds and not has_proved:  # codes were made after this sign-in: it must be done again, with one of them
        logout(request)
        return Standing.STRANGER
    return Standing.WITHOUT_FACTOR


def session_of(request: HttpRequest) -> DeskSession | None:
    """Return the row of the session that a request belongs to; none for a stranger's."""
    key = request.session.session_key
    return DeskSession.objects.filter(key=kept_of(key), account_id=request.user.pk).first() if key else None


def end_if_over(request: HttpRequest, *, at: datetime) -> str:
    """End a session that was ended elsewhere, is too old, or has been idle; return why, else note that it is in use.

    What scripts ask for in the background does not keep a session alive, unless it says that somebody is typing.
    """
    if not request.user.is_authenticated:
        return ""
    session = session_of(request)
    why = "ended" if session is None else _overstayed(session, at)
    if why:
        if session is not None:
            AuditEntry.objects.append(
                AuditAction.SIGNED_OUT, actor=request.user, subject=request.user, payload={"why": why}, at=at
            )
            session.delete()
        logout(request)
        return why
    is_used = not is_background(request) or request.headers.get("X-Desk-Activity") == "typing"
    if session is not None and is_used and at - session.seen_at > SEEN_EVERY:
        DeskSession.objects.filter(pk=session.pk).update(seen_at=at)
    return ""


def _overstayed(session: DeskSession, at: datetime) -> str:
    if at - session.started_at >= timedelta(hours=settings.SESSION_HOURS):
        return "old"
    if at - session.seen_at >= timedelta(minutes=settings.SESSION_IDLE_MINUTES):
        return "idle"
    return ""


def lead_on(request: HttpRequest, standing: Standing = Standing.STRANGER, *, ended: str = "") -> HttpResponse:
    """Send somebody to where they go on; a script gets 401 and the address as JSON."""
    query = {"next": request.get_full_path(), **({"ended": ended} if ended else {})}
    if standing is Standing.STRANGER:
        address = f"{reverse('account_login')}?{urlencode(query)}"
    elif standing is Standing.WITHOUT_FACTOR:
        address = reverse("mfa_index")
    else:
        address = f"{reverse(second_step_of(request.user))}?{urlencode(query)}"
    if is_background(request):
        return JsonResponse({"error": "sign-in", "address": address}, status=401)
    return redirect(address)


def second_step_of(account: Any) -> str:
    """Return the name of the page on which an account proves its second factor again: codes first, else a passkey."""
    has_codes = Authenticator.objects.filter(user_id=account.pk).exclude(type=Authenticator.Type.WEBAUTHN).exists()
    return "mfa_reauthenticate" if has_codes else "mfa_reauthenticate_webauthn"


def _name_of(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
