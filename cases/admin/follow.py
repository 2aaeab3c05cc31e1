"""Following a list by e-mail, for readers: pages like the public ones, served by the process that may write addresses down.

They know nobody, set no cookie, and answer the same whether an address is known or not.
"""

from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cases.actions.following import ask_to_follow, confirm_following, is_followed, stop_following
from cases.enums import Frequency
from cases.models.following import GOOD_DAYS, LONGEST_QUERY
from cases.published.filters import CaseFilter
from cases.views.addresses import changed, path
from cases.views.presentation.letters import list_in_words

page = require_http_methods(["GET", "HEAD", "POST"])
unstored = cache_control(no_store=True)


class FollowForm(forms.Form):
    """Where to write to, and how often."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address like name@example.org."),
        },
    )
    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=lambda: [(value, _(label)) for value, label in Frequency.choices()],
        initial=Frequency.DAILY.value,
        error_messages={"invalid_choice": _("Choose how often."), "required": _("Choose how often.")},
    )


@csrf_exempt  # it knows nobody, and sets no cookie that a token could stand in; what it can do is limited instead
@unstored
@sensitive_post_parameters("address")
@page
def follow(request: HttpRequest) -> HttpResponse:
    """Show which list it is and the form; on POST note the wish, and say the same whatever became of it."""
    _refuse_where_nothing_is_sent()
    query, language = changed(request.GET, without=["ordering"]), get_language() or "en"
    found = CaseFilter(query, on=timezone.localdate(), language=language)
    if not found.is_valid() or len(query.urlencode()) > LONGEST_QUERY:
        return HttpResponseRedirect(path(reverse("cases"), query))  # there each filter says what is wrong with it
    form = FollowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not ratelimit.consume(request, action="follow", key=network_of(request)):
            return _said(request, "busy", status=429)
        ask_to_follow(
            form.cleaned_data["address"],
            query=query.urlencode(),
            language=language,
            frequency=Frequency(form.cleaned_data["frequency"]),
            on=timezone.localdate(),
        )
        return HttpResponseRedirect(path(reverse("follow-asked"), query))
    context = {"section": "cases", "form": form, "list": list_in_words(query.urlencode(), language)}
    context |= {"list_path": path(reverse("cases"), query), "here": path(request.path, query)}
    return render(request, "public/follow.html", context, status=400 if form.errors else 200)


@unstored
@require_http_methods(["GET", "HEAD"])
def asked(request: HttpRequest) -> HttpResponse:
    """Say that an e-mail is on its way, to whoever comes here."""
    _refuse_where_nothing_is_sent()
    return _said(request, "asked", back=path(reverse("cases"), changed(request.GET)))


@csrf_exempt  # the secret in the address is the leave
@unstored
@page
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask once more on GET: programs that look through mail open every link in it. Confirm on POST."""
    own = is_followed(secret, on=timezone.localdate())
    if own is None or (request.method == "POST" and not confirm_following(secret, at=timezone.now())):
        return _over(request)
    return _said(
        request,
        "confirmed" if request.method == "POST" else "confirm",
        what=list_in_words(own.query, get_language() or "en"),
        back=path(reverse("cases"), QueryDict(own.query)),
    )


@csrf_exempt  # RFC 8058: a mail program posts here, without cookie and without anybody being asked
@unstored
@page
def leave(request: HttpRequest, secret: str) -> HttpResponse:
    """Show one button on GET; forget the address on POST. A link that does nothing any more is answered the same."""
    if request.method == "POST":
        stop_following(secret)
        return _said(request, "left")
    return _said(request, "leave")


def network_of(request: HttpRequest) -> str:
    """Return the network by which questions are counted: a neighbourhood of addresses, as one person can have many."""
    address = get_adapter(request).get_client_ip(request)
    try:
        version = ip_address(address).version
    except ValueError:
        return "unknown"
    return str(ip_network(f"{address}/{24 if version == 4 else 48}", strict=False))


def _said(
    request: HttpRequest, what_happened: str, *, status: int = 200, what: str = "", back: str = ""
) -> HttpResponse:
    context = {"section": "cases", "said": what_happened, "list": what, "list_path": back}
    return render(request, "public/following.html", {**context, "days": GOOD_DAYS}, status=status)


def _over(request: HttpRequest) -> HttpResponse:
    return _said(request, "over", status=410)


def _refuse_where_nothing_is_sent() -> None:
    if not settings.FOLLOWS:
        raise Http404
