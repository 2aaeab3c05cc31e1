"""The lines of the files, kept by publication: a file is copied out of the database, not made case by case.

A line is made by the columns and stored around the two cells that each day changes, the days held. Links are stored without
the site's address, behind a mark that no text of a case can hold. What else depends on the day, the status above all, is
that of the last publication or daily rebuilding, as in every list.
"""

import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import translation

from cases.domain.csv_cells import line_of
from cases.domain.custody import days_held
from cases.published.columns import COLUMNS
from cases.published.documents import CaseDocument
from cases.published.line_models import PublishedLine
from cases.published.lines import Derived, Line
from cases.published.models import DocumentKind, PublishedCase, PublishedVersion

#: Stands where the address of the site belongs.
ADDRESS = "\x1a"

_LEAST = next(place for place, column in enumerate(COLUMNS) if column.name == "days_held_least")
_ONE_DAY = timedelta(days=1)
_COUNTED = ("days_least", "least_grows", "days_most", "most_grows")
#: The columns of a row.
ROW = ("case_id", "language", "version", "show_until", "before", "after", "json_before", "json_after", *_COUNTED)


def rows_of(case: PublishedCase, document: CaseDocument, on: date) -> list[tuple[Any, ...]]:
    """Return the lines of a case in every language, as of the day `on`, in the columns ROW; the database is not asked.

    `case` need not be saved.
    """
    derived = Derived(document, on)
    counted = _counted(derived)
    return [_row(case, derived, language, counted) for language, _name in settings.LANGUAGES]


def csv_line(line: Line) -> str:
    """Return the line of a case as the columns make it."""
    return line_of(column.cell(line) for column in COLUMNS)


def _row(case: PublishedCase, derived: Derived, language: str, counted: tuple[int | None, ...]) -> tuple[Any, ...]:
    line = Line(case=case, derived=derived, language=language, site_address=ADDRESS)
    with translation.override(language):
        cells = [column.cell(line) for column in COLUMNS]
        json_before, json_after = _json(line)
    before = line_of(cells[:_LEAST]).removesuffix("\r\n") + ","
    after = "," + line_of(cells[_LEAST + 2 :]).removesuffix("\n")
    return (
        case.code,
        language,
        case.version,
        case.show_until,
        before,
        after,
        json_before,
        json_after,
        *counted,
    )


def _json(line: Line) -> tuple[str, str]:
    """Return a line of JSON Lines as far as the days held, and from there to the document; `code` stands first."""
    case, now = line.case, line.now
    before: dict[str, Any] = {
        "code": case.code,
        "version": case.version,
        "sha256": case.sha256,
        "published_at": line.published_at,
        "url": line.page_address,
        "permanent_url": line.version_address,
        "invented": case.is_invented,
        "status": line.status,
        "status_since": now.since.text if now.since else "",
        "status_certain": now.certain,
        "in_custody": now.status.in_custody,
        "held_since": line.held_since.text if line.held_since else "",
    }
    after = {
        "site": line.site_slug,
        "release_kind": now.release.value if now.release else "",
        "released": line.released,
    }
    head, tail = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (before, after))
    # JSON writes the mark as an escape.
    return f'{head[:-1]},"days_held_least":'.replace("\\u001a", ADDRESS), f',{tail[1:-1]},"document":'


def _counted(derived: Derived) -> tuple[int | None, ...]:
    """Return the days held as sums, in the columns of _COUNTED: what they were on day nought, and whether each adds one."""
    today, tomorrow = derived.days, days_held(derived.facts, derived.on + _ONE_DAY)
    number = derived.on.toordinal()
    least, most = today.least or 0, today.most
    least_grows = int((tomorrow.least or 0) > least)
    most_grows = int(most is not None and tomorrow.most is not None and tomorrow.most > most)
    return (
        least - least_grows * number,
        least_grows,
        None if most is None else most - most_grows * number,
        most_grows,
    )


# Reading -------------------------------------------------------------------------------------------------------------
def shown(language: str, on: date) -> QuerySet[PublishedLine]:
    """Return the lines in a language of the cases that may be shown on the day `on`."""
    lines = PublishedLine.objects.filter(language=language)
    return lines.exclude(show_until__lt=on)


def csv_texts(lines: QuerySet[PublishedLine], on: date) -> QuerySet[PublishedLine, Any]:
    """Return the code and the whole line of CSV for a day, but for its last line feed."""
    return lines.annotate(text=_joined("before", _least(on), Value(","), _most(on, ""), "after"))


def json_texts(lines: QuerySet[PublishedLine], on: date) -> QuerySet[PublishedLine, Any]:
    """Return the whole line of JSON Lines for a day. The document is the text of the version, byte by byte."""
    version = PublishedVersion.objects.filter(
        kind=DocumentKind.CASE.value, key=OuterRef("case_id"), number=OuterRef("version")
    ).values("text")[:1]
    most = Value(',"days_held_most":')
    return lines.annotate(
        text=_joined("json_before", _least(on), most, _most(on, "null"), "json_after", Subquery(version), Value("}"))
    )


class _Joined(Func):
    """Texts one after the other, none of them NULL."""

    template, arg_joiner = "(%(expressions)s)", " || "
    output_field = TextField()


def _joined(*parts: Any) -> _Joined:
    return _Joined(*parts)


def _least(on: date) -> Cast:
    return Cast(F("days_least") + F("least_grows") * Value(on.toordinal(), IntegerField()), TextField())


def _most(on: date, nothing: str) -> Coalesce:
    days = Cast(F("days_most") + F("most_grows") * Value(on.toordinal(), IntegerField()), TextField())
    return Coalesce(days, Value(nothing, TextField()))
