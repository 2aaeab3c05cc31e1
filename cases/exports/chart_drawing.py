"""Charts as shapes: bars beside words, or columns over years, in a wide form and in one for phones, each with its credit.

All measures are units of the drawing, 1 = 1 CSS pixel at full size.
"""

from dataclasses import dataclass, field

from django.utils.formats import number_format

from cases.published.charts import Bar, Chart

LETTER = 7.4  # the mean width of a letter at 13.5 px, on the safe side for Cyrillic
SMALL_LETTER = 6.2  # at 11.5 px
LINE, SMALL_LINE = 18, 15
MOST_BARS = 14
MOST_YEARS = 100
HEIGHT_OF_COLUMNS = 150


@dataclass(frozen=True, slots=True)
class Form:
    """How much room there is; `words` is the width kept for the words beside a bar, 0 where they stand above it."""

    name: str
    width: int
    words: int


WIDE, NARROW = Form("wide", 720, 290), Form("narrow", 320, 0)


@dataclass(frozen=True, slots=True)
class Shape:
    """A rectangle; `kind` is held, bar or axis."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `kind` is label, number, tick or credit; `anchor` as in SVG."""

    x: float
    y: float
    text: str
    kind: str
    anchor: str = "start"


@dataclass(slots=True)
class Drawing:
    form: Form
    height: float = 0
    shapes: list[Shape] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.form.name

    @property
    def width(self) -> int:
        return self.form.width


def number(value: int) -> str:
    """Group a number's digits as the active language does."""
    return str(number_format(value, use_l10n=True, force_grouping=True))


def drawings(chart: Chart, credit: str, *, more: str) -> list[Drawing]:
    """Return the chart in both forms; `more` says, with %(count)s, that further bars are in the table only."""
    return [drawing_of(chart, form, credit, more=more) for form in (WIDE, NARROW)]


def drawing_of(chart: Chart, form: Form, credit: str, *, more: str, top: float = 0) -> Drawing:
    """Return the chart in one form, leaving `top` free above it."""
    drawing = Drawing(form, height=top)
    if chart.is_over_time:
        _columns(drawing, [bar for bar in chart.bars if bar.value.isdigit()])
    else:
        _bars(drawing, chart.bars, more)
    drawing.height += SMALL_LINE / 2
    for line in wrapped(credit, int(form.width / SMALL_LETTER)):
        drawing.height += SMALL_LINE
        drawing.words.append(Words(0, drawing.height, line, "credit"))
    drawing.height += 5
    return drawing


def wrapped(text: str, letters: int) -> list[str]:
    """Break a text into lines of at most so many letters, between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def shortened(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def _bars(drawing: Drawing, bars: list[Bar], more: str) -> None:
    form = drawing.form
    widest = max((bar.people for bar in bars), default=1) or 1
    digits = max((len(number(bar.people)) for bar in bars), default=1)
    room = form.width - form.words - digits * LETTER - 14
    for bar in bars[:MOST_BARS]:
        if form.words:
            text = shortened(bar.label, int((form.words - 14) / LETTER))
            drawing.words.append(Words(form.words - 12, drawing.height + 19, text, "label", "end"))
        else:
            text = shortened(bar.label, int(form.width / LETTER))
            drawing.words.append(Words(0, drawing.height + 15, text, "label"))
            drawing.height += LINE
        length = max(round(room * bar.people / widest, 1), 2)
        drawing.shapes.append(Shape(form.words, drawing.height + 5, length, 18, "bar"))
        if bar.in_custody:
            held = round(length * bar.in_custody / bar.people, 1)
            drawing.shapes.append(Shape(form.words, drawing.height + 5, held, 18, "held"))
        drawing.words.append(Words(form.words + length + 8, drawing.height + 19, number(bar.people), "number"))
        drawing.height += 28
    if len(bars) > MOST_BARS:
        drawing.height += LINE
        drawing.words.append(
            Words(form.words, drawing.height - 3, more % {"count": number(len(bars) - MOST_BARS)}, "tick")
        )


def _columns(drawing: Drawing, bars: list[Bar]) -> None:
    """Draw one column a year, years without anybody included; of more than `MOST_YEARS` years the last."""
    by_year = {int(bar.value): bar for bar in bars}
    last = max(by_year, default=0)
    first = max(min(by_year, default=0), last - MOST_YEARS + 1)
    years = range(first, last + 1)
    step = min(drawing.width / len(years), 46)
    highest = max((bar.people for year, bar in by_year.items() if year >= first), default=1) or 1
    floor = drawing.height + LINE + HEIGHT_OF_COLUMNS
    for place, year in enumerate(years):
        bar = by_year.get(year)
        if bar is None or not bar.people:
            continue
        x, width = round(place * step, 1), round(max(step * 0.78, 1), 1)
        height = max(round(HEIGHT_OF_COLUMNS * bar.people / highest, 1), 1.5)
        drawing.shapes.append(Shape(x, floor - height, width, height, "bar"))
        if bar.in_custody:
            held = round(height * bar.in_custody / bar.people, 1)
            drawing.shapes.append(Shape(x, floor - held, width, held, "held"))
        if step >= len(number(highest)) * LETTER + 2:
            text = Words(round(x + width / 2, 1), round(floor - height - 5, 1), number(bar.people), "number", "middle")
            drawing.words.append(text)
        elif bar.people == highest and not any(word.kind == "number" for word in drawing.words):
            anchor = "end" if place > len(years) / 2 else "start"
            edge = x + width if anchor == "end" else x
            drawing.words.append(Words(edge, round(floor - height - 5, 1), number(bar.people), "number", anchor))
    drawing.shapes.append(Shape(0, floor, drawing.width, 1, "axis"))
    _years(drawing, years, step, floor)
    drawing.height = floor + LINE


def _years(drawing: Drawing, years: range, step: float, floor: float) -> None:
    every = next(one for one in (1, 2, 5, 10, 20, 50) if one * step >= 42 or one == 50)
    for place, year in enumerate(years):
        if year % every == 0 or (every > 1 and len(years) < every):
            x = min(max(place * step + step * 0.39, 15), drawing.width - 15)
            drawing.words.append(Words(round(x, 1), floor + 16, str(year), "tick", "middle"))
