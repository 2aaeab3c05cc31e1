"""Files for programs: which addresses may be crawled, and where a weakness can be reported."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone


def robots(_request: HttpRequest) -> HttpResponse:
    """Everything public may be found, except every version, which would stand beside the page that it repeats."""
    lines = [
        "User-agent: *",
        "Disallow: /desk/",
        *(f"Disallow: /{code}/cases/*/v/" for code, _name in settings.LANGUAGES),
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Without a contact address there is nothing to say."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=180)
    languages = ", ".join(code for code, _name in settings.LANGUAGES)
    address = request.build_absolute_uri(request.path)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires.isoformat()}",
        f"Preferred-Languages: {languages}",
    ]
    return HttpResponse("\n".join([*lines, f"Canonical: {address}"]) + "\n", content_type="text/plain; charset=utf-8")
