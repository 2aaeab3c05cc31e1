"""The removal itself: rows, history, joins, payloads of the audit, the public side. Inside the caller's transaction."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connections, router
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.actions.permissions import ActionRefused
from cases.enums import AuditAction
from cases.models import AuditEntry, AuditHead, DoomedFile, FormDraft, Prisoner
from cases.models.audit import Someone
from cases.publication.publish import erase_case
from cases.queries.erased import Subject
from cases.queries.erased_entries import entries_about
from cases.queries.erasure import Found, find, has_past, joins, model_of, past, table
from cases.queries.erasure_table import TREATMENT
from cases.queries.mentions import (
    Wanted,
    draft_names,
    earlier_reasons,
    earlier_submissions,
    earlier_versions,
    naming_versions,
    wanted_names,
)

#: How many numbers one statement names.
CHUNK = 500


def remove(actor: Someone, subject: Subject, reference: str, told: dict[str, Any], *, at: datetime) -> dict[str, int]:
    """Remove the person and write the one entry that says so. Returns how many of what."""
    # Who writes to the audit waits here, so that nothing about the person is written while it is removed.
    AuditHead.objects.select_for_update().get_or_create(pk=AuditHead.ONLY)
    kind = str(subject._meta.model_name)
    found = find(kind, subject.pk, subject.code if isinstance(subject, Prisoner) else "")
    if found.blockers:
        raise ActionRefused(
            _("Nothing was erased: the program does not know how to treat %(what)s. Tell those who maintain it.")
            % {"what": "; ".join(found.blockers)}
        )
    wanted = wanted_names(found)
    counts = found.counts()
    entries = entries_about(found, wanted)
    naming = naming_versions(found, wanted)
    counts["history"] = found.history_count() + _remove_earlier(found, wanted)
    counts["formdraft"] += _forget_drafts(found, wanted)
    _doom(found.files, at)
    _remove(found)
    empty_payloads(entries)
    counts["audit"], counts["files"] = len(entries), len(found.files)
    _check()
    counts["versions"] = erase_case(found.code, naming, at=at)
    kept = {name: number for name, number in sorted(counts.items()) if number}
    AuditEntry.objects.append(
        AuditAction.ERASED,
        actor=actor,
        case=found.code,
        payload={"erasure": reference, "kind": kind, "entries": entries, "counts": kept, **told},
        at=at,
    )
    return kept


def empty_payloads(numbers: Iterable[int]) -> None:
    """Remove the payloads and salts of entries; their digests keep the chain whole. An entry must name the numbers."""
    for some in _chunks(sorted(numbers)):
        AuditEntry.objects.filter(number__in=some).update(payload=None, salt="")


def _remove(found: Found) -> None:
    """Delete rows, their history and joins without writing history anew."""
    for kind in TREATMENT:
        for join, own, other, target in joins(kind):
            _delete(join._default_manager.filter(**{f"{own}__in": found.rows.get(kind, set())}))
            _delete(join._default_manager.filter(**{f"{other}__in": found.rows.get(target, set())}))
    for (kind, column), keys in found.loosened.items():
        table(kind).filter(pk__in=keys).update(**{column: None})
        target = model_of(kind)._meta.get_field(column.removesuffix("_id")).related_model._meta.model_name
        if has_past(kind):
            past(kind).filter(**{f"{column}__in": found.rows[target]}).update(**{column: None})
    for kind, versions in found.versions.items():
        _delete_versions(kind, versions)
    for kind in filter(has_past, found.rows):
        _delete(past(kind).filter(id__in=found.rows[kind]))
    for kind, keys in found.rows.items():
        _delete(table(kind).filter(pk__in=keys))


def _remove_earlier(found: Found, wanted: Wanted) -> int:
    """Remove what named the person before in what stays and names them no more; return how many rows."""
    done = 0
    for kind, versions in earlier_versions(found, wanted).items():
        done += len(versions)
        _delete_versions(kind, versions)
    for kind, versions in earlier_reasons(found, wanted).items():
        past(kind).filter(history_id__in=versions).update(history_change_reason=None)
    submissions = earlier_submissions(found, wanted)
    empty_documents(submissions)
    return done + len(submissions)


def _forget_drafts(found: Found, wanted: Wanted) -> int:
    """Delete unsaved texts that begin from the person's page or name the person; return how many. Nobody reads them here."""
    drafts = FormDraft.objects.exclude(pk__in=found.rows.get("formdraft", ()))
    gone = {(kind, str(pk)) for kind, keys in found.rows.items() for pk in keys}
    named = [draft.pk for draft in drafts if not gone.isdisjoint(draft.begun_with) or draft_names(draft, wanted)]
    _delete(FormDraft.objects.filter(pk__in=named))
    return len(named)


def empty_documents(submissions: Iterable[int]) -> None:
    """Empty the documents of submissions and of their history; who submitted and decided stays."""
    for some in _chunks(sorted(submissions)):
        table("submission").filter(pk__in=some).update(document={}, shown=[])
        past("submission").filter(id__in=some).update(document={}, shown=[])


def _delete_versions(kind: str, versions: Iterable[int]) -> None:
    for some in _chunks(sorted(versions)):
        for join, _own, _other, _target in joins(kind):
            if any(column.name == "history" for column in join._meta.concrete_fields):
                _delete(join._default_manager.filter(history_id__in=some))
        _delete(past(kind).filter(history_id__in=some))


def _delete(rows: "QuerySet[Any]") -> None:
    """Delete rows as they are: no history of the deletion, no entry of the audit, no cascade to what nobody foresaw."""
    rows._raw_delete(rows.db)  # noqa: SLF001 - the public way writes history


def _doom(names: Iterable[str], at: datetime) -> None:
    for name in names:
        DoomedFile.objects.get_or_create(name=name, defaults={"since": at})


def _check() -> None:
    """Let the database say now whether anything still refers to what went."""
    connection = connections[router.db_for_write(Prisoner)]
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise ActionRefused(
            _("Nothing was erased: a record refers to the person in a way that the program does not know. %(what)s")
            % {"what": str(error).split("\n", 1)[0]}
        ) from error


def _chunks(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), CHUNK):
        yield numbers[start : start + CHUNK]
