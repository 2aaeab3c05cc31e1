"""What the public side shows of a case now, for comparison at the desk."""

from collections.abc import Iterable
from datetime import date

from django.db import InterfaceError, OperationalError
from django.db.models import Q

from cases.enums import PublicationState
from cases.published.documents import CaseDocument
from cases.published.models import PublishedCase

#: How many codes one query asks for.
ASKED_AT_ONCE = 500


def is_withdrawn(code: str) -> bool:
    """Tell whether the public side has withdrawn the case."""
    return PublishedCase.objects.filter(code=code, state=PublicationState.WITHDRAWN.value).exists()


def withdrawn_codes() -> list[str]:
    """Return the codes of all withdrawn cases."""
    return list(PublishedCase.objects.filter(state=PublicationState.WITHDRAWN.value).values_list("code", flat=True))


def shown_among(codes: Iterable[str]) -> list[str]:
    """Return those of the codes of which the public side shows the case."""
    shown = PublishedCase.objects.filter(state=PublicationState.PUBLISHED.value)
    asked = list(codes)
    return [
        code
        for start in range(0, len(asked), ASKED_AT_ONCE)
        for code in shown.filter(pk__in=asked[start : start + ASKED_AT_ONCE]).values_list("pk", flat=True)
    ]


def shown_longer_than(code: str, until: date) -> bool:
    """Tell whether the public side would go on showing the case after a day."""
    shown = PublishedCase.objects.filter(pk=code, state=PublicationState.PUBLISHED.value)
    return shown.filter(Q(show_until__isnull=True) | Q(show_until__gt=until)).exists()


def shown_until(code: str) -> date | None:
    """Return the last day on which the public side shows the case; None where it has no end or is not shown."""
    return PublishedCase.objects.filter(code=code).values_list("show_until", flat=True).first()


def public_document(code: str) -> CaseDocument | None:
    """Return the document that is public now; None where nothing is, or where the public side does not answer."""
    try:
        document: CaseDocument | None = (
            PublishedCase.objects.filter(code=code).values_list("document", flat=True).first()
        )
    except (OperationalError, InterfaceError):
        return None
    return document
