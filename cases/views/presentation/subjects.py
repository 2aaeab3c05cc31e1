"""Provisions, sites and places that the words of a search name, above the people."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _

from cases.published.subject_models import PublishedSubject, SubjectKind
from cases.published.subjects import find_subjects, name_in

LABELS = {
    SubjectKind.PROVISION: _("Provisions"),
    SubjectKind.SITE: _("Places of detention"),
    SubjectKind.PLACE: _("Places"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """One of them; the path is its page, or the list of the people of a place."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class SubjectGroup:
    """Those of one kind."""

    kind: str
    label: str
    subjects: tuple[Subject, ...]


def subjects_of(text: str, on: date) -> tuple[SubjectGroup, ...]:
    """Return what the words of `text` name beside people, in the active language."""
    language = get_language() or "en"
    return tuple(
        SubjectGroup(
            kind.value, str(LABELS[kind]), tuple(Subject(name_in(one, language), _path(one)) for one in subjects)
        )
        for kind, subjects in find_subjects(text, language, on).items()
    )


def _path(subject: PublishedSubject) -> str:
    if subject.kind == SubjectKind.PLACE:
        return f"{reverse('cases')}?place={subject.key}"
    return reverse(subject.kind, args=[subject.key])
