"""What every page knows: contact, today, the same page in each language. Never touches the session."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language, get_language_info


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The page in one language; `path` is the address on this site, `address` with the host."""

    code: str
    name: str
    path: str
    address: str
    is_active: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the variables of `base.html`."""
    languages = [_link(request, code) for code, _name in settings.LANGUAGES]
    own = next((link.address for link in languages if link.is_active), "")
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "languages": languages,
        "own_address": own,
        "contact_email": settings.CONTACT_EMAIL,
        "today": timezone.localdate(),
    }


def address_of(request: HttpRequest, path: str) -> str:
    """Return a full address, from `SITE_URL` where it is set; the path alone for a request to a host that is not ours."""
    if settings.SITE_URL:
        return f"{settings.SITE_URL}{path}"
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return path


def _link(request: HttpRequest, code: str) -> LanguageLink:
    path = _path_in(request, code)
    return LanguageLink(
        code, get_language_info(code)["name_local"], path, address_of(request, path), code == get_language()
    )


def _path_in(request: HttpRequest, code: str) -> str:
    """Return the path of this page in another language; that language's home where the page belongs to none."""
    here = request.path
    active = get_language() or ""
    if code == active and here.startswith(f"/{code}/"):
        return here
    if here.startswith(f"/{active}/"):
        return (
            f"/{code}/" + here.removeprefix(f"/{active}/") if getattr(request, "resolver_match", None) else f"/{code}/"
        )
    translated = translate_url(here, code)
    return translated if translated != here else f"/{code}/"
