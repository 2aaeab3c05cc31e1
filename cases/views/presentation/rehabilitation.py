"""Rehabilitation on a page: the sequence of decisions, and what stands after it in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from django.utils.translation import get_language

from cases.published.documents import Card, CardRehabilitation, CaseDocument, RehabilitationDocument
from cases.published.models import PublishedCase
from cases.published.rehabilitations import present_of, rehabilitations_of
from cases.published.words import gettext
from cases.templatetags.tracker import label
from cases.views.presentation.notes import Citer, Notes
from cases.views.presentation.rows import case_path

Told: TypeAlias = RehabilitationDocument | CardRehabilitation


@dataclass(frozen=True, slots=True)
class Step:
    """One decision of the sequence with its notes; `is_present`: it is what stands."""

    decision: Told
    notes: Notes
    is_present: bool


@dataclass(frozen=True, slots=True)
class Rehabilitation:
    """The sequence, and its present status in words."""

    steps: tuple[Step, ...]
    present: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One case in the list of rescinded rehabilitations."""

    path: str
    name: str
    is_withheld: bool
    is_invented: bool
    rehabilitation: Rehabilitation


def rehabilitation(document: CaseDocument, citer: Citer) -> Rehabilitation | None:
    """Return the sequence of a case with its sources; None where nothing was decided."""
    told = rehabilitations_of(document)
    return _sequence(told, [citer.notes(one) for one in told])


def rows(cases: Iterable[PublishedCase]) -> list[Row]:
    """Return the rows of the list in the active language, from their cards alone."""
    return [row for case in cases if (row := _row(case))]


def _row(case: PublishedCase) -> Row | None:
    told = cast("Card", case.card).get("rehabilitations", [])
    sequence = _sequence(told, [Notes()] * len(told))
    names = (case.name_uk, case.name_en) if get_language() == "uk" else (case.name_en, case.name_uk)
    if sequence is None:
        return None
    return Row(
        path=case_path(case.code, case.slug),
        name=names[0] or names[1] or gettext("Name withheld"),
        is_withheld=not case.slug,
        is_invented=case.is_invented,
        rehabilitation=sequence,
    )


def _sequence(told: Sequence[Told], notes: Sequence[Notes]) -> Rehabilitation | None:
    now = present_of(told)
    if now is None:
        return None
    words = label(now.outcome, "RehabilitationOutcome")
    if not now.certain:
        words = gettext("%(status)s, possibly: the dates leave open which decision is the last") % {"status": words}
    steps = [Step(told[place], beside, place == now.place) for place, beside in enumerate(notes)]
    return Rehabilitation(tuple(steps), words, now.certain)
