"""The pages that say why there is nothing to see, in the same design; Django's handlers ask the database nothing."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.published.models import DocumentKind, PublishedVersion

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Problem:
    """What to say for a status: a title, what happened, what to do."""

    status: int
    title: Words
    text: Words


NOT_FOUND = Problem(
    404,
    _("There is no page at this address"),
    _("The address may be mistyped or cut off. A case that was withdrawn says so at its own address."),
)
WITHDRAWN = Problem(
    410,
    _("This case is no longer published"),
    _("It was withdrawn. All its versions were withdrawn with it, and no reason is given, to protect people."),
)
VERSION_CLOSED = Problem(
    410,
    _("This version is no longer shown"),
    _(
        "It contained something that may no longer be public. The case itself is still published: read its present version."
    ),
)
REFERENCE_GONE = Problem(
    410,
    _("This page is no longer published"),
    _("The place or provision it described was taken from the public, with all its versions."),
)
RELEASE_CLOSED = Problem(
    410,
    _("The files of this release were withdrawn"),
    _(
        "Somebody in them may no longer be shown. The manifest, with the SHA-256 of each file, stays. Take a later "
        "release, or the files of today."
    ),
)
SERVER_ERROR = Problem(
    500,
    _("Something went wrong on our side"),
    _("The page could not be made. Nothing you did caused this. Try again in a few minutes."),
)
UNAVAILABLE = Problem(
    503,
    _("The site cannot be read just now"),
    _("Its database does not answer. Nothing you did caused this. Try again in a few minutes."),
)
FILES_AWAY = Problem(
    503,
    _("Files cannot be reached just now"),
    _(
        "The place where they are kept does not answer, or refuses. Nothing was changed. Try again in a few minutes; if it "
        "goes on, tell whoever runs this site."
    ),
)
BAD_REQUEST = Problem(
    400, _("This request could not be understood"), _("Part of the address is not written as this site expects it.")
)
FORBIDDEN = Problem(
    403,
    _("This page is not open to you"),
    _("Your account may not open it, or the form you sent has expired. Go back and try again, or sign in."),
)


def answer(request: HttpRequest, problem: Problem, *, back: str = "") -> HttpResponse:
    """Answer with the page of a problem. `back` is the address of what can be read instead."""
    response = render(request, "public/error.html", {"problem": problem, "back": back}, status=problem.status)
    response["Cache-Control"] = "no-store"
    return response


def gone_or_missing(request: HttpRequest, kind: DocumentKind, slug: str) -> HttpResponse:
    """Answer for a site or provision that is not shown: 410 where it once was, else 404."""
    if PublishedVersion.objects.filter(kind=kind, key=slug).exists():
        return answer(request, REFERENCE_GONE)
    raise Http404


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return answer(request, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    return answer(request, SERVER_ERROR)


def unavailable(request: HttpRequest) -> HttpResponse:
    return answer(request, UNAVAILABLE)


def files_away(request: HttpRequest) -> HttpResponse:
    return answer(request, FILES_AWAY)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return answer(request, BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return answer(request, FORBIDDEN)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form without the token of our own page; Django's answer to it breaks our policy on styles."""
    return answer(request, FORBIDDEN)
