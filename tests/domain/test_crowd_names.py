import re
from collections import Counter
from random import Random

import pytest

from cases.domain.crowd_names import TRADITIONS, CrowdPerson, crowd_person, name_forms
from cases.domain.names import fold
from cases.enums import Ethnicity, Language, NameKind, Sex

UKRAINIAN = re.compile(r"[А-ЩЬЮЯҐЄІЇа-щьюяґєії’() .-]+")
RUSSIAN = re.compile(r"[А-ЯЁа-яё .-]+")
LATIN = re.compile(r"[A-Za-zÀ-ɏʹ' -]+")
HEBREW = re.compile(r"[\u0590-\u05ff\ufb1d-\ufb4f ]+")
SCRIPTS = {
    Language.UKRAINIAN: UKRAINIAN,
    Language.RUSSIAN: RUSSIAN,
    Language.CRIMEAN_TATAR_CYRILLIC: RUSSIAN,
    Language.YIDDISH: HEBREW,
}


def people(ethnicity: Ethnicity, sex: Sex, count: int) -> list[tuple[CrowdPerson, list[dict[str, object]]]]:
    found = []
    for number in range(count):
        rng = Random(f"{ethnicity}/{sex}/{number}")  # noqa: S311 - chance, not a secret
        person = crowd_person(rng, ethnicity, sex)
        rows = [
            {
                "text": form.written(person),
                "language": form.language,
                "kind": form.kind,
                "is_preferred": form.preferred,
            }
            for form in name_forms(rng, person.tradition)
        ]
        found.append((person, rows))
    return found


@pytest.mark.parametrize("sex", [Sex.MALE, Sex.FEMALE])
@pytest.mark.parametrize("ethnicity", list(TRADITIONS))
def test_every_form_is_written_in_the_script_of_its_language(ethnicity: Ethnicity, sex: Sex) -> None:
    careless = 0
    for _person, rows in people(ethnicity, sex, 300):
        for row in rows:
            script = SCRIPTS.get(Language(str(row["language"])), LATIN)
            if not script.fullmatch(str(row["text"])):
                assert row["kind"] == NameKind.CHARGE_SHEET, row["text"]
                assert RUSSIAN.fullmatch(str(row["text"]).replace("o", "о"))
                careless += 1
    assert careless < 20


@pytest.mark.parametrize("ethnicity", list(TRADITIONS))
def test_every_family_name_has_a_word_for_what_does_not_exist(ethnicity: Ethnicity) -> None:
    pool = TRADITIONS[ethnicity].pool
    words = {word.lower().rstrip("оoєy") if pool.link else word.lower() for word in pool.unreal}
    for person, _rows in people(ethnicity, Sex.FEMALE, 100):
        assert any(word in person.family[0].lower() for word in words), person.family[0]


def test_names_are_many_and_no_word_of_them_finds_everybody() -> None:
    found = people(Ethnicity.UKRAINIAN, Sex.MALE, 5000)
    full = {f"{person.given[1]} {person.patronymic[0]} {person.family[1]}" for person, _rows in found}
    assert len(full) > 4900
    counted = Counter(key for person, _rows in found for key in fold(person.family[1]).split())
    assert len(counted) > 2500
    assert max(counted.values()) < 100


def test_one_preferred_form_in_each_language_in_which_a_page_is_headed() -> None:
    for ethnicity in TRADITIONS:
        for _person, rows in people(ethnicity, Sex.FEMALE, 50):
            preferred = Counter(row["language"] for row in rows if row["is_preferred"])
            assert set(preferred.values()) == {1}
            assert preferred.keys() >= {"uk", "en", "ru"}


@pytest.mark.parametrize(
    ("ethnicity", "man", "woman"),
    [
        (
            Ethnicity.UKRAINIAN,
            {("Іванович", "Иванович"), ("Миколайович", "Николаевич"), ("Сергійович", "Сергеевич")},
            {("Іванівна", "Ивановна"), ("Григоріївна", "Григорьевна"), ("Луківна", "Лукинична")},
        ),
        (Ethnicity.RUSSIAN, {("Павлович", "Павлович"), ("Ілліч", "Ильич")}, {("Василівна", "Васильевна")}),
        (Ethnicity.CRIMEAN_TATAR, {("Енверович", "Энверович")}, {("Рустемівна", "Рустемовна")}),
    ],
)
def test_patronymics_follow_the_rules_of_both_languages(ethnicity: Ethnicity, man: set, woman: set) -> None:
    assert man <= {person.patronymic for person, _rows in people(ethnicity, Sex.MALE, 2000)}
    assert woman <= {person.patronymic for person, _rows in people(ethnicity, Sex.FEMALE, 2000)}
