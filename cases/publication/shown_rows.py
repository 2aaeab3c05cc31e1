"""Which rows and fields a document shows, as keys ("stay:12", "prisoner.home") that stay the same when a row is edited.

An approved submission keeps the keys of its document. An earlier version may be read only as long as everything that it
shows is still shown: a row that was hidden, deleted or moved to somebody else since closes the versions that show it.
"""

from collections.abc import Iterable, Iterator

from django.db import models

from cases.enums import DateDetail
from cases.models import Source
from cases.publication.casefile import CaseFile, case_rows
from cases.publication.policy import NEVER_SHOWN, is_named

SOURCE = "source:"
FINDING = "finding:"
NAMED = "prisoner.named"


def shown_keys(case: CaseFile) -> list[str]:
    """Return the keys of what the document of the case shows now, sorted."""
    return sorted({key for key, is_shown in _keys(case) if is_shown})


def sources_to_name(keys: Iterable[str]) -> set[str]:
    """Return those of the keys of sources that may be named today, cited here still or not."""
    numbers = {key.removeprefix(SOURCE) for key in keys if key.startswith(SOURCE)}
    return {
        f"{SOURCE}{pk}" for pk in Source.objects.filter(pk__in=numbers, is_public=True).values_list("pk", flat=True)
    }


def _keys(case: CaseFile) -> Iterator[tuple[str, bool]]:
    prisoner, named = case.prisoner, is_named(case.prisoner)
    yield NAMED, named
    yield "prisoner.born.day", named and prisoner.born_detail == DateDetail.DAY
    yield "prisoner.born.year", prisoner.born_detail != DateDetail.HIDDEN
    yield "prisoner.home", prisoner.home_is_public
    yield "prisoner.religion", prisoner.religion_is_public and named
    yield "prisoner.photo", prisoner.photo_is_public and named
    for row in case_rows(prisoner, case.trials):
        yield f"{row._meta.model_name}:{row.pk}", _is_shown(row, named=named)
    for stay in prisoner.stays.all():
        if stay.site is not None and stay.is_public:
            yield f"detentionsite:{stay.site_id}", stay.site.is_public
    for tick in prisoner.finding_ticks.all():
        yield f"{FINDING}{tick.key}", True
    for citations in case.citations.values():
        for citation in citations:
            yield f"{SOURCE}{citation.source_id}", citation.source.is_public


def _is_shown(row: models.Model, *, named: bool) -> bool:
    if row._meta.model_name == "personname" and not named:
        return False
    if getattr(row, "kind", "") in NEVER_SHOWN:
        return False
    return bool(getattr(row, "is_public", True))
