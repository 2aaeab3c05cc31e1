"""Which cases hold something back for a given reason, found by the database for the overview."""

from collections.abc import Callable
from typing import Any, TypeAlias

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from cases.enums import Consent, DateDetail
from cases.models import (
    Affiliation,
    Assessment,
    Charge,
    Citation,
    Citizenship,
    Decision,
    Event,
    Hearing,
    PersonName,
    Proceeding,
    PublicRole,
    Rehabilitation,
    Sentence,
    SentenceSegment,
    SpokenLanguage,
    Stay,
)
from cases.publication.held_back import Reason
from cases.publication.policy import NEVER_SHOWN

#: From `with_state`, whose annotations the types do not know.
Cases: TypeAlias = "QuerySet[Any]"

#: Rows that can be marked not to be shown, and the way from each to its prisoner.
MARKED = (
    (PersonName, "prisoner"),
    (PublicRole, "prisoner"),
    (Affiliation, "prisoner"),
    (Stay, "prisoner"),
    (Event, "prisoner"),
    (Assessment, "prisoner"),
    (Rehabilitation, "prisoner"),
    (Hearing, "proceeding__defendants__prisoner"),
    (Decision, "proceeding__defendants__prisoner"),
)

#: Rows of a case that are shown whenever the case is.
UNMARKED = (
    (Citizenship, "prisoner"),
    (SpokenLanguage, "prisoner"),
    (Citation, "prisoner"),
    (Proceeding, "defendants__prisoner"),
    (Charge, "defendant__prisoner"),
    (Sentence, "defendant__prisoner"),
    (SentenceSegment, "sentence__defendant__prisoner"),
)

#: Reasons that say of a whole case why nothing of it is public: `with_state` has them ready.
STATES = frozenset(
    {
        Reason.NO_CONSENT,
        Reason.CONSENT_ENDED,
        Reason.NEVER_SUBMITTED,
        Reason.WAITING,
        Reason.SENT_BACK,
        Reason.RECALLED,
        Reason.WITHDRAWN,
    }
)


def _marked_hidden(cases: Cases) -> Cases:
    found: Combinable | Q = Q()
    for model, way in MARKED:
        found |= Exists(model._default_manager.filter(**{way: OuterRef("pk")}, is_public=False))
    return cases.filter(found)


def _changed(cases: Cases) -> Cases:
    """Return the public cases of which the person or a row was written since what is public was submitted."""
    found: Combinable | Q = Q(updated_at__gt=F("published_from"))
    for model, way in (*MARKED, *UNMARKED):
        found |= Exists(
            model._default_manager.filter(**{way: OuterRef("pk")}, updated_at__gt=OuterRef("published_from"))
        )
    return cases.filter(found, held="")


FILTERS: dict[Reason, Callable[[Cases], Cases]] = {
    Reason.NEVER_SHOWN: lambda cases: cases.filter(
        Exists(Event.objects.filter(prisoner=OuterRef("pk"), kind__in=NEVER_SHOWN))
    ),
    Reason.ROW_HIDDEN: _marked_hidden,
    Reason.INITIALS: lambda cases: cases.filter(consent=Consent.INITIALS.value),
    Reason.BORN_HIDDEN: lambda cases: cases.filter(born__isnull=False, born_detail=DateDetail.HIDDEN.value),
    Reason.BORN_YEAR: lambda cases: cases.filter(
        born__isnull=False, born_detail=DateDetail.YEAR.value, consent=Consent.FULL.value
    ),
    Reason.HOME: lambda cases: cases.filter(home__isnull=False, home_is_public=False),
    Reason.RELIGION: lambda cases: cases.filter(~Q(religion=""), religion_is_public=False),
    Reason.PHOTO: lambda cases: cases.filter(
        ~Q(photo="") | ~Q(photo_credit="") | ~Q(photo_licence=""), photo_is_public=False
    ),
    Reason.SITE: lambda cases: cases.filter(
        Exists(Stay.objects.filter(prisoner=OuterRef("pk"), site__is_public=False, is_public=True))
    ),
    Reason.SOURCE: lambda cases: cases.filter(
        Exists(Citation.objects.filter(prisoner=OuterRef("pk"), source__is_public=False))
        | Exists(Assessment.objects.filter(prisoner=OuterRef("pk"), source__is_public=False))
    ),
    Reason.CHANGED: _changed,
    **{state: (lambda cases, held=state: cases.filter(held=held.value)) for state in STATES},  # type: ignore[misc]
}

#: The filters in the order in which reasons are told.
SEARCHED = tuple(reason for reason in Reason if reason in FILTERS)
