"""Columns whose values are sealed where they are stored, and the value object that keeps them shut.

Reading a sealed column gives a `Sealed`, never the text: printed, logged or put into a page it says only that something
is there. `open()` is the one way to the text, and `tests/test_sealed_readers.py` lists the modules that may call it.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from django import forms
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import connections, models, router
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from cases.domain.names import fold
from cases.domain.partial_dates import LONGEST, PartialDateError, parse
from cases.domain.sealing import KeyMalformed, Keyring, is_token
from cases.fields import refusal
from tracker.env import keys_in

#: What stands for a sealed value wherever it is printed.
SHUT = "▪▪▪"

# django-stubs types fields by two parameters, which a field defined here cannot carry at run time.
TextBase: TypeAlias = "models.TextField[Any, Any]"
TextField: Any = models.TextField


@lru_cache(maxsize=4)
def _keyring(keys: tuple[str, ...]) -> Keyring:
    return Keyring(keys)


@lru_cache(maxsize=4)
def _keys_of(path: Path, _state: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(keys_in(path))


#: The keys that each key file held when it could last be read.
_last_read: dict[Path, Keyring] = {}


def keyring() -> Keyring:
    """Return the sealing keys of this process.

    A key file that was changed is read again, so that a site that runs opens what `rotate_keys` reseals meanwhile. One
    that cannot be read now, or holds no key, changes nothing.
    """
    path = settings.SEALING_KEYS_FILE
    if path is None:
        return _keyring(tuple(settings.SEALING_KEYS))
    with suppress(OSError, ImproperlyConfigured, KeyMalformed):
        now = path.stat()
        _last_read[path] = _keyring(_keys_of(path, (now.st_mtime_ns, now.st_size, now.st_ino)))
    return _last_read.get(path) or _keyring(tuple(settings.SEALING_KEYS))


class Sealed:
    """A text that stays shut until `open()`: as stored (token and place), or as typed and not yet stored."""

    __slots__ = ("_place", "_text", "_token")
    __hash__ = None  # type: ignore[assignment]  # equality opens values: never a key of anything

    def __init__(self, *, text: str | None = None, token: str = "", place: str = "") -> None:
        self._text, self._token, self._place = text, token, place

    def open(self) -> str:
        """Return the text. Raises SealingError where the key is missing or the seal does not hold."""
        if self._text is not None:
            return self._text
        return keyring().open(self._token, self._place) if self._token else ""

    def token_at(self, place: str) -> str:
        """Return what to store at `place`; what is stored there already stays the same, even without its key."""
        if self._token and self._place == place:
            return self._token
        text = self.open()
        if not text:
            return ""
        self._token, self._place = keyring().seal(text, place), place
        return self._token

    def at(self, place: str) -> "Sealed":
        """Return the value as read from `place`."""
        return self if self._place or self._text is not None else Sealed(token=self._token, place=place)

    def same_as(self, other: "Sealed") -> bool:
        """Tell whether both say the same; tokens that are equal are not opened."""
        return bool(self._token and self._token == other._token) or self.open() == other.open()  # noqa: SLF001 - its own class

    @property
    def is_typed(self) -> bool:
        """Tell whether the text was given here, not read from its column."""
        return self._text is not None

    @property
    def is_new(self) -> bool:
        """Tell whether the text was given here and is not stored yet."""
        return self.is_typed and not self._token

    def __bool__(self) -> bool:
        return bool(self._token or self._text)

    def __eq__(self, other: object) -> bool:
        return self.same_as(other) if isinstance(other, Sealed) else NotImplemented

    def __str__(self) -> str:
        return SHUT if self else ""

    def __repr__(self) -> str:
        return "<Sealed>" if self else "<Sealed: empty>"

    def __reduce__(self) -> Any:
        raise TypeError("A sealed value is not pickled: it would leave its column.")

    def __copy__(self) -> "Sealed":
        return self

    def __deepcopy__(self, _memo: Any) -> "Sealed":
        return self


def place_of(instance: models.Model, field: "models.Field[Any, Any]") -> str:
    """Return where a value is stored: record, column and row. The history of a row shares its place."""
    number = instance.id  # type: ignore[attr-defined]  # every record has this key
    if number is None:
        raise TypeError(f"{type(instance).__name__} has sealed columns: give it `id = RecordKey(primary_key=True)`.")
    return f"{str(instance._meta.model_name).removeprefix('historical')}.{field.name}:{number}"


class _SealedAttribute(DeferredAttribute):
    """Reads give a `Sealed` that knows its place; text that is assigned is shut at once."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is None or not isinstance(value, Sealed) or instance.id is None:
            return value
        bound = instance.__dict__[self.field.attname] = value.at(place_of(instance, self.field))
        return bound

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class SealedField(TextField):
    """A text that is encrypted in its column. Empty stays empty, so that what is missing can be asked for."""

    description = _("Sealed text")
    descriptor_class = _SealedAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "cases.sealed.SealedField", args, kwargs

    def from_db_value(self, value: str | None, *_args: object) -> Sealed:
        return Sealed(token=value or "")

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Sealed) else Sealed(text="" if value is None else str(value))

    def clean(self, value: Any, model_instance: Any) -> Sealed:  # noqa: ARG002 - Django's signature
        """Check what was typed; what is stored already was checked when it was."""
        shut: Sealed = self.to_python(value)
        if not self.blank and not shut:
            raise ValidationError(self.error_messages["blank"], code="blank")
        if shut.is_new:
            text = self.read(shut.open())
            self.run_validators(text)
            return Sealed(text=text)
        return shut

    def read(self, text: str) -> str:
        """Return a typed text as it is to be stored. Raises ValidationError."""
        return text

    def pre_save(self, model_instance: Any, add: Any) -> Any:  # noqa: ARG002 - Django passes it by name
        shut = getattr(model_instance, self.attname)
        return shut.token_at(place_of(model_instance, self)) if isinstance(shut, Sealed) else shut

    def get_prep_value(self, value: Any) -> str:
        """Let tokens and nothing pass; a text here would be a search by value, or would reach the column unsealed."""
        if isinstance(value, Sealed) and not value:
            return ""
        if value in (None, "") or (isinstance(value, str) and is_token(value)):
            return value or ""
        raise TypeError(f"{self.model.__name__}.{self.name} is sealed: use save() to write it, its lookup to find it.")

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "in", "isnull") else None

    def value_to_string(self, obj: models.Model) -> str:
        """Serialisers get the token."""
        return str(self.pre_save(obj, add=False))

    def formfield(self, **kwargs: Any) -> Any:
        if self.max_length is not None:
            kwargs["widget"] = forms.TextInput(attrs={"size": 40})
        return super().formfield(**{"form_class": SealedFormField, "max_length": self.max_length, **kwargs})


class SealedDateField(SealedField):
    """A sealed date known in part: what is typed is kept as EDTF text. `parse(value.open())` reads it."""

    description = _("Sealed date")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, "cases.sealed.SealedDateField", args, kwargs

    def read(self, text: str) -> str:
        try:
            return parse(text).text if text.strip() else ""
        except PartialDateError as error:
            raise refusal(error) from error


class SealedFormField(forms.CharField):
    """A box for a sealed text. Shut, it shows that something is there and takes nothing; open, it shows the text.

    `is_late`: open no longer, and what was typed while it was is still taken.
    """

    widget = forms.Textarea
    is_late = False

    def __init__(self, *, is_open: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_open = is_open

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Sealed):
            return value
        return value.open() if self.is_open or value.is_new else str(value)

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Sealed) else super().to_python(value)

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        if not isinstance(value, Sealed):
            super().run_validators(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled or isinstance(data, Sealed):
            return False
        before = initial.open() if isinstance(initial, Sealed) else initial or ""
        return bool((data or "").replace("\r\n", "\n").strip() != before.replace("\r\n", "\n").strip())


def folded_name(text: str) -> str:
    """Return a name as it is looked for: folded, its parts in order of the alphabet."""
    return " ".join(sorted(fold(text).split()))


def phone_digits(text: str) -> str:
    """Return the last nine digits of a phone number, by which it is looked for however its code is written."""
    return "".join(character for character in text if character.isdigit())[-9:]


def plain_address(text: str) -> str:
    """Return an e-mail address as it is looked for: in one case, without spaces around it."""
    return text.strip().lower()


#: How a value is written before it is hashed, by the name that stands in the model.
NORMALISERS: dict[str, Callable[[str], str]] = {"name": folded_name, "phone": phone_digits, "email": plain_address}


class LookupField(models.CharField):
    """A keyed hash of a sealed column of the same row, by which exactly one value can be found and none can be read."""

    def __init__(self, *args: Any, source: str = "", normalise: str = "name", **kwargs: Any) -> None:
        kwargs.update(max_length=64, editable=False, blank=True, db_index=True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
        self.source, self.normalise = source, normalise

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        for given in ("max_length", "editable", "blank", "db_index", "default"):
            kwargs.pop(given, None)
        return name, "cases.sealed.LookupField", args, {**kwargs, "source": self.source, "normalise": self.normalise}

    def place(self) -> str:
        return f"{self.model._meta.model_name}.{self.source}"

    def hashes(self, text: str) -> list[str]:
        """Return the hashes under which a value may stand, one for each key; none for nothing."""
        plain = NORMALISERS[self.normalise](text)
        return keyring().lookups(plain, self.place()) if plain else []

    def renew(self, instance: models.Model) -> None:
        """Make the hash anew from a value that was stored before and put back. Raises SealingError."""
        shut = getattr(instance, self.source)
        found = self.hashes(shut.open()) if shut else []
        setattr(instance, self.attname, found[0] if found else "")

    def pre_save(self, model_instance: Any, add: Any) -> Any:  # noqa: ARG002 - Django passes it by name
        shut = getattr(model_instance, self.source)
        if isinstance(shut, Sealed) and shut.is_typed:
            self.renew(model_instance)
        elif not shut:
            setattr(model_instance, self.attname, "")
        return getattr(model_instance, self.attname)


class RecordKey(models.BigAutoField):
    """The key of a record, given before the row is written where the record has sealed columns: they are bound to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_created": True, "serialize": False, "verbose_name": "ID", **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BigAutoField", args, kwargs

    def get_pk_value_on_save(self, instance: Any) -> Any:
        if not any(isinstance(field, SealedField) for field in instance._meta.concrete_fields):
            return None
        return next_key(type(instance))


def next_key(model: type[models.Model]) -> int:
    """Take the next number of the table's own sequence."""
    table, column = model._meta.db_table, model._meta.pk.column
    connection = connections[router.db_for_write(model)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [f'"{table}"', column])
            return int(cursor.fetchone()[0])
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = %s", [table])
        if not cursor.rowcount:
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 1)", [table])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        return int(cursor.fetchone()[0])
