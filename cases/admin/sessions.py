"""Where one is signed in: every browser, each of which can be signed out from here."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.sessions import end_sessions
from cases.admin.chosen import number_in
from cases.admin.gate import account_of, session_of
from cases.admin.site import desk
from cases.models import DeskSession


def sessions(request: HttpRequest) -> HttpResponse:
    """List one's own sessions; on POST, end one, all others, or all."""
    account, present, now = account_of(request), session_of(request), timezone.now()
    if request.method == "POST":
        asked = request.POST.get("end", "")
        if asked == "everywhere":
            end_sessions(account, by=account, at=now)
            logout(request)
            return redirect("account_login")
        if asked == "others" and present is not None:
            end_sessions(account, by=account, keep=present.pk, at=now)
        elif (chosen := number_in(asked)) is not None:
            end_sessions(account, by=account, only=chosen, at=now)
        messages.success(request, _("Done. Those browsers have to sign in again."))
        return redirect("admin:sessions")
    context = {
        **desk.each_context(request),
        "title": _("Where you are signed in"),
        "sessions": DeskSession.objects.filter(account=account).exclude(pk__in=DeskSession.objects.over(now)),
        "present": present,
    }
    return render(request, "desk/sign_in/sessions.html", context)
