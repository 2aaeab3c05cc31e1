"""Signing in and out, changing one's password, and saying again who one is."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm as PasswordAgainForm
from allauth.account.views import LoginView, LogoutView, PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from cases.actions.sessions import end_sessions, renew_key
from cases.admin.desk_page import DeskPage
from cases.admin.gate import account_of, session_of
from cases.admin.second_step import ConfirmCodeForm, PasskeyAgainForm
from cases.enums import AuditAction
from cases.models import AuditEntry


def relabel(form: forms.Form, labels: dict[str, Any]) -> None:
    """Word the boxes of a form of the library as the desk does: a label above each, nothing written inside."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"login": gettext_lazy("Name"), "password": gettext_lazy("Password")})
        self.fields["login"].widget.attrs.update(autofocus=True, autocapitalize="none", spellcheck="false")


class SignIn(DeskPage, LoginView):
    """The one page that strangers see."""

    title = gettext_lazy("Sign in")
    template_name = "desk/sign_in/password.html"
    form_class = SignInForm


class SignOut(DeskPage, LogoutView):
    """Asks on GET, signs out on POST; in the middle of a sign-in it gives up the second step."""

    title = gettext_lazy("Sign out")
    template_name = "desk/sign_in/sign_out.html"

    def logout(self) -> None:
        session = session_of(self.request) if self.request.user.is_authenticated else None
        super().logout()
        if session is not None:
            session.delete()


class NewPasswordForm(ChangePasswordForm):
    """The present password and, twice, the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(
            self,
            {
                "oldpassword": gettext_lazy("Present password"),
                "password1": gettext_lazy("New password"),
                "password2": gettext_lazy("New password, again"),
            },
        )


class ChangePassword(DeskPage, PasswordChangeView):
    """Changes the password and ends the account's other sessions."""

    title = gettext_lazy("Change password")
    template_name = "desk/sign_in/change_password.html"
    form_class = NewPasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not account_of(request).has_usable_password():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        account, session, now = account_of(self.request), session_of(self.request), timezone.now()
        response: HttpResponse = super().form_valid(form)
        if session is not None:
            renew_key(session, self.request.session.session_key or "")
            end_sessions(account, by=account, keep=session.pk, at=now, why="password")
        AuditEntry.objects.append(AuditAction.PASSWORD_CHANGED, actor=account, subject=account, at=now)
        messages.success(self.request, _("Your password is changed. You are signed out everywhere else."))
        return response


class _Confirming(DeskPage):
    """A page that asks who is there, and goes back to where the person came from."""

    title = gettext_lazy("Say again who you are")
    template_name = "desk/sign_in/confirm.html"
    request: HttpRequest
    how = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = set(Authenticator.objects.filter(user_id=self.request.user.pk).values_list("type", flat=True))
        return {**super().get_context_data(**kwargs), "how": self.how, "kinds": kinds}

    def form_valid(self, form: Any) -> HttpResponse:
        account = account_of(self.request)
        AuditEntry.objects.append(
            AuditAction.CONFIRMED, actor=account, subject=account, payload={"by": self.how}, at=timezone.now()
        )
        return super().form_valid(form)  # type: ignore[misc,no-any-return]  # the view beside it


class ConfirmPasswordForm(PasswordAgainForm):
    """The password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, {"password": gettext_lazy("Your password")})
        self.fields["password"].widget.attrs["autofocus"] = True


class ConfirmByPassword(_Confirming, ReauthenticateView):
    how = "password"
    form_class = ConfirmPasswordForm


class ConfirmByCode(_Confirming, CodeAgainView):
    how = "code"
    form_class = ConfirmCodeForm


class ConfirmByPasskey(_Confirming, ReauthenticateWebAuthnView):
    how = "passkey"
    form_class = PasskeyAgainForm

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        for message in form.errors.get("credential", []):
            messages.error(self.request, str(message))
        return redirect(self.request.get_full_path())
