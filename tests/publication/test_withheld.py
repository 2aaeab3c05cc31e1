"""A withheld value is found in a public text however it is written, and blocks publication without being repeated."""

from collections.abc import Callable

import pytest

from cases.enums import Consent, Kinship
from cases.models import Defendant, Event, Household, PersonName, Prisoner, Proceeding, Publication, Relative
from cases.publication.casefile import read_case
from cases.publication.findings import case_findings
from cases.publication.publish import Published
from cases.publication.withheld import withheld_in
from tests.publication.conftest import AT


def kinds(prisoner: Prisoner, text: str) -> str:
    return withheld_in(read_case(prisoner)).found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Тайнозор, вчитель",
        "про Тайнозора писали",
        "Tainozor was a teacher",
        "https://example.org/tainozor-news",
        "Тайнозоpом",  # with a Latin look-alike
    ],
)
def test_a_withheld_name_is_found_in_any_script_and_case(
    prisoner: Prisoner, secret_name: PersonName, text: str
) -> None:
    assert kinds(prisoner, text) == "name"


def test_the_public_part_of_a_withheld_name_may_be_written(prisoner: Prisoner, secret_name: PersonName) -> None:
    assert kinds(prisoner, "Алім Вигаданий, учитель") == ""


def test_initials_only_withholds_every_name(prisoner: Prisoner) -> None:
    assert kinds(prisoner, "Alim is a teacher") == ""
    prisoner.consent = Consent.INITIALS.value
    prisoner.save()
    assert kinds(prisoner, "Alim is a teacher") == "name"
    assert kinds(prisoner, "листа Вигаданого") == "name"


@pytest.mark.parametrize("text", ["born 07.03.1986", "1986-03-07", "born on 7/3/1986."])
def test_an_exact_birth_date_is_found_where_only_the_year_is_shown(prisoner: Prisoner, text: str) -> None:
    assert kinds(prisoner, text) == ""
    prisoner.born_detail = "year"
    prisoner.save()
    assert kinds(prisoner, text) == "date"
    assert kinds(prisoner, "arrested on 08.03.1986") == ""


def test_words_of_a_private_note_are_found(prisoner: Prisoner) -> None:
    prisoner.private_notes = "His brother hides in a house near the old mill."
    prisoner.save()
    assert kinds(prisoner, "It is said that his brother hides in a house.") == "private text"
    assert kinds(prisoner, "His brother is a farmer.") == ""


def test_a_relative_and_a_phone_are_found(prisoner: Prisoner) -> None:
    household = Household.objects.create(label="Blue gate", phone="+38 (050) 123-45-67")
    household.prisoners.add(prisoner)
    Relative.objects.create(household=household, full_name="Зейнеп Вигадана", kinship=Kinship.SPOUSE.value)
    assert kinds(prisoner, "his wife Zeynep Vyhadana told us") == "private text"
    assert kinds(prisoner, "call 050 123 45 67") == "number"
    assert kinds(prisoner, "call 050 123 45 68") == ""


def test_the_family_of_somebody_else_withholds_nothing(prisoner: Prisoner) -> None:
    household = Household.objects.create(label="Blue gate", phone="+38 (050) 123-45-67")
    Relative.objects.create(household=household, full_name="Зейнеп Вигадана", kinship=Kinship.SPOUSE.value)
    assert kinds(prisoner, "Zeynep Vyhadana, 050 123 45 67") == ""


def test_a_leak_blocks_and_is_named_by_its_place_alone(prisoner: Prisoner, secret_name: PersonName) -> None:
    event = Event.objects.create(prisoner=prisoner, kind="letter", happened="2023", title_en="Letter signed Tainozor")
    blocking = [finding for finding in case_findings(prisoner, on=AT.date()) if finding.blocks]
    assert [finding.field for finding in blocking] == ["events.1.title.en"]
    assert "ainozor" not in blocking[0].message
    event.is_public = False
    event.save()
    assert [finding for finding in case_findings(prisoner, on=AT.date()) if finding.blocks] == []


def test_somebody_who_may_not_be_named_is_not_named_on_the_page_of_a_codefendant(prisoner: Prisoner) -> None:
    other = Prisoner.objects.create(consent=Consent.NONE.value)
    PersonName.objects.create(
        prisoner=other, text="Рустем Небувалий", given="Рустем", family="Небувалий", language="uk"
    )
    proceeding = Proceeding.objects.create(title_en="Case of Vyhadanyi and Nebuvalyi")
    Defendant.objects.create(prisoner=prisoner, proceeding=proceeding)
    assert kinds(prisoner, "Case of Vyhadanyi and Nebuvalyi") == ""
    Defendant.objects.create(prisoner=other, proceeding=proceeding)
    assert kinds(prisoner, "Case of Vyhadanyi and Nebuvalyi") == "name"
    assert [finding.field for finding in case_findings(prisoner, on=AT.date()) if finding.blocks] == [
        "proceedings.0.title.en"
    ]
    other.consent, other.consent_given_by = Consent.FULL.value, "family"
    other.save()
    assert kinds(prisoner, "Case of Vyhadanyi and Nebuvalyi") == ""


def test_a_published_codefendant_who_names_somebody_unnamed_is_pointed_out(
    prisoner: Prisoner, approve: Callable[..., Published]
) -> None:
    other = Prisoner.objects.create(consent=Consent.FULL.value, consent_given_by="family")
    PersonName.objects.create(prisoner=other, text="Рустем Небувалий", family="Небувалий", language="uk")
    proceeding = Proceeding.objects.create(title_en="Case of Vyhadanyi and Nebuvalyi")
    for person in (prisoner, other):
        Defendant.objects.create(prisoner=person, proceeding=proceeding)
    published = approve(prisoner)
    Publication.objects.create(
        prisoner=prisoner, version=published.version, sha256=published.sha256, published_at=AT, published_by=None
    )
    assert [
        finding.field for finding in case_findings(other, on=AT.date()) if "published case" in finding.message
    ] == []
    other.consent = Consent.INITIALS.value
    other.save()
    pointed = [finding.message for finding in case_findings(other, on=AT.date()) if "published case" in finding.message]
    assert [prisoner.code in message for message in pointed] == [True]
