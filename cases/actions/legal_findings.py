"""Ticking what the law says about a case to be published, and taking the tick back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.permissions import ActionRefused, Actor, require
from cases.enums import SubmissionState
from cases.models import FindingTick, Prisoner, Submission
from cases.publication.casefile import read_case
from cases.publication.document import build_from
from cases.publication.legal_findings import Standing, offered_findings
from cases.publication.legal_shapes import in_active_language
from cases.publication.shown_rows import shown_keys
from cases.published.documents import CaseDocument, canonical, sha256

MAY_TICK = "cases.publish_finding"


def tick(actor: Actor, prisoner: Prisoner, *, key: str, seen: str, at: datetime) -> FindingTick:
    """Let a finding be published with the case, exactly as it was `seen` (its SHA-256).

    Refused when it says something else by now, and when it follows from facts that are not shown. A submission that
    waits takes the finding in, so that what is approved is what the reviewer read last.
    """
    reviewer = require(actor, MAY_TICK)
    with transaction.atomic():
        waiting = _waiting_unchanged(prisoner)
        offered = offered_findings(read_case(prisoner)).of(key)
        if offered is None:
            raise ActionRefused(_("This no longer follows from what is recorded: open the page again."))
        if offered.standing is Standing.WITHHELD:
            facts = "; ".join(in_active_language(one.words) for one in offered.withheld)
            raise ActionRefused(
                _("It follows from facts that are not shown, so it cannot be published: %(facts)s.") % {"facts": facts}
                if facts
                else _("It follows from facts that are not shown, so it cannot be published.")
            )
        if seen != offered.finding.digest:
            raise ActionRefused(_("It says something else by now: read it again before you tick it."))
        ticked = FindingTick.objects.filter(prisoner=prisoner, key=key).first() or FindingTick(
            prisoner=prisoner, key=key
        )
        ticked.sha256, ticked.ticked_by, ticked.ticked_at = seen, reviewer, at
        ticked.full_clean()
        ticked.save()
        _bring_along(waiting)
    return ticked


def untick(actor: Actor, prisoner: Prisoner, *, key: str) -> None:
    """Keep a finding from being published with the case from now on.

    What is public stays so until the case is published anew; then earlier versions that show the finding are closed.
    """
    require(actor, MAY_TICK)
    with transaction.atomic():
        waiting = _waiting_unchanged(prisoner)
        ticked = FindingTick.objects.filter(prisoner=prisoner, key=key).first()
        if ticked is None:
            raise ActionRefused(_("This is not ticked."))
        ticked.delete()
        _bring_along(waiting)


def _waiting_unchanged(prisoner: Prisoner) -> Submission | None:
    """Return the submission that waits, locked, if the case still says what was submitted."""
    found = (
        Submission.objects.select_for_update().filter(prisoner=prisoner, state=SubmissionState.WAITING.value).first()
    )
    if found is None or _digest(build_from(read_case(prisoner))) != found.sha256:
        return None
    return found


def _bring_along(waiting: Submission | None) -> None:
    """Give the waiting submission the document that the tick has changed; whoever read the other one has to read again."""
    if waiting is None:
        return
    case = read_case(waiting.prisoner)
    document = build_from(case)
    waiting.document, waiting.sha256, waiting.shown = document, _digest(document), shown_keys(case)
    waiting.full_clean()
    waiting.save()


def _digest(document: CaseDocument) -> str:
    return sha256(canonical(document))
