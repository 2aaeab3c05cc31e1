"""The three facts at the head of a profile: where the person stands, how long they have been held, to what sentenced.

All three are computed when shown, from the dated facts of the document and the day.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext

from cases.domain.custody import CaseFacts, Standing, days_held, held_since, standing
from cases.domain.event_kinds import SEIZURES
from cases.domain.partial_dates import PartialDate, Span, age, describe, describe_days, describe_held, describe_years
from cases.enums import ReleaseKind, Status
from cases.published.custody import last_sentence
from cases.published.documents import CaseDocument, DecisionDocument
from cases.published.last_days import computed_ends
from cases.published.term_telling import told_days
from cases.published.words import gettext
from cases.templatetags.tracker import beginning, label, lower_first, number, partial_date
from cases.views.presentation.notes import Citer, Notes
from cases.views.presentation.sentences import conditions, headline

# What takes a person into custody; a search or a hearing of the same day does not.


@dataclass(frozen=True, slots=True)
class HeadFact:
    """One of the three: its name, the words, what to add, and whether the facts leave a doubt.

    `end` is the last day of the term, where it is published, in words: computed, and so set apart from what is reported.
    """

    name: str
    title: str
    text: str
    details: tuple[str, ...]
    certain: bool
    computed: bool
    notes: Notes
    end: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    facts: tuple[HeadFact, HeadFact, HeadFact]
    status: Status
    in_custody: bool


def head(document: CaseDocument, facts: CaseFacts, citer: Citer, *, on: date) -> Head:
    """Return the three facts as of the day `on`."""
    now = standing(facts, on)
    return Head(
        (_status(now), _held(document, facts, now, citer, on), _sentence(document, citer)),
        now.status,
        now.status.in_custody,
    )


def age_in_words(document: CaseDocument, on: date) -> str:
    """Return the age on the day `on`, or at death, in words; "" where the birth is not known or not public."""
    born, died = partial_date(document["born"]), partial_date(document["died"])
    if born is None:
        return ""
    span = age(born, died or on)
    if span.most is None or span.most > 120:
        return ""
    return describe_years(span, get_language() or "en")


def since(when: PartialDate | None) -> str:
    """Return "since 21 May 2018", or ""."""
    return gettext("since %(date)s") % {"date": beginning(when)} if when else ""


def _status(now: Standing) -> HeadFact:
    is_said = now.release is not None and now.release != ReleaseKind.UNKNOWN
    details = [lower_first(label(now.release, "ReleaseKind"))] if is_said else []
    if now.since:
        details.append(since(now.since) if now.status.in_custody else describe(now.since, get_language() or "en"))
    if not now.certain:
        details.append(gettext("not certain: the dated facts leave a doubt"))
    return HeadFact(
        "status",
        gettext("Status"),
        label(now.status, "Status"),
        tuple(details),
        now.certain,
        computed=True,
        notes=Notes(),
    )


def _held(document: CaseDocument, facts: CaseFacts, now: Standing, citer: Citer, on: date) -> HeadFact:
    language, days, start = get_language() or "en", days_held(facts, on), held_since(facts, on)
    exact = days.least is not None and days.least == days.most
    if now.status.in_custody and start is not None:
        title, text = gettext("Held for"), capfirst(describe_held(start, on, language))
        details = [" ".join([_days(days), since(start)]) if exact else since(start)]
    elif days.least and (days.least > 1 or days.most is not None):
        title, text = gettext("Was held for"), capfirst(describe_days(days, language))
        details = [_days(days)] if exact else [gettext("as far as the dates are known")]
    else:
        title, text, details = gettext("Held for"), gettext("Not known"), []
    return HeadFact(
        "held",
        title,
        text,
        tuple(details),
        exact,
        computed=bool(days.least),
        notes=_notes_of_start(document, start, citer),
    )


def _days(span: Span) -> str:
    count = span.most or 0
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": number(count)}


def _notes_of_start(document: CaseDocument, start: PartialDate | None, citer: Citer) -> Notes:
    """Return the notes of what custody is counted from: of that date the seizure, else another event, else the stay."""
    if start is None:
        return Notes()
    events = [event for event in document["events"] if event["happened"] == start.text]
    if events:
        return citer.notes(min(events, key=lambda event: event["kind"] not in SEIZURES))
    for stay in document["stays"]:
        if stay["started"] == start.text:
            return citer.notes(stay)
    return Notes()


def deciding(document: CaseDocument) -> DecisionDocument | None:
    """Return the decision that passed the sentence as it now stands; None where there is none."""
    sentence = last_sentence(document)
    decisions = (decision for proceeding in document["proceedings"] for decision in proceeding["decisions"])
    return next((decision for decision in decisions if sentence is not None and decision["sentence"] is sentence), None)


def _sentence(document: CaseDocument, citer: Citer) -> HeadFact:
    title, decision = gettext("Sentence"), deciding(document)
    if decision is None:
        charged = any(proceeding["charges"] for proceeding in document["proceedings"])
        text = gettext("No sentence known") if charged else gettext("None known")
        return HeadFact("sentence", title, text, (), certain=True, computed=False, notes=Notes())
    said = headline(decision["sentence"]) or label(decision["outcome"], "DecisionOutcome")
    details = tuple(conditions(decision["sentence"], get_language() or "en"))
    notes, end = citer.notes(decision), _computed_end(document)
    return HeadFact("sentence", title, said, details, certain=True, computed=False, notes=notes, end=end)


def _computed_end(document: CaseDocument) -> str:
    """Say the last day of the only term whose end is published; of several none is said here."""
    ends = computed_ends(document)
    if len(ends) != 1:
        return ""
    return gettext("computed last day: %(days)s") % {"days": told_days(ends[0].last_day)}
