"""The law of terms as it stands in the fixtures, and the working of a count in the words of a reader."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy, gettext_noop, ngettext

from cases.domain.partial_dates import describe, from_day
from cases.domain.term_case import TermInputError
from cases.domain.term_counting import Counted
from cases.domain.term_law import CustodyKind, Parole, Row, TermLaw, row_of
from cases.domain.term_working import Custody, Days, Step, StepKind
from cases.enums import Regime
from cases.published.digits import grouped
from cases.published.law_names import told_law
from cases.published.reading_telling import told_length
from cases.published.words import gettext as _

LAW_FILE = Path(__file__).resolve().parents[2] / "fixtures" / "law" / "terms.json"

CUSTODY_WORDS = {
    CustodyKind.SIZO: gettext_lazy("Detention (SIZO)"),
    CustodyKind.STRICT_CONDITIONS: gettext_lazy("Strict conditions or a punishment cell"),
    CustodyKind.HOUSE_ARREST: gettext_lazy("House arrest"),
}
GRAVITY_WORDS = {
    "minor": gettext_lazy("for an offence of minor or medium gravity"),
    "grave": gettext_lazy("for a grave offence"),
    "especially_grave": gettext_lazy("for an especially grave offence"),
    "listed": gettext_lazy("for an offence that article 79 lists"),
    "life": gettext_lazy("for a sentence for life"),
}
STEP_WORDS = {
    StepKind.IN_FORCE: gettext_noop("The term begins on the day the sentence enters force: %(days)s."),
    StepKind.TERM: gettext_noop(
        "Counted from that day and without any credit, the last day of the %(term)s would be %(days)s."
    ),
    StepKind.REGIME_UNKNOWN: gettext_noop("The regime is not known: the count covers every regime."),
    StepKind.REGIMES_DIFFER: gettext_noop(
        "The regimes of the parts credit custody differently: the count covers every one of them."
    ),
    StepKind.EXCLUDED: gettext_noop(
        "An offence on the list of article 72(3.2) keeps the credit at one day for one day."
    ),
    StepKind.PERHAPS_EXCLUDED: gettext_noop(
        "An offence may be on the list of article 72(3.2), which would keep the credit at one day for one day: "
        "both counts are covered."
    ),
    StepKind.OFFENCES_UNKNOWN: gettext_noop(
        "The articles of the sentence are not recorded. If one of them is on the list of article 72(3.2), the credit "
        "stays at one day for one day: both counts are covered."
    ),
    StepKind.NO_CUSTODY: gettext_noop("No custody before that day is given: nothing is credited."),
    StepKind.NOT_HELD: gettext_noop(
        "The person was not held on the eve of the day the sentence entered force, as far as the dates tell: the "
        "term is counted from that day all the same."
    ),
    StepKind.PERHAPS_NOT_HELD: gettext_noop(
        "Whether the person was held on the eve of the day the sentence entered force is not certain: both are covered."
    ),
    StepKind.ONCE: gettext_noop(
        "Times of custody overlap: a day that is in two of them is counted once, as the stricter of the two."
    ),
    StepKind.AFTERWARDS: gettext_noop(
        "From the day the sentence entered force on, days are served as part of the term and are not credited."
    ),
    StepKind.ROUNDING: gettext_noop("Half days can be rounded either way: in all, %(total)s."),
    StepKind.BOUNDARY: gettext_noop(
        "Half days can be rounded either way, and the day of entry into force can count as detention, too: "
        "in all, %(total)s."
    ),
    StepKind.DEPENDENT: gettext_noop(
        "These times cannot all be at their longest, or all at their shortest, together: in all, %(total)s."
    ),
    StepKind.UNBROKEN: gettext_noop(
        "Custody was unbroken and each day counts for a day: the term ends as if it had begun on the first day of "
        "custody, %(days)s, whatever leap days lie between: first day + term − 1 day."
    ),
    StepKind.CALENDAR: gettext_noop(
        "Months and years are not all of one length: days taken from the end of the term, or its beginning moved back by "
        "them, can lead to different days. Both are covered."
    ),
    StepKind.SERVED: gettext_noop("By this count the term was over before the sentence entered force."),
    StepKind.PERHAPS_SERVED: gettext_noop("By this count the term was perhaps over before the sentence entered force."),
    StepKind.LAST_DAY: gettext_noop("Beginning + term − credited days − 1 day: the last day is %(days)s."),
    StepKind.LIFE: gettext_noop("A sentence for life has no last day."),
}
PAROLE_LABEL = gettext_lazy("legal threshold, practically never granted")


@cache
def _law_data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(LAW_FILE.read_text(encoding="utf-8"))
    return data


@cache
def term_law() -> TermLaw:
    """Return the rules of `fixtures/law/terms.json`, read once."""
    return TermLaw(_law_data())


def law_as_of() -> str:
    """Return the day as of which the rules are written down."""
    return str(_law_data()["as_of"])


def adding_up() -> Row:
    """Return the rule by which a court adds up several sentences."""
    return row_of(_law_data()["adding_up"])


def told_days(days: Days) -> str:
    """Say one day, or between which two."""
    language = get_language() or "en"
    first, last = (describe(from_day(day), language) for day in (days.earliest, days.latest))
    return (
        first if days.earliest == days.latest else _("between %(first)s and %(last)s") % {"first": first, "last": last}
    )


def told_step(step: Step) -> str:
    """Say a step of the working in a sentence."""
    if step.custody is not None:
        return _told_custody(step, step.custody)
    said = {
        "days": told_days(step.days) if step.days is not None else "",
        "term": told_length(step.term) if step.term is not None else "",
        "total": _taken_off(*step.total) if step.total is not None else "",
    }
    return _(STEP_WORDS[step.kind]) % said


def _told_custody(step: Step, custody: Custody) -> str:
    least, most = custody.ratio
    said = {
        "custody": CUSTODY_WORDS[custody.kind],
        "first": told_days(custody.begun),
        "last": told_days(custody.ended),
        "held": _number_of_days(*custody.held),
        "ratio": _ratio(least) if least == most else f"{_ratio(least)}–{_ratio(most)}",
        "days": _taken_off(step.least, step.most),
    }
    if least == most == 1:
        return (
            _("%(custody)s, first day %(first)s, last day %(last)s, %(held)s: a day counts for a day; %(days)s.") % said
        )
    return (
        _(
            "%(custody)s, first day %(first)s, last day %(last)s, %(held)s: one day counts for %(ratio)s days of the "
            "sentence; %(days)s."
        )
        % said
    )


def told_rules(rows: Iterable[Row]) -> str:
    """Name the rules of a step: "72(3.4), 72(3.1)"."""
    return ", ".join(dict.fromkeys(row.rule for row in rows))


def told_sources(rows: Iterable[Row]) -> str:
    """Say where the rules of a step are written."""
    return "; ".join(dict.fromkeys(told_law(row.source) for row in rows))


def told_input_error(mistake: TermInputError) -> str:
    """Say what is wrong with a value that a term is counted from, and what to do."""
    text = _(mistake.text)
    said = text % mistake.said if mistake.said else text
    return f"{said} {_(mistake.remedy)}" if mistake.remedy else said


def told_parole(parole: Parole) -> str:
    """Say which part of the term must have been served, and for what."""
    words = GRAVITY_WORDS[parole.of]
    if parole.years is not None:
        return _("%(years)s years %(of)s") % {"years": parole.years, "of": words}
    return _("%(fraction)s of the term %(of)s") % {"fraction": parole.fraction, "of": words}


@dataclass(frozen=True, slots=True)
class ShownCount:
    """A count as a page shows it: every text in the reader's language. `is_interval`: there is more than one last day."""

    last_day: str
    is_interval: bool
    steps: list[tuple[str, str]]
    transfers: list[tuple[str, str, str]]
    thresholds: list[tuple[str, str, Row]]
    is_verified: bool


def shown_count(counted: Counted) -> ShownCount:
    """Return a count in words."""
    rows = [row for step in counted.steps for row in step.rows] + [one.parole.row for one in counted.thresholds]
    return ShownCount(
        last_day=told_days(counted.last_day) if counted.last_day else "",
        is_interval=counted.last_day is not None and counted.last_day.earliest != counted.last_day.latest,
        steps=[(told_step(step), told_sources(step.rows)) for step in counted.steps],
        transfers=[(told_regime(one.before), told_regime(one.after), told_days(one.days)) for one in counted.transfers],
        thresholds=[(told_parole(one.parole), told_days(one.days), one.parole.row) for one in counted.thresholds],
        is_verified=all(row.verified for row in rows),
    )


def told_regime(regime: str) -> str:
    """Say a regime."""
    return _(Regime(regime).label)


def as_json(counted: Counted) -> dict[str, Any]:
    """Return a count as `manage.py compute_term --json` prints it.

    Every day is [earliest, latest], of a sentence for life [null, null]. `days` of a step is how many days it takes off
    the end of the term, [for the latest day, for the earliest]: where the day of entry into force is known, they add up.
    Several rules of one step stand in one text; `verified` says whether all were
    checked.
    """
    return {
        "last_day": _pair(counted.last_day),
        "transfers": [{"from": one.before, "to": one.after, "day": _pair(one.days)} for one in counted.transfers],
        "thresholds": [
            {
                "fraction": None if one.parole.fraction is None else str(one.parole.fraction),
                "of": one.parole.of,
                "day": _pair(one.days),
                "label": str(PAROLE_LABEL),
                "text": told_parole(one.parole),
                "rule": one.parole.row.rule,
                "source": one.parole.row.source,
                "verified": one.parole.row.verified,
            }
            for one in counted.thresholds
        ],
        "steps": [
            {
                "rule": told_rules(step.rows),
                "source": told_sources(step.rows),
                "verified": all(row.verified for row in step.rows),
                "days": [step.least, step.most],
                "text": told_step(step),
            }
            for step in counted.steps
        ],
    }


def _pair(days: Days | None) -> list[str | None]:
    return [None, None] if days is None else [*days.pair]


def _ratio(ratio: Fraction) -> str:
    return number_format(ratio.numerator if ratio.denominator == 1 else float(ratio))


def _number_of_days(least: int, most: int) -> str:
    said = {"least": grouped(least), "most": grouped(most), "count": grouped(most)}
    if least != most:
        return _("%(least)s to %(most)s days") % said
    return ngettext("%(count)s day", "%(count)s days", most) % said


def _taken_off(least: int, most: int) -> str:
    said = {"least": grouped(least), "most": grouped(most)}
    if least != most:
        return _("between %(least)s and %(most)s days are taken off") % said
    return ngettext("%(most)s day is taken off", "%(most)s days are taken off", most) % said
