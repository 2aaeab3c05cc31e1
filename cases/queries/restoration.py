"""What would change if a row, or a whole case, became what it was by its history: the plan, before anything is done."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import capfirst

from cases.models import Citation, Defendant, Prisoner, Proceeding, Publication
from cases.queries.history import FieldChange, Versions, Words, compared, is_other, versions_of

#: What is put back first, so that what refers to it finds it; the rest follows in the order of the history.
FIRST = ("Proceeding", "Defendant", "Decision")
OF_A_PROCEEDING = ("Hearing", "Decision", "Involvement")


@dataclass(frozen=True, slots=True)
class Step:
    """One row: `now` is its newest version, `then` the one to put back; None where there is no row."""

    model: Any
    pk: int
    now: Any
    then: Any
    row: str = ""
    title: str = ""
    fields: list[FieldChange] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        return self.now is not None and self.then is not None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done, the state of the history that it was made from, and the proceedings that are left out."""

    steps: list[Step]
    state: str
    left_out: list[str] = field(default_factory=list)


def plan_for_version(record: models.Model, kind: str, version: int, *, column: str = "") -> Plan | None:
    """Return the plan to put back one version of one row below the record, or one field of it; None if there is none."""
    versions = versions_of(record)
    for (model, pk), rows in versions.items():
        wanted = next((one for one in rows if one.history_id == version), None)
        if model._meta.model_name != kind or wanted is None or model is Publication:
            continue
        newest = rows[-1]
        if not is_other(wanted, newest) and not column:
            return None
        now = newest if newest.history_type != "-" else None
        if column and (now is None or wanted.history_type == "-"):
            return None
        steps = [step for step in _told(record, versions, [(model, pk, now, wanted)], column) if step.fields]
        return Plan(steps, state_of({(model, pk): rows})) if steps else None
    return None


def plan_for_moment(prisoner: Prisoner, moment: datetime) -> Plan:
    """Return the plan to put the whole case back to a moment.

    A trial that others share stays as it is: it belongs to their cases too. What was decided about publication stays.
    """
    versions = versions_of(prisoner)
    own, shared = _trials(prisoner, versions, moment)
    pairs = []
    for (model, pk), rows in versions.items():
        if model is Publication or not _is_of_case(model, pk, rows, versions, own):
            continue
        before = [row for row in rows if row.history_date <= moment]
        then = before[-1] if before and before[-1].history_type != "-" else None
        now = rows[-1] if rows[-1].history_type != "-" else None
        if model is Prisoner and then is None:
            continue
        if now is not None or then is not None:
            pairs.append((model, pk, now, then))
    steps = [step for step in _told(prisoner, versions, pairs) if step.fields]
    return Plan(_in_order(steps), state_of(versions), left_out=sorted(shared))


def state_of(versions: Versions) -> str:
    """Return what stands for the newest version of every row: it is another one as soon as any of them changes."""
    newest = sorted((str(model._meta.model_name), pk, rows[-1].history_id) for (model, pk), rows in versions.items())
    return hashlib.sha256(repr(newest).encode()).hexdigest()


def _trials(prisoner: Prisoner, versions: Versions, moment: datetime) -> tuple[set[int], set[str]]:
    """Return the proceedings that were this person's at the moment and nobody else's, and the names of the others."""
    known = {pk for model, pk in versions if model is Proceeding}
    others = Defendant.history.filter(proceeding_id__in=known).exclude(prisoner_id=prisoner.pk)
    with_others = set(others.values_list("proceeding_id", flat=True))
    then = {
        row.proceeding_id
        for (model, _pk), rows in versions.items()
        if model is Defendant
        for row in rows
        if row.history_date <= moment
    }
    shared = Proceeding.objects.filter(pk__in=known & with_others)
    return (known & then) - with_others, {str(proceeding) for proceeding in shared}


def _is_of_case(model: Any, pk: int, rows: list[Any], versions: Versions, own: set[int]) -> bool:
    if model is Proceeding:
        return pk in own
    if model.__name__ in OF_A_PROCEEDING:
        return rows[-1].proceeding_id in own
    if model is Citation:
        about = rows[-1]
        for (kind, number), found in versions.items():
            same = kind is not Citation and number == about.object_id
            if same and kind._meta.model_name == ContentType.objects.get_for_id(about.content_type_id).model:
                return _is_of_case(kind, number, found, versions, own)
    return True


def _told(record: models.Model, versions: Versions, pairs: Iterable[Any], column: str = "") -> Iterable[Step]:
    words = Words(record, versions)
    for model, pk, now, then in pairs:
        fields = [one for one in compared(now, then, words) if not column or one.name == column]
        shown = now if now is not None else then
        name = capfirst(str(model._meta.verbose_name))
        yield Step(model, pk, now, then, row=name, title=words.title(shown), fields=fields)


def _in_order(steps: list[Step]) -> list[Step]:
    """Removals from the last to the first, then changes and what comes back, what is referred to before what refers."""
    place = {name: number for number, name in enumerate(FIRST)}
    ranked = sorted(
        enumerate(steps),
        key=lambda one: (place.get(one[1].model.__name__, len(FIRST)), one[1].model is Citation, one[0]),
    )
    ordered = [step for _number, step in ranked]
    gone = [step for step in reversed(ordered) if step.then is None]
    return gone + [step for step in ordered if step.then is not None]
