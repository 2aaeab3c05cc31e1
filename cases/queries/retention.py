"""How long is kept what has served its purpose, and why. Each period is one row; the environment sets its length.

A draft is never removed in silence: it is listed, and two people erase it. The rest goes by itself every day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import AuditAction, Consent, SubmissionState
from cases.models import (
    AuditEntry,
    DeskSession,
    EditingPresence,
    Follower,
    FormDraft,
    Invitation,
    Prisoner,
    Submission,
    Unsealing,
    WebhookEvent,
)
from cases.models.base import Record

#: Entries whose payload tells from where somebody signed in; who and when stays.
SIGN_INS = tuple(
    action.value
    for action in (
        AuditAction.SIGNED_IN,
        AuditAction.SIGNED_OUT,
        AuditAction.SIGN_IN_FAILED,
        AuditAction.LOCKED_OUT,
        AuditAction.CONFIRMED,
        AuditAction.SESSIONS_ENDED,
    )
)


@dataclass(frozen=True, slots=True)
class Period:
    """What is kept how long. `setting` names the days, "" where the rows say themselves when they end."""

    name: str
    what: Any
    why: Any
    setting: str
    over: Callable[[datetime], QuerySet[Any]]
    is_listed: bool = False

    @property
    def days(self) -> int:
        return int(getattr(settings, self.setting)) if self.setting else 0

    def ended(self, at: datetime) -> QuerySet[Any]:
        """Return the rows whose period is over at `at`; none where the period is 0, which keeps them."""
        rows = self.over(at - timedelta(days=self.days))
        return rows.none() if self.setting and not self.days else rows


def forgotten_drafts(before: datetime) -> QuerySet[Prisoner]:
    """Return the cases without publication and without consent of which nothing was changed since `before`."""
    drafts = Prisoner.objects.filter(
        publication__isnull=True, consent=Consent.NONE.value, created_at__lt=before, updated_at__lt=before
    ).exclude(code__in=AuditEntry.objects.filter(at__gte=before).exclude(case="").values("case"))
    for relation in Prisoner._meta.related_objects:
        name = relation.get_accessor_name()
        if name and issubclass(relation.related_model, Record):
            changed = relation.related_model._default_manager.filter(updated_at__gte=before)
            drafts = drafts.exclude(**{f"{relation.name}__in": changed})
    return drafts.order_by("updated_at", "pk")


def _undone_submissions(before: datetime) -> QuerySet[Submission]:
    undone = (SubmissionState.SENT_BACK.value, SubmissionState.RECALLED.value)
    return Submission.objects.filter(state__in=undone, decided_at__lt=before).exclude(document={})


def _sign_ins(before: datetime) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(action__in=SIGN_INS, at__lt=before, payload__isnull=False)


def _sessions(before: datetime) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=before)


PERIODS: tuple[Period, ...] = (
    Period(
        "drafts",
        _("Cases that were never published, have no consent and that nobody has changed"),
        _("Nobody agreed to be recorded, and nobody works on it. Two people erase it; it never goes by itself."),
        "RETENTION_DRAFT_DAYS",
        forgotten_drafts,
        is_listed=True,
    ),
    Period(
        "submissions",
        _("Documents of submissions that were sent back or recalled"),
        _("They were never public, and the case itself is kept. Who submitted, who decided and when stays."),
        "RETENTION_SUBMISSION_DAYS",
        _undone_submissions,
    ),
    Period(
        "sign_ins",
        _("From where somebody signed in or tried to"),
        _("Addresses help against an attack while it is fresh; later they tell only where colleagues were."),
        "RETENTION_SIGN_IN_DAYS",
        _sign_ins,
    ),
    Period("sessions", _("Sessions that have ended"), _("They open nothing any more."), "", _sessions),
    Period(
        "desk_sessions",
        _("Browsers that were signed in"),
        _("They open nothing any more."),
        "",
        DeskSession.objects.over,
    ),
    Period(
        "form_drafts",
        _("Text that was typed and not saved"),
        _("It was meant for the next hours; what is worth keeping was saved."),
        "",
        FormDraft.objects.all().expired,
    ),
    Period(
        "presences",
        _("Signs that somebody has a form open"),
        _("They hold for a minute."),
        "",
        lambda at: EditingPresence.objects.filter(seen_at__lt=at - timedelta(hours=1)),
    ),
    Period(
        "unsealings",
        _("Sealed values that were open"),
        _("They hold for minutes; the audit keeps who opened what, when and why."),
        "",
        lambda at: Unsealing.objects.filter(ends_at__lt=at - timedelta(days=1)),
    ),
    Period(
        "invitations",
        _("Invitations that were used or have ended"),
        _("They let nobody in any more; the audit keeps who invited whom."),
        "",
        lambda at: Invitation.objects.filter(expires_at__lt=at - timedelta(days=1)),
    ),
    Period(
        "followers",
        _("Addresses of who asked for e-mails and did not confirm it"),
        _("Perhaps somebody else typed the address; nothing but the question was ever sent to it."),
        "",
        lambda at: Follower.objects.forgotten(timezone.localdate(at)),
    ),
    Period(
        "webhook_events",
        _("What partners’ programs were told"),
        _("It was delivered, or given up, a month ago."),
        "",
        lambda at: WebhookEvent.objects.over(at - timedelta(days=30)),
    ),
)
