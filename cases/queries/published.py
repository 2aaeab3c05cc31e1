"""What the public side shows of a case now, for comparison at the desk."""

from django.db import InterfaceError, OperationalError

from cases.published.documents import CaseDocument
from cases.published.models import PublishedCase


def public_document(code: str) -> CaseDocument | None:
    """Return the document that is public now; None where nothing is, or where the public side does not answer."""
    try:
        document: CaseDocument | None = (
            PublishedCase.objects.filter(code=code).values_list("document", flat=True).first()
        )
    except (OperationalError, InterfaceError):
        return None
    return document
