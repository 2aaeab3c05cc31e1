"""A life of the invented crowd, of which publication computes everything once; who leads it is put into the rows after.

The rows are those of `crowd_rows` for somebody whose code, slug and names are marks. Where two forms of a name are the same,
lists leave one of them out, so a life has rows for each way in which forms agree. What is read out of a name, its sort keys
and the terms by which it is found, is computed for each person. A test holds all this to the rows computed for each case.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model
from django.utils.functional import cached_property

from cases.domain.counted_days import Changes, changes_of
from cases.domain.crowd_cases import Called, CrowdCase
from cases.domain.name_terms import joined_terms
from cases.publication.crowd import slug_of
from cases.publication.crowd_rows import CaseRows, Crowd, told_rows
from cases.published import courses
from cases.published.case_tables import CASE_TABLES, Row, ShownCase
from cases.published.case_writing import CASE_COLUMNS, VERSION_COLUMNS
from cases.published.course_models import PublishedCourse, PublishedSpan
from cases.published.documents import PlaceDocument, sha256
from cases.published.facets import places_of
from cases.published.models import PublishedCase, PublishedName, PublishedVersion
from cases.published.name_index import text_terms_of
from cases.published.projections import sort_name

#: Marks: a code and a slug that nothing else has, signs that stand in no name and that no writing changes.
CODE, SLUG, TERMS = "ZZZZZZZZZ", "zzz-zzz-zzz", "\uf8ff"
FIRST_NAME = 0xE000
#: What is put in: these, and the hash of every version.
MARKS = re.compile(f"([\ue000-\ue0ff{TERMS}]|{CODE}|{SLUG}|[0-9a-f]{{64}})")

#: A text with %s for each of its marks, and the marks.
Text = tuple[str, tuple[str, ...]]
Filled = list[Any]
#: The rows of many cases by table; tables that are not there are not kept.
Rows = dict[type[Model], list[Any]]

#: The tables with rows of each case and their columns, in the order in which they are written.
TABLES: dict[type[Model], tuple[str, ...]] = {
    PublishedVersion: VERSION_COLUMNS,
    PublishedCase: CASE_COLUMNS,
    **{table.model: table.columns for table in CASE_TABLES},
    PublishedCourse: courses.COURSE_COLUMNS,
    PublishedSpan: courses.SPAN_COLUMNS,
}
_SORTED = {CASE_COLUMNS.index(f"sort_{language}"): language for language in ("en", "uk")}


class LifeRows:
    """What publication makes of one life, whoever leads it."""

    def __init__(self, crowd: Crowd, number: int) -> None:
        self.crowd, self.life = crowd, crowd.life(number)
        self.told: CaseRows | None = None

    def add(self, number: int, rows: Rows) -> Sequence[str]:
        """Add the rows of the case with this number, which has this life; return the terms by which it is found."""
        case = CrowdCase(self.life, self.crowd.called(self.life, number))
        told = self._first(told_rows(self.crowd, case, slug=slug_of(case)))
        for model, some in _by_table(told, self.course).items():
            if model in rows:
                rows[model] += some
        return told.shown.terms if told.shown else ()

    def _first(self, told: CaseRows) -> CaseRows:
        self.told = self.told or told
        return told

    @property
    def shown(self) -> ShownCase | None:
        """What lists show of the first who led this life, None where it is withdrawn."""
        return self.told.shown if self.told else None

    @cached_property
    def places(self) -> list[PlaceDocument]:
        """The places under which a case counts."""
        return [] if self.shown is None else list(places_of(self.shown.document))

    @cached_property
    def course(self) -> courses.Course | None:
        """The statuses day by day."""
        return self.told.course if self.told else None

    @cached_property
    def changes(self) -> Changes:
        """What one case adds to the sums of past days."""
        return {} if self.course is None else changes_of(self.course.editions)


class SharedLifeRows(LifeRows):
    """What publication makes of a life that many lead: rows with marks, computed once, into which each is put."""

    def __init__(self, crowd: Crowd, number: int) -> None:
        super().__init__(crowd, number)
        self._alike: dict[tuple[int, ...], _Alike] = {}

    def add(self, number: int, rows: Rows) -> Sequence[str]:
        """Add the rows of the case with this number, which has this life; return the terms by which it is found."""
        called = self.crowd.called(self.life, number)
        texts = [*called.texts, *called.heads.values()]
        agree = tuple(map(texts.index, texts))
        if agree not in self._alike:
            self._alike[agree] = _Alike(self._first(self._marked(called, agree)), self.course)
        values = {chr(FIRST_NAME + place): text for place, text in enumerate(texts)}
        values |= {CODE: called.code, SLUG: slug_of(CrowdCase(self.life, called))}
        return self._alike[agree].add(values, called.heads, self.text_terms, rows)

    def _marked(self, called: Called, agree: tuple[int, ...]) -> CaseRows:
        marks, forms = [chr(FIRST_NAME + place) for place in agree], len(called.texts)
        heads = dict(zip(called.heads, marks[forms:], strict=True))
        marked = CrowdCase(self.life, Called(CODE, tuple(marks[:forms]), heads))
        return told_rows(self.crowd, marked, slug=SLUG if self.life.is_named else "")

    @cached_property
    def text_terms(self) -> list[str]:
        """The terms that follow from the texts."""
        return [] if self.shown is None else text_terms_of(self.shown.document)


def _by_table(told: CaseRows, course: courses.Course | None) -> dict[type[Model], Iterable[Row]]:
    rows: dict[type[Model], Iterable[Row]] = {PublishedVersion: told.versions, PublishedCase: [told.case]}
    if told.shown is not None:
        rows |= {table.model: table.rows_of(told.shown) for table in CASE_TABLES}
    if course is not None:
        rows |= {PublishedCourse: [courses.course_row(course)], PublishedSpan: courses.span_rows(course)}
    return rows


class _Alike:
    """The rows of a life led by people the forms of whose names agree in the same way."""

    def __init__(self, marked: CaseRows, course: courses.Course | None) -> None:
        self.marked, self.names = marked, marked.shown.names if marked.shown else ()
        self.digests = [sha256(text) for text in marked.texts]
        self.texts = [_read(text) for text in marked.texts]
        of_marks = marked if marked.shown is None else replace(marked, shown=replace(marked.shown, terms=(TERMS,)))
        rows = _by_table(of_marks, course)
        self.rows = [(model, [self._row(row) for row in some]) for model, some in rows.items()]

    def _row(self, row: Row) -> "_Row":
        """Return a row with what has to be put into it; a whole document is put together once for all its rows."""
        texts = self.marked.texts
        cells = ((place, cell) for place, cell in enumerate(row) if isinstance(cell, str) and MARKS.search(cell))
        return _Row(row, [(place, ("%s", (cell,)) if cell in texts else _read(cell)) for place, cell in cells])

    def add(self, values: dict[str, str], heads: Mapping[str, str], of_texts: Iterable[str], rows: Rows) -> list[str]:
        """Add the rows of one person; `values` are what stands in place of marks."""
        for mark, digest, (pattern, marks) in zip(self.marked.texts, self.digests, self.texts, strict=True):
            text = pattern % tuple([values[one] for one in marks])
            values[mark], values[digest] = text, sha256(text)
        terms = joined_terms(values[CODE], [values[one] for one in self.names], of_texts) if self.names else []
        values[TERMS] = " ".join(terms)
        for model, some in self.rows:
            if model in rows:
                rows[model] += [row.filled(values) for row in some]
        if self.names:
            _sort(rows[PublishedCase][-1], heads)
        if self.names and PublishedName in rows:
            rows[PublishedName][-1:] = [(values[CODE], term) for term in terms]
        return terms


def _sort(row: Filled, heads: Mapping[str, str]) -> None:
    for place, language in _SORTED.items():
        row[place] = sort_name(heads[language], language)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row, and the cells of it that have marks."""

    row: Row
    cells: list[tuple[int, Text]]

    def filled(self, values: Mapping[str, str]) -> Filled:
        row = list(self.row)
        for place, (pattern, marks) in self.cells:
            row[place] = pattern % tuple([values[one] for one in marks])
        return row


def _read(text: str) -> Text:
    parts = MARKS.split(text)
    return "%s".join(part.replace("%", "%%") for part in parts[::2]), tuple(parts[1::2])
