"""Consent that was narrowed or has ended takes effect at once: what it no longer covers leaves the public side first."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.permissions import Actor, require
from cases.actions.publication import tell
from cases.enums import AuditAction, Consent, PublicationState
from cases.models import Prisoner, Publication, Submission
from cases.publication.publish import limit_case, withdraw_case, withdraw_expired
from cases.publication.shown_rows import NAMED
from cases.queries.published import is_withdrawn, withdrawn_codes

MAY_CHANGE = "cases.change_prisoner"


def keep_within_consent(actor: Actor, prisoner: Prisoner, *, at: datetime) -> str:
    """Withdraw the case if its consent no longer covers what is public, else bring an earlier end of consent along.

    Whoever may write down a consent may hereby withdraw: the safe direction needs no second person. Returns what was done,
    in words for the actor, "" for nothing. Raises PublicSideUnreachable.
    """
    keeper = require(actor, MAY_CHANGE)
    publication = Publication.objects.filter(prisoner=prisoner, state=PublicationState.PUBLISHED.value).first()
    if publication is None:
        return ""
    reason = _no_longer_covered(prisoner, publication, timezone.localdate(at))
    with transaction.atomic():
        if not reason:
            if prisoner.consent_expires is not None:
                limit_case(prisoner.code, prisoner.consent_expires)
            return ""
        publication.state = PublicationState.WITHDRAWN.value
        publication.withdrawn_at, publication.withdrawn_by, publication.reason = at, keeper, reason
        publication.full_clean()
        publication.save()
        withdraw_case(prisoner.code, at=at)
        tell(AuditAction.WITHDRAWN, publication, actor=keeper, at=at)
    return reason


def _no_longer_covered(prisoner: Prisoner, publication: Publication, today: date) -> str:
    if prisoner.consent == Consent.NONE.value:
        return _("There is no consent any more: the case was withdrawn.")
    if prisoner.consent_expires is not None and prisoner.consent_expires < today:
        return _("The consent has ended: the case was withdrawn.")
    shown = Submission.objects.filter(prisoner=prisoner, sha256=publication.sha256).order_by("-pk").first()
    if prisoner.consent == Consent.INITIALS.value and (shown is None or NAMED in shown.shown):
        return _("The person may be shown by initials only: the case was withdrawn. Submit it again to publish it so.")
    return ""


def end_expired_consents(*, at: datetime) -> int:
    """Withdraw every public case that its consent does not cover on the day of `at`, for the daily command; return how many.

    The desk also learns here of cases that the public side withdrew by itself.
    """
    today = timezone.localdate(at)
    public = Publication.objects.filter(state=PublicationState.PUBLISHED.value).select_related("prisoner")
    doubtful = public.exclude(prisoner__consent=Consent.FULL.value) | public.filter(prisoner__consent_expires__lt=today)
    done = 0
    with transaction.atomic():
        withdraw_expired(on=today, at=at)
        gone = public.filter(prisoner__code__in=withdrawn_codes())
        for publication in {*doubtful, *gone}:
            reason = _no_longer_covered(publication.prisoner, publication, today)
            if not reason and not is_withdrawn(publication.prisoner.code):
                continue
            publication.state = PublicationState.WITHDRAWN.value
            publication.withdrawn_at = at
            publication.reason = reason or _("The consent has ended: the case was withdrawn.")
            publication.save()
            withdraw_case(publication.prisoner.code, at=at)
            tell(AuditAction.WITHDRAWN, publication, actor=None, at=at)
            done += 1
    return done
