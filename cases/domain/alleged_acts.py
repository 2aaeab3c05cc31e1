"""When an alleged act took place, as far as the dates tell, and whether that was before a day from which a law applied.

An end that is not recorded is not the beginning: the act may have gone on until the charge was brought. So an act of one
day is recorded with both dates.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cases.domain.partial_dates import PartialDate


class Answer(StrEnum):
    """What can be said: never more than the dates bear."""

    YES = "yes"
    POSSIBLY = "possibly"
    NO = "no"
    UNKNOWN = "unknown"  # something is missing, and the reason says what


class Why(StrEnum):
    """Why an answer is what it is."""

    BEFORE = "before"  # the whole act lies before the day
    AFTER = "after"  # the whole act lies on or after it
    STRADDLES = "straddles"  # it began before and ended after
    END_MISSING = "end_missing"  # it began before, and its end is not recorded
    DATES = "dates"  # the dates are too wide
    ACT_MISSING = "act_missing"  # no date of the act is recorded
    DAY_MISSING = "day_missing"  # the day of the law is not recorded


@dataclass(frozen=True, slots=True)
class Act:
    """The alleged act. `by` is the last day on which it can have ended whatever else is known: the charge was brought."""

    first: PartialDate | None
    last: PartialDate | None
    by: date | None = None

    @property
    def is_dated(self) -> bool:
        return self.first is not None or self.last is not None

    @property
    def begins(self) -> date:
        """The first day on which it can have begun."""
        return (self.first and self.first.earliest) or date.min

    @property
    def begun(self) -> date:
        """The last day on which it can have begun."""
        return min((self.first and self.first.latest) or date.max, self.ended)

    @property
    def ends(self) -> date:
        """The first day on which it can have ended."""
        return max((self.last and self.last.earliest) or date.min, self.begins)

    @property
    def ended(self) -> date:
        """The last day on which it can have ended."""
        stated = (self.last and self.last.latest) or date.max
        return self.by if self.by is not None and self.ends <= self.by < stated else stated


def before(act: Act, day: PartialDate | None) -> tuple[Answer, Why]:
    """Tell whether the act was over before `day`, on which something of the law began."""
    if day is None:
        return Answer.UNKNOWN, Why.DAY_MISSING
    earliest, latest = day.earliest or date.min, day.latest or date.max
    if act.ended < earliest:
        return Answer.YES, Why.BEFORE
    if act.begins >= latest:
        return Answer.NO, Why.AFTER
    if not act.is_dated:
        return Answer.UNKNOWN, Why.ACT_MISSING
    return Answer.POSSIBLY, _why_possibly(act, earliest, latest)


def _why_possibly(act: Act, earliest: date, latest: date) -> Why:
    if act.begun >= earliest:
        return Why.DATES
    if act.last is None:
        return Why.END_MISSING
    return Why.STRADDLES if act.ends >= latest else Why.DATES
