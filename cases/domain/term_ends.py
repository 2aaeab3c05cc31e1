"""The last day of a term of imprisonment, as far as it follows from the sentence alone."""

from datetime import date

from cases.domain.partial_dates import PartialDate, add_days, add_months, parse
from cases.domain.terms import Term


def latest_end(term: Term, start: PartialDate | None) -> PartialDate | None:
    """Return "on or before the last day of a term that starts at `start`"; None where term or start is not known.

    End = start + term - 1 day, in calendar years and months (art. 72). Days of detention credited to the term bring the
    end forward, so this is the latest day, open towards the past.
    """
    if not any((term.years, term.months, term.days)) or start is None or start.latest is None:
        return None
    months = 12 * (term.years or 0) + (term.months or 0)
    end = add_days(add_months(start.latest, months), (term.days or 0) - 1)
    return parse(f"../{end.isoformat()}") if end < date.max else None
