"""Saying where a fact comes from."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from cases.actions.permissions import Actor, require
from cases.enums import Confidence
from cases.models import Citation, Prisoner, Source
from cases.models.base import CaseRecord, CitedRecord


def case_of(record: CitedRecord) -> Prisoner | None:
    """Return the prisoner whose case the record belongs to; None for what several cases share."""
    if isinstance(record, Prisoner):
        return record
    if not isinstance(record, CaseRecord):
        return None
    found: Any = record
    for step in record.prisoner_path.split("__"):
        found = getattr(found, step)
    return found if isinstance(found, Prisoner) else None


@transaction.atomic
def cite(
    actor: Actor,
    record: CitedRecord,
    *,
    source: Source,
    field: str = "",
    value: str = "",
    page: str = "",
    confidence: str = Confidence.CERTAIN.value,
) -> Citation:
    """Cite `source` for the record, or for one field of it. A source that is cited there already is left as it is."""
    require(actor, "cases.add_citation")
    content_type = ContentType.objects.get_for_model(record)
    there = Citation.objects.filter(
        content_type=content_type, object_id=record.pk, field=field, source=source, value=value
    ).first()
    if there is not None:
        return there
    citation = Citation(
        prisoner=case_of(record),
        content_type=content_type,
        object_id=record.pk,
        field=field,
        source=source,
        value=value,
        page=page,
        confidence=confidence,
    )
    citation.full_clean()
    citation.save()
    return citation
