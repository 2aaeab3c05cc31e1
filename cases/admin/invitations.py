"""Invitations at the desk: made by Administrators, accepted by whoever has the link."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from cases.actions.accounts import GROUPS
from cases.actions.invitations import (
    GOOD_FOR,
    MAY_INVITE,
    MAY_RESET,
    accept as accept_invitation,
    found_invitation,
    invite,
    is_stood_by,
    reset_account,
    withdraw_invitation,
)
from cases.actions.permissions import ActionRefused
from cases.admin.chosen import number_in
from cases.admin.gate import Standing, lead_on
from cases.admin.roles import WORDS, role_in_words
from cases.admin.site import desk
from cases.models import Invitation

HOURS = int(GOOD_FOR.total_seconds() // 3600)


class InvitationForm(forms.Form):
    """Who is invited, and as what."""

    username = forms.CharField(
        label=gettext_lazy("Name of the account"),
        help_text=gettext_lazy("Letters and digits; it need not be the person's own name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    group = forms.ChoiceField(label=gettext_lazy("Group"), choices=[(name, WORDS[name]) for name in GROUPS])


class OwnPasswordForm(forms.Form):
    """A password, twice."""

    password1 = forms.CharField(
        label=gettext_lazy("Your new password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
    )
    password2 = forms.CharField(
        label=gettext_lazy("The same again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("password1") and cleaned.get("password2") and cleaned["password1"] != cleaned["password2"]:
            self.add_error("password2", _("The two passwords are not the same."))
        return cleaned


def invitations(request: HttpRequest) -> HttpResponse:
    """List the open invitations; on POST, make or withdraw one. The link is shown on the answer and never again."""
    if not request.user.has_perm(MAY_INVITE):
        raise PermissionDenied
    withdrawn = number_in(request.POST.get("withdraw", ""))
    if withdrawn is not None:
        withdraw_invitation(request.user, get_object_or_404(Invitation, pk=withdrawn), at=timezone.now())
        messages.success(request, _("The invitation is withdrawn."))
        return redirect("admin:invitations")
    form = InvitationForm(request.POST or None)
    link = _invited(request, form) if request.method == "POST" and form.is_valid() else ""
    context = {
        **desk.each_context(request),
        "title": _("Invitations"),
        "form": InvitationForm() if link else form,
        "link": link,
        "invited": form.cleaned_data["username"] if link else "",
        "hours": HOURS,
        "open_invitations": [
            (one, role_in_words(one.group))
            for one in Invitation.objects.open(timezone.now()).select_related("invited_by")
            if is_stood_by(one)
        ],
    }
    return render(request, "desk/sign_in/invitations.html", context)


def _invited(request: HttpRequest, form: InvitationForm) -> str:
    said = form.cleaned_data
    try:
        token = invite(request.user, said["username"], group=said["group"], at=timezone.now())
    except ActionRefused as refusal:
        form.add_error("username", str(refusal))
    except ValidationError as refusal:
        form.add_error("username", [message for found in refusal.message_dict.values() for message in found])
    else:
        return link_of(request, token)
    return ""


def link_of(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("accept-invitation", args=[token]))


def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a reset takes away; on POST, do it and show the link, once."""
    if not request.user.has_perm(MAY_RESET):
        raise PermissionDenied
    account = get_object_or_404(User, pk=pk)
    link = ""
    if request.method == "POST":
        try:
            link = link_of(request, reset_account(request.user, account, at=timezone.now()))
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:auth_user_change", pk)
    context = {
        **desk.each_context(request),
        "title": _("Reset the account %(name)s") % {"name": account.get_username()},
        "account": account,
        "link": link,
        "hours": HOURS,
    }
    return render(request, "desk/sign_in/reset.html", context)


@sensitive_post_parameters("password1", "password2")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take the password of whoever has a good link. Any other link is answered like an address that does not exist."""
    if request.user.is_authenticated:
        messages.error(request, _("You are signed in. Sign out before you accept an invitation."))
        return redirect("admin:index")
    found = found_invitation(token, at=timezone.now())
    if found is None:
        return lead_on(request, Standing.STRANGER)
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _accepted(token, form):
        messages.success(request, _("Your password is set. Sign in with it now; then you add a second factor."))
        return redirect("account_login")
    context = {
        **desk.each_context(request),
        "title": _("Welcome to the desk"),
        "form": form,
        "invitation": found,
        "rules": password_validators_help_texts(),
    }
    return render(request, "desk/sign_in/accept.html", context)


def _accepted(token: str, form: OwnPasswordForm) -> bool:
    try:
        accept_invitation(token, password=form.cleaned_data["password1"], at=timezone.now())
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:
        form.add_error("password1", refusal)
    else:
        return True
    return False
