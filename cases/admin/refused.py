"""What is not open or not there, told to those who are inside: in the language of the desk, with the way about it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.admin.gate import is_background


def told_inside(view: Callable[..., HttpResponse], each_context: Callable[[HttpRequest], Any]) -> Any:
    """Answer 403 and 404 with a page of the desk. What is said of a refusal is ours; of what is missing nothing is said."""

    @wraps(view)
    def telling(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (PermissionDenied, Http404) as refusal:
            if is_background(request):
                raise
            is_missing = isinstance(refusal, Http404)
            context = {
                **each_context(request),
                "title": _("There is no page at this address") if is_missing else _("This page is not open to you"),
                "is_missing": is_missing,
                "words": "" if is_missing else str(refusal),
            }
            return render(request, "desk/refused.html", context, status=404 if is_missing else 403)

    return telling
