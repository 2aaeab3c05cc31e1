"""Marks: values that occur once in the world, and where each was planted."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from django.db import models
from translated_fields import to_attribute

from cases.domain.partial_dates import describe, from_day
from cases.models.base import CONTENT_LANGUAGES
from cases.publication.policy_table import POLICY, RECORD, Disclosure
from cases.sealed import LookupField

#: Letters that no word of ours puts in this order, so that a mark is found only where it was planted; each mark stays a
#: name of its own when names are folded to how they sound.
HEAD = "zqxv"
LETTERS = "bdfklmnrst"
#: Days of two digits, so that none is the end of another ("1 May" of "11 May"), long before any day of a real page.
FIRST_YEAR, FIRST_DAY, DAYS_A_MONTH = 1901, 10, 18
FIRST_AMOUNT = 731_000_000


@dataclass(frozen=True)
class Mark:
    """One planted value: the forms in which a page could say it, in lower case, and where it was planted."""

    forms: tuple[str, ...]
    case: str
    model: str
    field: str
    is_open: bool
    kind: str  # word, day, amount

    @property
    def disclosure(self) -> Disclosure:
        return POLICY[self.model].get(self.field) or RECORD[self.field]

    def __str__(self) -> str:
        return f"{self.case}: {self.model}.{self.field} ({'open' if self.is_open else 'closed'} row)"


class Planter:
    """Writes rows whose every field holds a mark of its own."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self._numbers = count(1)
        self._days = count(1)

    def mark(self, forms: tuple[str, ...], where: tuple[str, str, str], *, is_open: bool, kind: str) -> None:
        self.marks.append(Mark(tuple(form.lower() for form in forms), *where, is_open=is_open, kind=kind))

    def word(self, where: tuple[str, str, str], *, is_open: bool) -> str:
        number = next(self._numbers)
        text = HEAD + "".join(f"{LETTERS[int(digit)]}a" for digit in f"{number:04}") + "n"
        self.mark((text,), where, is_open=is_open, kind="word")
        return text

    def day(self, where: tuple[str, str, str], *, is_open: bool) -> dt.date:
        """A later day than any before, so that what ends ends after it began."""
        months, rest = divmod(next(self._days), DAYS_A_MONTH)
        day = dt.date(FIRST_YEAR + months // 12, months % 12 + 1, FIRST_DAY + rest)
        said = (describe(from_day(day), language) for language in ("en", "uk"))
        self.mark((day.isoformat(), f"{day:%d.%m.%Y}", *said), where, is_open=is_open, kind="day")
        return day

    def amount(self, where: tuple[str, str, str], *, is_open: bool) -> Decimal:
        amount = FIRST_AMOUNT + next(self._numbers) * 1009
        grouped = f"{amount:,}"
        forms = (str(amount), grouped, *(grouped.replace(",", space) for space in (" ", "\u00a0", "\u202f", ".")))
        self.mark(forms, where, is_open=is_open, kind="amount")
        return Decimal(amount)

    def row(self, model: type[models.Model], case: str, *, is_open: bool = True, **fixed: object) -> models.Model:
        """Make a row: the fields in `fixed` as they are, every other field that can hold a mark with one."""
        values = {**self._values(model, case, set(fixed), is_open=is_open), **fixed}
        if "is_public" in _names(model):
            values.setdefault("is_public", is_open)
        row = model(**values)
        row.full_clean(exclude=[field.name for field in model._meta.fields if field.is_relation])
        row.save()
        return row

    def _values(
        self, model: type[models.Model], case: str, fixed: set[str], *, is_open: bool
    ) -> Iterator[tuple[str, object]] | dict[str, object]:
        values = {}
        for field in plantable(model):
            if field.name in fixed:
                continue
            where = (case, str(model._meta.model_name), policy_name(model, field))
            make = self.day if holds_day(field) else self.amount if _is_amount(field) else self.word
            value = make(where, is_open=is_open)
            if isinstance(field, models.URLField):
                value = f"https://{value}.example/"
            values[field.name] = value
        return values


def _names(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.fields}


def holds_day(field: models.Field) -> bool:
    return type(field).__name__ in ("PartialDateField", "SealedDateField") or type(field) is models.DateField


def _is_amount(field: models.Field) -> bool:
    return isinstance(field, models.DecimalField) and field.decimal_places == 2


def plantable(model: type[models.Model]) -> list[models.Field]:
    """Return the fields that can hold a mark: texts, addresses, days, amounts. Words of closed lists cannot."""
    texts = (models.CharField, models.TextField)
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key
        and not isinstance(field, LookupField)
        and not field.name.endswith(("_earliest", "_latest"))
        and type(field).__name__ != "VocabularyField"
        and not isinstance(field, models.FileField)
        and (isinstance(field, texts) or holds_day(field) or _is_amount(field))
    ]


def policy_name(model: type[models.Model], field: models.Field) -> str:
    """Return the name under which the policy classifies a column: a translated field is classified once."""
    policy = POLICY[str(model._meta.model_name)]
    for name in policy:
        if field.name == name or field.name in {to_attribute(name, language) for language in CONTENT_LANGUAGES}:
            return name
    return field.name


def unmarked(marks: list[Mark], record_models: list[type[models.Model]]) -> list[str]:
    """Return the non-public fields that could hold a mark and hold none: the world does not test them."""
    planted = {(mark.model, mark.field) for mark in marks}
    return [
        f"{model._meta.model_name}.{name}"
        for model in record_models
        for name in sorted({policy_name(model, field) for field in plantable(model)})
        if (POLICY[str(model._meta.model_name)].get(name) or RECORD.get(name)) is not Disclosure.PUBLIC
        and (model._meta.model_name, name) not in planted
    ]
