"""What stands above a case at the desk: where the person is, what contradicts, what blocks publication, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext

from cases.actions.erasure import MAY_ASK
from cases.actions.permissions import Actor, may_work_on
from cases.actions.publication import MAY_REPUBLISH, MAY_WITHDRAW
from cases.actions.review import MAY_REVIEW, MAY_SUBMIT
from cases.admin.pointers import Place, Pointed, point_at_rows, settle
from cases.admin.review_comments import Remark, remarks
from cases.domain.custody import Standing, days_held, standing
from cases.domain.partial_dates import describe, describe_days
from cases.enums import PublicationState, Status, SubmissionState
from cases.models import Defendant, Prisoner, Publication, Submission
from cases.publication.casefile import CaseFile, read_case
from cases.queries.alarms import consent_in_words
from cases.queries.custody import contradictions_told, custody_facts, with_facts
from cases.queries.legal_clock import ClockLine, legal_clock
from cases.queries.queues import last_submission
from cases.views.presentation.standing import since


@dataclass(frozen=True, slots=True)
class CaseState:
    """All that the head of a case's screen shows."""

    status: Status
    since: str
    is_certain: bool
    held: str
    warnings: list[Pointed]
    findings: list[Pointed]
    publication: Publication | None
    submission: Submission | None
    defendants: list[Defendant]
    remarks: list[Remark]
    clock: list[ClockLine]
    may: frozenset[str]

    @property
    def is_public(self) -> bool:
        return self.publication is not None and self.publication.state == PublicationState.PUBLISHED.value


def case_state(
    actor: Actor, prisoner: Prisoner, *, ticked: Sequence[str] = (), case: CaseFile | None = None
) -> CaseState:
    """Read what the head of the case's screen shows to `actor`, as of today; `ticked` comments stay ticked.

    `case` is the case where this page has read it already.
    """
    today = timezone.localdate()
    rows = with_facts(Prisoner.objects.filter(pk=prisoner.pk)).get()
    facts = custody_facts(rows)
    stands = standing(facts, today)
    held = days_held(facts, today)
    language = get_language() or "en"
    publication = Publication.objects.select_related("published_by", "withdrawn_by").filter(prisoner=prisoner).first()
    submission = last_submission(prisoner)
    ends = consent_in_words(prisoner, today)
    warnings = point_at_rows(contradictions_told(facts, today), rows)
    case = case or read_case(prisoner)
    _document, findings = settle(case, on=today)
    return CaseState(
        status=stands.status,
        since=_since(stands, language),
        is_certain=stands.certain,
        held=describe_days(held, language) if held.most != 0 else "",
        warnings=warnings + ([Pointed(ends, [Place(gettext("Expires"), "#id_consent_expires")])] if ends else []),
        findings=findings,
        publication=publication,
        submission=submission,
        defendants=_defendants(prisoner),
        may=frozenset(_may(actor, prisoner, publication, submission)),
        remarks=remarks(actor, prisoner, ticked),
        clock=legal_clock(case, facts, on=today),
    )


def _since(stands: Standing, language: str) -> str:
    """Say when the status began, in the words of the public page: custody goes on "since", the rest has its day."""
    if stands.since is None:
        return ""
    return since(stands.since) if stands.status.in_custody else describe(stands.since, language)


def _defendants(prisoner: Prisoner) -> list[Defendant]:
    return list(
        Defendant.objects.filter(prisoner=prisoner)
        .select_related("proceeding")
        .prefetch_related("charges__provision", "proceeding__decisions", "sentences")
    )


def _may(actor: Any, prisoner: Prisoner, publication: Publication | None, submission: Submission | None) -> list[str]:
    """Return which of the case's tools the actor has now."""
    waits = submission is not None and submission.state == SubmissionState.WAITING.value
    public = publication is not None and publication.state == PublicationState.PUBLISHED.value
    able = {
        "submit": not waits and actor.has_perms(MAY_SUBMIT) and may_work_on(actor, prisoner),
        "recall": waits and submission is not None and submission.submitted_by_id == actor.pk,
        "review": waits and actor.has_perm(MAY_REVIEW),
        "withdraw": public and actor.has_perm(MAY_WITHDRAW),
        "close_earlier": public
        and publication is not None
        and publication.version > 1
        and actor.has_perm(MAY_WITHDRAW),
        "republish": publication is not None and not public and actor.has_perm(MAY_REPUBLISH),
        "change": actor.has_perm("cases.change_prisoner") and may_work_on(actor, prisoner),
        "add_proceeding": actor.has_perm("cases.add_proceeding"),
        "erase": actor.has_perm(MAY_ASK),
        "see_family": actor.has_perm("cases.view_household"),
    }
    return [tool for tool, allowed in able.items() if allowed]
