"""The addresses of the sign-in pages, by the names that the library asks for. No other address of the library is mounted."""

from django.urls import path

from cases.admin import invitations, second_factors, second_step, sign_in
from cases.admin.confirmed import confirmed
from cases.admin.language import in_chosen_language


def page(route: str, view: object, name: str) -> object:
    return path(route, in_chosen_language(view), name=name)  # type: ignore[arg-type]


urlpatterns = [
    page("login/", sign_in.SignIn.as_view(), "account_login"),
    page("login/second-step/", second_step.SecondStepView.as_view(), "mfa_authenticate"),
    page("logout/", sign_in.SignOut.as_view(), "account_logout"),
    page("invitation/<str:token>/", invitations.accept, "accept-invitation"),
    page("password_change/", sign_in.ChangePassword.as_view(), "account_change_password"),
    page("confirm/", sign_in.ConfirmByPassword.as_view(), "account_reauthenticate"),
    page("confirm/code/", sign_in.ConfirmByCode.as_view(), "mfa_reauthenticate"),
    page("confirm/passkey/", sign_in.ConfirmByPasskey.as_view(), "mfa_reauthenticate_webauthn"),
    page("second-factor/", second_factors.FactorsPage.as_view(), "mfa_index"),
    page("second-factor/app/add/", confirmed(second_factors.AddApp.as_view()), "mfa_activate_totp"),
    page("second-factor/app/remove/", confirmed(second_factors.RemoveApp.as_view()), "mfa_deactivate_totp"),
    page("second-factor/passkey/add/", confirmed(second_factors.AddPasskey.as_view()), "mfa_add_webauthn"),
    page(
        "second-factor/passkey/<int:pk>/remove/",
        confirmed(second_factors.RemovePasskey.as_view()),
        "mfa_remove_webauthn",
    ),
    page("second-factor/codes/", confirmed(second_factors.codes), "mfa_view_recovery_codes"),
    page("second-factor/codes/new/", confirmed(second_factors.NewCodes.as_view()), "mfa_generate_recovery_codes"),
    page("second-factor/codes/download/", confirmed(second_factors.download_codes), "mfa_download_recovery_codes"),
]
