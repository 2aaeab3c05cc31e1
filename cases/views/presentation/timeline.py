"""The drawing of a case's years: custody as a bar, what changed it as marks with words, in a wide and a narrow form.

All measures are units of the drawing, 1 = 1 CSS pixel at full size. What is not known to the day is drawn as a range.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cases.domain.partial_dates import PartialDate

LETTER = 7.4  # the mean width of a letter at 14 px, on the safe side for Cyrillic
LANE = 40  # two lines of words and the air below them
BAR = 22
TOP = 30  # room above the bar for the word "today"


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

    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark and its two lines of words; `anchor` as SVG's text-anchor."""

    x: float
    text_x: float
    y: float
    anchor: str
    title: str
    when: str
    is_range: bool
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    year: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing, ready to be written as SVG."""

    name: str
    width: int
    height: float
    bar_y: int
    bar_height: int
    blocks: tuple[Block, ...]
    flags: tuple[Flag, ...]
    ticks: tuple[Tick, ...]
    ticks_y: float
    today_x: float | None


@dataclass(frozen=True, slots=True)
class Scale:
    first: date
    last: date
    width: int

    def x(self, day: date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(min(max(share, 0), 1) * self.width, 1)


def draw(
    name: str, *, width: int, spans: Sequence[Span], moments: Sequence[Moment], convicted: date | None, today: date
) -> Drawing | None:
    """Return the drawing, or None where no custody and no two dated facts are there to draw."""
    days = [*_days(spans, moments)]
    going_on = any(span.until is None for span in spans)
    if not days or (not spans and len(days) < 3):
        return None
    scale = _scale(days, today, going_on=going_on, width=width)
    flags = _flags(moments, scale)
    lanes = max((flag.y for flag in flags), default=TOP + BAR) + LANE - 12
    return Drawing(
        name=name,
        width=width,
        height=lanes + 26,
        bar_y=TOP,
        bar_height=BAR,
        blocks=tuple(block for span in spans for block in _blocks(span, scale, convicted, today)),
        flags=flags,
        ticks=_ticks(scale),
        ticks_y=lanes + 16,
        today_x=scale.x(today) if going_on else None,
    )


def _days(spans: Iterable[Span], moments: Iterable[Moment]) -> Iterable[date]:
    dates = [moment.on for moment in moments]
    for span in spans:
        dates.extend(one for one in (span.since, span.until) if one is not None)
    return (day for one in dates for day in (one.earliest, one.latest) if day is not None)


def _scale(days: Sequence[date], today: date, *, going_on: bool, width: int) -> Scale:
    first, last = min(days), max([*days, today] if going_on else days)
    margin = timedelta(days=max((last - first).days // 40, 20))
    return Scale(first, last + margin, width)


def _blocks(span: Span, scale: Scale, convicted: date | None, today: date) -> Iterable[Block]:
    """Cut one stretch into the days it certainly covers, split at the verdict, and the days at its ends that it may cover."""
    starts = (span.since.earliest or span.since.latest, span.since.latest or span.since.earliest)
    until = span.until
    ends = (today, today) if until is None else (until.earliest or until.latest, until.latest or until.earliest)
    if None in (*starts, *ends):
        return
    edges = [day for day in (*starts, *ends) if day is not None]
    maybe_from, sure_from, sure_to, maybe_to = edges[0], edges[1], max(edges[2], edges[1]), max(edges[3], edges[1])
    split = min(max(convicted or sure_to, sure_from), sure_to)
    pieces = (
        (maybe_from, sure_from, "maybe"),
        (sure_from, split, "before"),
        (split, sure_to, "after"),
        (sure_to, maybe_to, "maybe"),
    )
    for begin, end, kind in pieces:
        block_width = round(scale.x(end) - scale.x(begin), 1)
        if block_width > 0:
            yield Block(scale.x(begin), max(block_width, 2), kind)


def _flags(moments: Sequence[Moment], scale: Scale) -> tuple[Flag, ...]:
    """Place the words below the bar, each in the first lane where it touches no other."""
    lanes: list[float] = []
    flags = []
    for moment in moments:
        day, latest = moment.on.earliest or moment.on.latest, moment.on.latest or moment.on.earliest
        if day is None or latest is None:
            continue
        x, words = scale.x(day), max(len(moment.title), len(moment.when)) * LETTER
        left, anchor = (x, "start") if x + words <= scale.width else (max(x - words, 0), "end")
        lane = next((number for number, end in enumerate(lanes) if end + 14 <= left), len(lanes))
        lanes[lane : lane + 1] = [left + words]
        text_x = x if anchor == "start" else max(x, min(words, scale.width))
        flags.append(
            Flag(
                x,
                text_x,
                TOP + BAR + 22 + lane * LANE,
                anchor,
                moment.title,
                moment.when,
                not moment.on.is_day(),
                scale.x(latest) - x,
            )
        )
    return tuple(flags)


def _ticks(scale: Scale) -> tuple[Tick, ...]:
    first, last = scale.first.year, scale.last.year
    fits = max(int(scale.width // 64), 2)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 5000) if (last - first) / step < fits)
    years = [first, *(year for year in range(first + 1, last + 1) if year % step == 0)]
    xs = [(year, scale.x(max(date(year, 1, 1), scale.first))) for year in years]
    kept: list[tuple[int, float]] = []
    for year, x in xs:
        if (not kept or x - kept[-1][1] >= 46) and x <= scale.width - 34:
            kept.append((year, x))
    return tuple(Tick(x, year, "start") for year, x in kept)
