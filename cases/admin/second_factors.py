"""One's own second factors: an app, passkeys, recovery codes. Each change is one transaction with its entry in the audit."""

import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _, gettext_lazy

from cases.actions.second_factors import CODES, PASSKEY, TOTP, has_factor, has_other_factor, remove_recovery_codes
from cases.actions.sessions import end_sessions
from cases.admin.desk_page import DeskPage
from cases.admin.gate import account_of, session_of
from cases.admin.site import desk
from cases.enums import AuditAction
from cases.models import AuditEntry

#: For this many seconds after they were shown, recovery codes can be downloaded in the same session.
DOWNLOADABLE = 600
SHOWN = "desk_codes_shown"


def tell(request: HttpRequest, action: AuditAction, kind: str) -> None:
    account = account_of(request)
    AuditEntry.objects.append(action, actor=account, subject=account, payload={"kind": kind}, at=timezone.now())


class Enrolling:
    """Adding an app or a passkey. The first one ends the recovery codes that made the first sign-in, because others saw
    them, and with them every other session of the account."""

    kind = ""
    request: HttpRequest

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        account, present = account_of(self.request), session_of(self.request)
        is_first = not has_factor(account)
        if is_first:
            remove_recovery_codes(account)
            keep = present.pk if present is not None else None
            end_sessions(account, by=account, keep=keep, at=timezone.now(), why="factor")
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # the view beside it
        tell(self.request, AuditAction.FACTOR_ADDED, self.kind)
        if is_first:
            tell(self.request, AuditAction.FACTOR_ADDED, CODES)
            # Enrolling has just proved the factor: this session has had its second step.
            made = Authenticator.objects.filter(user_id=account.pk, type=self.kind).latest("pk")
            record_authentication(self.request, account, "mfa", id=made.pk, type=self.kind)
        return response


class FactorsPage(DeskPage, IndexView):
    """What one has, what can be added or taken away."""

    template_name = "desk/sign_in/factors.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(Authenticator.objects.filter(user_id=self.request.user.pk).order_by("created_at"))
        codes = next((row for row in rows if row.type == CODES), None)
        is_set_up = any(row.type != CODES for row in rows)
        return {
            **super().get_context_data(**kwargs),
            "title": _("Your sign-in") if is_set_up else _("Add a second factor"),
            "app": next((row for row in rows if row.type == TOTP), None),
            "passkeys": [row for row in rows if row.type == PASSKEY],
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
            "is_set_up": is_set_up,
        }


class AddAppForm(ActivateTOTPForm):
    """The first code that the app shows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = gettext_lazy("Code that the app shows")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class AddApp(Enrolling, DeskPage, ActivateTOTPView):
    """Show the secret as a picture and as text; take the first code."""

    kind = TOTP
    title = gettext_lazy("Add an app")
    template_name = "desk/sign_in/add_app.html"
    form_class = AddAppForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        secret = found["form"].secret
        return {
            **found,
            # Drawn by our own library from our own text: markup in the page, as no style and no data: address may be.
            "picture": mark_safe(found["totp_svg"].partition("?>")[2]),  # noqa: S308
            "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        }


class RemoveApp(DeskPage, DeactivateTOTPView):
    """Take the app away, unless it is the last factor."""

    title = gettext_lazy("Remove the app")
    template_name = "desk/sign_in/remove.html"

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        tell(self.request, AuditAction.FACTOR_REMOVED, TOTP)
        messages.success(self.request, _("The app is removed."))
        return response


class AddPasskeyForm(AddWebAuthnForm):
    """What the passkey answers, and what its owner calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=gettext_lazy("What you call it"),
            help_text=gettext_lazy("For example: office laptop, blue key"),
            max_length=60,
            required=False,
        )
        self.initial["name"] = ""


class AddPasskey(Enrolling, DeskPage, AddWebAuthnView):
    """Let the browser make a passkey for this account."""

    kind = PASSKEY
    title = gettext_lazy("Add a passkey")
    template_name = "desk/sign_in/add_passkey.html"
    form_class = AddPasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # A browser makes passkeys for names, not for numbers.
        host = self.request.get_host().rpartition(":")[0] or self.request.get_host()
        is_number = host.startswith("[") or host.replace(".", "").isdigit()
        return {**super().get_context_data(**kwargs), "is_number": is_number}


class RemovePasskey(DeskPage, RemoveWebAuthnView):
    """Take a passkey away, unless it is the last factor."""

    title = gettext_lazy("Remove a passkey")
    template_name = "desk/sign_in/remove.html"
    success_url = reverse_lazy("mfa_index")

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        if not has_other_factor(self.get_object()):
            messages.error(self.request, _("This is your last second factor. Add another one first."))
            return redirect("mfa_index")
        response: HttpResponse = super().form_valid(form)
        tell(self.request, AuditAction.FACTOR_REMOVED, PASSKEY)
        messages.success(self.request, _("The passkey is removed."))
        return response


class NewCodes(DeskPage, GenerateRecoveryCodesView):
    """Make new recovery codes; the old ones stop working."""

    title = gettext_lazy("New recovery codes")
    template_name = "desk/sign_in/new_codes.html"

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        tell(self.request, AuditAction.FACTOR_ADDED, CODES)
        return response


def codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes the first time that somebody looks, and never again."""
    row = Authenticator.objects.filter(user_id=request.user.pk, type=CODES).first()
    if row is None:
        return redirect("mfa_index")
    wrapped = row.wrap()
    is_new = not wrapped.did_view
    if is_new:
        wrapped.mark_as_viewed()
        request.session[SHOWN] = {"id": row.pk, "at": time.time()}
    context = {
        **desk.each_context(request),
        "title": _("Recovery codes"),
        "codes": wrapped.get_unused_codes() if is_new else [],
        "left": len(wrapped.get_unused_codes()),
    }
    return render(request, "desk/sign_in/codes.html", context)


def download_codes(request: HttpRequest) -> HttpResponse:
    """Send the codes that this session was shown a moment ago as a text file."""
    shown = request.session.get(SHOWN) or {}
    row = Authenticator.objects.filter(user_id=request.user.pk, type=CODES, pk=shown.get("id")).first()
    if row is None or time.time() - float(shown.get("at", 0)) > DOWNLOADABLE:
        return redirect("mfa_view_recovery_codes")
    text = "\n".join([_("Recovery codes, each works once:"), *row.wrap().get_unused_codes(), ""])
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response
