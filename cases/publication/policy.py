"""Every field of every record table, classified. The door reads a field through `shown`, and only as its class allows.

PUBLIC    shown as it is, once the case may be shown at all.
DERIVED   never shown as it is: it decides what is shown, or only a reduced form of it is (a birth date as a year).
WITHHELD  never shown; it belongs to the work of the desk.
SEALED    never shown, and endangers people: a `SealedField`, encrypted where it is stored, shut at the desk until opened.

A translated field is classified once for all its languages; the computed first and last day of a partial date belong to
the date. A field that is missing here, or here but not in the models, fails `tests/publication/test_policy.py`.
"""

from enum import Enum
from typing import Any

from django.db import models
from translated_fields import to_attribute

from cases.enums import EventKind
from cases.models import Prisoner
from cases.models.base import CONTENT_LANGUAGES


class Disclosure(Enum):
    """What the public may learn of a field."""

    PUBLIC = "public"
    DERIVED = "derived"
    WITHHELD = "withheld"
    SEALED = "sealed"


class NotPublic(Exception):
    """The door was asked for a field that may not pass it. This is an error in the program, never the user's."""


P, D, W, S = Disclosure.PUBLIC, Disclosure.DERIVED, Disclosure.WITHHELD, Disclosure.SEALED

#: Bookkeeping that every record has.
RECORD: dict[str, Disclosure] = {"id": W, "created_at": W, "updated_at": W}

POLICY: dict[str, dict[str, Disclosure]] = {
    "prisoner": {
        "code": P,
        "kind": P,
        "is_invented": P,
        "assigned_to": W,
        "sex": P,
        "born": D,
        "died": D,
        "birthplace": D,
        "home": D,
        "ethnicity": P,
        "religion": D,
        "whereabouts": P,
        "summary": P,
        "consent": D,
        "consent_given_by": W,
        "consent_given_on": W,
        "consent_expires": D,
        "consent_notes": S,
        "born_detail": D,
        "home_is_public": D,
        "religion_is_public": D,
        "photo": D,
        "photo_sha256": W,
        "photo_credit": D,
        "photo_licence": D,
        "photo_alt": D,
        "photo_is_public": D,
        "health": S,
        "private_notes": S,
    },
    "personname": {
        "prisoner": D,
        "text": D,
        "given": D,
        "patronymic": D,
        "family": D,
        "language": D,
        "kind": D,
        "is_preferred": D,
        "is_public": D,
    },
    "publicrole": {"prisoner": D, "role": P, "detail": P, "since": P, "until": P, "is_public": D},
    "affiliation": {"prisoner": D, "organisation": P, "kind": P, "since": P, "until": P, "is_public": D},
    "citizenship": {"prisoner": D, "country": P, "basis": P},
    "spokenlanguage": {"prisoner": D, "language": P, "understanding": P},
    "organisation": {"slug": P, "name": P, "kind": P, "country": P, "website": P, "private_notes": S},
    "designation": {
        "organisation": D,
        "kind": P,
        "state": P,
        "designated": P,
        "designated_by": P,
        "note": P,
        "source": P,
        "verified": P,
    },
    "place": {
        "slug": P,
        "name": P,
        "kind": P,
        "sovereign": P,
        "region": P,
        "controlled_by": P,
        "controlled_since": P,
        "latitude": P,
        "longitude": P,
    },
    "detentionsite": {
        "slug": P,
        "name": P,
        "kind": P,
        "regime": P,
        "number": P,
        "place": P,
        "postal_address": P,
        "latitude": P,
        "longitude": P,
        "coordinate_precision": P,
        "opened": P,
        "closed": P,
        "is_public": D,
        "private_notes": S,
    },
    "legalcode": {
        "slug": P,
        "name": P,
        "short_name": P,
        "jurisdiction": P,
        "in_force_from": P,
        "in_force_to": P,
        "verified": P,
    },
    "provision": {
        "slug": P,
        "code": P,
        "article": P,
        "part": P,
        "title": P,
        "description": P,
        "in_force_from": P,
        "in_force_to": P,
        "introduced_by": P,
        "rests_on": P,
        "source": P,
        "verified": P,
        "private_notes": S,
    },
    "penalty": {
        "provision": D,
        "in_force_from": P,
        "in_force_to": P,
        "is_unknown": P,
        "least_months": P,
        "most_months": P,
        "life": P,
        "fine_most": P,
        "fine_currency": P,
        "enacted_by": P,
        "note": P,
        "source": P,
        "verified": P,
    },
    "court": {"slug": P, "name": P, "kind": P, "place": P},
    "proceeding": {"title": P, "kind": P, "number": D, "opened": P, "summary": P, "private_notes": S},
    "defendant": {"prisoner": D, "proceeding": D, "counsel": S},
    "charge": {
        "defendant": D,
        "provision": P,
        "form": P,
        "act_from": P,
        "act_to": P,
        "act_place": P,
        "organisation": P,
        "brought": P,
        "dropped": P,
        "outcome": P,
    },
    "hearing": {"proceeding": D, "court": P, "instance": P, "held_on": P, "note": P, "is_public": D},
    "decision": {
        "proceeding": D,
        "defendant": D,
        "instance": P,
        "court": P,
        "decided_on": P,
        "judges": P,
        "outcome": P,
        "in_force_from": P,
        "summary": P,
        "is_public": D,
    },
    "sentence": {
        "decision": D,
        "defendant": D,
        "years": P,
        "months": P,
        "days": P,
        "life": P,
        "death": P,
        "suspended": P,
        "fine_amount": P,
        "fine_currency": P,
        "other": P,
    },
    "sentencesegment": {
        "sentence": D,
        "position": D,
        "regime": P,
        "years": P,
        "months": P,
        "days": P,
        "is_remainder": P,
    },
    "official": {"name": W, "kind": W, "organisation": W, "private_notes": S},
    "involvement": {"official": W, "proceeding": W, "kind": W, "note": S},
    "stay": {
        "prisoner": D,
        "kind": P,
        "site": P,
        "started": P,
        "ended": P,
        "is_public": D,
        "private_notes": S,
    },
    "event": {
        "prisoner": D,
        "kind": P,
        "happened": P,
        "ended": P,
        "release_kind": P,
        "title": P,
        "description": P,
        "place": P,
        "organisation": P,
        "is_public": D,
        "private_notes": S,
    },
    "assessment": {
        "prisoner": D,
        "body": P,
        "scheme": P,
        "criteria": P,
        "decision": P,
        "decided_on": P,
        "document_number": P,
        "reasoning": P,
        "source": P,
        "is_public": D,
    },
    "rehabilitation": {
        "prisoner": D,
        "outcome": P,
        "body": P,
        "decided_on": P,
        "law": P,
        "document_number": D,
        "reasoning": P,
        "is_public": D,
    },
    "source": {
        "title": D,
        "publisher": D,
        "author": D,
        "url": D,
        "published": D,
        "accessed": D,
        "language": D,
        "kind": P,
        "reliability": P,
        "file": W,
        "file_sha256": W,
        "is_public": D,
        "is_invented": P,
        "private_notes": S,
    },
    "citation": {
        "prisoner": D,
        "content_type": D,
        "object_id": D,
        "field": D,
        "source": D,
        "value": D,
        "quote": D,
        "page": D,
        "confidence": P,
    },
    "household": {
        "code": W,
        "label": S,
        "label_lookup": W,
        "prisoners": W,
        "address": S,
        "phone": S,
        "phone_lookup": W,
        "safe_contact": S,
        "notes": S,
    },
    "relative": {
        "household": W,
        "prisoner": W,
        "full_name": S,
        "full_name_lookup": W,
        "kinship": W,
        "born": S,
        "phone": S,
        "phone_lookup": W,
        "health": S,
        "notes": S,
    },
    "need": {
        "household": W,
        "kind": W,
        "urgency": W,
        "state": W,
        "description": S,
        "amount": W,
        "currency": W,
        "due": W,
    },
    "aid": {
        "household": W,
        "need": W,
        "kind": W,
        "given_on": W,
        "amount": W,
        "currency": W,
        "given_by": W,
        "organisation": W,
        "notes": S,
    },
    "submission": {
        "prisoner": W,
        "state": W,
        "submitted_by": W,
        "submitted_at": W,
        "note": W,
        "document": W,
        "sha256": W,
        "shown": W,
        "priority": W,
        "reviewer": W,
        "assigned_at": W,
        "decided_by": W,
        "decided_at": W,
        "decision_note": W,
    },
    "reviewcomment": {
        "submission": W,
        "path": W,
        "shown_as": W,
        "text": W,
        "author": W,
        "at": W,
        "resolved_by": W,
        "resolved_at": W,
    },
    "findingtick": {"prisoner": D, "key": D, "sha256": D, "ticked_by": W, "ticked_at": W},
    "publication": {
        "prisoner": W,
        "state": W,
        "version": W,
        "sha256": W,
        "published_at": W,
        "published_by": W,
        "withdrawn_at": W,
        "withdrawn_by": W,
        "reason": W,
    },
}


#: Events that endanger people whoever ticked the box: who visited, and illness.
NEVER_SHOWN = frozenset({EventKind.VISIT.value, EventKind.HOSPITALISED.value})


def disclosure(model: type[models.Model], field: str) -> Disclosure:
    """Return the class of a field; a field without one may not pass the door."""
    found = POLICY.get(str(model._meta.model_name), {}).get(field) or RECORD.get(field)
    if found is None:
        raise NotPublic(f"{model.__name__}.{field} is not classified in cases/publication/policy.py.")
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
