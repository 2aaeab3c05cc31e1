"""The parts of an XLSX workbook around its rows, by ECMA-376: sheets' heads and ends, relations, styles, the workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from cases.published.column import Kind

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

WIDTHS = {
    Kind.TEXT: 26,
    Kind.NAME: 30,
    Kind.PROSE: 60,
    Kind.WORD: 16,
    Kind.NUMBER: 10,
    Kind.DATE: 13,
    Kind.MOMENT: 17,
    Kind.ADDRESS: 44,
}
#: The button of the filter beside a heading, in letters.
BUTTON = 3


def width(kind: Kind, heading: str) -> int:
    """Return the width of a column, in letters."""
    return max(WIDTHS[kind], len(heading) + BUTTON)


def sheet_path(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def relations_path(number: int) -> str:
    return f"xl/worksheets/_rels/sheet{number}.xml.rels"


def letters(place: int) -> str:
    """Return the letters of a column: A for the first, 0."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found


def sheet_head(widths: Sequence[int], headings: Sequence[str], *, is_first: bool) -> str:
    """Return a sheet as far as its rows, its first row frozen, its first column beside it."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{wide}" customWidth="1"/>'
        for place, wide in enumerate(widths, start=1)
    )
    cells = "".join(f'<c s="1" t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in headings)
    selected = ' tabSelected="1"' if is_first else ""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheetViews><sheetView{selected} workbookViewId="0">'
        '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
        '<selection pane="topRight"/><selection pane="bottomLeft"/><selection pane="bottomRight"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
        f"<sheetData><row>{cells}</row>"
    )


def sheet_end(columns: int, rows: int, linked: int, links: int) -> str:
    """Return what follows the rows: the filter over `columns` and `rows`, and `links` from the column `linked`."""
    letter = letters(linked)
    found = "".join(f'<hyperlink ref="{letter}{number + 1}" r:id="rId{number}"/>' for number in range(1, links + 1))
    hyperlinks = f"<hyperlinks>{found}</hyperlinks>" if found else ""
    return f'</sheetData><autoFilter ref="A1:{letters(columns - 1)}{rows}"/>{hyperlinks}</worksheet>'


def link_relations(links: Sequence[str]) -> str:
    """Return where the links of a sheet lead; the addresses are XML already."""
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/hyperlink" Target="{address}" TargetMode="External"/>'
        for number, address in enumerate(links, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{found}</Relationships>'


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is written: its title, and how many columns and rows it has, the header among them."""

    title: str
    columns: int
    rows: int


def frame(written: Sequence[Sheet]) -> dict[str, str]:
    """Return the parts that say which sheets there are and how cells look."""
    titles = [sheet.title for sheet in written]
    numbers = range(1, len(titles) + 1)
    # LibreOffice learns from these names where a sheet is filtered.
    filters = "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
        f"{escape(_quoted(sheet.title))}!$A$1:${letters(sheet.columns - 1)}${sheet.rows}</definedName>"
        for place, sheet in enumerate(written)
    )
    sheets = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="rId{number}"/>'
        for number, title in zip(numbers, titles, strict=True)
    )
    styles = len(titles) + 1
    return {
        "xl/styles.xml": HEAD + STYLES,
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{sheets}</sheets><definedNames>{filters}</definedNames></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
            + "".join(
                f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
                for number in numbers
            )
            + f'<Relationship Id="rId{styles}" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>'
        ),
        "_rels/.rels": (
            f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
            + "".join(
                f'<Override PartName="/{sheet_path(number)}" ContentType="{TYPE}.worksheet+xml"/>' for number in numbers
            )
            + "</Types>"
        ),
    }


def _quoted(title: str) -> str:
    """Return the title of a sheet as a reference to it is written."""
    return "'" + title.replace("'", "''") + "'"


#: Of cells: 0 plain, 1 a heading, 2 a day, 3 a moment, 4 a link.
STYLES = (
    f'<styleSheet xmlns="{MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font>'
    '<font><u/><sz val="11"/><color rgb="FF0563C1"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
