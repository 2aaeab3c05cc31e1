"""The drawing of a case's years: custody as a bar, what changed it as marks with words, in a wide and a narrow form.

All measures are units of the drawing, 1 = 1 CSS pixel at full size. What is not known to the day is drawn as a range.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cases.domain.partial_dates import PartialDate

LETTER = 7.4  # the mean width of a letter at 13.5 px, on the safe side for Cyrillic
LINE = 17
LANE = 44  # two lines of words and the air below them
BAR = 22
TODAY = 26  # room above everything for the word "today"
GAP = 14  # between words in one lane


@dataclass(frozen=True, slots=True)
class Moment:
    """Something to mark on the bar: what happened and when, in the reader's words."""

    on: PartialDate
    title: str
    when: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of custody. `until` is None while it lasts; `convicted` splits it into before and after the verdict."""

    since: PartialDate
    until: PartialDate | None


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of the bar; `kind` is before, after or maybe."""

    x: int
    width: int
    kind: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark on the bar with its stem and two lines of words; it spans `x` to `end` where the day is not known."""

    x: int
    text_x: int
    end: int
    y: int
    second_y: int
    stem_y: int
    anchor: str
    title: str
    when: str

    @property
    def is_range(self) -> bool:
        return self.end > self.x


@dataclass(frozen=True, slots=True)
class Tick:
    x: int
    year: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing, ready to be written as SVG: whole numbers only, as a template would localise a fraction."""

    name: str
    width: int
    height: int
    bar_y: int
    bar_height: int
    blocks: tuple[Block, ...]
    flags: tuple[Flag, ...]
    ticks: tuple[Tick, ...]
    axis_y: int
    today_x: int | None

    @property
    def bar_bottom(self) -> int:
        return self.bar_y + self.bar_height

    @property
    def has_doubt(self) -> bool:
        return any(block.kind == "maybe" for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Scale:
    first: date
    last: date
    width: int

    def x(self, day: date) -> int:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(min(max(share, 0), 1) * self.width)


@dataclass(frozen=True, slots=True)
class _Place:
    """A moment with its place in the drawing: words to the right of the stem below the bar, or to its left above it."""

    moment: Moment
    x: int
    end: int
    words: int
    above: bool
    lane: int = 0


def draw(
    name: str, *, width: int, spans: Sequence[Span], moments: Sequence[Moment], convicted: date | None, today: date
) -> Drawing | None:
    """Return the drawing, or None where there is no custody and too little dated to draw."""
    days = [*_days(spans, moments)]
    if not spans or not days:
        return None
    going_on = any(span.until is None for span in spans)
    scale = _scale(days, today, going_on=going_on, width=width)
    places = _in_lanes([place for moment in moments if (place := _place(moment, scale))])
    bar_y = TODAY + LANE * max((place.lane + 1 for place in places if place.above), default=0)
    below = LANE * max((place.lane + 1 for place in places if not place.above), default=0)
    axis_y = bar_y + BAR + below + 14
    return Drawing(
        name=name,
        width=width,
        height=axis_y + 24,
        bar_y=bar_y,
        bar_height=BAR,
        blocks=tuple(block for span in spans for block in _blocks(span, scale, convicted, today)),
        flags=tuple(_flag(place, bar_y) for place in places),
        ticks=_ticks(scale),
        axis_y=axis_y,
        today_x=scale.x(today) if going_on else None,
    )


def _days(spans: Iterable[Span], moments: Iterable[Moment]) -> Iterable[date]:
    dates = [moment.on for moment in moments]
    for span in spans:
        dates.extend(one for one in (span.since, span.until) if one is not None)
    return (day for one in dates for day in (one.earliest, one.latest) if day is not None)


def _scale(days: Sequence[date], today: date, *, going_on: bool, width: int) -> Scale:
    first, last = min(days), max([*days, today] if going_on else days)
    margin = timedelta(days=max((last - first).days // 40, 10))
    return Scale(first, last + margin if last < date.max - margin else last, width)


def _blocks(span: Span, scale: Scale, convicted: date | None, today: date) -> Iterable[Block]:
    """Cut one stretch into the days it surely covers, split at the verdict, and those at its ends that it may cover."""
    starts = (span.since.earliest or span.since.latest, span.since.latest or span.since.earliest)
    until = span.until
    ends = (today, today) if until is None else (until.earliest or until.latest, until.latest or until.earliest)
    edges = [day for day in (*starts, *ends) if day is not None]
    if len(edges) < 4:
        return
    maybe_from, sure_from, sure_to, maybe_to = edges[0], edges[1], max(edges[2], edges[1]), max(edges[3], edges[1])
    split = min(max(convicted or sure_to, sure_from), sure_to)
    pieces = (
        (maybe_from, sure_from, "maybe"),
        (sure_from, split, "before"),
        (split, sure_to, "after"),
        (sure_to, maybe_to, "maybe"),
    )
    for begin, end, kind in pieces:
        if end > begin:
            yield Block(scale.x(begin), max(scale.x(end) - scale.x(begin), 2), kind)


def _place(moment: Moment, scale: Scale) -> _Place | None:
    day, latest = moment.on.earliest or moment.on.latest, moment.on.latest or moment.on.earliest
    if day is None or latest is None:
        return None
    x, words = scale.x(day), round(max(len(moment.title), len(moment.when)) * LETTER)
    return _Place(moment, x, scale.x(latest), words, above=x + words > scale.width and words <= x)


def _in_lanes(places: Sequence[_Place]) -> list[_Place]:
    """Give each its lane, nearest the bar first, so that no words overlap and no stem runs through words.

    Words to the right of their stems are placed from the right, those to the left of theirs from the left.
    """
    below, above = [one for one in places if not one.above], [one for one in places if one.above]
    placed, starts, ends = [], list[int](), list[int]()
    for one in sorted(below, key=lambda place: place.x, reverse=True):
        lane = next((lane for lane, start in enumerate(starts) if one.x + one.words + GAP <= start), len(starts))
        starts[lane : lane + 1] = [one.x]
        placed.append(replace(one, lane=lane))
    for one in sorted(above, key=lambda place: place.x):
        lane = next((lane for lane, end in enumerate(ends) if one.x - one.words >= end + GAP), len(ends))
        ends[lane : lane + 1] = [one.x]
        placed.append(replace(one, lane=lane))
    return sorted(placed, key=lambda place: place.x)


def _flag(place: _Place, bar_y: int) -> Flag:
    moment = place.moment
    if place.above:
        y = bar_y - LANE * (place.lane + 1) + 12
        return Flag(place.x, place.x - 5, place.end, y, y + LINE, y - 10, "end", moment.title, moment.when)
    y = bar_y + BAR + LANE * place.lane + 20
    return Flag(place.x, place.x + 5, place.end, y, y + LINE, y + LINE + 2, "start", moment.title, moment.when)


def _ticks(scale: Scale) -> tuple[Tick, ...]:
    first, last = scale.first.year, scale.last.year
    fits = max(scale.width // 64, 2)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10_000) if (last - first) / step < fits)
    kept: list[Tick] = []
    for year in [first, *(year for year in range(first + 1, last + 1) if year % step == 0)]:
        x = scale.x(max(date(year, 1, 1), scale.first))
        if (not kept or x - kept[-1].x >= 46) and x <= scale.width - 34:
            kept.append(Tick(x, year))
    return tuple(kept)
