"""The law of terms as it stands in the fixtures, and the working of a count in the words of a reader."""

import json
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext

from cases.domain.partial_dates import describe, from_day
from cases.domain.term_counting import Counted, Days, Step, StepKind
from cases.domain.term_law import CustodyKind, Parole, Row, TermLaw, row_of
from cases.enums import Regime

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
    if step.kind is StepKind.CREDIT and step.custody is not None and step.ratio is not None:
        said = {
            "custody": CUSTODY_WORDS[step.custody],
            "ratio": _ratio(step.ratio),
            "days": _number(step),
        }
        if step.ratio == 1:
            return _("%(custody)s: one day counts for one day of the sentence; %(days)s.") % said
        return _("%(custody)s: one day counts for %(ratio)s days of the sentence; %(days)s.") % said
    days = told_days(step.days) if step.days is not None else ""
    texts = {
        StepKind.IN_FORCE: _("The term begins on the day the sentence enters force: %(days)s."),
        StepKind.EXCLUDED: _("An offence on the list of article 72(3.2) keeps the credit at one day for one day."),
        StepKind.PERHAPS_EXCLUDED: _(
            "An offence may be on the list of article 72(3.2), which would keep the credit at one day for one day: "
            "both counts are covered."
        ),
        StepKind.REGIME_UNKNOWN: _("The regime is not known: the count covers every regime."),
        StepKind.OFFENCES_UNKNOWN: _(
            "The articles of the sentence are not recorded. If one of them is on the list of article 72(3.2), the credit "
            "stays at one day for one day: both counts are covered."
        ),
        StepKind.NOT_HELD: _(
            "The person was not held on the eve of the day the sentence entered force, as far as the dates tell: the "
            "term is counted from that day all the same."
        ),
        StepKind.ROUNDING: _(
            "Half days can be rounded either way, and the day of entry into force can count as detention, too: %(number)s."
        ),
        StepKind.LAST_DAY: _("Beginning + term − credited days − 1 day: the last day is %(days)s."),
        StepKind.LIFE: _("A sentence for life has no last day."),
    }
    return texts[step.kind] % {"days": days, "number": _number(step)}


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
    steps: list[tuple[str, Row | None]]
    transfers: list[tuple[str, str, str]]
    thresholds: list[tuple[str, str, Row]]
    is_verified: bool


def shown_count(counted: Counted) -> ShownCount:
    """Return a count in words."""
    rows = [step.row for step in counted.steps if step.row] + [one.parole.row for one in counted.thresholds]
    return ShownCount(
        last_day=told_days(counted.last_day) if counted.last_day else "",
        is_interval=counted.last_day is not None and counted.last_day.earliest != counted.last_day.latest,
        steps=[(told_step(step), step.row) for step in counted.steps],
        transfers=[(told_regime(one.before), told_regime(one.after), told_days(one.days)) for one in counted.transfers],
        thresholds=[(told_parole(one.parole), told_days(one.days), one.parole.row) for one in counted.thresholds],
        is_verified=all(row.verified for row in rows),
    )


def told_regime(regime: str) -> str:
    """Say a regime."""
    return _(Regime(regime).label)


def as_json(counted: Counted) -> dict[str, Any]:
    """Return a count as `manage.py compute_term --json` prints it; every day and number is [least, most]."""
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
                "rule": step.row.rule if step.row else None,
                "source": step.row.source if step.row else None,
                "verified": step.row.verified if step.row else None,
                "days": None if step.least is None else [step.least, step.most],
                "text": told_step(step),
            }
            for step in counted.steps
        ],
    }


def _pair(days: Days | None) -> list[str | None]:
    return [None, None] if days is None else [days.earliest.isoformat(), days.latest.isoformat()]


def _ratio(ratio: Fraction) -> str:
    return number_format(ratio.numerator if ratio.denominator == 1 else float(ratio))


def _number(step: Step) -> str:
    least, most = step.least or 0, step.most or 0
    said = {name: number_format(days, force_grouping=True) for name, days in (("least", least), ("most", most))}
    if least != most:
        return _("between %(least)s and %(most)s days are taken off") % said
    return ngettext("%(most)s day is taken off", "%(most)s days are taken off", most) % said
