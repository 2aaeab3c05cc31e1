"""What the last publication of a case changed, read off two versions that anybody may read: never off one that is closed.

Both are told as of one day, so that time that passed is no change. Where the earlier version is closed, or the case came
back from a withdrawal, nothing is said of what differs.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cases.domain.custody import standing
from cases.published.custody import case_facts, last_sentence
from cases.published.documents import CaseDocument, DecisionDocument, SentenceDocument, SiteReference, canonical
from cases.published.facets import present_site
from cases.published.models import DocumentKind, PublishedCase, PublishedVersion


class Part(StrEnum):
    """The parts of a document by which a change is told."""

    NAMES = "names"
    PERSON = "person"
    SUMMARY = "summary"
    PHOTO = "photo"
    WORK = "work"
    CUSTODY = "custody"
    EVENTS = "events"
    PROCEEDINGS = "proceedings"
    CHARGES = "charges"
    HEARINGS = "hearings"
    DECISIONS = "decisions"
    ASSESSMENTS = "assessments"
    REHABILITATIONS = "rehabilitations"
    FINDINGS = "findings"
    SOURCES = "sources"
    OTHER = "other"


#: The part of each key of a document; a test holds it complete.
PARTS: dict[str, Part] = {
    **dict.fromkeys(("name", "names", "slug", "consent"), Part.NAMES),
    **dict.fromkeys(("sex", "ethnicity", "religion", "born", "died", "birthplace", "home"), Part.PERSON),
    **dict.fromkeys(("citizenships", "languages"), Part.PERSON),
    **dict.fromkeys(("roles", "affiliations"), Part.WORK),
    **dict.fromkeys(("stays", "whereabouts"), Part.CUSTODY),
    **dict.fromkeys(("sources", "cites", "assertions"), Part.SOURCES),
    **dict.fromkeys(("schema", "code", "kind", "invented"), Part.OTHER),
    "summary": Part.SUMMARY,
    "photo": Part.PHOTO,
    "events": Part.EVENTS,
    "proceedings": Part.PROCEEDINGS,
    "assessments": Part.ASSESSMENTS,
    "rehabilitations": Part.REHABILITATIONS,
    "findings": Part.FINDINGS,
}
#: The lists inside a proceeding that are told apart.
OF_PROCEEDINGS: dict[str, Part] = {
    "charges": Part.CHARGES,
    "hearings": Part.HEARINGS,
    "decisions": Part.DECISIONS,
}
#: What says where a fact is from; its numbers move whenever a source is added.
NOTES = frozenset({"cites", "assertions"})


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs: status, sentence and site before and now (None: the same), what is new, and every part that differs."""

    status: tuple[str, str] | None = None
    sentence: tuple[SentenceDocument | None, SentenceDocument | None] | None = None
    site: tuple[SiteReference | None, SiteReference | None] | None = None
    decisions: list[DecisionDocument] = field(default_factory=list)
    new_sources: int = 0
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class News:
    """Whether a case is new to the public, else what changed; `changes` is None where that cannot be said."""

    is_first: bool
    changes: Changes | None = None


def changes_between(before: CaseDocument, now: CaseDocument, *, on: date) -> Changes:
    """Return what differs between two documents of a case, both as of the day `on`."""
    statuses = tuple(standing(case_facts(one), on).status.value for one in (before, now))
    sentences, sites = (last_sentence(before), last_sentence(now)), (present_site(before, on), present_site(now, on))
    return Changes(
        status=None if statuses[0] == statuses[1] else (statuses[0], statuses[1]),
        sentence=None if _text(sentences[0]) == _text(sentences[1]) else sentences,
        site=None if _slug(sites[0]) == _slug(sites[1]) else sites,
        decisions=_added(_decisions(before), _decisions(now)),
        new_sources=len(_added(before["sources"], now["sources"])),
        # Two versions always differ: where no fact does, it is what is cited for them.
        parts=sorted(set(_parts(before, now)), key=list(Part).index) or [Part.SOURCES],
    )


def news_of(cases: Sequence[PublishedCase]) -> dict[str, News]:
    """Return what the last publication of each case brought, in one query; {} for no cases."""
    later = [case for case in cases if case.version > 1 and case.published_at != case.first_published_at]
    versions = {(row.key, row.number): row for row in _versions(later)}
    return {case.code: _news(case, versions) for case in cases}


def _news(case: PublishedCase, versions: dict[tuple[str, int], PublishedVersion]) -> News:
    if case.published_at == case.first_published_at:
        return News(is_first=True)
    before, now = versions.get((case.code, case.version - 1)), versions.get((case.code, case.version))
    if before is None or now is None or now.published_at != case.published_at:
        return News(is_first=False)
    day = timezone.localdate(now.published_at)
    return News(is_first=False, changes=changes_between(json.loads(before.text), json.loads(now.text), on=day))


def _versions(cases: Sequence[PublishedCase]) -> Iterable[PublishedVersion]:
    """Return the present version and the one before of each case, as far as they may be read."""
    if not cases:
        return []
    wanted = (Q(key=case.code, number__in=(case.version - 1, case.version)) for case in cases)
    return PublishedVersion.objects.filter(reduce(or_, wanted), kind=DocumentKind.CASE, closed_at__isnull=True)


def _parts(before: CaseDocument, now: CaseDocument) -> Iterator[Part]:
    for name, part in PARTS.items():
        then, present = before.get(name), now.get(name)
        if name == "proceedings":
            yield from _parts_of_proceedings(before["proceedings"], now["proceedings"])
        elif (_sources(then) != _sources(present)) if name == "sources" else (_text(then) != _text(present)):
            yield part


def _parts_of_proceedings(before: Any, now: Any) -> Iterator[Part]:
    for name, part in OF_PROCEEDINGS.items():
        if _text([one[name] for one in before]) != _text([one[name] for one in now]):
            yield part
    rests = [[{key: one[key] for key in one if key not in OF_PROCEEDINGS} for one in side] for side in (before, now)]
    if _text(rests[0]) != _text(rests[1]):
        yield Part.PROCEEDINGS


def _decisions(document: CaseDocument) -> list[DecisionDocument]:
    return [decision for proceeding in document["proceedings"] for decision in proceeding["decisions"]]


def _added(before: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    """Return what stands in `now` more often than in `before`, whatever is cited for it."""
    known = _sources(before)
    added = []
    for one in now:
        text = _text(_unnumbered(one))
        if text in known:
            known.remove(text)
        else:
            added.append(one)
    return added


def _sources(found: Any) -> list[str]:
    return sorted(_text(_unnumbered(one)) for one in found or ())


def _unnumbered(source: Any) -> Any:
    return {name: value for name, value in source.items() if name != "number"} if "reliability" in source else source


def _slug(site: SiteReference | None) -> str:
    return site["slug"] if site else ""


def _text(value: Any) -> str:
    """Return the text of a part without its notes; missing and empty are the same."""
    return canonical(_without_notes(value)) if value else ""


def _without_notes(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_notes(one) for name, one in value.items() if name not in NOTES}
    return [_without_notes(one) for one in value] if isinstance(value, list) else value
