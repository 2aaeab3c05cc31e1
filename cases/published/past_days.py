"""Who had which status on a past day, by what is published now."""

from collections.abc import Collection
from datetime import date

from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from cases.published.course_models import PublishedSpan


def had_status(statuses: Collection[str], day: date) -> Q:
    """Return the condition that a case had one of the statuses on a day; with none, that it had begun by then.

    A scalar question a row, as in `selection`: a join would let the database begin elsewhere.
    """
    spans = PublishedSpan.objects.filter(case=OuterRef("pk"), since__lte=day, until__gt=day)
    found = spans.filter(status__in=sorted(statuses)) if statuses else spans
    return Q(IsNull(lhs=Subquery(found.order_by().values("pk")[:1]), rhs=False))
