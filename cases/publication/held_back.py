"""Why a value of a case is not public: one named reason each, found by one named rule, with the sentence that tells it.

The rules go by the policy and the rows as they are now. They never open a sealed value.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from django.db import models
from translated_fields import TranslatedField

from cases.enums import Consent, DateDetail, Vocabulary, gettext_noop
from cases.publication.casefile import CaseFile
from cases.publication.citing import WEIGHED
from cases.publication.document import hidden_fields
from cases.publication.policy import NEVER_SHOWN, is_named, words_of
from cases.publication.policy_table import POLICY, RECORD, Disclosure
from cases.publication.row_paths import RowKey, key_of_row, row_paths
from cases.publication.withheld import STRUCTURE, Withheld


class Reason(Vocabulary):
    """Why something is not public; the label is the sentence that people read."""

    SEALED = "sealed", gettext_noop("It endangers people: it is sealed where it is stored and never public.")
    BOOKKEEPING = "bookkeeping", gettext_noop("It belongs to the work of the desk.")
    TIES = "ties", gettext_noop("It ties the row to its case and is not shown itself.")
    DECIDES = "decides", gettext_noop("It decides what is shown and is not shown itself.")
    NAME_PARTS = "name_parts", gettext_noop("The name is shown as it is written, not in its parts.")
    NEVER_SHOWN = "never_shown", gettext_noop("Visits and stays in hospital are never shown.")
    ROW_HIDDEN = "row_hidden", gettext_noop("The row is marked not to be shown.")
    PARENT_HIDDEN = "parent_hidden", gettext_noop("The decision that it belongs to is not shown.")
    INITIALS = "initials", gettext_noop("The consent is to initials only.")
    BORN_HIDDEN = "born_hidden", gettext_noop("The date of birth may not be shown.")
    BORN_YEAR = "born_year", gettext_noop("Only the year of birth is shown.")
    HOME = "home", gettext_noop("The home settlement may not be shown.")
    RELIGION = "religion", gettext_noop("The religion is not ticked to be shown.")
    PHOTO = "photo", gettext_noop("The photograph is not ticked to be shown.")
    PHOTO_UNREADABLE = "photo_unreadable", gettext_noop("The photograph cannot be opened.")
    SITE = "site", gettext_noop("The detention site may not have a public page yet.")
    SOURCE = "source", gettext_noop("The source may not be named.")
    UNCITED = "uncited", gettext_noop("It is cited for something that is not shown.")
    ASIDE = "aside", gettext_noop("It is shown only where the source says something else than the case.")
    CAUGHT = "caught", gettext_noop("The text contains something that the case withholds: a name, a date, a number.")
    NO_CONSENT = "no_consent", gettext_noop("There is no consent: nothing of the case is public.")
    CONSENT_ENDED = "consent_ended", gettext_noop("The consent has ended: nothing of the case is public.")
    NEVER_SUBMITTED = "never_submitted", gettext_noop("The case was never submitted for review.")
    WAITING = "waiting", gettext_noop("The case waits for a reviewer.")
    SENT_BACK = "sent_back", gettext_noop("A reviewer sent the case back to its author.")
    RECALLED = "recalled", gettext_noop("Its author took the submission back.")
    WITHDRAWN = "withdrawn", gettext_noop("The case is withdrawn from the public.")
    CHANGED = "changed", gettext_noop("It was changed since the case was published.")


@dataclass(frozen=True)
class Standing:
    """What the rules need to know of the case: who may be named, which rows its document shows, what it withholds."""

    named: bool
    has_consent: bool
    paths: dict[RowKey, str]
    cited_by: dict[int, models.Model]  # a citation's key -> the row that it is about
    hidden_fields: frozenset[str]
    shown_sources: frozenset[int]
    has_photo: bool = True
    withheld: Withheld = field(default_factory=Withheld)

    def shows(self, row: models.Model) -> bool:
        """Tell whether the document of the case shows the row."""
        return key_of_row(row) in self.paths


def standing_of(
    case: CaseFile, rows: list[models.Model], *, has_photo: bool = True, withheld: Withheld | None = None
) -> Standing:
    """Gather what the rules need. Without `withheld`, texts that are caught are not found."""
    standing = Standing(
        named=is_named(case.prisoner),
        has_consent=case.prisoner.consent != Consent.NONE,
        paths=row_paths(case),
        cited_by={citation.pk: row for row in rows for citation in case.cited(row)},
        hidden_fields=hidden_fields(case.prisoner, named=is_named(case.prisoner)),
        shown_sources=frozenset(),
        has_photo=has_photo,
        withheld=withheld or Withheld(),
    )
    cited = [citation for row in rows for citation in case.cited(row)]
    shown = {one.source_id for one in cited if not _uncited(one, standing) and not _says_withheld(one, standing)}
    shown |= {row.source_id for row in case.prisoner.assessments.all() if row.source_id and standing.shows(row)}
    return replace(standing, shown_sources=frozenset(shown))


Holds: TypeAlias = Callable[[Any, Standing], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason, and when it holds of a row."""

    reason: Reason
    holds: Holds


def _always(_row: Any, _standing: Standing) -> bool:
    return True


def _unnamed(_row: Any, standing: Standing) -> bool:
    return not standing.named


def _of_hidden_field(citation: Any, standing: Standing) -> bool:
    """Tell whether a citation is for a field that is not shown, or whose being filled is nobody's business."""
    row = standing.cited_by.get(citation.pk)
    if row is None or not citation.field:
        return False
    model = str(row._meta.model_name)
    kind = POLICY[model].get(citation.field) or RECORD.get(citation.field)
    if kind not in (Disclosure.PUBLIC, Disclosure.DERIVED):
        return True
    if citation.value and kind is Disclosure.DERIVED and (model, citation.field) not in WEIGHED:
        return True
    return model == "prisoner" and citation.field in standing.hidden_fields


def _uncited(citation: Any, standing: Standing) -> bool:
    row = standing.cited_by.get(citation.pk)
    return row is None or not standing.shows(row) or _of_hidden_field(citation, standing)


def _says_withheld(citation: Any, standing: Standing) -> bool:
    """Tell whether the value that a source gives is withheld: then nothing is said of what the source says."""
    return bool(standing.withheld.found_in(citation.value))


def _source_hidden(source: Any, _standing: Standing) -> bool:
    return not source.is_public


def _source_caught(source: Any, standing: Standing) -> bool:
    return any(standing.withheld.found_in(getattr(source, name)) for name in ("title", "publisher", "author", "url"))


def _source_unused(source: Any, standing: Standing) -> bool:
    return source.pk not in standing.shown_sources


TIES, DECIDES = Rule(Reason.TIES, _always), Rule(Reason.DECIDES, _always)
INITIALS = Rule(Reason.INITIALS, _unnamed)  # `reason_for` says NO_CONSENT instead where there is none
PHOTO = (
    Rule(Reason.PHOTO, lambda row, _standing: not row.photo_is_public),
    INITIALS,
    Rule(Reason.PHOTO_UNREADABLE, lambda _row, standing: not standing.has_photo),
)
SOURCE = (
    Rule(Reason.SOURCE, _source_hidden),
    Rule(Reason.CAUGHT, _source_caught),
    Rule(Reason.UNCITED, _source_unused),
)
UNCITED = Rule(Reason.UNCITED, _uncited)
CAUGHT_VALUE = Rule(Reason.CAUGHT, _says_withheld)
ASIDE = Rule(Reason.ASIDE, lambda citation, _standing: not citation.value)
QUOTED = (
    UNCITED,
    ASIDE,
    CAUGHT_VALUE,
    Rule(Reason.SOURCE, lambda citation, standing: _source_hidden(citation.source, standing)),
    Rule(Reason.CAUGHT, lambda citation, standing: bool(standing.withheld.found_in(citation.quote))),
)

#: (model, field) -> its rules in the order in which they are asked; where none holds, the value is shown.
#: Every DERIVED field of a case is here; a PUBLIC one is where the document shows it only sometimes.
RULES: dict[tuple[str, str], tuple[Rule, ...]] = {
    ("prisoner", "born"): (
        Rule(Reason.BORN_HIDDEN, lambda row, _standing: row.born_detail == DateDetail.HIDDEN),
        INITIALS,
        Rule(Reason.BORN_YEAR, lambda row, _standing: row.born_detail != DateDetail.DAY),
    ),
    ("prisoner", "died"): (INITIALS,),
    ("prisoner", "birthplace"): (INITIALS,),
    ("prisoner", "home"): (Rule(Reason.HOME, lambda row, _standing: not row.home_is_public), INITIALS),
    ("prisoner", "religion"): (Rule(Reason.RELIGION, lambda row, _standing: not row.religion_is_public), INITIALS),
    ("prisoner", "consent"): (Rule(Reason.NO_CONSENT, lambda row, _standing: row.consent == Consent.NONE),),
    ("prisoner", "consent_expires"): (DECIDES,),
    ("prisoner", "born_detail"): (DECIDES,),
    ("prisoner", "home_is_public"): (DECIDES,),
    ("prisoner", "religion_is_public"): (DECIDES,),
    ("prisoner", "photo_is_public"): (DECIDES,),
    ("prisoner", "photo"): PHOTO,
    ("prisoner", "photo_credit"): PHOTO,
    ("prisoner", "photo_licence"): PHOTO,
    ("prisoner", "photo_alt"): PHOTO,
    **{("personname", name): (INITIALS,) for name in ("text", "language", "kind", "is_preferred")},
    **{("personname", name): (Rule(Reason.NAME_PARTS, _always),) for name in ("given", "patronymic", "family")},
    ("proceeding", "number"): (INITIALS,),
    ("rehabilitation", "document_number"): (INITIALS,),
    ("stay", "site"): (Rule(Reason.SITE, lambda row, _standing: row.site is not None and not row.site.is_public),),
    ("sentencesegment", "position"): (DECIDES,),
    ("findingtick", "key"): (DECIDES,),
    ("findingtick", "sha256"): (DECIDES,),
    **{
        ("source", name): SOURCE
        for name in ("title", "publisher", "author", "url", "published", "accessed", "language")
    },
    **{("source", name): (Rule(Reason.UNCITED, _source_unused),) for name in ("kind", "reliability", "is_invented")},
    ("citation", "field"): (UNCITED, CAUGHT_VALUE),
    ("citation", "source"): (
        UNCITED,
        CAUGHT_VALUE,
        Rule(Reason.SOURCE, lambda citation, standing: _source_hidden(citation.source, standing)),
        Rule(Reason.CAUGHT, lambda citation, standing: _source_caught(citation.source, standing)),
    ),
    ("citation", "value"): (
        UNCITED,
        CAUGHT_VALUE,
    ),
    ("citation", "quote"): QUOTED,
    ("citation", "page"): QUOTED[:4],
    ("citation", "confidence"): (UNCITED, ASIDE, CAUGHT_VALUE),
    **{
        (model, name): (TIES,)
        for model, names in {
            "personname": ("prisoner",),
            "publicrole": ("prisoner",),
            "affiliation": ("prisoner",),
            "citizenship": ("prisoner",),
            "spokenlanguage": ("prisoner",),
            "stay": ("prisoner",),
            "event": ("prisoner",),
            "assessment": ("prisoner",),
            "findingtick": ("prisoner",),
            "rehabilitation": ("prisoner",),
            "defendant": ("prisoner", "proceeding"),
            "charge": ("defendant",),
            "penalty": ("provision",),
            "designation": ("organisation",),
            "hearing": ("proceeding",),
            "decision": ("proceeding", "defendant"),
            "sentence": ("decision", "defendant"),
            "sentencesegment": ("sentence",),
            "citation": ("prisoner", "content_type", "object_id"),
        }.items()
        for name in names
    },
    **{
        (model, "is_public"): (DECIDES,)
        for model in (
            "personname",
            "publicrole",
            "affiliation",
            "stay",
            "event",
            "hearing",
            "decision",
            "assessment",
            "rehabilitation",
            "source",
            "detentionsite",
        )
    },
}

#: Rules of every field of a row, after those that say that the field is never shown itself.
ROW_RULES = (
    Rule(Reason.NEVER_SHOWN, lambda row, _standing: _kind_of(row) == "event" and row.kind in NEVER_SHOWN),
    Rule(
        Reason.ROW_HIDDEN,
        lambda row, _standing: _kind_of(row) != "source" and not getattr(row, "is_public", True),
    ),
    Rule(
        Reason.PARENT_HIDDEN,
        lambda row, standing: _kind_of(row) in ("sentence", "sentencesegment") and not standing.shows(row),
    ),
)
NEVER_ITSELF = frozenset({Reason.TIES, Reason.DECIDES, Reason.NAME_PARTS})

BY_CLASS = {Disclosure.SEALED: Reason.SEALED, Disclosure.WITHHELD: Reason.BOOKKEEPING}


def _kind_of(row: models.Model) -> str:
    return str(row._meta.model_name)


def possible_reasons(model: str, name: str) -> frozenset[Reason]:
    """Return the reasons that the table has for a field; none for a PUBLIC one that is shown whenever its row is."""
    kind = POLICY[model].get(name) or RECORD[name]
    if kind in BY_CLASS:
        return frozenset({BY_CLASS[kind]})
    return frozenset(rule.reason for rule in RULES.get((model, name), ()))


def reason_for(row: models.Model, name: str, standing: Standing) -> Reason | None:
    """Return why the document of the case does not show a field of a row; None where it does."""
    kind = POLICY[_kind_of(row)].get(name) or RECORD[name]
    if kind in BY_CLASS:
        return BY_CLASS[kind]
    own = RULES.get((_kind_of(row), name), ())
    never = [rule for rule in own if rule.reason in NEVER_ITSELF]
    held = next((rule.reason for rule in (*never, *ROW_RULES, *own) if rule.holds(row, standing)), None)
    if held is Reason.INITIALS and not standing.has_consent:
        return Reason.NO_CONSENT
    if held is None and kind is Disclosure.PUBLIC and _is_caught(row, name, standing):
        return Reason.CAUGHT
    return held


def _is_caught(row: models.Model, name: str, standing: Standing) -> bool:
    """Tell whether a text contains what the case withholds: such a text forbids publication."""
    if STRUCTURE.search(name):
        return False
    return any(standing.withheld.found_in(text) for text in texts_of(row, name))


def texts_of(row: models.Model, name: str) -> list[str]:
    """Return the texts of a field, one for each language of a translated one; none of a field that is no text."""
    if isinstance(vars(type(row)).get(name), TranslatedField):
        return list(words_of(row, name).values())
    value = getattr(row, name)
    return [value] if isinstance(value, str) and value else []


def has_value(row: models.Model, name: str) -> bool:
    """Tell whether something is written in a field. Nothing sealed is opened for it."""
    if isinstance(vars(type(row)).get(name), TranslatedField):
        return bool(words_of(row, name))
    field_of = row._meta.get_field(name)
    if field_of.many_to_many:
        return False
    value = getattr(row, field_of.attname if field_of.is_relation else name)  # type: ignore[union-attr]
    return bool(value) or (value == 0 and value is not False)
