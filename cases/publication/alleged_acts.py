"""When the alleged act of a charge took place, as far as the dates of its proceeding tell."""

from cases.domain.alleged_acts import Act
from cases.domain.partial_dates import PartialDate
from cases.domain.sentence_standing import SENTENCING
from cases.enums import DecisionOutcome
from cases.models import Charge
from cases.publication.casefile import Trial
from cases.publication.policy import shown


def act_of(trial: Trial, row: Charge) -> Act:
    """Return the alleged act. It was over when the charge was brought, or when the case was first decided."""
    ends = [day.latest for day in (shown(row, "brought"), first_decided(trial)) if day is not None]
    return Act(shown(row, "act_from"), shown(row, "act_to"), min((day for day in ends if day), default=None))


def first_decided(trial: Trial) -> PartialDate | None:
    """Return the day of the first decision that gave a sentence."""
    return next(iter(_days(trial)), None)


def last_decided(trial: Trial) -> PartialDate | None:
    """Return the day of the last decision that gave a sentence."""
    return next(reversed(_days(trial)), None)


def _days(trial: Trial) -> list[PartialDate]:
    days = [
        shown(row, "decided_on") or shown(row, "in_force_from")
        for row in trial.decisions
        if DecisionOutcome(shown(row, "outcome")) in SENTENCING
    ]
    return [day for day in days if day is not None]
