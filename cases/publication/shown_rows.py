"""Which rows and fields a document shows, as keys ("stay:12", "prisoner.home") that stay the same when a row is edited.

An approved submission keeps the keys of its document. When something is hidden later, every earlier version that shows it
is found by its key, whatever was rewritten since, and closed.
"""

from collections.abc import Iterator

from django.db import models

from cases.enums import DateDetail
from cases.publication.casefile import CaseFile, case_rows
from cases.publication.policy import NEVER_SHOWN, is_named


def shown_keys(case: CaseFile) -> list[str]:
    """Return the keys of what the document of the case shows now, sorted."""
    return sorted(key for key, is_shown in _keys(case) if is_shown)


def hidden_keys(case: CaseFile) -> frozenset[str]:
    """Return the keys of what is recorded and hidden now."""
    return frozenset(key for key, is_shown in _keys(case) if not is_shown)


def _keys(case: CaseFile) -> Iterator[tuple[str, bool]]:
    prisoner, named = case.prisoner, is_named(case.prisoner)
    yield "prisoner.named", named
    yield "prisoner.born.day", named and prisoner.born_detail == DateDetail.DAY
    yield "prisoner.born.year", prisoner.born_detail != DateDetail.HIDDEN
    yield "prisoner.home", prisoner.home_is_public
    yield "prisoner.religion", prisoner.religion_is_public and named
    yield "prisoner.photo", prisoner.photo_is_public and named
    for row in case_rows(prisoner, case.trials):
        if hasattr(row, "is_public"):
            yield f"{row._meta.model_name}:{row.pk}", _is_shown(row, named=named)


def _is_shown(row: models.Model, *, named: bool) -> bool:
    if row._meta.model_name == "personname" and not named:
        return False
    if getattr(row, "kind", "") in NEVER_SHOWN:
        return False
    return bool(getattr(row, "is_public", True))
