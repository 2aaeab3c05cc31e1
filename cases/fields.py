"""Model and form fields of the house: partial dates and closed vocabularies.

A `PartialDateField` called `born` keeps three columns: `born` (canonical EDTF text), `born_earliest`
and `born_latest` (dates, computed, never edited). Filter and order by the latter two: text does not
sort by time, so `born__lt` is refused.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext_lazy as _

from cases.domain.partial_dates import (
    ACCEPTED,
    LONGEST,
    MESSAGES,
    PartialDate,
    PartialDateError,
    Precision,
    describe,
    from_day,
    parse,
)
from cases.enums import Vocabulary

if TYPE_CHECKING:
    AnyPartialDate = PartialDate | str | date | None
    BoundBase = models.DateField[date | None, date | None]
    PartialDateBase = models.Field[AnyPartialDate, PartialDate | None]
    VocabularyBase = models.CharField[str | Vocabulary, str]
else:
    BoundBase, PartialDateBase, VocabularyBase = models.DateField, models.Field, models.CharField

EXAMPLES = _(
    "As far as it is known, for example: 2018, 05/2018, 21.05.2018, May 2018, around 1937, before 2019, "
    "between 2016 and 2017."
)
_PLAIN_PRECISIONS = {Precision.DAY, Precision.MONTH, Precision.YEAR}


def refusal(error: PartialDateError) -> ValidationError:
    """What is wrong and what is accepted, in the reader's language."""
    problem, accepted = _(MESSAGES[error.message_code]), _(ACCEPTED)
    return ValidationError(format_lazy("{} {}", problem, accepted), code=error.message_code)


def _read(value: object) -> PartialDate | None:
    """A partial date from text, a day or itself; nothing from nothing. Raises `PartialDateError`."""
    if value is None or isinstance(value, PartialDate):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return from_day(value)
    if not isinstance(value, str):
        raise PartialDateError("unreadable")
    return parse(value) if value.strip() else None


def partial_date_columns(name: str, value: PartialDate | str | date | None) -> dict[str, object]:
    """The three columns of one partial date, for `QuerySet.update(**...)` and data migrations."""
    read = _read(value)
    return {
        name: read,
        f"{name}_earliest": read.earliest if read else None,
        f"{name}_latest": read.latest if read else None,
    }


class _PartialDateAttribute(DeferredAttribute):
    """Assigning `born` reads text at once and brings both bounds along.

    Text that cannot be read stays as it is, for `full_clean` to complain about; saving it raises.
    """

    def __set__(self, instance: models.Model, value: object) -> None:
        try:
            read = _read(value)
        except PartialDateError:
            instance.__dict__[self.field.attname] = value
            read = None
        else:
            instance.__dict__[self.field.attname] = read
        instance.__dict__[f"{self.field.attname}_earliest"] = read.earliest if read else None
        instance.__dict__[f"{self.field.attname}_latest"] = read.latest if read else None


class _BoundAttribute(DeferredAttribute):
    """A bound follows its partial date and cannot be set against it."""

    def __set__(self, instance: models.Model, value: object) -> None:
        partial_name, side = self.field.attname.rsplit("_", 1)
        if partial_name in instance.__dict__:
            partial = instance.__dict__[partial_name]
            value = getattr(partial, side) if isinstance(partial, PartialDate) else None
        instance.__dict__[self.field.attname] = value


class _BoundField(BoundBase):
    """`<name>_earliest` or `<name>_latest`; in migrations a plain DateField."""

    descriptor_class = _BoundAttribute

    def contribute_to_class(
        self,
        cls: type[models.Model],
        name: str,
        private_only: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **kwargs: Any,
    ) -> None:
        """Once only: inheritance and historical models copy a bound that its date has already brought."""
        if _has_field(cls, name):
            return
        super().contribute_to_class(cls, name, private_only=private_only, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs


def _has_field(cls: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in cls._meta.local_fields)


def refuse_half_save(sender: type[models.Model], update_fields: Iterable[str] | None, **_kwargs: object) -> None:
    """`save(update_fields=["born"])` would leave stale bounds behind; say so instead."""
    if update_fields is None:
        return
    for field in sender._meta.local_fields:
        bounds = {f"{field.name}_earliest", f"{field.name}_latest"}
        if isinstance(field, PartialDateField) and field.name in update_fields and not bounds <= set(update_fields):
            message = f"update_fields names {field.name!r} and must also name {sorted(bounds)}"
            raise ValueError(message)


class PartialDateField(PartialDateBase):
    """A date known in part; the Python value is a `PartialDate` or None.

    Assign a `PartialDate`, a `date` or anything that people type. `null` follows `blank` unless
    given. Lookups: exact, in, isnull, and text matches on the canonical text.
    """

    description = _("Date that may be known only in part")
    empty_strings_allowed = False
    descriptor_class = _PartialDateAttribute
    _refused_lookups = frozenset({"lt", "lte", "gt", "gte", "range"})

    def __init__(self, *args: Any, bounds: bool = True, **kwargs: Any) -> None:
        """`bounds=False` stands in migrations, where both bounds are columns in their own right."""
        kwargs["max_length"] = LONGEST
        kwargs.setdefault("null", kwargs.get("blank", False))
        super().__init__(*args, **kwargs)
        self.bounds = bounds
        models.Field.creation_counter += 2  # the bounds' places, right behind this field

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, "cases.fields.PartialDateField", args, {**kwargs, "null": self.null, "bounds": False}

    def contribute_to_class(
        self,
        cls: type[models.Model],
        name: str,
        private_only: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        **kwargs: Any,
    ) -> None:
        super().contribute_to_class(cls, name, private_only=private_only, **kwargs)
        if not self.bounds:
            return
        for place, side in enumerate(("earliest", "latest"), start=1):
            bound = _BoundField(null=True, blank=True, editable=False, serialize=False)
            bound.creation_counter = self.creation_counter + place
            cls.add_to_class(f"{name}_{side}", bound)
        if not cls._meta.abstract:
            models.signals.pre_save.connect(refuse_half_save, sender=cls, dispatch_uid="cases.fields.refuse_half_save")

    def get_internal_type(self) -> str:
        return "CharField"

    def get_lookup(self, lookup_name: str) -> Any:
        return None if lookup_name in self._refused_lookups else super().get_lookup(lookup_name)

    def to_python(self, value: object) -> PartialDate | None:
        try:
            return _read(value)
        except PartialDateError as error:
            raise refusal(error) from error

    def from_db_value(self, value: str | None, *_args: object) -> PartialDate | None:
        return None if value is None else parse(value)

    def get_prep_value(self, value: Any) -> str | None:
        value = _read(str(value) if isinstance(value, Promise) else value)
        return None if value is None else value.text

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})


class PartialDateInput(forms.TextInput):
    """One short text box; a date may be typed in any of the accepted ways."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"size": 22, "inputmode": "text", "autocomplete": "off", "spellcheck": "false", "maxlength": LONGEST}
        super().__init__({**own, **(attrs or {})})


class PartialDateFormField(forms.Field):
    """Reads what people type; `cleaned_data` holds a `PartialDate` or None."""

    widget = PartialDateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "help_text": kwargs.get("help_text") or EXAMPLES})

    def to_python(self, value: object) -> PartialDate | None:
        try:
            return _read(value)
        except PartialDateError as error:
            raise refusal(error) from error

    def prepare_value(self, value: Any) -> Any:
        """Plain dates as stored; "2025-23" or "../2018-12-31" in words, which read back as the same."""
        if not isinstance(value, PartialDate):
            return value
        if value.precision in _PLAIN_PRECISIONS and not (value.approximate or value.uncertain):
            return value.text
        said = describe(value, get_language() or "en")
        try:
            return said if parse(said) == value else value.text
        except PartialDateError:
            return value.text

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(_read(initial) != _read(data))
        except PartialDateError:
            return True


def _stored(word: Any) -> Any:
    return word.value if isinstance(word, Enum) else word


class VocabularyField(VocabularyBase):
    """A word of a closed list (`cases.enums`). Adding a word needs no migration."""

    def __init__(self, vocabulary: type[Vocabulary] | None = None, *args: Any, **kwargs: Any) -> None:
        """The vocabulary is absent only in migrations."""
        kwargs.setdefault("max_length", 40)
        if kwargs.get("blank"):
            kwargs.setdefault("default", "")
        if "default" in kwargs:
            kwargs["default"] = _stored(kwargs["default"])
        if vocabulary is not None:
            kwargs["choices"] = [(value, _(label)) for value, label in vocabulary.choices()]
        self.vocabulary = vocabulary
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, "cases.fields.VocabularyField", args, kwargs

    def to_python(self, value: Any) -> Any:
        return super().to_python(_stored(value))

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(_stored(value))
