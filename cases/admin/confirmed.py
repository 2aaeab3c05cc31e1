"""Acts that ask again who is there: exports, roles, unsealing, invitations. One decorator for all of them."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from cases.admin.gate import account_of, is_background, second_step_of


def is_confirmed(request: HttpRequest) -> bool:
    """Tell whether a password, a code or a passkey was given in this session in the last CONFIRM_MINUTES."""
    records = get_authentication_records(request, request.user if request.user.is_authenticated else None)
    last = max((float(record["at"]) for record in records), default=0.0)
    return 0 <= time.time() - last < settings.CONFIRM_MINUTES * 60


def confirmation(request: HttpRequest) -> HttpResponse:
    """Send the person to the page that asks who they are, and back by GET; a script gets 401 and the address as JSON.

    What was sent with a POST is not kept: the form is shown again. So ask before the form is shown too.
    """
    account = account_of(request)
    name = "account_reauthenticate" if account.has_usable_password() else second_step_of(account)
    address = f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}"
    if is_background(request):
        return JsonResponse({"error": "confirm", "address": address}, status=401)
    return redirect(address)


def confirmed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Run a view only for who has lately proved who they are, on GET (before the form is shown) and on POST."""

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_confirmed(request) else confirmation(request)

    return asking
