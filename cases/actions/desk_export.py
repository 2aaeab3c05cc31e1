"""Taking cases out of the desk as a file: allowed to few, and kept in the audit before the first line leaves."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from cases.actions.permissions import Actor, require
from cases.enums import AuditAction
from cases.models import AuditEntry, Prisoner
from cases.queries.case_lines import case_lines

MAY_EXPORT = "cases.export_prisoner"


def export_cases(
    actor: Actor, prisoners: QuerySet[Prisoner], *, asked: dict[str, str], at: datetime
) -> Iterator[list[str | int | None]]:
    """Return the lines of the cases; who took how many of which is in the audit before any of them is read.

    `asked`: the filters, by their names.
    """
    person = require(actor, MAY_EXPORT)
    AuditEntry.objects.append(
        AuditAction.EXPORTED,
        actor=person,
        payload={"what": "cases", "count": prisoners.count(), "filters": asked},
        at=at,
    )
    return case_lines(prisoners, on=timezone.localdate(at))
