"""Rows of the public tables for invented cases, and writing them: what publishing each of them would leave behind."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import router, transaction
from django.utils import timezone

from cases.domain.crowd_cases import CrowdCase, code_of, crowd_case
from cases.enums import PublicationState
from cases.publication.crowd import Reference, crowd_documents
from cases.published import courses
from cases.published.case_tables import Row, ShownCase
from cases.published.case_writing import CASE_COLUMNS, VERSION_COLUMNS, Sums, case_row, withdrawn_row, write_rows_of
from cases.published.courses import Course
from cases.published.documents import canonical, sha256
from cases.published.engine import insert_rows
from cases.published.facets import places_of
from cases.published.models import DocumentKind, PublishedCase, PublishedVersion
from cases.published.name_vocabulary import count_changes, record
from cases.published.projections import shown_case
from cases.published.state import renew
from cases.published.subjects import show_places

#: What the lines of a case tell of its row beside what follows from the document.
OWN = ("version", "sha256", "show_until", "published_at")
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Crowd:
    """What a crowd is made from: the seed, the day and time of making, and the reference data."""

    seed: int
    on: dt.date
    at: dt.datetime
    reference: Reference

    def code(self, number: int) -> str:
        """Return the code of the case with this number."""
        return code_of(self.seed, number, self.reference.world.code_alphabet)

    def case(self, number: int) -> CrowdCase:
        """Make up the case with this number."""
        return crowd_case(number, seed=self.seed, today=self.on, world=self.reference.world)


@dataclass(slots=True)
class Written:
    """How many cases were written, how many were there already, and how many rows it took, totals not counted."""

    cases: int = 0
    kept: int = 0
    rows: int = 0


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The rows of one case: its own, its versions', what lists show of it and its course (None where it is withdrawn)."""

    case: Row
    versions: list[Row]
    shown: ShownCase | None
    course: Course | None


def write_range(crowd: Crowd, numbers: range) -> Written:
    """Write the cases with these numbers that are not there yet, all of them or none."""
    alias = router.db_for_write(PublishedCase)
    codes = {crowd.code(number): number for number in numbers}
    there = set(PublishedCase.objects.using(alias).filter(pk__in=codes).values_list("pk", flat=True))
    made = [rows_of(crowd, number) for code, number in codes.items() if code not in there]
    with transaction.atomic(using=alias):
        written = _write(made, using=alias)
    return Written(cases=len(made), kept=len(there), rows=written)


def _write(made: Sequence[CaseRows], *, using: str) -> int:
    if not made:
        return 0
    shown, sums = [one.shown for one in made if one.shown is not None], Sums()
    for one in shown:
        sums.add(one)
    versions = [row for one in made for row in one.versions]
    insert_rows(PublishedVersion, VERSION_COLUMNS, versions, using=using)
    insert_rows(PublishedCase, CASE_COLUMNS, [one.case for one in made], using=using)
    rows = write_rows_of(shown, using=using)
    record((term for one in shown for term in one.terms), by=1, using=using)
    count_changes(using)
    # Last, and in the order of a publication: others wait for these rows until this transaction ends.
    show_places((place for one in shown for place in places_of(one.document)), using=using)
    sums.write(using=using)
    rows += courses.write([one.course for one in made if one.course is not None], using=using)
    renew(using)
    return rows + len(versions) + len(made)


def rows_of(crowd: Crowd, number: int) -> CaseRows:
    """Return the rows of one invented case."""
    case = crowd.case(number)
    documents = crowd_documents(case, crowd.reference)
    times = _times(case, crowd.at)
    withdrawn = None if case.withdrawn is None else crowd.at - case.withdrawn * DAY - HOUR
    texts = [canonical(document) for document in documents]
    versions = list(_versions(case, texts, times, withdrawn))
    number_of_last, digest = len(texts), sha256(texts[-1])
    own = {
        "state": PublicationState.PUBLISHED.value if withdrawn is None else PublicationState.WITHDRAWN.value,
        "version": number_of_last,
        "sha256": digest,
        "show_until": None,
        "first_published_at": times[0],
        "published_at": times[-1],
        "withdrawn_at": withdrawn,
    }
    if withdrawn is not None:
        return CaseRows(withdrawn_row(case.code, **own), versions, None, None)
    shown = shown_case(documents[-1], crowd.on, own={name: own[name] for name in OWN})
    told = [
        (timezone.localdate(time), None if case.closed and document is not documents[-1] else document)
        for time, document in zip(times, documents, strict=True)
    ]
    course = courses.course_of(case.code, told, crowd.on)
    return CaseRows(case_row(shown, texts[-1], **own), versions, shown, course)


def _times(case: CrowdCase, at: dt.datetime) -> list[dt.datetime]:
    """Return when each version was published: on its day, those of one day an hour after one another."""
    minute = dt.timedelta(minutes=case.minute)
    return [at - (ago + 1) * DAY + minute + place * HOUR for place, ago in enumerate(case.published)]


def _versions(
    case: CrowdCase, texts: Sequence[str], times: Sequence[dt.datetime], withdrawn: dt.datetime | None
) -> Iterator[Row]:
    for place, (text, published) in enumerate(zip(texts, times, strict=True)):
        is_last = place == len(texts) - 1
        closed = withdrawn or (times[place + 1] if case.closed and not is_last else None)
        kept = "" if closed else text
        yield (DocumentKind.CASE.value, case.code, place + 1, kept, sha256(text), published, closed, None)
