"""The statuses of a case day by day as its versions tell them: spans to list by, sums to count by.

Everything here can be rebuilt from the versions alone. A closed version counts as the next one that is open, so what it
showed is in no sum; a case that is taken out leaves no sum behind, whatever day is asked for.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from cases.domain.case_facts import CaseFacts
from cases.domain.counted_days import Changes, Edition, SumKey, added_up, changes_of, difference, sums_of
from cases.domain.status_spans import StatusSpan, status_spans
from cases.enums import Status
from cases.published.case_tables import Row
from cases.published.course_models import PublishedCourse, PublishedSpan, PublishedSum
from cases.published.custody import case_facts
from cases.published.documents import CaseDocument, canonical
from cases.published.engine import add_sums, insert_rows
from cases.published.models import DocumentKind, PublishedVersion

LASTING = date.max
TABLES = (PublishedSum, PublishedSpan, PublishedCourse)
COURSE_COLUMNS = ("case_id", "editions", "as_of")
SPAN_COLUMNS = ("case_id", "status", "since", "until")

#: What was said of a case from a day on; None where it may no longer be read.
Told = tuple[date, CaseDocument | None]


@dataclass(frozen=True, slots=True)
class Course:
    """A case as its versions tell it, with the statuses derived for the day `on`."""

    code: str
    on: date
    editions: Sequence[Edition]


def course_of(code: str, told: Sequence[Told], on: date) -> Course:
    """Return the course that the versions of a case, oldest first, tell."""
    return Course(code, on, editions_of(told, on))


def put_in(code: str, *, on: date, using: str) -> None:
    """Count a published case by its versions, with the statuses derived for `on`; what it added before is replaced."""
    course, before = course_of(code, _told(code, using), on), _kept(code, using)
    _clear([code], using)
    _insert([course], using=using)
    add(difference(changes_of(course.editions), _changes_in(before)), using=using)


def take_out(code: str, *, using: str) -> None:
    """Let nothing of a case be counted on any day, nor by anything that was known on any day."""
    before = _kept(code, using)
    _clear([code], using)
    add(difference({}, _changes_in(before)), using=using)


def recount(codes: Iterable[str], *, using: str) -> None:
    """Count cases again after some of their versions were closed or opened; those that are not counted stay so."""
    for course in PublishedCourse.objects.using(using).filter(pk__in=sorted(codes)).order_by("pk"):
        put_in(course.pk, on=course.as_of, using=using)


def write(courses: Sequence[Course], *, using: str) -> int:
    """Count many cases of which nothing is counted yet; return how many rows they have, sums not counted."""
    written = _insert(courses, using=using)
    add(added_up(changes_of(course.editions) for course in courses), using=using)
    return written


def clear(*, using: str) -> None:
    """Empty the tables before they are made anew."""
    for table in TABLES:
        table._default_manager.using(using).all().delete()


# Reading versions ---------------------------------------------------------------------------------------------------


def editions_of(told: Sequence[Told], on: date) -> list[Edition]:
    """Return what versions say for counting; one that changes nothing is left out."""
    readable: list[tuple[date, CaseDocument]] = []
    following: CaseDocument | None = None
    for known, document in reversed(told):
        following = document or following
        if following is not None:
            readable.insert(0, (known, following))
    spans: dict[CaseFacts, tuple[StatusSpan, ...]] = {}
    editions: list[Edition] = []
    for known, document in readable:
        facts = case_facts(document)
        if facts not in spans:
            spans[facts] = status_spans(facts, on, undated_since=told[0][0])
        edition = Edition(known, spans[facts], document["ethnicity"], document["sex"])
        if not editions or _content(edition) != _content(editions[-1]):
            editions.append(edition)
    return editions


def _content(edition: Edition) -> tuple[Any, ...]:
    return edition.spans, edition.ethnicity, edition.sex


def told_by(versions: Iterable[PublishedVersion]) -> list[Told]:
    """Return what versions, oldest first, said on which day."""
    return [(timezone.localdate(one.published_at), json.loads(one.text) if one.text else None) for one in versions]


def _told(code: str, using: str) -> list[Told]:
    rows = PublishedVersion.objects.using(using).filter(kind=DocumentKind.CASE, key=code)
    return told_by(rows.order_by("number"))


# Rows ---------------------------------------------------------------------------------------------------------------


def span_rows(course: Course) -> list[Row]:
    """Return the rows by which a case is listed for a past day: one a status, whether certain or not."""
    spans = course.editions[-1].spans if course.editions else ()
    changes = [one for number, one in enumerate(spans) if not number or one.status != spans[number - 1].status]
    ends = [*(one.since for one in changes[1:]), LASTING]
    return [(course.code, one.status.value, one.since, until) for one, until in zip(changes, ends, strict=True)]


def course_row(course: Course) -> Row:
    """Return the row that keeps what a case adds to the sums."""
    return course.code, canonical([_written(one) for one in course.editions]), course.on


def changes_kept(course: PublishedCourse) -> Changes:
    """Return exactly what a case added to the sums."""
    return changes_of([_read(one) for one in course.editions])


def _insert(courses: Sequence[Course], *, using: str) -> int:
    spans = [row for course in courses for row in span_rows(course)]
    insert_rows(PublishedCourse, COURSE_COLUMNS, [course_row(course) for course in courses], using=using)
    insert_rows(PublishedSpan, SPAN_COLUMNS, spans, using=using)
    return len(courses) + len(spans)


def _clear(codes: Sequence[str], using: str) -> None:
    for table in (PublishedSpan, PublishedCourse):
        table._default_manager.using(using).filter(case_id__in=codes).delete()


def _kept(code: str, using: str) -> PublishedCourse | None:
    return PublishedCourse.objects.using(using).select_for_update().filter(pk=code).first()


def _changes_in(course: PublishedCourse | None) -> Changes:
    return {} if course is None else changes_kept(course)


def _written(edition: Edition) -> list[Any]:
    spans = [[one.since.isoformat(), one.status.value, int(one.certain)] for one in edition.spans]
    return [edition.known.isoformat(), spans, edition.ethnicity, edition.sex]


def _read(written: list[Any]) -> Edition:
    known, spans, ethnicity, sex = written
    read = (StatusSpan(date.fromisoformat(since), Status(status), bool(sure)) for since, status, sure in spans)
    return Edition(date.fromisoformat(known), tuple(read), ethnicity, sex)


# Sums ---------------------------------------------------------------------------------------------------------------


def add(changes: Changes, *, using: str) -> None:
    """Add changes to the sums in one order of rows, so that two publications wait for each other and lose nothing."""
    rows = [
        (*(str(one) if isinstance(one, str) else one for one in key), *flow)
        for key, flow in sorted(sums_of(changes).items())
    ]
    add_sums(PublishedSum, SumKey._fields, ("came", "went"), rows, using=using)
    if changes:
        PublishedSum.objects.using(using).filter(came=0, went=0).delete()
