"""The daily removal of what has served its purpose. `cases/queries/retention.py` says what, after how long, and why."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cases.actions.erasure_removal import empty_documents, empty_payloads
from cases.enums import AuditAction
from cases.models import AuditEntry
from cases.queries.retention import PERIODS


def apply_retention(*, at: datetime) -> dict[str, int]:
    """Remove what is over, all or nothing; return how much of what. The audit says so in one entry.

    Drafts are not removed here: they are listed for two people.
    """
    removed: dict[str, int] = {}
    entries: list[int] = []
    with transaction.atomic():
        for period in PERIODS:
            if period.is_listed:
                continue
            rows = period.ended(at)
            removed[period.name] = rows.count()
            entries += _remove(period.name, rows)
        empty_payloads(entries)
        kept = {name: number for name, number in removed.items() if number}
        if kept:
            AuditEntry.objects.append(
                AuditAction.RETENTION, payload={"counts": kept, "entries": sorted(entries)}, at=at
            )
    return removed


def _remove(name: str, rows: QuerySet[Any]) -> list[int]:
    """Remove the rows of one period; return the numbers of the audit's entries whose payloads go with them."""
    if name == "sign_ins":
        return list(rows.values_list("number", flat=True))
    if name == "submissions":
        keys = list(rows.values_list("pk", flat=True))
        empty_documents(keys)
        about = AuditEntry.objects.filter(subject_kind="submission", subject_id__in=keys, payload__isnull=False)
        return list(about.values_list("number", flat=True))
    rows.delete()
    return []
