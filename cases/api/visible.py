"""The one case that an address names, where it may be shown."""

from datetime import date

from rest_framework.exceptions import NotFound

from cases.api.problems import Gone
from cases.published.models import PublishedCase


def visible_case(code: str, on: date) -> PublishedCase:
    """Return a case; 410 where it is no longer published, 404 where it never was."""
    case = PublishedCase.objects.visible(on).filter(code=code).first()
    if case is not None:
        return case
    if PublishedCase.objects.filter(code=code).exists():
        raise Gone("This case is no longer published.")
    raise NotFound
