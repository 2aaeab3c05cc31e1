"""The dated facts of a case in order, as a list and as the material of the drawing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language

from cases.domain.custody import CaseFacts, custody_periods
from cases.domain.partial_dates import PartialDate, describe, parse
from cases.enums import DecisionOutcome, EventKind, ReleaseKind, StayKind
from cases.published.documents import (
    CaseDocument,
    DecisionDocument,
    EventDocument,
    HearingDocument,
    PlaceDocument,
    Words,
)
from cases.published.last_days import computed_ends
from cases.published.words import gettext
from cases.templatetags.tracker import choose, label, lower_first, partial_date
from cases.views.presentation.notes import Citer, Notes
from cases.views.presentation.sentence_parts import as_text, sentence_parts, transfers
from cases.views.presentation.sentences import in_full
from cases.views.presentation.timeline import Drawing, Moment, Span, draw

WIDE, NARROW = 712, 328
# What the drawing marks; everything else stands in the list alone.
TURNS = frozenset(
    {
        EventKind.ABDUCTION,
        EventKind.DISAPPEARANCE,
        EventKind.FOUND,
        EventKind.ARREST,
        EventKind.RELEASE,
        EventKind.EXCHANGE,
        EventKind.ESCAPE,
        EventKind.EXILE,
        EventKind.EXECUTION,
        EventKind.DEATH,
    }
)
MARKED_OUTCOMES = frozenset(
    {
        DecisionOutcome.CONVICTED,
        DecisionOutcome.ACQUITTED,
        DecisionOutcome.REDUCED,
        DecisionOutcome.INCREASED,
        DecisionOutcome.QUASHED,
    }
)
MOST_MARKS = {WIDE: 8, NARROW: 5}


# How a course runs where dates are missing: taken, tried, whatever else, freed, dead and rehabilitated.
TAKEN, TRIED, BETWEEN, FREED, AFTER, DEAD = range(6)
RANKS = {
    EventKind.PERSECUTED_ACT: TAKEN,
    EventKind.SEARCH: TAKEN,
    EventKind.ABDUCTION: TAKEN,
    EventKind.DISAPPEARANCE: TAKEN,
    EventKind.ARREST: TAKEN,
    EventKind.RELEASE: FREED,
    EventKind.EXCHANGE: FREED,
    EventKind.ESCAPE: FREED,
    EventKind.EXILE: FREED,
    EventKind.STATEMENT: AFTER,
    EventKind.AWARD: AFTER,
    EventKind.REHABILITATION_GRANTED: DEAD,
    EventKind.REHABILITATION_REFUSED: DEAD,
    EventKind.REHABILITATION_RESCINDED: DEAD,
    EventKind.EXECUTION: DEAD,
    EventKind.DEATH: DEAD,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated fact of the list. `title` is plain text, `detail` a text in several languages."""

    when: str
    until: str
    title: str
    detail: Words
    place: PlaceDocument | None
    notes: Notes
    is_turn: bool
    rank: int  # where it stands among facts without a date


@dataclass(frozen=True, slots=True)
class Chronology:
    entries: tuple[Entry, ...]
    wide: Drawing | None
    narrow: Drawing | None

    @property
    def has_before(self) -> bool:
        return self.wide is not None and self.wide.has("before")

    @property
    def has_after(self) -> bool:
        return self.wide is not None and self.wide.has("after")

    @property
    def has_transit(self) -> bool:
        return self.wide is not None and self.wide.has("transit")


def chronology(document: CaseDocument, facts: CaseFacts, citer: Citer, *, on: date) -> Chronology:
    """Return the dated facts of a case and their drawings as of the day `on`."""
    entries = _in_order([*_entries(document, citer), *_transits(document, citer), *_computed(document)])
    spans = [
        Span(period.start, None if period.continuing else period.end or period.start)
        for period in custody_periods(facts, on)
        if period.start
    ]
    convicted, near = _first_conviction(document), _near(_marks(document), spans, on)
    transits = [
        Span(start, partial_date(stay["ended"]), is_transit=True)
        for stay in document["stays"]
        if stay["kind"] == StayKind.IN_TRANSIT.value and (start := partial_date(stay["started"]))
    ]
    drawings = {
        width: draw(
            name,
            width=width,
            spans=[*spans, *transits],
            moments=_fewest(near, MOST_MARKS[width]),
            convicted=convicted,
            today=on,
            parts=sentence_parts(document),
        )
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    }
    return Chronology(entries, drawings[WIDE], drawings[NARROW])


def event_title(event: EventDocument) -> str:
    """Return what happened in words: the event's own title, or its kind and how."""
    own = choose(event["title"], get_language() or "en")[0]
    if own:
        return own
    kind = label(event["kind"], "EventKind")
    if not event["release_kind"] or event["release_kind"] == ReleaseKind.UNKNOWN.value:
        return kind
    return f"{kind}: {lower_first(label(event['release_kind'], 'ReleaseKind'))}"


def decision_title(decision: DecisionDocument) -> str:
    """Return the outcome and the sentence as it then stood: "Convicted: 14 years, strict regime"."""
    outcome = label(decision["outcome"], "DecisionOutcome")
    sentence = in_full(decision["sentence"], get_language() or "en")
    return f"{outcome}: {sentence[:1].lower()}{sentence[1:]}" if sentence else outcome


def _entries(document: CaseDocument, citer: Citer) -> Iterator[Entry]:
    for event in document["events"]:
        turn = event["kind"] in TURNS
        yield Entry(
            event["happened"],
            event["ended"],
            event_title(event),
            event["description"],
            event["place"],
            citer.notes(event),
            is_turn=turn,
            rank=RANKS.get(EventKind(event["kind"]), BETWEEN),
        )
    for proceeding in document["proceedings"]:
        for hearing in proceeding["hearings"]:
            yield _hearing(hearing, citer)
        for decision in proceeding["decisions"]:
            court = decision["court"]
            yield Entry(
                decision["decided_on"],
                "",
                decision_title(decision),
                court["name"] if court else {},
                None,
                citer.notes(decision),
                is_turn=True,
                rank=TRIED,
            )
    for one in document.get("rehabilitations", []):
        yield Entry(
            one["decided_on"],
            "",
            label(one["outcome"], "RehabilitationOutcome"),
            one["body"]["name"] if one["body"] else {},
            None,
            citer.notes(one),
            is_turn=True,
            rank=DEAD,
        )


def _transits(document: CaseDocument, citer: Citer) -> Iterator[Entry]:
    """Yield the transports, during which nobody knew where the person was; other stays have their own section."""
    for stay in document["stays"]:
        if stay["kind"] == StayKind.IN_TRANSIT.value:
            title = gettext("In transit, whereabouts unknown")
            notes = citer.notes(stay)
            yield Entry(stay["started"], stay["ended"], title, {}, None, notes, is_turn=False, rank=BETWEEN)


def _computed(document: CaseDocument) -> Iterator[Entry]:
    """Yield the computed days of the sentence: transfers between its parts, and its end."""
    computed = gettext("computed from the published dates; see what the law says")
    found = [(text, gettext("End of the term, computed"), True) for text in _end_texts(document)]
    found += [(as_text(*days), title, False) for title, days in transfers(document)]
    for text, title, is_turn in found:
        detail = {get_language() or "en": computed}
        yield Entry(text, "", title, detail, None, Notes(), is_turn=is_turn, rank=FREED)


def _end_texts(document: CaseDocument) -> list[str]:
    return [as_text(end.last_day.earliest, end.last_day.latest) for end in computed_ends(document)]


def _hearing(hearing: HearingDocument, citer: Citer) -> Entry:
    title = gettext("Hearing: %(instance)s") % {"instance": lower_first(label(hearing["instance"], "Instance"))}
    detail = hearing["note"] or (hearing["court"]["name"] if hearing["court"] else {})
    return Entry(hearing["held_on"], "", title, detail, None, citer.notes(hearing), is_turn=False, rank=TRIED)


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the facts by date; those without one stand before a death, else last, as a case usually runs."""
    dated, undated = list[Entry](), list[Entry]()
    for entry in entries:
        (dated if _middle(entry) else undated).append(entry)
    dated.sort(key=lambda entry: (_middle(entry) or date.max, entry.rank))
    undated.sort(key=lambda entry: entry.rank)
    end = next((place for place, entry in enumerate(dated) if entry.rank == DEAD), len(dated))
    before = [entry for entry in undated if entry.rank != DEAD]
    return (*dated[:end], *before, *dated[end:], *undated[len(before) :])


def _middle(entry: Entry) -> date | None:
    """Return the middle of what a date may be, so that "2016" stands after January and before December of that year."""
    when = partial_date(entry.when)
    first, last = (when.earliest or when.latest, when.latest or when.earliest) if when else (None, None)
    return first + (last - first) / 2 if first and last else None


def _marks(document: CaseDocument) -> list[Moment]:
    """Return what the drawing may mark, oldest first; rehabilitation, decades later, stands in the list alone."""
    found = [
        (event["happened"], label(event["kind"], "EventKind")) for event in document["events"] if event["kind"] in TURNS
    ]
    found += [
        (decision["decided_on"], label(decision["outcome"], "DecisionOutcome"))
        for proceeding in document["proceedings"]
        for decision in proceeding["decisions"]
        if decision["outcome"] in MARKED_OUTCOMES
    ]
    language = get_language() or "en"
    marks = [Moment(when, title, describe(when, language)) for text, title in found if (when := partial_date(text))]
    return sorted([*marks, *_end_marks(document, language)], key=lambda one: _first(one.on))


def _end_marks(document: CaseDocument, language: str) -> Iterator[Moment]:
    title, short = gettext("End of the term, computed"), gettext("Computed end")
    for end in computed_ends(document):
        when = parse(as_text(end.last_day.earliest, end.last_day.latest))
        years = [str(year) for year in dict.fromkeys((end.last_day.earliest.year, end.last_day.latest.year))]
        yield Moment(when, title, describe(when, language), short, "–".join(years))


def _near(moments: list[Moment], spans: list[Span], on: date) -> list[Moment]:
    """Leave out what lies so far from the custody that the drawing would show little else than the years between."""
    days = [_first(span.since) for span in spans if _first(span.since) != date.min]
    ends = [on if span.until is None else _first(span.until) for span in spans]
    if not days:
        return moments
    first, last = min(days), max([*days, *ends])
    beyond = max((last - first) * 2, timedelta(days=730))
    return [one for one in moments if first - _first(one.on) <= beyond and _first(one.on) - last <= beyond]


def _fewest(moments: list[Moment], most: int) -> list[Moment]:
    """Return so many marks; where there is too much, the earliest and the latest stay."""
    return moments if len(moments) <= most else [*moments[: most // 2], *moments[most // 2 - most :]]


def _first(when: PartialDate) -> date:
    return when.earliest or when.latest or date.min


def _first_conviction(document: CaseDocument) -> date | None:
    days = [
        when.earliest
        for proceeding in document["proceedings"]
        for decision in proceeding["decisions"]
        if decision["outcome"] == DecisionOutcome.CONVICTED.value and (when := partial_date(decision["decided_on"]))
    ]
    return min((day for day in days if day), default=None)
