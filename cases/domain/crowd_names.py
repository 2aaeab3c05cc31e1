"""Names of the people of an invented crowd in every script in which such names are found: one person, up to eight forms.

Family names are put together from parts and used unequally, as real ones are: some by thousands, most by a few.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import NamedTuple, TypeVar

from cases.domain import crowd_pools as pools, crowd_spelling as spelling
from cases.domain.crowd_pools import Pool
from cases.domain.crowd_spelling import Speller
from cases.domain.names import initials
from cases.enums import Ethnicity, Language, NameKind, Sex

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Tradition:
    """How a people's names are written: their pool, in which language they are at home, and how others spell them."""

    pool: Pool
    language: Language
    ukrainian: Speller
    russian: Speller


def _same(word: str) -> str:
    return word


UKRAINIAN = Tradition(pools.UKRAINIAN, Language.UKRAINIAN, _same, spelling.russified)
RUSSIAN = Tradition(pools.RUSSIAN, Language.RUSSIAN, spelling.ukrainised, _same)
POLISH = Tradition(pools.POLISH, Language.POLISH, spelling.polish_in_ukrainian, spelling.polish_in_russian)
GERMAN = Tradition(pools.GERMAN, Language.GERMAN, spelling.german_in_ukrainian, spelling.german_in_russian)
JEWISH = Tradition(pools.JEWISH, Language.YIDDISH, spelling.yiddish_in_ukrainian, spelling.yiddish_in_russian)
CRIMEAN_TATAR = Tradition(
    pools.CRIMEAN_TATAR, Language.CRIMEAN_TATAR_LATIN, spelling.crimean_in_ukrainian, spelling.crimean_in_russian
)
TRADITIONS = {
    Ethnicity.UKRAINIAN: UKRAINIAN,
    Ethnicity.RUSSIAN: RUSSIAN,
    Ethnicity.BELARUSIAN: RUSSIAN,
    Ethnicity.POLISH: POLISH,
    Ethnicity.GERMAN: GERMAN,
    Ethnicity.JEWISH: JEWISH,
    Ethnicity.CRIMEAN_TATAR: CRIMEAN_TATAR,
}

#: Russian given names as Ukrainian papers write them.
IN_UKRAINIAN = {
    russian: ukrainian
    for ukrainian, russian in (entry.split("=") for entry in pools.UKRAINIAN.men + pools.UKRAINIAN.women)
} | {"Илья": "Ілля"}

#: Patronymics that follow no rule, by the father's name: in Ukrainian, in Russian.
FATHERS = {
    "Микола": "Миколайович", "Петро": "Петрович", "Василь": "Васильович", "Михайло": "Михайлович", "Павло": "Павлович",
    "Дмитро": "Дмитрович", "Данило": "Данилович", "Кирило": "Кирилович", "Лука": "Лукич", "Яків": "Якович",
    "Антін": "Антонович", "Левко": "Левкович", "Федір": "Федорович", "Володимир": "Володимирович", "Прокіп": "Прокопович",
    "Пётр": "Петрович", "Павел": "Павлович", "Лев": "Львович", "Яков": "Яковлевич", "Илья": "Ильич", "Ілля": "Ілліч",
    "Василий": "Васильевич", "Григорий": "Григорьевич", "Юрий": "Юрьевич", "Евгений": "Евгеньевич",
    "Савелий": "Савельевич", "Прокофий": "Прокофьевич", "Афанасий": "Афанасьевич",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CrowdPerson:
    """Who an invented person is: given and family name and patronymic as (own, Ukrainian, Russian) spelling."""

    ethnicity: Ethnicity
    sex: Sex
    given: tuple[str, str, str]
    family: tuple[str, str, str]
    patronymic: tuple[str, str]

    @property
    def tradition(self) -> Tradition:
        return TRADITIONS[self.ethnicity]


def _unequal(rng: Random, parts: Sequence[Part]) -> Part:
    """Choose a part; the first ones far more often than the last."""
    chance = rng.random()
    return parts[int(len(parts) * chance * chance)]


def crowd_person(rng: Random, ethnicity: Ethnicity, sex: Sex) -> CrowdPerson:
    """Make up one person; the chance of the case decides."""
    tradition = TRADITIONS[ethnicity]
    pool = tradition.pool
    woman = sex is Sex.FEMALE
    unreal, root = _unequal(rng, pool.unreal), _unequal(rng, pool.roots)
    ending, turned = _unequal(rng, pool.endings)[woman], rng.random() < 0.6
    return CrowdPerson(
        ethnicity=ethnicity,
        sex=sex,
        given=_given(_unequal(rng, pool.women if woman else pool.men), tradition),
        family=_family(pool.family(unreal, root, ending, turned=turned), tradition),
        patronymic=_patronymic(_given(_unequal(rng, pool.men), tradition), woman=woman),
    )


def _hyphenated(speller: Speller, text: str) -> str:
    return "-".join(map(speller, text.split("-")))


@lru_cache(maxsize=2_000)
def _given(entry: str, tradition: Tradition) -> tuple[str, str, str]:
    if "=" in entry:
        ukrainian, russian = entry.split("=")
        if tradition is RUSSIAN:
            return russian, IN_UKRAINIAN.get(russian) or spelling.ukrainised(russian), russian
        return ukrainian, ukrainian, russian
    return entry, _hyphenated(tradition.ukrainian, entry), _hyphenated(tradition.russian, entry)


@lru_cache(maxsize=30_000)
def _family(text: str, tradition: Tradition) -> tuple[str, str, str]:
    own = text.replace("ьі", "і").replace("оі", "ої") if tradition is UKRAINIAN else text
    return own, tradition.ukrainian(own), tradition.russian(own)


@lru_cache(maxsize=2_000)
def _patronymic(father: tuple[str, str, str], *, woman: bool) -> tuple[str, str]:
    ukrainian = FATHERS.get(father[1]) or _by_rule(father[1], soft="йович")
    russian = FATHERS.get(father[2]) or _by_rule(father[2], soft="евич")
    if not woman:
        return ukrainian, russian
    return _ended(ukrainian, DAUGHTERS[0]), _ended(russian, DAUGHTERS[1])


#: How a patronymic ends for a daughter where it ends so for a son, in Ukrainian and in Russian; the first that fits.
DAUGHTERS = (
    (("йович", "ївна"), ("ьович", "івна"), ("ович", "івна"), ("ич", "івна"), ("іч", "івна")),
    (("ович", "овна"), ("евич", "евна"), ("ич", "инична")),
)


def _ended(patronymic: str, endings: Sequence[tuple[str, str]]) -> str:
    son, daughter = next(pair for pair in endings if patronymic.endswith(pair[0]))
    return patronymic.removesuffix(son) + daughter


def _by_rule(father: str, *, soft: str) -> str:
    """Return the patronymic of a name that follows the rule: after й and ь softly, after a vowel without it."""
    if father[-1] in "йь":
        return father[:-1] + soft
    return father.rstrip("аеєиіїоуюяыэё") + "ович"


# Forms -------------------------------------------------------------------------------------------------------------

Written = Callable[[CrowdPerson], str]


class NameForm(NamedTuple):
    """A form in which names are found, whoever bears them: `written` gives that of a person."""

    language: Language
    written: Written
    kind: NameKind = NameKind.LEGAL
    preferred: bool = True


def name_forms(rng: Random, tradition: Tradition) -> list[NameForm]:
    """Choose the forms in which a name is found: preferred ones, then other spellings with their kind."""
    forms = [
        NameForm(Language.UKRAINIAN, _with_patronymic if rng.random() < 0.5 else _ukrainian),
        NameForm(Language.ENGLISH, _romanised, NameKind.ROMANISED),
        NameForm(Language.RUSSIAN, _russian),
    ]
    if tradition is JEWISH:
        forms.insert(0, NameForm(Language.YIDDISH, _yiddish))
    elif tradition.language not in (Language.UKRAINIAN, Language.RUSSIAN):
        forms.insert(0, NameForm(tradition.language, _own))
    return [*forms, *_others(rng, tradition)]


def person_initials(person: CrowdPerson) -> dict[str, str]:
    """Return what stands for the name where it is withheld, by language."""
    given, family = person.given[1], person.family[1]
    romanised = _hyphenated(spelling.official, given), _hyphenated(spelling.official, family)
    return {"en": initials(*romanised), "uk": initials(given, family)}


def _own(person: CrowdPerson) -> str:
    return f"{person.given[0]} {person.family[0]}"


def _ukrainian(person: CrowdPerson) -> str:
    return f"{person.given[1]} {person.family[1]}"


def _with_patronymic(person: CrowdPerson) -> str:
    return f"{person.given[1]} {person.patronymic[0]} {person.family[1]}"


def _russian(person: CrowdPerson) -> str:
    return f"{person.given[2]} {person.family[2]}"


def _spelled(speller: Speller, place: int) -> Written:
    """Return what writes the given and the family name by a system, from their own, Ukrainian or Russian spelling."""

    def written(person: CrowdPerson) -> str:
        return f"{_hyphenated(speller, person.given[place])} {_hyphenated(speller, person.family[place])}"

    return written


_romanised, _popular = _spelled(spelling.official, 1), _spelled(spelling.popular, 1)
_scholarly, _passport = _spelled(spelling.scholarly, 1), _spelled(spelling.passport, 2)
_press, _yiddish = _spelled(spelling.press, 2), _spelled(spelling.yiddish, 0)
_crimean_cyrillic = _spelled(spelling.crimean_cyrillic, 0)


def _charge_sheet(person: CrowdPerson) -> str:
    return f"{person.family[2].upper()} {person.given[2]} {person.patronymic[1]}"


def _carelessly_copied(person: CrowdPerson) -> str:
    return spelling.lookalike(_charge_sheet(person))


def _with_initials(person: CrowdPerson) -> str:
    return f"{person.family[2].upper()} {person.given[2][0]}. {person.patronymic[1][0]}."


def _short(person: CrowdPerson) -> str:
    """Return an alias of the given name with a bracketed family name."""
    return f"{person.given[1]} ({person.family[1]})"


#: Other forms: how often they are found, in which language, of which kind, and how they are written.
OTHERS: tuple[tuple[float, Language, NameKind, Sequence[tuple[float, Written]]], ...] = (
    (
        0.30,
        Language.RUSSIAN,
        NameKind.CHARGE_SHEET,
        ((0.3, _with_initials), (0.335, _carelessly_copied), (1.0, _charge_sheet)),
    ),
    (0.15, Language.RUSSIAN_LATIN, NameKind.ROMANISED, ((1.0, _passport),)),
    (0.10, Language.ENGLISH, NameKind.ALIAS, ((1.0, _popular),)),
    (0.08, Language.ENGLISH, NameKind.ALIAS, ((1.0, _press),)),
    (0.05, Language.UKRAINIAN_LATIN, NameKind.ROMANISED, ((1.0, _scholarly),)),
    (0.02, Language.UKRAINIAN, NameKind.ALIAS, ((1.0, _short),)),
)
CYRILLIC_TOO = 0.4


def _others(rng: Random, tradition: Tradition) -> Iterator[NameForm]:
    if tradition is CRIMEAN_TATAR and rng.random() < CYRILLIC_TOO:
        yield NameForm(Language.CRIMEAN_TATAR_CYRILLIC, _crimean_cyrillic, preferred=False)
    for often, language, kind, ways in OTHERS:
        if rng.random() < often:
            chance = rng.random()
            written = next(way for bound, way in ways if chance < bound)
            yield NameForm(language, written, kind, preferred=False)
