"""The desk is told of other cases that may be of the same person, by private names as well."""

import pytest

from cases.domain.name_matching import Reason
from cases.queries.duplicates import resembling
from tests.factories import PersonNameFactory, PrisonerFactory

pytestmark = pytest.mark.django_db


def person(*names):
    prisoner = PrisonerFactory()
    for name in names:
        PersonNameFactory(prisoner=prisoner, text=name, is_preferred=False, is_public=False)
    return prisoner


def test_a_new_person_resembles_one_who_is_written_otherwise():
    known = person("Микола Петрович Вигаданий")
    mistyped = person("Nikolai Wyhadanuy")
    person("Микола Ткаченко")
    person("Олена Вигадана")
    person("Вигаданий")
    new = person("Nikolay Vygadanyi")

    found = resembling(new)

    assert {one.prisoner: one.match.reason for one in found} == {known: Reason.GIVEN_NAME, mistyped: Reason.ONE_LETTER}


def test_a_single_word_resembles_nobody():
    person("Микола Вигаданий")

    assert resembling(person("Микола")) == []
