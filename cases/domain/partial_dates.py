"""Dates known only in part. Everything public about them; the other date modules are its rooms.

`edtf_dates` is the value, `date_reading` what people type, `date_arithmetic` ages and durations,
`date_telling` and `length_telling` the words in which a reader sees them.
"""

from cases.domain.date_arithmetic import UNKNOWN, Span, age, duration_days, full_months
from cases.domain.date_reading import parse
from cases.domain.date_telling import describe, month_name
from cases.domain.edtf_dates import (
    ACCEPTED,
    LONGEST,
    MESSAGES,
    Certainty,
    PartialDate,
    PartialDateError,
    Precision,
    add_days,
    add_months,
    from_day,
)
from cases.domain.length_telling import describe_days, describe_held, describe_years

__all__ = [
    "ACCEPTED",
    "LONGEST",
    "MESSAGES",
    "UNKNOWN",
    "Certainty",
    "PartialDate",
    "PartialDateError",
    "Precision",
    "Span",
    "add_days",
    "add_months",
    "age",
    "describe",
    "describe_days",
    "describe_held",
    "describe_years",
    "duration_days",
    "from_day",
    "full_months",
    "month_name",
    "parse",
]
