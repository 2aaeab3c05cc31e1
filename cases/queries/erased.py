"""Who was erased, as keyed hashes: known again in a backup that is restored, or in fixtures that are loaded anew.

The list stands in the database and, as a file, beside it, so that it outlives the database. A hash tells nothing without
the audit key; a code or the number of a row alone would.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from django.conf import settings
from django.db.models import QuerySet

from cases.enums import ErasureState
from cases.models import ErasureRequest, Prisoner, Relative

Subject: TypeAlias = Prisoner | Relative


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One erasure as the list tells it."""

    reference: str
    kind: str
    mark: str


def mark_of(subject: Subject) -> str:
    """Return the hash by which a person is known again: of the case's code, of a relative's household and number."""
    if isinstance(subject, Prisoner):
        return mark_of_code(subject.code)
    return _mark(f"relative\0{subject.household.code}\0{subject.pk}")


def mark_of_code(code: str) -> str:
    """Return the hash of a prisoner's code."""
    return _mark(f"prisoner\0{code}")


def _mark(text: str) -> str:
    return hmac.new(settings.AUDIT_KEY.encode(), f"erased\0{text}".encode(), hashlib.sha256).hexdigest()


def erased_lines(path: Path | None = None) -> set[Line]:
    """Return every erasure that the database or the file knows of."""
    done = ErasureRequest.objects.filter(state=ErasureState.DONE.value)
    lines = {Line(*row) for row in done.values_list("reference", "subject_kind", "mark")}
    return lines | read_lines(path or Path(settings.ERASURES_FILE))


def read_lines(path: Path) -> set[Line]:
    """Return the erasures of a list; none where there is no file. Lines that are no erasure are left out."""
    if not path.is_file():
        return set()
    parts = (line.split() for line in path.read_text().splitlines())
    return {Line(*found) for found in parts if len(found) == 3 and len(found[2]) == 64}


def erased_among(codes: Iterable[str]) -> set[str]:
    """Return those of the codes whose case was erased: nothing brings it back by itself."""
    marks = {line.mark for line in erased_lines()}
    return {code for code in codes if mark_of_code(code) in marks} if marks else set()


def waiting_for(account: Any) -> "QuerySet[ErasureRequest]":
    """Return the erasures that somebody else asked for and that the account could decide."""
    return ErasureRequest.objects.filter(state=ErasureState.ASKED.value).exclude(asked_by_id=account.pk)
