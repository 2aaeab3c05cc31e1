"""What the public side shows of a case now, for comparison at the desk."""

from datetime import date

from django.db import InterfaceError, OperationalError

from cases.enums import PublicationState
from cases.published.documents import CaseDocument
from cases.published.models import PublishedCase


def is_withdrawn(code: str) -> bool:
    """Tell whether the public side has withdrawn the case."""
    return PublishedCase.objects.filter(code=code, state=PublicationState.WITHDRAWN.value).exists()


def withdrawn_codes() -> list[str]:
    """Return the codes of all withdrawn cases."""
    return list(PublishedCase.objects.filter(state=PublicationState.WITHDRAWN.value).values_list("code", flat=True))


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
