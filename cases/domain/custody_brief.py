"""What lists need of a case's custody, read off one replay of its facts."""

from dataclasses import dataclass
from datetime import date

from cases.domain.case_facts import CaseFacts, Stay
from cases.domain.course import replay
from cases.domain.custody_periods import Period, periods_of
from cases.domain.partial_dates import PartialDate
from cases.domain.standing import deciding_rule, release_of, stay_of
from cases.enums import ReleaseKind, Status


@dataclass(frozen=True, slots=True)
class Brief:
    """Status, since when, how released, where held, and the periods of custody: what `standing` says, without its doubts."""

    status: Status
    since: PartialDate | None
    release: ReleaseKind | None
    stay: Stay | None
    periods: tuple[Period, ...]

    @property
    def held_since(self) -> PartialDate | None:
        """When the present deprivation of liberty began, or the last one."""
        return self.periods[-1].start if self.periods else None


def brief(facts: CaseFacts, on: date) -> Brief:
    """Return the same as `standing`, `current_stay` and `custody_periods` do, for a fraction of the work."""
    now = replay(facts, on)
    rule = deciding_rule(now)
    by = rule.by(now)
    return Brief(
        status=rule.status,
        since=by.on if by is not None else None,
        release=release_of(now, rule),
        stay=stay_of(now, rule),
        periods=periods_of(now),
    )
