"""A chart as files: its numbers as CSV, its drawing as an SVG that carries title and credit wherever it is copied."""

import csv
import io
from datetime import date
from xml.etree import ElementTree as ET

from cases.domain.csv_cells import BYTE_ORDER_MARK, neutral
from cases.exports.chart_drawing import LINE, WIDE, drawing_of, wrapped
from cases.published.charts import Chart

#: The colours of static/css/tokens.css by the kinds of shapes and words: a file cannot ask for them.
COLOURS = {
    "paper": "#fbfaf7",
    "title": "#1c2126",
    "label": "#1c2126",
    "number": "#1c2126",
    "tick": "#424950",
    "credit": "#424950",
    "axis": "#767c82",
    "bar": "#9fb8c3",
    "held": "#0b4f6b",
}
SIZES = {"title": 18, "label": 13.5, "number": 13.5, "tick": 12.5, "credit": 11.5}
SERIF, SANS = "Source Serif 4, Georgia, serif", "Golos Text, system-ui, sans-serif"
MARGIN = 20
COLUMNS = ("chart", "value", "label", "people", "in_custody", "on", "known", "invented_in_all", "list")


def csv_of_chart(chart: Chart, *, on: date, known: date, invented: int, addresses: list[str]) -> bytes:
    """Return one row a bar; `addresses` are those of the lists, in the same order, "" where there is none.

    `invented_in_all` is how many of all people published are invented for demonstration, the same in every row.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for bar, address in zip(chart.bars, addresses, strict=True):
        cells = (
            chart.name,
            bar.value,
            bar.label,
            bar.people,
            bar.in_custody,
            on.isoformat(),
            known.isoformat(),
            invented,
            address,
        )
        writer.writerow([neutral(cell) for cell in cells])
    return f"{BYTE_ORDER_MARK}{text.getvalue()}".encode()


def svg_of_chart(chart: Chart, *, subtitle: str, credit: str, more: str, language: str) -> bytes:
    """Return a drawing that stands alone: no style sheet, no script, nothing from elsewhere."""
    subtitles = wrapped(subtitle, 110)
    top = 24 + LINE * len(subtitles) + 10
    drawing = drawing_of(chart, WIDE, credit, more=more, top=top)
    width, height = drawing.width + 2 * MARGIN, round(drawing.height + 2 * MARGIN)
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"{-MARGIN} {-MARGIN} {width} {height}",
            "width": str(width),
            "height": str(height),
            "role": "img",
            "lang": language,
            "font-family": SANS,
        },
    )
    ET.SubElement(root, "title").text = chart.title
    ET.SubElement(root, "desc").text = told(chart)
    _rectangle(root, -MARGIN, -MARGIN, width, height, "paper")
    _line(root, 0, 18, chart.title, "title")
    for place, line in enumerate(subtitles):
        _line(root, 0, 18 + 22 + LINE * place, line, "tick")
    for shape in drawing.shapes:
        _rectangle(root, shape.x, shape.y, shape.width, shape.height, shape.kind)
    for words in drawing.words:
        _line(root, words.x, words.y, words.text, words.kind, words.anchor)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def told(chart: Chart) -> str:
    """Return the whole chart in words, for who cannot see it."""
    return "; ".join(f"{bar.label}: {bar.people}" for bar in chart.bars)


def _rectangle(root: ET.Element, x: float, y: float, width: float, height: float, kind: str) -> None:
    values = {"x": x, "y": y, "width": width, "height": height}
    ET.SubElement(root, "rect", {name: f"{value:g}" for name, value in values.items()} | {"fill": COLOURS[kind]})


def _line(root: ET.Element, x: float, y: float, text: str, kind: str, anchor: str = "start") -> None:
    attributes = {"x": f"{x:g}", "y": f"{y:g}", "fill": COLOURS[kind], "font-size": f"{SIZES[kind]:g}"}
    if anchor != "start":
        attributes["text-anchor"] = anchor
    if kind == "title":
        attributes |= {"font-family": SERIF, "font-weight": "600"}
    if kind == "number":
        attributes["font-weight"] = "600"
    ET.SubElement(root, "text", attributes).text = text
