"""Rows of the public tables for invented cases: what publishing each of them would leave behind."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from cases.domain.crowd_cases import Called, CrowdCase, CrowdLife, code_of, crowd_life, life_of, who_leads
from cases.enums import PublicationState
from cases.publication.crowd import Reference, crowd_documents, slug_of
from cases.published import courses
from cases.published.case_tables import Row, ShownCase
from cases.published.case_writing import case_row, withdrawn_row
from cases.published.courses import Course, Told
from cases.published.documents import canonical, sha256
from cases.published.models import DocumentKind
from cases.published.projections import shown_case

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

    def life(self, number: int) -> CrowdLife:
        """Make up the life with this number."""
        return crowd_life(number, seed=self.seed, today=self.on, world=self.reference.world)

    def called(self, life: CrowdLife, number: int) -> Called:
        """Make up who the case with this number is of; the life is that of its number."""
        return who_leads(life, number, seed=self.seed, world=self.reference.world)


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The rows of one case: its own, its versions' with their texts, what lists show of it (None where it is withdrawn).

    `told`: what was said of it from which day on; empty where it is withdrawn.
    """

    case: Row
    versions: list[Row]
    texts: list[str]
    shown: ShownCase | None
    told: list[Told]

    @property
    def course(self) -> Course | None:
        """The statuses of the case day by day, None where it is withdrawn; worked out anew each time."""
        return None if self.shown is None else courses.course_of(self.shown.code, self.told, self.shown.on)


def rows_of(crowd: Crowd, number: int) -> CaseRows:
    """Return the rows of one invented case, each computed as publication computes it."""
    life = crowd.life(life_of(number))
    case = CrowdCase(life, crowd.called(life, number))
    return told_rows(crowd, case, slug=slug_of(case))


def told_rows(crowd: Crowd, case: CrowdCase, *, slug: str) -> CaseRows:
    """Return the rows of one invented case that has this slug."""
    life, code = case.life, case.called.code
    documents = crowd_documents(case, crowd.reference, slug=slug)
    times = _times(life, crowd.at)
    withdrawn = None if life.withdrawn is None else crowd.at - life.withdrawn * DAY - HOUR
    texts = [canonical(document) for document in documents]
    versions = list(_versions(case, texts, times, withdrawn))
    own = {
        "state": PublicationState.PUBLISHED.value if withdrawn is None else PublicationState.WITHDRAWN.value,
        "version": len(texts),
        "sha256": sha256(texts[-1]),
        "show_until": None,
        "first_published_at": times[0],
        "published_at": times[-1],
        "withdrawn_at": withdrawn,
    }
    if withdrawn is not None:
        return CaseRows(withdrawn_row(code, **own), versions, texts, None, [])
    shown = shown_case(documents[-1], crowd.on, own={name: own[name] for name in OWN})
    told = [
        (timezone.localdate(time), None if life.closed and document is not documents[-1] else document)
        for time, document in zip(times, documents, strict=True)
    ]
    return CaseRows(case_row(shown, texts[-1], **own), versions, texts, shown, told)


def _times(life: CrowdLife, at: dt.datetime) -> list[dt.datetime]:
    """Return when each version was published: on its day, those of one day an hour after one another."""
    minute = dt.timedelta(minutes=life.minute)
    return [at - (ago + 1) * DAY + minute + place * HOUR for place, ago in enumerate(life.published)]


def _versions(
    case: CrowdCase, texts: Sequence[str], times: Sequence[dt.datetime], withdrawn: dt.datetime | None
) -> Iterator[Row]:
    for place, (text, published) in enumerate(zip(texts, times, strict=True)):
        is_last = place == len(texts) - 1
        closed = withdrawn or (times[place + 1] if case.life.closed and not is_last else None)
        kept = "" if closed else text
        yield (DocumentKind.CASE.value, case.called.code, place + 1, kept, sha256(text), published, closed, None)
