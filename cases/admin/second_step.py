"""The second step of a sign-in: a code or a passkey, for whoever has any factor, recovery codes included."""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cases.actions.second_factors import TOTP
from cases.admin.adapters import SecondFactorAdapter, attempt_failed
from cases.admin.desk_page import DeskPage


class SecondStep(AuthenticateStage):
    """The library asks for codes only where there is an app or a passkey; here recovery codes alone are asked for too."""

    def _should_handle(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        return bool(Authenticator.objects.filter(user=self.login.user).exists())


class OneTimeCode(forms.Form):
    """A code that works once: the library remembers a used one for half a minute, here for as long as it could be used."""

    user: Any
    step = "code"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Code"),
            help_text=_("Six digits from your app, or one of your recovery codes"),
            max_length=20,
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
        )

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the library's form beside it
            self._use(code)
        except ValidationError as refusal:
            attempt_failed(self.user, self.step, refusal=refusal)
            raise
        return code

    def _use(self, code: str) -> None:
        lasts = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        key = f"desk.code:{self.user.pk}:{''.join(filter(str.isdigit, code))}"
        if self.authenticator.type == TOTP and not cache.add(key, 1, lasts):  # type: ignore[attr-defined]
            raise SecondFactorAdapter().validation_error("incorrect_code")


class SecondStepForm(OneTimeCode, AuthenticateForm):
    """The code at sign-in."""


class ConfirmCodeForm(OneTimeCode, ReauthenticateForm):
    """The code that confirms who is there."""

    step = "confirmation"


class OnePasskey(forms.Form):
    """An answer of a passkey; one that does not hold is told to the audit."""

    user: Any

    def clean_credential(self) -> Authenticator:
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc]  # of the library's form beside it
        except ValidationError as refusal:
            attempt_failed(self.user, "passkey", refusal=refusal)
            raise
        return found


class PasskeyForm(OnePasskey, AuthenticateWebAuthnForm):
    """The passkey at sign-in."""


class PasskeyAgainForm(OnePasskey, ReauthenticateWebAuthnForm):
    """The passkey that confirms who is there."""


@method_decorator(login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login"), name="dispatch")
class SecondStepView(DeskPage, AuthenticateView):
    """Ask for the second factor of the account whose password was right."""

    title = _("Second step")
    template_name = "desk/sign_in/second_step.html"
    form_class = SecondStepForm
    webauthn_form_class = PasskeyForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Take the place of the library's own, which sends away who has recovery codes alone."""
        self.stage = request._login_stage  # type: ignore[attr-defined]  # noqa: SLF001 - the library hands it over so
        self.form = self._build_forms()
        return TemplateView.dispatch(self, request, *args, **kwargs)

    def form_invalid(self, form: forms.Form) -> HttpResponse:  # noqa: ARG002 - both forms are on the page
        return TemplateView.get(self, self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        return {**super().get_context_data(**kwargs), "kinds": kinds}
