"""What needs somebody's attention without anybody having asked: each alarm is a sentence about one case or provision.

Every kind asks a fixed number of queries, however many cases there are, and shows at most so many.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.enums import Consent
from cases.models import Prisoner, Provision
from cases.queries.custody import contradictions_in_words, custody_facts, with_facts
from cases.queries.legal_clock import lapsed_ticks

#: How long before its end a consent is worth renewing, in days.
RENEW_BEFORE = 60
#: How many of the last changed cases are searched for contradictions each time the desk is opened.
SEARCHED = 100

#: How many alarms of one kind are shown.
SHOWN = 20


def every(cases: QuerySet[Prisoner] | None) -> QuerySet[Prisoner]:
    """Return the cases that were chosen; all of them where none were."""
    return Prisoner.objects.all() if cases is None else cases


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to look at, and the case it is about, or the provision.

    It is mended on the page of the case; on that of the `proceeding` with this key; or, `is_of_law`, on the law's page.
    """

    prisoner: Prisoner | None
    message: str
    provision: Provision | None = None
    proceeding: int | None = None
    is_of_law: bool = False


def expiring_consents(on: date, *, cases: QuerySet[Prisoner] | None = None, limit: int = SHOWN) -> list[Alarm]:
    """Return the cases whose consent has ended or ends within RENEW_BEFORE days, soonest first."""
    rows = (
        every(cases)
        .filter(consent_expires__lte=on + timedelta(days=RENEW_BEFORE))
        .exclude(consent=Consent.NONE.value)
        .order_by("consent_expires", "pk")
        .prefetch_related("names")[:limit]
    )
    return [Alarm(prisoner=row, message=consent_in_words(row, on)) for row in rows]


def consent_in_words(prisoner: Prisoner, on: date) -> str:
    """Say when the consent ends or ended; empty for a consent without end or far from it."""
    expires = prisoner.consent_expires
    if expires is None or prisoner.consent == Consent.NONE.value or expires > on + timedelta(days=RENEW_BEFORE):
        return ""
    if expires < on:
        return _("The consent ended on %(day)s: the case is no longer shown.") % {"day": date_format(expires)}
    return _("The consent ends on %(day)s; from the day after, the case is no longer shown.") % {
        "day": date_format(expires)
    }


def contradictory_cases(on: date, *, cases: QuerySet[Prisoner] | None = None, limit: int = SHOWN) -> list[Alarm]:
    """Return the contradictions among the SEARCHED cases that were changed last."""
    found = []
    for prisoner in with_facts(every(cases))[:SEARCHED]:
        found += [
            Alarm(prisoner=prisoner, message=text) for text in contradictions_in_words(custody_facts(prisoner), on)
        ]
    return found[:limit]


def lapsed_findings(*, cases: QuerySet[Prisoner] | None = None, limit: int = SHOWN) -> list[Alarm]:
    """Return the cases in which something ticked to be published no longer says what the reviewer saw."""
    prisoners = dict.fromkeys(tick.prisoner for tick in lapsed_ticks(every(cases), limit=limit))
    text = _("What the law says has changed since it was ticked: look at it again.")
    return [Alarm(prisoner=prisoner, message=text, is_of_law=True) for prisoner in prisoners]
