"""What of a case can be cited: every row, and every field of it that may become public, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from translated_fields import to_attribute

from cases.models import Citation, Defendant, Prisoner, Sentence
from cases.models.base import CONTENT_LANGUAGES
from cases.publication.casefile import CaseFile, case_rows, read_case
from cases.publication.policy_table import POLICY, Disclosure
from cases.queries.lines import name_of

CITABLE = (Disclosure.PUBLIC, Disclosure.DERIVED)
SEPARATOR = ":"


@dataclass(frozen=True, slots=True)
class CitableRow:
    """One row of a case with its citable fields as (key, words); the first stands for the row as a whole."""

    title: str
    fields: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CitableCase:
    """Everything that can be cited in one case, and the citations that are there; `file` is the case as it was read."""

    rows: list[CitableRow]
    citations: list[Citation]
    file: CaseFile | None = None

    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the rows as groups of a select."""
        return [(row.title, row.fields) for row in self.rows]


def citable_case(prisoner: Prisoner) -> CitableCase:
    """Return what can be cited in the case, in the order of the case, in a fixed number of queries."""
    file = read_case(prisoner)
    rows = [row for row in case_rows(file.prisoner, file.trials) if not isinstance(row, Defendant)]
    citations = sorted((one for found in file.citations.values() for one in found), key=lambda one: one.pk)
    return CitableCase(rows=[_citable(row) for row in dict.fromkeys(rows)], citations=citations, file=file)


def key_of_fact(model_name: str, pk: int, field: str) -> str:
    """Return the key by which a form names a fact."""
    return SEPARATOR.join((model_name, str(pk), field))


def read_fact(key: str) -> tuple[ContentType, int, str]:
    """Return the kind of record, its primary key and the field that a key names. Raises ValueError."""
    model_name, pk, field = key.split(SEPARATOR)
    return ContentType.objects.get_by_natural_key("cases", model_name), int(pk), field


def fact_in_words(citation: Citation, rows: list[CitableRow]) -> str:
    """Say what a citation is about: the row, and the field where it is about one."""
    key = key_of_fact(citation.content_type.model, citation.object_id, citation.field)
    for row in rows:
        for found, words in row.fields:
            if found == key:
                return row.title if not citation.field else f"{row.title}: {words}"
    return capfirst(str(citation.content_type.name))


def _citable(row: models.Model) -> CitableRow:
    name = str(row._meta.model_name)
    whole = (key_of_fact(name, row.pk, ""), str(_("as a whole")))
    fields = ((key_of_fact(name, row.pk, field), words) for field, words in _fields(type(row)))
    return CitableRow(title=title_of_row(row), fields=[whole, *fields])


def title_of_row(row: models.Model) -> str:
    """Say what a row is and which one."""
    if isinstance(row, Prisoner):
        return str(_("The person"))
    words = str(row) if isinstance(row, Sentence) else name_of(row)  # whose sentence it is goes without saying here
    return f"{capfirst(str(row._meta.verbose_name))}: {words}"


def label_of(model: type[models.Model], name: str) -> str:
    """Return what a field of the policy is called at the desk."""
    columns: dict[str, Any] = {
        field.name: field for field in model._meta.get_fields() if hasattr(field, "verbose_name")
    }
    column = columns.get(name) or columns[to_attribute(name, CONTENT_LANGUAGES[0])]
    return str(column.verbose_name)


def _fields(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    for name, disclosure in POLICY[str(model._meta.model_name)].items():
        column = column_of(model, name)
        if disclosure in CITABLE and column is not None and not isinstance(column, models.BooleanField):
            yield name, str(column.verbose_name)


def column_of(model: type[models.Model], name: str) -> "models.Field[Any, Any] | None":
    """Return the column of a field, the first one for a translated field; None for the way to the owner and keys."""
    columns = {field.name: field for field in model._meta.concrete_fields if not field.primary_key}
    column = columns.get(name) or columns.get(to_attribute(name, CONTENT_LANGUAGES[0]))
    if column is None or not column.editable or (column.remote_field and column.name in OWNERS):
        return None
    return column


OWNERS = frozenset({"prisoner", "proceeding", "defendant", "decision", "sentence", "assigned_to"})
