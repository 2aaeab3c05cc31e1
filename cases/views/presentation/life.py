"""What is known about the person beside the case: a list of facts with their notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from cases.published.countries import country_name
from cases.published.documents import CaseDocument, Fact, PlaceDocument
from cases.published.words import gettext
from cases.templatetags.tracker import beginning, edtf, governed, label, lower_first, sovereignty, spoken, told, words
from cases.views.presentation.notes import Citer, Notes
from cases.views.presentation.standing import age_in_words


@dataclass(frozen=True, slots=True)
class LifeFact:
    """One line: what it is, the value, and something beside it in softer type."""

    term: str
    value: str | SafeString
    beside: str
    notes: Notes


def life(document: CaseDocument, citer: Citer, *, on: date) -> tuple[LifeFact, ...]:
    """Return the facts about the person that the document states, ages as of the day `on`."""
    return tuple(fact for part in (_person(document, citer, on), _ties(document, citer)) for fact in part)


def _person(document: CaseDocument, citer: Citer, on: date) -> Iterator[LifeFact]:
    age = age_in_words(document, on)
    if document["born"]:
        yield LifeFact(
            gettext("Born"), told(document["born"]), "" if document["died"] else age, citer.notes(document, "born")
        )
    if document["died"]:
        yield LifeFact(pgettext("day", "Died"), told(document["died"]), age, citer.notes(document, "died"))
    for name, term in (("birthplace", gettext("Place of birth")), ("home", pgettext("of a person", "Home"))):
        place: PlaceDocument | None = document[name]  # type: ignore[literal-required]
        if place:
            yield LifeFact(term, spoken(place["name"]), sovereignty(place), citer.notes(document, name))
    for name, term, vocabulary in (
        ("ethnicity", gettext("Ethnicity"), "Ethnicity"),
        ("religion", gettext("Religion"), "Religion"),
        ("whereabouts", gettext("What the captor has acknowledged"), "Whereabouts"),
    ):
        value: str = document[name]  # type: ignore[literal-required]
        if value and value != "unknown":
            yield LifeFact(term, label(value, vocabulary), "", citer.notes(document, name))


def _ties(document: CaseDocument, citer: Citer) -> Iterator[LifeFact]:
    for role in document["roles"]:
        beside = _join(words(role["detail"]), _years(role["since"], role["until"]))
        yield _fact(gettext("Role"), label(role["role"], "Role"), beside, role, citer)
    for tie in document["affiliations"]:
        beside = _join(lower_first(label(tie["kind"], "AffiliationKind")), _years(tie["since"], tie["until"]))
        yield _fact(gettext("Organisation"), spoken(tie["organisation"]["name"]), beside, tie, citer)
    for one in document["citizenships"]:
        beside = "" if one["basis"] == "unknown" else lower_first(label(one["basis"], "CitizenshipBasis"))
        yield _fact(gettext("Citizenship"), country_name(one["country"]), beside, one, citer)
    for tongue in document["languages"]:
        beside = (
            "" if tongue["understanding"] == "unknown" else lower_first(label(tongue["understanding"], "Understanding"))
        )
        yield _fact(gettext("Language"), label(tongue["language"], "Language"), beside, tongue, citer)


def _fact(term: str, value: str, beside: str, fact: Fact, citer: Citer) -> LifeFact:
    return LifeFact(term, value, beside, citer.notes(fact))


def _join(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _years(since: str, until: str) -> str:
    if since and until:
        return gettext("%(first)s to %(last)s") % {"first": edtf(since), "last": edtf(until)}
    if since:
        return gettext("since %(date)s") % {"date": beginning(since)}
    return gettext("until %(date)s") % {"date": governed(until)} if until else ""
