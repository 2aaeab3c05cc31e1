"""Putting back what the history kept: one field, one row, or a whole case as it stood at a moment.

The public side is not touched: what is put back goes through review like any change. Sealed values are put back shut.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.actions.citations import case_of
from cases.actions.permissions import EVERY_CASE, ActionRefused, Actor, require, require_case, require_proceeding
from cases.domain.sealing import SealingError
from cases.enums import AuditAction
from cases.file_fields import KeptFileField
from cases.models import AuditEntry, Prisoner, Proceeding
from cases.models.base import RESTORED_FROM, CaseRecord
from cases.queries.history import columns_of, label_of
from cases.queries.restoration import Plan, Step, plan_for_moment, plan_for_version
from cases.sealed import LookupField

#: Whose a case is: reviewers say so, in the form and here.
ASSIGNED = "assigned_to"


def restore_version(
    actor: Actor, record: models.Model, *, kind: str, version: int, column: str = "", state: str
) -> list[Prisoner]:
    """Put back a row as it was in a version of its history, or one field of it. Returns the cases that it belongs to.

    `state` is that of the plan that the actor saw. Raises ActionRefused where the row has changed since, or where what
    it was does not hold any more; then nothing was written.
    """
    if column == ASSIGNED:
        require(actor, EVERY_CASE)
    with transaction.atomic():
        _lock(record)
        plan = plan_for_version(record, kind, version, column=column)
        return _carry_out(actor, record, _checked(plan, state), columns={column} if column else None)


def restore_moment(actor: Actor, prisoner: Prisoner, *, moment: datetime, state: str) -> list[Prisoner]:
    """Put the whole case back to how it stood at a moment, all of it or nothing. Returns the cases concerned."""
    with transaction.atomic():
        _lock(prisoner)
        plan = _checked(plan_for_moment(prisoner, moment), state)
        done = _carry_out(actor, prisoner, plan)
        AuditEntry.objects.append(
            AuditAction.RESTORED,
            actor=require(actor),
            subject=prisoner,
            case=prisoner.code,
            payload={"moment": moment.isoformat(), "rows": len(plan.steps)},
        )
    return done


def _lock(record: models.Model) -> None:
    """Let no second restoration begin before this one is done."""
    type(record)._default_manager.select_for_update().get(pk=record.pk)


def _checked(plan: Plan | None, state: str) -> Plan:
    if plan is None or not plan.steps:
        raise ActionRefused(_("Nothing would change: it already is as it was then."))
    if plan.state != state:
        raise ActionRefused(
            _(
                "Somebody changed this after you opened the page. Nothing was put back: look at what is new, and try again."
            )
        )
    return plan


def _carry_out(actor: Actor, record: models.Model, plan: Plan, *, columns: set[str] | None = None) -> list[Prisoner]:
    """Do every step; one that another is in the way of is tried again after the others."""
    _allow(actor, record, plan.steps)
    _require_cases(actor, record, plan.steps)
    waiting = plan.steps
    while waiting:
        refused: list[tuple[Step, ActionRefused]] = []
        for step in waiting:
            try:
                with transaction.atomic():
                    _do(actor, step, columns)
            except ActionRefused as problem:
                refused.append((step, problem))
        if len(refused) == len(waiting):
            raise refused[0][1]
        waiting = [step for step, _problem in refused]
    return cases_of(record, plan.steps)


def _allow(actor: Actor, record: models.Model, steps: Iterable[Step]) -> None:
    """Restoring is changing: it needs what the form would need."""
    require(actor, f"cases.change_{record._meta.model_name}")
    for step in steps:
        verb = "change" if step.is_change else "add" if step.now is None else "delete"
        require(actor, f"cases.{verb}_{step.model._meta.model_name}")


def _require_cases(actor: Actor, record: models.Model, steps: Iterable[Step]) -> None:
    """Raise PermissionDenied unless all of it is the actor's to change today, wherever it once belonged."""
    now = {case.pk for case in map(_case_now, steps) if case is not None}
    for prisoner in Prisoner.objects.filter(pk__in=_prisoners(record, steps) | now):
        require_case(actor, prisoner)
    for proceeding in Proceeding.objects.filter(pk__in=_proceedings(record, steps)):
        require_proceeding(actor, proceeding)


def _case_now(step: Step) -> Prisoner | None:
    """Return the case that a row belongs to now: what it hangs on may have been moved."""
    row = step.model._default_manager.filter(pk=step.pk).first()
    return case_of(row) if isinstance(row, CaseRecord) else None


def cases_of(record: models.Model, steps: Iterable[Step]) -> list[Prisoner]:
    """Return the cases whose facts the steps change, those of a shared trial included."""
    trials = models.Q(defendants__proceeding__in=_proceedings(record, steps))
    either = models.Q(pk__in=_prisoners(record, steps)) | trials
    return list(Prisoner.objects.filter(either).distinct().order_by("pk"))


def _proceedings(record: models.Model, steps: Iterable[Step]) -> set[Any]:
    own: set[Any] = {record.pk} if isinstance(record, Proceeding) else set()
    themselves = {step.pk for step in steps if step.model is Proceeding}
    return own | themselves | {getattr(version, "proceeding_id", None) for version in _versions(steps)} - {None}


def _prisoners(record: models.Model, steps: Iterable[Step]) -> set[Any]:
    own: set[Any] = {record.pk} if isinstance(record, Prisoner) else set()
    return own | {getattr(version, "prisoner_id", None) for version in _versions(steps)} - {None}


def _versions(steps: Iterable[Step]) -> list[Any]:
    return [version for step in steps for version in (step.now, step.then) if version is not None]


def _do(actor: Actor, step: Step, columns: set[str] | None) -> None:
    live = step.model._default_manager.select_for_update().filter(pk=step.pk).first()
    if (live is None) != (step.now is None):
        if live is None and step.then is None:
            return  # it went with what it belonged to
        raise ActionRefused(_refusal(step, [_("the row and its history do not agree; tell an administrator.")]))
    try:
        if step.then is None:
            _sign(live, actor, step.now)
            live.delete()
        else:
            _put_back(actor, live or step.model(pk=step.pk), step, columns)
    except ValidationError as problem:
        raise ActionRefused(_refusal(step, _messages(step.model, problem))) from problem
    except (IntegrityError, ProtectedError) as problem:
        words = _("other records stand in the way of it; change those first.")
        raise ActionRefused(_refusal(step, [words])) from problem
    except SealingError as problem:
        words = _("the key of a sealed value is missing, so it cannot be put back.")
        raise ActionRefused(_refusal(step, [words])) from problem


def _put_back(actor: Actor, row: Any, step: Step, columns: set[str] | None) -> None:
    _sign(row, actor, step.then)
    is_new = step.now is None
    wanted = step.model._meta.concrete_fields if is_new else tuple(columns_of(step.then))
    given = [column for column in wanted if columns is None or column.name in columns]
    given = [column for column in given if not column.primary_key and not isinstance(column, LookupField)]
    if not actor.has_perm(EVERY_CASE):  # whose a case is stays as it is
        given = [column for column in given if column.name != ASSIGNED]
    for column in given:
        _check_kept(column, step.then)
        setattr(row, column.attname, getattr(step.then, column.attname))
        if isinstance(column, KeptFileField):  # a file and its hash go together
            setattr(row, column.hash_name, getattr(step.then, column.hash_name))
    for lookup in step.model._meta.concrete_fields:
        if isinstance(lookup, LookupField) and any(column.name == lookup.source for column in given):
            lookup.renew(row)
    row.full_clean(validate_unique=True)
    row.save(force_insert=is_new)
    if columns is None:
        for name in getattr(row, "_history_m2m_fields", ()):
            _put_links_back(row, step.then, name)


def _check_kept(column: Any, version: Any) -> None:
    """Refuse to refer to what is no longer there."""
    value = getattr(version, column.attname)
    if not value:
        return
    if isinstance(column, models.ForeignKey) and column.related_model is not None:
        if column.related_model is ContentType or column.related_model._default_manager.filter(pk=value).exists():
            return
        raise ValidationError({column.name: _("what it referred to was deleted since; put that back first.")})
    if isinstance(column, models.FileField) and not default_storage.exists(str(value)):
        raise ValidationError({column.name: _("the file is no longer kept.")})


def _put_links_back(row: Any, version: Any, name: str) -> None:
    target = row._meta.get_field(name).related_model
    wanted = getattr(version, name).values_list(f"{target._meta.model_name}_id", flat=True)
    getattr(row, name).set(target._default_manager.filter(pk__in=list(wanted)))


def _sign(row: Any, actor: Actor, version: Any) -> None:
    """Have the history and the audit say who put it back, and from which version."""
    row._history_user = actor  # noqa: SLF001 - the library's documented way
    at = version.history_date.isoformat()
    setattr(row, RESTORED_FROM, {"version": version.history_id, "at": at})


def _refusal(step: Step, messages: list[str]) -> str:
    what = " ".join(part for part in (step.row, step.title) if part)
    return _("%(row)s cannot be put back: %(problem)s") % {"row": what, "problem": " ".join(messages)}


def _messages(model: Any, problem: ValidationError) -> list[str]:
    if not hasattr(problem, "error_dict"):
        return list(problem.messages)
    columns = {column.name: capfirst(label_of(column)) for column in model._meta.concrete_fields}
    return [
        f"{columns[name]}: {' '.join(said)}" if name in columns else " ".join(said)
        for name, said in problem.message_dict.items()
    ]
