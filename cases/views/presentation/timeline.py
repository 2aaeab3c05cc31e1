"""The drawing of a case's years: custody as a bar, the sentence below it part by part up to its computed end, and what
changed either as marks with words, in a wide and a narrow form.

All measures are units of the drawing, 1 = 1 CSS pixel at full size. What is not known to the day is drawn as a range.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.formats import date_format

from cases.domain.partial_dates import PartialDate

LETTER = 7.4  # the mean width of a letter at 13.5 px, on the safe side for Cyrillic
LINE = 17
LANE = 44  # two lines of words and the air below them
BAR = 22
PART_GAP, PART = 5, 20  # the sentence: a second bar below the first
PART_LETTER = 7.0  # the mean width of a letter at 12.5 px
TODAY = 26  # room above everything for the word "today"
GAP = 14  # between words in one lane
TRANSIT = 5  # the least width of a stretch of transport
MONTHS_UP_TO = 730  # days


@dataclass(frozen=True, slots=True)
class Moment:
    """Something to mark on the bar: what happened and when, in the reader's words, and in fewer where there is no room."""

    on: PartialDate
    title: str
    when: str
    short_title: str = ""
    short_when: str = ""

    @property
    def brief(self) -> "Moment":
        return replace(self, title=self.short_title or self.title, when=self.short_when or self.when)

    @property
    def words(self) -> int:
        """The room that the words take."""
        return round(max(len(self.title), len(self.when)) * LETTER)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of custody, or of transport inside it. `until` is None while it lasts."""

    since: PartialDate
    until: PartialDate | None
    is_transit: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the sentence, from its first day to its last or to the first day of the next, in the reader's words."""

    since: date
    until: date
    title: str


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of the bar; `kind` is before, after, transit or maybe."""

    x: int
    width: int
    kind: str


@dataclass(frozen=True, slots=True)
class PartBlock:
    """A part of the sentence as drawn; `served` of its width lies before today, and its words stand where they fit."""

    x: int
    width: int
    served: int
    title: str

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


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
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing, ready to be written as SVG: whole numbers only, as a template would localise a fraction."""

    name: str
    width: int
    height: int
    bar_y: int
    bar_height: int
    blocks: tuple[Block, ...]
    parts: tuple[PartBlock, ...]
    flags: tuple[Flag, ...]
    ticks: tuple[Tick, ...]
    axis_y: int
    today_x: int | None

    @property
    def bar_bottom(self) -> int:
        return self.bar_y + self.bar_height

    @property
    def part_y(self) -> int:
        return self.bar_bottom + PART_GAP

    @property
    def part_height(self) -> int:
        return PART

    @property
    def part_text_y(self) -> int:
        return self.part_y + PART - 6

    @property
    def marked_y(self) -> int:
        """Where ranges of days are marked: below the bars."""
        return (self.part_y + PART if self.parts else self.bar_bottom) + 4

    @property
    def today_anchor(self) -> str:
        """The word "today" stands to the left of its line, or to the right where there is no room."""
        return "start" if (self.today_x or 0) < 50 else "end"

    @property
    def has_doubt(self) -> bool:
        return self.has("maybe")

    def has(self, kind: str) -> bool:
        return any(block.kind == kind for block in self.blocks)


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
    name: str,
    *,
    width: int,
    spans: Sequence[Span],
    moments: Sequence[Moment],
    convicted: date | None,
    today: date,
    parts: Sequence[Part] = (),
) -> Drawing | None:
    """Return the drawing, or None where there is no custody and too little dated to draw.

    `convicted` splits custody into before and after the verdict.
    """
    days, custody = [*_days(spans, moments)], [span for span in spans if not span.is_transit]
    if not custody or not days:
        return None
    going_on = any(span.until is None for span in custody)
    scale = _scale([*days, *(part.until for part in parts)], today, going_on=going_on, width=width)
    places = _in_lanes([place for moment in moments if (place := _place(moment, scale))])
    bar_y = TODAY + LANE * max((place.lane + 1 for place in places if place.above), default=0)
    below = LANE * max((place.lane + 1 for place in places if not place.above), default=0)
    bars = BAR + (PART_GAP + PART if parts else 0)
    axis_y = bar_y + bars + below + 14
    return Drawing(
        name=name,
        width=width,
        height=axis_y + 24,
        bar_y=bar_y,
        bar_height=BAR,
        blocks=(
            *(block for span in custody for block in _blocks(span, scale, convicted, today)),
            *(block for span in spans if span.is_transit for block in _transit(span, scale, today)),
        ),
        parts=tuple(_part(part, scale, today) for part in parts),
        flags=tuple(_flag(place, bar_y, bars) for place in places),
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


def _transit(span: Span, scale: Scale, today: date) -> Iterable[Block]:
    """Yield a stretch of transport, however short, wide enough to be seen; nothing where its days are not known."""
    since = span.since.earliest or span.since.latest
    until = today if span.until is None else span.until.latest or span.until.earliest
    if since is not None and until is not None and until >= since:
        x = scale.x(since)
        yield Block(x, max(scale.x(until) - x, TRANSIT), "transit")


def _part(part: Part, scale: Scale, today: date) -> PartBlock:
    x, end = scale.x(part.since), scale.x(part.until)
    width = max(end - x, 2)
    served = min(max(scale.x(today) - x, 0), width) if today > part.since else 0
    fits = len(part.title) * PART_LETTER + 8 <= width
    return PartBlock(x, width, served, part.title if fits else "")


def _place(moment: Moment, scale: Scale) -> _Place | None:
    """Return where a mark stands; None where its day is not known, or where not even its short words have room."""
    day, latest = moment.on.earliest or moment.on.latest, moment.on.latest or moment.on.earliest
    if day is None or latest is None:
        return None
    x, end = scale.x(day), scale.x(latest)
    for said in (moment, moment.brief):
        if x + said.words <= scale.width:
            return _Place(said, x, end, said.words, above=False)
        if said.words <= x:
            return _Place(said, x, end, said.words, above=True)
    return None


def _in_lanes(places: Sequence[_Place]) -> list[_Place]:
    """Give each its lane, nearest the bar first, so that no words overlap and no stem runs through words.

    Words to the right of their stems are placed from the right, those to the left of theirs from the left.
    """
    below, above = [one for one in places if not one.above], [one for one in places if one.above]
    placed, starts, ends = [], list[int](), list[int]()
    for one in sorted(below, key=lambda place: place.x, reverse=True):
        lane = next((lane for lane, start in enumerate(starts) if one.x + one.words + GAP <= start), len(starts))
        starts[: lane + 1] = [one.x] * (lane + 1)  # its words in this lane, its stem through those above
        placed.append(replace(one, lane=lane))
    for one in sorted(above, key=lambda place: place.x):
        lane = next((lane for lane, end in enumerate(ends) if one.x - one.words >= end + GAP), len(ends))
        ends[: lane + 1] = [one.x] * (lane + 1)
        placed.append(replace(one, lane=lane))
    return sorted(placed, key=lambda place: place.x)


def _flag(place: _Place, bar_y: int, bars: int) -> Flag:
    moment = place.moment
    if place.above:
        y = bar_y - LANE * (place.lane + 1) + 12
        return Flag(place.x, place.x - 5, place.end, y, y + LINE, y - 10, "end", moment.title, moment.when)
    y = bar_y + bars + LANE * place.lane + 20
    return Flag(place.x, place.x + 5, place.end, y, y + LINE, y + LINE + 2, "start", moment.title, moment.when)


def _ticks(scale: Scale) -> tuple[Tick, ...]:
    """Return years, or months where all happened within two years."""
    if (scale.last - scale.first).days < MONTHS_UP_TO:
        return _month_ticks(scale)
    first, last = scale.first.year, scale.last.year
    fits = max(scale.width // 64, 2)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10_000) if (last - first) / step < fits)
    kept: list[Tick] = []
    for year in [first, *(year for year in range(first + 1, last + 1) if year % step == 0)]:
        x = scale.x(max(date(year, 1, 1), scale.first))
        if (not kept or x - kept[-1].x >= 46) and x <= scale.width - 34:
            kept.append(Tick(x, str(year)))
    return tuple(kept)


def _month_ticks(scale: Scale) -> tuple[Tick, ...]:
    months = [
        date(year, month, 1)
        for year in range(scale.first.year, scale.last.year + 1)
        for month in range(1, 13)
        if scale.first < date(year, month, 1) <= scale.last
    ]
    kept: list[Tick] = []
    for day in months:
        text, x = date_format(day, "M Y"), scale.x(day)
        if (not kept or x - kept[-1].x >= 84) and x <= scale.width - 70:
            kept.append(Tick(x, text))
    return tuple(kept)
