"""Cases as rows of a list, from their cards alone: name, status, provisions and sentence, time held."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import cast

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

from cases.domain.partial_dates import Span, describe_days, describe_held, duration_days
from cases.enums import Status
from cases.published.documents import Card, Period
from cases.published.match_telling import why
from cases.published.models import PublishedCase
from cases.published.search import Best
from cases.published.words import gettext
from cases.templatetags.tracker import beginning, edtf, label, lower_first, partial_date
from cases.views.presentation.sentences import in_short

# The address of a case is looked up once, with these in the places of its code and its name.
SOME_CODE, SOME_SLUG = "SOMECODE", "some-name"
HELD, UNSURE, OVER = "held", "unsure", "over"
#: The space between a day and its month, at which no line of a narrow column ends.
INSIDE_A_DATE = re.compile(r"(?<=\d) (?=[^\W\d])")
UNBROKEN = "\N{NO-BREAK SPACE}"
# How a status looks in a list: in custody, whereabouts in doubt, over. A test holds the table complete.
TONES = {
    Status.MISSING: UNSURE,
    Status.IN_TRANSIT: UNSURE,
    Status.HOUSE_ARREST: HELD,
    Status.PRETRIAL: HELD,
    Status.ON_TRIAL: HELD,
    Status.AWAITING_APPEAL: HELD,
    Status.SERVING: HELD,
    Status.RELEASED: OVER,
    Status.EXCHANGED: OVER,
    Status.EXILED: OVER,
    Status.ACQUITTED: OVER,
    Status.DEAD_IN_CUSTODY: HELD,
    Status.DEAD: OVER,
    Status.UNKNOWN: UNSURE,
}


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list."""

    path: str
    name: str
    names: list[list[str]]
    initial: str
    photo: str
    is_invented: bool
    status: str
    tone: str
    since: str
    provisions: str
    sentence: str
    held: str
    held_beside: str
    why: str = ""


def case_path(code: str, slug: str) -> str:
    """Return the address of a case in the active language; without a slug where the name is withheld."""
    shape = _shape("case" if slug else "case-code", get_language(), get_urlconf(), get_script_prefix())
    return shape.replace(SOME_SLUG, slug).replace(SOME_CODE, code)


@lru_cache(maxsize=100)
def _shape(route: str, _language: str | None, urlconf: str | None, _prefix: str) -> str:
    return reverse(route, urlconf, args=[SOME_CODE, SOME_SLUG] if route == "case" else [SOME_CODE])


def rows(cases: Iterable[PublishedCase], *, on: date) -> list[Row]:
    """Return the rows in the active language, time held counted to the day `on`."""
    return [_row(case, on) for case in cases]


def found_rows(best: Best, *, on: date) -> list[Row]:
    """Return the best answers to a question, each with why it matches."""
    found = [(_row(case, on), hit) for case, hit in best.rows]
    return [replace(row, why=why(hit, shown=row.name)) for row, hit in found]


def _row(case: PublishedCase, on: date) -> Row:
    card = cast("Card", case.card)
    language = get_language() or "en"
    name = (case.name_uk or case.name_en) if language == "uk" else (case.name_en or case.name_uk)
    held, beside = _held(card, in_custody=case.in_custody, on=on)
    return Row(
        path=case_path(case.code, case.slug),
        name=name or gettext("Name withheld"),
        names=[form for form in _forms(case) if form[0] != name][:2],
        initial=name[:1] if case.slug else "",
        photo=card["photo"],
        is_invented=case.is_invented,
        status=label(case.status, "Status"),
        tone=TONES[Status(case.status)] if case.status else UNSURE,
        since=INSIDE_A_DATE.sub(UNBROKEN, _since(card, in_custody=case.in_custody)),
        provisions=", ".join(card["provisions"]),
        sentence=in_short(card["sentence"]) or _no_sentence(card),
        held=held,
        held_beside=INSIDE_A_DATE.sub(UNBROKEN, beside),
    )


def _forms(case: PublishedCase) -> list[list[str]]:
    """Return the other forms of the name, the one that heads the page in the other language first."""
    card = cast("Card", case.card)
    return [[text, code] for text, code in ((case.name_uk, "uk"), (case.name_en, "en")) if text] + card["names"]


def _since(card: Card, *, in_custody: bool) -> str:
    how = lower_first(label(card["release_kind"], "ReleaseKind")) if card["release_kind"] not in ("", "unknown") else ""
    when = edtf(card["status_since"])
    if when and in_custody:
        when = gettext("since %(date)s") % {"date": beginning(card["status_since"])}
    return ", ".join(part for part in (how, when) if part)


def _no_sentence(card: Card) -> str:
    return gettext("no sentence known") if card["provisions"] else ""


def _held(card: Card, *, in_custody: bool, on: date) -> tuple[str, str]:
    """Return for how long, and since when or that it is over."""
    periods, language = card["periods"], get_language() or "en"
    if not periods:
        return "", ""
    start = partial_date(periods[-1]["start"])
    if in_custody and start is not None:
        return describe_held(start, on, language), gettext("held since %(date)s") % {"date": beginning(start)}
    total = _total(periods)
    if not total.least and total.most is None:
        return "", gettext("time held not known")
    return describe_days(total, language), gettext("held in all")


def _total(periods: list[Period]) -> Span:
    """Return the days of all ended periods; unbounded where one has no known beginning or end."""
    spans = [_days(period) for period in periods]
    least = sum(span.least or 0 for span in spans)
    known = [span.most for span in spans if span.most is not None]
    most = sum(known) if len(known) == len(spans) else None
    return Span(least, most)


def _days(period: Period) -> Span:
    start, end = partial_date(period["start"]), partial_date(period["end"])
    return duration_days(start, end) if start and end else Span(None, None)
