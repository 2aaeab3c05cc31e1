"""The language of the desk: chosen by the person, kept in their session, and in nothing that the public side reads."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

CHOSEN = "desk_language"
#: What a stranger's choice is called in the address of the sign-in.
IN_ADDRESS = "language"


def in_chosen_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer in the language of the session; where none was chosen, in the one that the browser asks for.

    A stranger has no session: the address of the page says which language they chose, until they are in.
    """

    @wraps(view)
    def translated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        was_stranger = not request.user.is_authenticated
        language = request.GET.get(IN_ADDRESS) if was_stranger else request.session.get(CHOSEN)
        if language not in dict(settings.LANGUAGES):
            return view(request, *args, **kwargs)
        with translation.override(language):
            response = view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
        if was_stranger and request.user.is_authenticated:
            request.session[CHOSEN] = language
        response.headers.setdefault("Content-Language", language)
        return response

    return translated


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language and go back to the page of the desk on which it was chosen."""
    language, back = request.POST.get("language", ""), request.POST.get("back", "")
    if language in dict(settings.LANGUAGES):
        request.session[CHOSEN] = language
    home = reverse("admin:index")
    is_ours = back.startswith(home) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if is_ours else home)


def choices() -> list[tuple[str, str]]:
    """Return the languages that the desk is not shown in now, each by its own name."""
    active = translation.get_language()
    return [
        (code, translation.get_language_info(code)["name_local"].capitalize())
        for code, _name in settings.LANGUAGES
        if code != active
    ]
