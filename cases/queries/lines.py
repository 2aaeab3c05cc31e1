"""One readable line for each saved row of a case: what it is, when, whether it is shown, how many sources it has."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _, ngettext
from translated_fields import TranslatedField

from cases.domain.partial_dates import PartialDate, describe
from cases.domain.sealing import SealingError
from cases.models import (
    Affiliation,
    Aid,
    Assessment,
    Charge,
    Citation,
    Citizenship,
    Decision,
    Defendant,
    Designation,
    Event,
    Hearing,
    Involvement,
    Need,
    Penalty,
    PersonName,
    PublicRole,
    Rehabilitation,
    Relative,
    Sentence,
    SentenceSegment,
    SpokenLanguage,
    Stay,
)
from cases.publication.policy import words_of
from cases.sealed import Sealed

JOINT = " · "

#: The fields that tell a row from its neighbours, in the order of reading; a pair is a period. "" stands for `str(row)`.
TOLD: dict[type[models.Model], tuple[str | tuple[str, str], ...]] = {
    PersonName: ("text", "language", "kind"),
    PublicRole: ("role", ("since", "until")),
    Affiliation: ("kind", "organisation", ("since", "until")),
    Citizenship: ("country", "basis"),
    SpokenLanguage: ("language", "understanding"),
    Stay: ("kind", "site", ("started", "ended")),
    Event: ("kind", "release_kind", ("happened", "ended"), "place"),
    Assessment: ("body", "scheme", "decision", "decided_on"),
    Rehabilitation: ("outcome", "decided_on", "body"),
    Defendant: ("prisoner",),
    Charge: ("provision", "form", "outcome"),
    Hearing: ("held_on", "instance", "court"),
    Decision: ("instance", "outcome", "decided_on", "court"),
    Sentence: ("", "defendant"),
    SentenceSegment: ("position", "regime"),
    Involvement: ("official", "kind"),
    Relative: ("kinship", "full_name"),
    Need: ("kind", "urgency", "state", "due"),
    Aid: ("kind", "given_on"),
    Penalty: (("in_force_from", "in_force_to"), "", "enacted_by"),
    Designation: ("state", "kind", "designated"),
    Citation: ("source", "value", "page", "confidence"),
}

#: What is said of rows that are not in the table.
WHOLE: tuple[str] = ("",)


def rows_told_by(model: type[models.Model]) -> tuple[str, ...]:
    """Return the foreign keys that a line of the model reads."""
    names = [name for told in TOLD.get(model, WHOLE) for name in ((told,) if isinstance(told, str) else told) if name]
    return tuple(name for name in names if isinstance(model._meta.get_field(name), models.ForeignKey))


def told(row: models.Model, *, opened: bool = False) -> list[str]:
    """Return what the row says, part by part, in the active language; what is not known is left out.

    Sealed parts are told only where they are `opened` to the reader.
    """
    return [words for words in _told(row, opened=opened) if words]


def line(row: models.Model, *, opened: bool = False) -> list[str]:
    """Return `told`, then whether the public sees the row and how many sources are cited for it."""
    return [*told(row, opened=opened), *_standing(row)]


def name_of(row: models.Model) -> str:
    """Return the row in one text: where it is pointed at from elsewhere."""
    return JOINT.join(told(row)) or str(row)


def words_of_field(row: models.Model, name: str) -> str:
    """Return what stands in a field, in the active language where it is a word or a date; every language of a text."""
    if isinstance(vars(type(row)).get(name), TranslatedField):
        return "; ".join(words_of(row, name).values())
    value = getattr(row, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return _words(row, name)


def _told(row: models.Model, *, opened: bool) -> Iterator[str]:
    for part in TOLD.get(type(row), WHOLE):
        if isinstance(part, tuple):
            yield _period(*(getattr(row, name) for name in part))
        else:
            value = getattr(row, part) if part else None
            if isinstance(value, Sealed):
                yield opened_text(value) if opened else ""
            else:
                yield _words(row, part) if part else str(row)


def opened_text(value: Sealed) -> str:
    """Return a sealed text; ▪▪▪ where it cannot be opened, which its box explains."""
    try:
        return value.open()
    except SealingError:
        return str(value)


def _words(row: models.Model, name: str) -> str:
    value: Any = getattr(row, name)
    if value in (None, ""):
        return ""
    if isinstance(value, PartialDate):
        return _date(value)
    if row._meta.get_field(name).choices:  # type: ignore[union-attr]
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(value, date):
        return date_format(value)
    return str(value)


def _date(value: PartialDate) -> str:
    return describe(value, get_language() or "en")


def _period(start: Any, end: Any) -> str:
    if not isinstance(end, PartialDate):
        return _date(start) if isinstance(start, PartialDate) else ""
    first = _date(start) if isinstance(start, PartialDate) else "?"
    return f"{first} – {_date(end)}"


def _standing(row: models.Model) -> Iterator[str]:
    if isinstance(row, Citation):
        return
    if getattr(row, "is_preferred", False):
        yield _("preferred")
    is_public = getattr(row, "is_public", None)
    if is_public is not None:
        yield _("shown") if is_public else _("not shown")
    if hasattr(row, "citations"):
        number = len({getattr(row, "source_id", None), *(one.source_id for one in row.citations.all())} - {None})
        yield (
            ngettext("%(number)d source", "%(number)d sources", number) % {"number": number}
            if number
            else _("no source")
        )
