"""Where a person is named in what is not theirs: other people's records, joint proceedings, sources, public pages.

A text in which two names of the person stand together, or a name of one word, *means* the person. A text with the family
name alone may mean somebody else: it is listed for a human and never touched.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.domain.sealing import SealingError
from cases.enums import SubmissionState
from cases.models import FormDraft, PersonName, Prisoner, Publication, Relative
from cases.publication.withheld import Person, Withheld, stems, texts
from cases.published.models import DocumentKind, PublishedCase, PublishedProvision, PublishedSite, PublishedVersion
from cases.queries.erasure import Found, has_past, model_of, past, table
from cases.queries.erasure_table import NAMES_OF_OTHERS, TREATMENT, Apart
from cases.sealed import LookupField, Sealed

#: A part of a name of which nobody said that it is the family name tells from this length on.
TELLING_NAME = 5
#: How many pieces of text a search remembers, so that it looks at the common ones once.
REMEMBERED = 200_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a person is looked for: `means` where the text is surely about them, `may_mean` where a human looks.

    `has_part` tells of a piece of text without spaces whether it holds a part of a name: where none does, nobody is meant.
    """

    means: Withheld
    may_mean: Withheld
    has_part: Callable[[str], bool]
    code: str = ""

    def is_meant(self, text: str) -> bool:
        return self._is_coded(text) or (self._has_part(text) and bool(self.means.found_in(text)))

    def may_be_meant(self, text: str) -> bool:
        return self._is_coded(text) or (
            self._has_part(text) and bool(self.means.found_in(text) or self.may_mean.found_in(text))
        )

    def _is_coded(self, text: str) -> bool:
        return bool(self.code) and self.code in text

    def _has_part(self, text: str) -> bool:
        return any(map(self.has_part, text.split()))


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names the person: the record, and which of its fields. The text itself is not repeated."""

    kind: str
    pk: int
    record: str
    field: str


def wanted_names(found: Found) -> Wanted:
    """Return how to look for the person who is erased.

    What goes by itself must be sure: it is looked for by the names written down now. A name that was there once may have
    been another person's, typed by mistake; by such names a human looks.
    """
    now: list[str] = []
    families: set[str] = set()
    for pk in found.rows.get("prisoner", ()):
        for row in (*PersonName.objects.filter(prisoner_id=pk), *PersonName.history.filter(prisoner_id=pk)):
            families |= stems(row.family) or {part for part in stems(row.text) if len(part) >= TELLING_NAME}
            if isinstance(row, PersonName):
                now += [row.text, f"{row.given} {row.patronymic} {row.family}"]
    if found.kind == "relative":
        now += [relative.full_name.open() for relative in Relative.objects.filter(pk=found.pk)]
    people, single = set(), set()
    for name in now:
        parts = frozenset(stems(name))
        if len(parts) > 1:
            people.add(Person(parts, parts))
        else:
            single |= {part for part in parts if len(part) >= TELLING_NAME}
    means, may_mean = Withheld(frozenset(single), frozenset(people)), Withheld(frozenset(single | families))
    parts_of_names = Withheld(frozenset(single | families).union(*(person.stems for person in people)))
    has_part = lru_cache(REMEMBERED)(lambda piece: bool(parts_of_names.found_in(piece)))
    return Wanted(means, may_mean, has_part, found.code)


# The records that stay ---------------------------------------------------------------------------------------------


def mentions(found: Found, wanted: Wanted) -> Iterator[Mention]:
    """Yield every field of a record that stays and of a public page whose present text may name the person."""
    for kind in searched():
        owned = found.rows.get(kind, set())
        for row in table(kind).exclude(pk__in=owned).order_by("pk").iterator(chunk_size=500):
            for column in naming(row, kind, wanted.may_be_meant):
                yield Mention(kind, row.pk, _title(row), capfirst(str(column.verbose_name)))
    for version in open_versions(found):
        if any(wanted.may_be_meant(text) for text in _strings(json.loads(version.text))):
            yield Mention("publishedversion", version.pk, version.key, _("published version %s") % version.number)


def searched() -> Iterator[str]:
    """Yield the kinds of rows whose texts are searched: every record; what is under way is its author's alone."""
    for kind, treatment in TREATMENT.items():
        if has_past(kind) and (not isinstance(treatment, Apart) or kind == "prisoner"):
            yield kind


def naming(row: Any, kind: str, is_named: Any) -> Iterator[Any]:
    """Yield the columns of a row, or of one of its versions, whose text names the person."""
    for column in text_columns(kind):
        try:
            found = any(is_named(text) for text in _texts_of(getattr(row, column.attname)))
        except SealingError:
            continue  # its key is lost: nobody can read it, here or anywhere
        if found:
            yield column


def text_columns(kind: str) -> list[Any]:
    """Return the columns of a kind in which somebody may have written a name."""
    names = NAMES_OF_OTHERS.get(kind, ())
    written = (models.CharField, models.TextField, models.JSONField)
    return [
        column
        for column in model_of(kind)._meta.concrete_fields
        if isinstance(column, written)
        and not isinstance(column, LookupField)
        and not column.choices
        and column.name not in ("code", "slug", "sha256", "file_sha256", *names)
    ]


def _texts_of(value: Any) -> Iterable[str]:
    if isinstance(value, Sealed):
        return [value.open()] if value else []
    return _strings(value)


def _strings(value: Any) -> Iterator[str]:
    """Yield every text in a value, closed vocabulary of documents aside."""
    if isinstance(value, str):
        yield value
    elif value is not None:
        yield from (text for _path, text in texts(value))


def _title(row: Any) -> str:
    return str(row) if not isinstance(row, Prisoner) else row.code


# What said it earlier: it goes with the erasure where the present text does not say it any more --------------------


def earlier_versions(found: Found, wanted: Wanted) -> dict[str, set[int]]:
    """Return the versions of records that stay, by kind, which name the person in a field that now does not."""
    earlier: dict[str, set[int]] = {}
    for kind in filter(has_past, searched()):
        owned, taken = found.rows.get(kind, set()), found.versions.get(kind, set())
        rows = past(kind).exclude(id__in=owned).exclude(history_id__in=taken).iterator(chunk_size=500)
        naming_now: dict[int, set[str]] = {}
        for version in rows:
            said = {column.name for column in naming(version, kind, wanted.is_meant)}
            if not said:
                continue
            if version.id not in naming_now:
                row = table(kind).filter(pk=version.id).first()
                naming_now[version.id] = {c.name for c in naming(row, kind, wanted.is_meant)} if row else set()
            if said - naming_now[version.id]:
                earlier.setdefault(kind, set()).add(version.history_id)
    return earlier


def earlier_submissions(found: Found, wanted: Wanted) -> set[int]:
    """Return the decided submissions of others whose document names the person and is not what is public now."""
    shown = set(Publication.objects.values_list("prisoner_id", "sha256"))
    decided = (
        table("submission")
        .exclude(pk__in=found.rows.get("submission", ()))
        .exclude(state=SubmissionState.WAITING.value)
    )
    return {
        row.pk
        for row in decided.iterator(chunk_size=100)
        if (row.prisoner_id, row.sha256) not in shown and any(map(wanted.is_meant, _strings(row.document)))
    }


def open_versions(found: Found) -> Iterator[PublishedVersion]:
    """Yield the published texts that are not the person's own."""
    rows = PublishedVersion.objects.open().exclude(kind=DocumentKind.CASE, key=found.code).order_by("pk")
    yield from rows.iterator(chunk_size=100)


def naming_versions(found: Found, wanted: Wanted) -> list[int]:
    """Return the keys of the published versions of others that mean the person and that a later one has replaced."""
    present = set(PublishedCase.objects.values_list("code", "version"))
    present |= set(PublishedSite.objects.values_list("slug", "version"))
    present |= set(PublishedProvision.objects.values_list("slug", "version"))
    return [
        version.pk
        for version in open_versions(found)
        if (version.key, version.number) not in present
        and any(map(wanted.is_meant, _strings(json.loads(version.text))))
    ]


def earlier_reasons(found: Found, wanted: Wanted) -> dict[str, set[int]]:
    """Return the versions of records that stay, by kind, of which only the reason for the change names the person."""
    earlier: dict[str, set[int]] = {}
    for kind in filter(has_past, searched()):
        rows = past(kind).exclude(id__in=found.rows.get(kind, set())).exclude(history_change_reason=None)
        said = rows.values_list("history_id", "history_change_reason").iterator(chunk_size=500)
        named = {pk for pk, reason in said if wanted.is_meant(reason)}
        if named:
            earlier[kind] = named
    return earlier


def draft_names(draft: FormDraft, wanted: Wanted) -> bool:
    """Tell whether a text that was not saved means the person."""
    try:
        return any(map(wanted.is_meant, _every_string(json.loads(draft.payload.open() or "{}"))))
    except SealingError:
        return False


def payload_names(payload: Any, wanted: Wanted) -> bool:
    """Tell whether the payload of an entry of the audit means the person."""
    return any(map(wanted.is_meant, _every_string(payload)))


def _every_string(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _every_string(one)
    elif isinstance(value, list):
        for one in value:
            yield from _every_string(one)
