"""Sites, provisions and places found by words of their names in any language, provisions by their number as well."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q

from cases.domain.name_terms import STEM, text_stems
from cases.domain.names import sort_key
from cases.domain.text_questions import numbered_words, read_question
from cases.published.documents import PlaceDocument, Words
from cases.published.models import Facet, PublishedProvision, PublishedSite, PublishedTotal
from cases.published.statistics import totals
from cases.published.subject_models import PublishedSubject, PublishedSubjectTerm, SubjectKind

MOST_OF_A_KIND = 8
LONGEST_TERM = 60


def show_reference(table: type[PublishedSite] | type[PublishedProvision], document: Any, *, using: str) -> None:
    """Let a site or provision be found; `document` is its public document."""
    if table is PublishedSite:
        _show(SubjectKind.SITE, document["slug"], document["name"], [document["place"]["name"]], using=using)
        return
    name = {language: f"{document['number']} {title}" for language, title in document["title"].items()}
    subject = _show(SubjectKind.PROVISION, document["slug"], name, [], using=using)
    numbers = {document["number"].lower(), document["article"].lower()}
    _add_terms(subject, (f"{STEM}{number}" for number in numbers), using=using)


def show_places(places: Iterable[PlaceDocument], *, using: str) -> None:
    """Let places be found by their names; those that are known as they are cost one question."""
    wanted = {place["slug"]: place["name"] for place in places}
    known = dict(
        PublishedSubject.objects.using(using).filter(kind=SubjectKind.PLACE, key__in=wanted).values_list("key", "name")
    )
    for slug, name in sorted(wanted.items()):
        if known.get(slug) != name:
            _show(SubjectKind.PLACE, slug, name, [], using=using)


def hide_places(slugs: Collection[str], *, using: str) -> None:
    """Let places of a case that is about to be taken out no longer be found where no other case counts under them.

    Before its totals are locked: who publishes locks places first.
    """
    if not slugs:
        return
    others = PublishedTotal.objects.using(using).filter(facet=Facet.PLACE, value__in=slugs, people__gt=1)
    gone = set(slugs) - set(others.values_list("value", flat=True))
    PublishedSubject.objects.using(using).filter(kind=SubjectKind.PLACE, key__in=gone).delete()


def hide_references(table: type[PublishedSite] | type[PublishedProvision], slugs: Iterable[str], *, using: str) -> None:
    """Let sites or provisions no longer be found."""
    kind = SubjectKind.SITE if table is PublishedSite else SubjectKind.PROVISION
    PublishedSubject.objects.using(using).filter(kind=kind, key__in=slugs).delete()


def _show(kind: SubjectKind, key: str, name: Words, also: Iterable[Words], *, using: str) -> PublishedSubject:
    subject, _is_new = PublishedSubject.objects.using(using).update_or_create(
        kind=kind, key=key, defaults={"name": name}
    )
    PublishedSubjectTerm.objects.using(using).filter(subject=subject).delete()
    texts = [text for words in (name, *also) for text in words.values()]
    stems = (stem for text in texts for stem in (*text_stems(text), *numbered_words(text)))
    _add_terms(subject, (f"{STEM}{stem}" for stem in stems), using=using)
    return subject


def _add_terms(subject: PublishedSubject, terms: Iterable[str], *, using: str) -> None:
    wanted = sorted({term[:LONGEST_TERM] for term in terms})
    PublishedSubjectTerm.objects.using(using).bulk_create(
        (PublishedSubjectTerm(subject=subject, term=term) for term in wanted), ignore_conflicts=True
    )


def find_subjects(text: str, language: str, on: date) -> dict[SubjectKind, list[PublishedSubject]]:
    """Return the provisions, sites and places that have every word of `text` in a name, up to eight of each, by name.

    A number finds its provisions: "275", "205.5(2)", "ч. 2 ст. 205.5"; with a word before it the sites of that kind and
    number: "СИЗО-2 Таганрог". Only kinds with something found are there.
    """
    question = read_question(text)
    ways = {
        SubjectKind.PROVISION: question.law or question.words,
        SubjectKind.SITE: question.numbered or question.words,
        SubjectKind.PLACE: question.words,
    }
    by_kind: dict[SubjectKind, list[PublishedSubject]] = {}
    for kind in SubjectKind:
        subjects = _having_all(kind, ways[kind])
        if kind is SubjectKind.PLACE:
            subjects = _with_people(subjects, on)
        subjects.sort(key=lambda one: sort_key(name_in(one, language), language))
        if subjects:
            by_kind[kind] = subjects[:MOST_OF_A_KIND]
    return by_kind


def _having_all(kind: SubjectKind, terms: Collection[str]) -> list[PublishedSubject]:
    if not terms:
        return []
    found = PublishedSubject.objects.filter(kind=kind, terms__term__in=terms).annotate(met=Count("terms"))
    return [*found.filter(met=len(terms)).order_by("key")[: MOST_OF_A_KIND * 3]]


def _with_people(places: list[PublishedSubject], on: date) -> list[PublishedSubject]:
    """Return the places of somebody whose consent lasts on the day `on`."""
    if not places:
        return []
    present = totals([Facet.PLACE], on, Q(value__in=[place.key for place in places]))
    return [place for place in places if (Facet.PLACE.value, place.key) in present]


def name_in(subject: PublishedSubject, language: str) -> str:
    """Return the name of a subject in a language, in English or any other where it has none."""
    name: Words = subject.name
    return name.get(language) or name.get("en") or next(iter(name.values()), subject.key)
