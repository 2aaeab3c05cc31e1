"""From what is said of a case to the rows and boxes where it is settled: words, and an address to press."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Prisoner, Proceeding
from cases.publication.casefile import OF_THE_PERSON, CaseFile, read_case, read_trials
from cases.publication.document import build_from
from cases.publication.findings import Finding, findings_of
from cases.publication.publish import PublicSideUnreachable, new_references
from cases.published.documents import CaseDocument
from cases.queries.changes import PICTURE, is_place
from cases.queries.custody import Warned
from cases.queries.lines import name_of
from cases.queries.row_words import path_in_words, title_of

#: Lists of a document that are rows of the person's form.
ROWS = frozenset(OF_THE_PERSON)
TRANSLATED = frozenset({"summary"})
#: Parts of a document whose box on the person's form is called otherwise.
ELSEWHERE = {
    "name": "#names-group",
    "sources": "#case_citations-group",
    "cites": "#case_citations-group",
    "assertions": "#case_citations-group",
    "invented": "#id_is_invented",
    "findings": "#clock",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A row or a box of a form: what it is, and where."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Pointed:
    """Something to settle, and the places where that can be done."""

    message: str
    places: list[Place] = field(default_factory=list)
    blocks: bool = False


def point_at_rows(warned: Iterable[Warned], prisoner: Prisoner) -> list[Pointed]:
    """Return contradictions with links to their rows; `prisoner` comes from `with_facts`."""
    rows = dict(_rows(prisoner))
    return [Pointed(one.message, [_place(ref, *rows[ref]) for ref in one.refs if ref in rows]) for one in warned]


def _rows(prisoner: Prisoner) -> Iterator[tuple[str, tuple[Model, str]]]:
    """Yield each row that a contradiction may name, with the page on which it stands ("" for the person's own)."""
    for row in (*prisoner.stays.all(), *prisoner.events.all()):
        yield _ref(row), (row, "")
    for defendant in prisoner.defendants.all():
        page = reverse("admin:cases_proceeding_change", args=[defendant.proceeding_id])
        for sitting in (*defendant.proceeding.hearings.all(), *defendant.proceeding.decisions.all()):
            yield _ref(sitting), (sitting, page)


def _ref(row: Model) -> str:
    return f"{row._meta.model_name}-{row.pk}"


def _place(ref: str, row: Model, page: str) -> Place:
    return Place(name_of(row), f"{page}#{ref}")


def point_at_facts(
    findings: Iterable[Finding], document: Mapping[str, Any], proceedings: Sequence[Proceeding]
) -> list[Pointed]:
    """Return the findings, those that say the same in one, each with the facts that it is about.

    `proceedings` stand in the order of the document's.
    """
    found: dict[tuple[bool, str], Pointed] = {}
    for finding in findings:
        one = found.setdefault((finding.blocks, finding.message), Pointed(finding.message, [], finding.blocks))
        one.places.append(_fact(finding.field, document, proceedings))
    return list(found.values())


def what_to_settle(prisoner: Prisoner, *, on: dt.date) -> tuple[CaseDocument, list[Pointed]]:
    """Return the document as it would be published, and what speaks against that on the day `on`."""
    return settle(read_case(prisoner), on=on)


def settle(case: CaseFile, *, on: dt.date) -> tuple[CaseDocument, list[Pointed]]:
    """Return the same of a case that has been read."""
    document = build_from(case)
    proceedings = [trial.proceeding for trial in case.trials]
    return document, point_at_facts(findings_of(case, document, on=on), document, proceedings)


def pages_that_come_along(prisoner: Prisoner) -> list[Pointed]:
    """Tell which sites and provisions get a public page with the case: nobody reviews those pages but who reviews it."""
    try:
        records = new_references(prisoner)
    except PublicSideUnreachable:
        return []
    places = [Place(str(one), reverse(f"admin:cases_{one._meta.model_name}_change", args=[one.pk])) for one in records]
    return (
        [Pointed(_("These get a public page with the case. Read what is written there too."), places)] if places else []
    )


def _fact(path: str, document: Mapping[str, Any], proceedings: Sequence[Proceeding]) -> Place:
    steps = path.split(".")
    words = title_of(steps, document)
    numbered = [str(int(step) + 1) if step.isdigit() else step for step in steps]
    said = path_in_words(numbered)
    return Place(f"{said}: {words}" if words else said, _address(steps, proceedings))


def address_of(path: str, prisoner: Prisoner) -> str:
    """Return where a place of a case's document ("events.2.title.en") is written at the desk."""
    steps = path.split(".")
    trials = read_trials(prisoner) if steps[0] == "proceedings" else []
    return _address(steps, [trial.proceeding for trial in trials])


def _address(steps: Sequence[str], proceedings: Sequence[Proceeding]) -> str:
    first, *others = steps
    if first == "proceedings":
        if not others or not others[0].isdigit() or int(others[0]) >= len(proceedings):
            return PROCEEDINGS
        page = reverse("admin:cases_proceeding_change", args=[proceedings[int(others[0])].pk])
        inside = others[1] if len(others) > 1 else "charges"
        return f"{page}{_in_proceeding(inside, others)}"
    if first in ROWS:
        return f"#{first}-group"
    if first in ELSEWHERE:
        return ELSEWHERE[first]
    if first == "photo" and others:
        return "#id_photo" if tuple(steps) == PICTURE else "#id_photo_" + "_".join(others).replace("-", "_")
    return "#id_" + "_".join(steps[:2] if first in TRANSLATED else steps[:1]).replace("-", "_")


#: Where a proceeding that is no longer in the document would be: the list of them on the case's screen.
PROCEEDINGS = "#proceedings-title"


def _in_proceeding(inside: str, steps: Sequence[str]) -> str:
    """Return the part of a proceeding's page: a group of rows, or one of its own boxes."""
    if inside == "charges":
        return "#defendants-group"
    if len(steps) > OWN_FIELD and is_place(steps[OWN_FIELD]):
        return f"#{inside}-group"
    return "#id_" + "_".join(steps[1:3]).replace("-", "_") if inside in ("title", "summary") else f"#id_{inside}"


#: After the proceeding's place and the name of its part comes the place of a row, where the part has rows.
OWN_FIELD = 2
