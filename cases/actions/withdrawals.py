"""Withdrawals and erasures that the public copy has lost: a standby that lacked the last moments was made the primary.

What the desk says holds, and it is carried out again. Nothing is published by itself: a case that the public copy lacks is
named by `verify_audit`, and a reviewer publishes it.
"""

from datetime import datetime

from django.db import transaction

from cases.actions.publication import tell
from cases.enums import AuditAction, PublicationState
from cases.models import AuditEntry, Prisoner, Publication
from cases.publication.publish import erase_case, limit_case, withdraw_case
from cases.queries.published import shown_among, shown_longer_than


def withdraw_again(*, at: datetime) -> int:
    """Withdraw or erase again every case that is shown and that the desk has withdrawn or erased; return how many.

    An end of consent that the public copy does not know is brought along. Raises PublicSideUnreachable.
    """
    done = 0
    withdrawn = Publication.objects.filter(state=PublicationState.WITHDRAWN.value)
    for code in shown_among(withdrawn.values_list("prisoner__code", flat=True)):
        with transaction.atomic():
            publication = Publication.objects.select_for_update().get(prisoner__code=code)
            if publication.state == PublicationState.WITHDRAWN.value:  # nobody has published it meanwhile
                withdraw_case(code, at=at)
                tell(AuditAction.WITHDRAWN, publication, actor=None, at=at)
                done += 1
    erased = set(AuditEntry.objects.filter(action=AuditAction.ERASED.value).values_list("case", flat=True))
    for code in shown_among(erased - set(Prisoner.objects.filter(code__in=erased).values_list("code", flat=True))):
        erase_case(code, [], at=at)
        done += 1
    public = Publication.objects.filter(state=PublicationState.PUBLISHED.value, prisoner__consent_expires__isnull=False)
    for code, until in public.values_list("prisoner__code", "prisoner__consent_expires").iterator():
        if until is not None and shown_longer_than(code, until):
            limit_case(code, until)
    return done
