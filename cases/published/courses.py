"""The statuses of a case day by day as its versions tell them: spans to list by, sums to count by.

Everything here can be rebuilt from the versions alone. A closed version counts as the next one that is open, so what it
showed is in no sum; a case that is taken out leaves no sum behind, whatever day is asked for.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connections
from django.utils import timezone

from cases.domain.case_facts import CaseFacts
from cases.domain.counted_days import Changes, Edition, Flow, SumKey, changes_of, difference, sums_of
from cases.domain.status_spans import StatusSpan, status_spans
from cases.enums import Status
from cases.published.custody import case_facts
from cases.published.documents import CaseDocument
from cases.published.models import DocumentKind, PublishedCourse, PublishedSpan, PublishedSum, PublishedVersion

LASTING = date.max
ROWS_A_STATEMENT = 100
KEY_COLUMNS = SumKey._fields


def put_in(code: str, *, on: date, using: str) -> None:
    """Count a published case by its versions, with the statuses derived for `on`; what it added before is replaced."""
    editions = editions_of(_versions(code, using), on)
    before = _course(code, using)
    PublishedCourse(case_id=code, editions=[_written(one) for one in editions], as_of=on).save(using=using)
    PublishedSpan.objects.using(using).filter(case_id=code).delete()
    PublishedSpan.objects.using(using).bulk_create(span_rows(code, editions[-1].spans if editions else ()))
    add(difference(changes_of(editions), _changes_in(before)), using=using)


def take_out(code: str, *, using: str) -> None:
    """Let nothing of a case be counted on any day, nor by anything that was known on any day."""
    before = _course(code, using)
    add(difference({}, _changes_in(before)), using=using)
    PublishedCourse.objects.using(using).filter(pk=code).delete()
    PublishedSpan.objects.using(using).filter(case_id=code).delete()


def recount(codes: Iterable[str], *, using: str) -> None:
    """Count cases again after some of their versions were closed or opened; those that are not counted stay so."""
    for course in PublishedCourse.objects.using(using).filter(pk__in=sorted(codes)).order_by("pk"):
        put_in(course.pk, on=course.as_of, using=using)


def clear(*, using: str) -> None:
    """Empty the tables before they are made anew."""
    for table in (PublishedSum, PublishedSpan, PublishedCourse):
        table._default_manager.using(using).all().delete()


# Reading versions ---------------------------------------------------------------------------------------------------


def editions_of(versions: Sequence[tuple[date, str]], on: date) -> list[Edition]:
    """Return what the versions (day of publication, text or "") say for counting; one that changes nothing is left out."""
    told: list[tuple[date, CaseDocument | None]] = []
    following: CaseDocument | None = None
    for known, text in reversed(versions):
        following = json.loads(text) if text else following
        told.insert(0, (known, following))
    spans: dict[CaseFacts, tuple[StatusSpan, ...]] = {}
    editions: list[Edition] = []
    for known, document in told:
        if document is None:
            continue
        facts = case_facts(document)
        if facts not in spans:
            spans[facts] = status_spans(facts, on, undated_since=versions[0][0])
        edition = Edition(known, spans[facts], document["ethnicity"], document["sex"])
        if not editions or _content(edition) != _content(editions[-1]):
            editions.append(edition)
    return editions


def _content(edition: Edition) -> tuple[Any, ...]:
    return edition.spans, edition.ethnicity, edition.sex


def _versions(code: str, using: str) -> list[tuple[date, str]]:
    rows = PublishedVersion.objects.using(using).filter(kind=DocumentKind.CASE, key=code).order_by("number")
    return [(timezone.localdate(at), text) for at, text in rows.values_list("published_at", "text")]


def span_rows(code: str, spans: Sequence[StatusSpan]) -> list[PublishedSpan]:
    """Return the rows of a case by which it is listed for a past day: one a status, whether certain or not."""
    changes = [one for number, one in enumerate(spans) if not number or one.status != spans[number - 1].status]
    ends = [*(one.since for one in changes[1:]), LASTING]
    return [
        PublishedSpan(case_id=code, status=one.status.value, since=one.since, until=until)
        for one, until in zip(changes, ends, strict=True)
    ]


# The course as it is kept ---------------------------------------------------------------------------------------------


def _course(code: str, using: str) -> PublishedCourse | None:
    return PublishedCourse.objects.using(using).select_for_update().filter(pk=code).first()


def _changes_in(course: PublishedCourse | None) -> Changes:
    return {} if course is None else changes_kept(course)


def changes_kept(course: PublishedCourse) -> Changes:
    """Return exactly what a case added to the sums."""
    return changes_of([_read(one) for one in course.editions])


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
    for part in _parts(sorted(sums_of(changes).items())):
        _upsert(part, using)
    if changes:
        PublishedSum.objects.using(using).filter(came=0, went=0).delete()


def _parts(rows: list[tuple[SumKey, Flow]]) -> Iterator[list[tuple[SumKey, Flow]]]:
    yield from (rows[start : start + ROWS_A_STATEMENT] for start in range(0, len(rows), ROWS_A_STATEMENT))


def _upsert(rows: list[tuple[SumKey, Flow]], using: str) -> None:
    """Add to the rows that are there and insert the others, in one statement that both databases understand."""
    connection = connections[using]
    table, *columns = map(connection.ops.quote_name, (PublishedSum._meta.db_table, *KEY_COLUMNS, "came", "went"))
    row = f"({', '.join(['%s'] * len(columns))})"
    statement = (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * len(rows))} "  # noqa: S608 - our own names
        f"ON CONFLICT ({', '.join(columns[:-2])}) DO UPDATE "
        f"SET came = {table}.came + excluded.came, went = {table}.went + excluded.went"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [str(one) if isinstance(one, str) else one for row in rows for one in (*row[0], *row[1])]
        )
