"""A withheld value is found in a public text however it is written, and blocks publication without being repeated."""

from collections.abc import Callable

import pytest

from cases.enums import Consent, Kinship
from cases.models import (
    Affiliation,
    Defendant,
    Event,
    Household,
    Organisation,
    PersonName,
    Place,
    Prisoner,
    Proceeding,
    Publication,
    Relative,
)
from cases.publication.casefile import read_case
from cases.publication.findings import case_findings
from cases.publication.publish import Published
from cases.publication.withholding import withheld_in
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


@pytest.mark.parametrize(
    "text",
    [
        "born 07.03.1986",
        "1986-03-07",
        "born on 7/3/1986.",
        "7 March 1986",
        "the 7th of March, 1986",
        "March 7, 1986",
        "7 березня 1986 року",
        "7 марта 1986",
        "7 mart 1986",
        "7.3.86",
        "1986/03/07",
        "07. 03. 1986",
    ],
)
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
    publication = Publication.objects.create(prisoner=other, version=1, sha256="0" * 64, published_at=AT)
    assert kinds(prisoner, "Case of Vyhadanyi and Nebuvalyi") == ""
    publication.state, publication.withdrawn_at = "withdrawn", AT
    publication.save()
    assert kinds(prisoner, "Case of Vyhadanyi and Nebuvalyi") == "name"


def test_a_published_codefendant_who_names_somebody_unnamed_is_pointed_out(
    prisoner: Prisoner, approve: Callable[..., Published]
) -> None:
    other = Prisoner.objects.create(consent=Consent.FULL.value, consent_given_by="family")
    PersonName.objects.create(prisoner=other, text="Рустем Небувалий", family="Небувалий", language="uk")
    proceeding = Proceeding.objects.create(title_en="Case of Vyhadanyi and Nebuvalyi")
    for person in (prisoner, other):
        Defendant.objects.create(prisoner=person, proceeding=proceeding)
    Publication.objects.create(prisoner=other, version=1, sha256="0" * 64, published_at=AT)
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


@pytest.mark.parametrize(
    "text",
    [
        "https://uk.wikipedia.org/wiki/%D0%92%D0%B8%D0%B3%D0%B0%D0%B4%D0%B0%D0%BD%D0%B8%D0%B9",
        "https://t.me/freevyhadanyi",
        "#FreeVyhadanyi",
        "vyhadanyi.org",
    ],
)
def test_initials_only_finds_the_name_in_addresses_and_joined_words(prisoner: Prisoner, text: str) -> None:
    assert kinds(prisoner, text) == ""
    prisoner.consent = Consent.INITIALS.value
    prisoner.save()
    assert kinds(prisoner, text) == "name"


def test_an_organisation_named_after_somebody_unnamed_blocks(prisoner: Prisoner) -> None:
    organisation = Organisation.objects.create(slug="committee", name_en="Committee for Alim Vyhadanyi", kind="ngo")
    Affiliation.objects.create(prisoner=prisoner, organisation=organisation, kind="member")
    prisoner.consent = Consent.INITIALS.value
    prisoner.save()
    blocking = [finding.field for finding in case_findings(prisoner, on=AT.date()) if finding.blocks]
    assert blocking == ["affiliations.0.organisation.name.en"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Maryna Kolodiazhna told us", "private text"),
        ("за словами Колодяжної Марини", "private text"),
        ("разом із Мариною Колодяжною", "private text"),
        ("Maryna is a common name", ""),
        ("Alim Vyhadanyi and his family", ""),
    ],
)
def test_a_relative_is_found_without_patronymic_and_in_any_case(prisoner: Prisoner, text: str, kind: str) -> None:
    household = Household.objects.create(label="Blue gate")
    household.prisoners.add(prisoner)
    for name in ("Maryna Ivanivna Kolodiazhna", "Alim Vyhadanyi", "Zeynep Alim Vyhadanyi"):
        Relative.objects.create(household=household, full_name=name, kinship=Kinship.OTHER.value)
    assert kinds(prisoner, text) == kind


def test_a_hidden_home_is_looked_for_in_texts(prisoner: Prisoner) -> None:
    prisoner.home = Place.objects.create(
        slug="alupka", name_en="Alupka", name_uk="Алупка", sovereign="UA", region="UA-43"
    )
    prisoner.save()
    assert kinds(prisoner, "He lived in Alupka") == ""
    prisoner.home_is_public = False
    prisoner.save()
    assert kinds(prisoner, "He lived in Alupka") == "private text"


def test_the_case_number_of_somebody_unnamed_is_looked_for(prisoner: Prisoner) -> None:
    proceeding = Proceeding.objects.create(title_en="Case 1-234/2019", number="1-234/2019")
    Defendant.objects.create(prisoner=prisoner, proceeding=proceeding)
    assert kinds(prisoner, "Case 1-234/2019") == ""
    prisoner.consent = Consent.INITIALS.value
    prisoner.save()
    assert kinds(prisoner, "Case 1-234/2019") == "private text"


@pytest.mark.parametrize(
    ("own", "relative"),
    [
        ("Enver Asanov", "Asan Asanov"),
        ("Іван Іваненко", "Іван Петрович Іваненко"),
        ("Lutfie Memetova", "Memet Memetov"),
    ],
)
def test_a_relative_does_not_block_the_persons_own_name(prisoner: Prisoner, own: str, relative: str) -> None:
    prisoner.names.all().delete()
    PersonName.objects.create(prisoner=prisoner, text=own, language="en", is_preferred=True)
    household = Household.objects.create(label="Blue gate")
    household.prisoners.add(prisoner)
    Relative.objects.create(household=household, full_name=relative, kinship=Kinship.PARENT.value, born="2018-05-21")
    assert [finding for finding in case_findings(prisoner, on=AT.date()) if finding.blocks] == []
    assert kinds(prisoner, f"{own} was arrested.") == ""
    assert kinds(prisoner, "a child born on 21.05.2018") == "date"


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("Суд", "Судак is a town", ""),
        ("Roman", "a Romanian citizen", ""),
        ("Ali", "he is alive", ""),
        ("Roman", "letters to Roman's friends", "name"),
        ("Мустафаєв", "разом з Мустафаєвим", "name"),
    ],
)
def test_a_short_name_is_not_found_inside_other_words(prisoner: Prisoner, name: str, text: str, kind: str) -> None:
    PersonName.objects.create(prisoner=prisoner, text=name, language="uk", kind="alias", is_public=False)
    assert kinds(prisoner, text) == kind


def test_a_few_private_words_that_anybody_may_write_do_not_block(prisoner: Prisoner) -> None:
    prisoner.consent_notes = "by phone"
    prisoner.save()
    assert kinds(prisoner, "He called by phone.") == ""
