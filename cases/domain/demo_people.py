"""Invented people for the demonstration: plausible given names, family names that say "invented" in their own language."""

from dataclasses import dataclass
from random import Random
from typing import Any

from cases.enums import Ethnicity, Language, NameKind, Religion, Sex

#: Given names by people and sex: Crimean Tatar (Latin) or "", Ukrainian, romanised, Russian.
GIVEN: dict[tuple[Ethnicity, Sex], tuple[tuple[str, str, str, str], ...]] = {
    (Ethnicity.CRIMEAN_TATAR, Sex.MALE): (
        ("Ayder", "Айдер", "Aider", "Айдер"),
        ("Enver", "Енвер", "Enver", "Энвер"),
        ("Rustem", "Рустем", "Rustem", "Рустем"),
        ("Seyran", "Сейран", "Seiran", "Сейран"),
        ("Osman", "Осман", "Osman", "Осман"),
        ("İzet", "Ізет", "Izet", "Изет"),
        ("Timur", "Тимур", "Tymur", "Тимур"),
        ("Alim", "Алім", "Alim", "Алим"),
        ("Şevket", "Шевкет", "Shevket", "Шевкет"),
        ("Bilâl", "Біляль", "Bilial", "Биляль"),
        ("Cafer", "Джафер", "Dzhafer", "Джафер"),
    ),
    (Ethnicity.CRIMEAN_TATAR, Sex.FEMALE): (
        ("Zarema", "Зарема", "Zarema", "Зарема"),
        ("Lenara", "Ленара", "Lenara", "Ленара"),
        ("Gülnara", "Гульнара", "Hulnara", "Гульнара"),
        ("Elmaz", "Ельмаз", "Elmaz", "Эльмаз"),
        ("Sabriye", "Сабріє", "Sabriie", "Сабрие"),
        ("Aliye", "Аліє", "Aliie", "Алие"),
    ),
    (Ethnicity.UKRAINIAN, Sex.MALE): (
        ("", "Олексій", "Oleksii", "Алексей"),
        ("", "Тарас", "Taras", "Тарас"),
        ("", "Микола", "Mykola", "Николай"),
        ("", "Степан", "Stepan", "Степан"),
        ("", "Богдан", "Bohdan", "Богдан"),
        ("", "Сергій", "Serhii", "Сергей"),
        ("", "Андрій", "Andrii", "Андрей"),
    ),
    (Ethnicity.UKRAINIAN, Sex.FEMALE): (
        ("", "Оксана", "Oksana", "Оксана"),
        ("", "Марія", "Mariia", "Мария"),
        ("", "Ірина", "Iryna", "Ирина"),
        ("", "Катерина", "Kateryna", "Екатерина"),
        ("", "Ганна", "Hanna", "Анна"),
    ),
    (Ethnicity.RUSSIAN, Sex.MALE): (
        ("", "Антон", "Anton", "Антон"),
        ("", "Віктор", "Viktor", "Виктор"),
        ("", "Кирило", "Kyrylo", "Кирилл"),
    ),
    (Ethnicity.RUSSIAN, Sex.FEMALE): (
        ("", "Олена", "Olena", "Елена"),
        ("", "Тетяна", "Tetiana", "Татьяна"),
    ),
}

#: Family names that mean "invented", "imaginary", "unheard-of": the four forms of a man's name, then of a woman's.
FAMILY: dict[Ethnicity, tuple[tuple[tuple[str, str, str, str], tuple[str, str, str, str]], ...]] = {
    Ethnicity.CRIMEAN_TATAR: (
        (("Uydurma", "Уйдурма", "Uidurma", "Уйдурма"), ("Uydurma", "Уйдурма", "Uidurma", "Уйдурма")),
        (
            ("Uydurmayev", "Уйдурмаєв", "Uidurmaiev", "Уйдурмаев"),
            ("Uydurmayeva", "Уйдурмаєва", "Uidurmaieva", "Уйдурмаева"),
        ),
        (("Hayaliyev", "Хаялієв", "Khaialiiev", "Хаялиев"), ("Hayaliyeva", "Хаялієва", "Khaialiieva", "Хаялиева")),
    ),
    Ethnicity.UKRAINIAN: (
        (("", "Вигаданий", "Vyhadanyi", "Выгаданый"), ("", "Вигадана", "Vyhadana", "Выгаданая")),
        (("", "Вигаданко", "Vyhadanko", "Выгаданко"), ("", "Вигаданко", "Vyhadanko", "Выгаданко")),
        (("", "Небувалий", "Nebuvalyi", "Небувалый"), ("", "Небувала", "Nebuvala", "Небувалая")),
        (("", "Уявний", "Uiavnyi", "Уявный"), ("", "Уявна", "Uiavna", "Уявная")),
    ),
    Ethnicity.RUSSIAN: (
        (("", "Вимишленний", "Vymyshlennyi", "Вымышленный"), ("", "Вимишленна", "Vymyshlenna", "Вымышленная")),
        (("", "Небивалов", "Nebyvalov", "Небывалов"), ("", "Небивалова", "Nebyvalova", "Небывалова")),
    ),
}

LANGUAGES = (Language.CRIMEAN_TATAR_LATIN, Language.UKRAINIAN, Language.ENGLISH, Language.RUSSIAN)
RELIGIONS = {
    Ethnicity.CRIMEAN_TATAR: (Religion.MUSLIM,),
    Ethnicity.UKRAINIAN: (Religion.ORTHODOX_UKRAINE, Religion.GREEK_CATHOLIC, Religion.JEHOVAHS_WITNESS),
    Ethnicity.RUSSIAN: (Religion.ORTHODOX, Religion.JEHOVAHS_WITNESS),
}
PEOPLES = (
    Ethnicity.CRIMEAN_TATAR,
    Ethnicity.CRIMEAN_TATAR,
    Ethnicity.UKRAINIAN,
    Ethnicity.CRIMEAN_TATAR,
    Ethnicity.UKRAINIAN,
    Ethnicity.RUSSIAN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPerson:
    """Who the person of an invented case is."""

    ethnicity: Ethnicity
    sex: Sex
    given: tuple[str, str, str, str]
    family: tuple[str, str, str, str]
    religion: Religion

    @property
    def full_name(self) -> str:
        """The Ukrainian form."""
        return f"{self.given[1]} {self.family[1]}"


def invent_person(rng: Random, number: int) -> InventedPerson:
    """Return the person of the case with this number: every fourth a woman, half of them Crimean Tatars."""
    ethnicity = PEOPLES[number % len(PEOPLES)]
    sex = Sex.FEMALE if number % 4 == 2 else Sex.MALE
    man, woman = rng.choice(FAMILY[ethnicity])
    return InventedPerson(
        ethnicity=ethnicity,
        sex=sex,
        given=rng.choice(GIVEN[ethnicity, sex]),
        family=woman if sex is Sex.FEMALE else man,
        religion=rng.choice(RELIGIONS[ethnicity]),
    )


def name_rows(person: InventedPerson, number: int) -> list[dict[str, Any]]:
    """Return the name forms: one preferred in each language, the charge sheet's, and now and then a private alias."""
    rows: list[dict[str, Any]] = []
    for language, given, family in zip(LANGUAGES, person.given, person.family, strict=True):
        if not given:
            continue
        kind = NameKind.ROMANISED if language is Language.ENGLISH else NameKind.LEGAL
        text = f"{given} {family}"
        name = {"text": text, "given": given, "family": family, "language": str(language), "kind": str(kind)}
        rows.append({**name, "is_preferred": True})
    if number % 3 == 0:
        text = f"{person.family[3].upper()} {person.given[3]}"
        rows.append({"text": text, "language": str(Language.RUSSIAN), "kind": str(NameKind.CHARGE_SHEET)})
    if number % 6 == 1:
        alias = {"text": f"Потайко {number}", "language": str(Language.UKRAINIAN), "kind": str(NameKind.ALIAS)}
        rows.append({**alias, "is_public": False})
    return rows
