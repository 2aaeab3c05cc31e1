"""The door's way to every field: by the class that `policy_table` gives it, and no other way."""

from typing import Any

from django.db import models
from translated_fields import to_attribute

from cases.enums import EventKind
from cases.models import Prisoner
from cases.models.base import CONTENT_LANGUAGES
from cases.publication.policy_table import POLICY, RECORD, Disclosure


class NotPublic(Exception):
    """The door was asked for a field that may not pass it. This is an error in the program, never the user's."""


#: Events that endanger people whoever ticked the box: who visited, and illness.
NEVER_SHOWN = frozenset({EventKind.VISIT.value, EventKind.HOSPITALISED.value})


def disclosure(model: type[models.Model], field: str) -> Disclosure:
    """Return the class of a field; a field without one may not pass the door."""
    found = POLICY.get(str(model._meta.model_name), {}).get(field) or RECORD.get(field)
    if found is None:
        raise NotPublic(f"{model.__name__}.{field} is not classified in cases/publication/policy_table.py.")
    return found


def shown(record: models.Model, field: str) -> Any:
    """Return the value of a PUBLIC field. Anything else raises NotPublic."""
    if disclosure(type(record), field) is not Disclosure.PUBLIC:
        raise NotPublic(f"{type(record).__name__}.{field} is not public.")
    return getattr(record, field)


def weighed(record: models.Model, field: str) -> Any:
    """Return the value of a DERIVED field for the door to decide with or to reduce. Anything else raises NotPublic."""
    if disclosure(type(record), field) is not Disclosure.DERIVED:
        raise NotPublic(f"{type(record).__name__}.{field} is not for the door to weigh.")
    return getattr(record, field)


def shown_words(record: models.Model, field: str) -> dict[str, str]:
    """Return the texts of a PUBLIC translated field by language, without the empty ones."""
    if disclosure(type(record), field) is not Disclosure.PUBLIC:
        raise NotPublic(f"{type(record).__name__}.{field} is not public.")
    return words_of(record, field)


def words_of(record: models.Model, field: str) -> dict[str, str]:
    """Return the texts of a translated field by language, without the empty ones; the caller has checked the policy."""
    texts = {language: getattr(record, to_attribute(field, language)) for language in CONTENT_LANGUAGES}
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def is_named(prisoner: Prisoner) -> bool:
    """Tell whether the consent allows the person to be named."""
    return bool(weighed(prisoner, "consent") == "full")
