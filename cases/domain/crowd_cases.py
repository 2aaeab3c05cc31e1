"""The invented crowd: cases made up in any number, each from the seed and its own number alone.

A case is a life (what was done to somebody, and when) and who leads it. The first 1,000 have lives of their own; of the
others each 25 share one, under names and codes of their own, so what is dear to compute is computed once for them all.
So the same seed gives the same people, any range can be made without those before it, and the work can be shared out.
A crowd exists in the public copy only; its codes have nine signs where those of the desk have six, and tell the seed
and the number, so that none of them is ever given to somebody real, and each can be recognised.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cases.domain import crowd_past as past
from cases.domain.crowd_names import TRADITIONS, Written, crowd_person, name_forms, person_initials
from cases.domain.demo_cases import CRIMEA, ROLES, ROLES_OF_THE_PAST
from cases.domain.demo_stories import STORIES
from cases.domain.demo_world import Draft, Row, World
from cases.domain.partial_dates import parse
from cases.domain.shares import Shares
from cases.enums import CaseKind, Consent, DateDetail, Ethnicity, EventKind, Religion, Sex, Status

E, S = Ethnicity, Status
SEED_SIGNS, NUMBER_SIGNS = 4, 5
#: What codes have room for, with an alphabet of 27 signs.
MOST_SEEDS, MOST_CASES = 27**SEED_SIGNS, 27**NUMBER_SIGNS - 1

#: Of a hundred cases so many are of our days.
OF_OUR_DAYS = 15
PEOPLES_NOW = Shares((E.CRIMEAN_TATAR, 55), (E.UKRAINIAN, 32), (E.RUSSIAN, 13))
PEOPLES_THEN = Shares(
    (E.UKRAINIAN, 52),
    (E.RUSSIAN, 13),
    (E.POLISH, 9),
    (E.GERMAN, 9),
    (E.CRIMEAN_TATAR, 8),
    (E.JEWISH, 7),
    (E.BELARUSIAN, 2),
)
STATUSES = Shares(
    (S.SERVING, 36), (S.RELEASED, 20), (S.PRETRIAL, 10), (S.ON_TRIAL, 7), (S.AWAITING_APPEAL, 6), (S.EXCHANGED, 4),
    (S.HOUSE_ARREST, 3), (S.MISSING, 4), (S.IN_TRANSIT, 2), (S.EXILED, 2), (S.DEAD_IN_CUSTODY, 2), (S.ACQUITTED, 1),
    (S.DEAD, 2), (S.UNKNOWN, 1),
)  # fmt: skip
#: How many more versions a case has.
MORE_VERSIONS = Shares((0, 80), (1, 16), (2, 4))
WITHDRAWN = 1 / 500
WOMEN = 0.13
FAITHS = {E.CRIMEAN_TATAR: Religion.MUSLIM, E.JEWISH: Religion.JEWISH, E.POLISH: Religion.ROMAN_CATHOLIC}
MINUTES = 19 * 60
FIRST_PUBLISHED = 1100  # days before the day on which the crowd is made, at the most


#: Up to this number everybody has a life of their own; from there on so many numbers share so many lives.
OWN_LIVES = 1_000
BLOCK, LIVES_OF_BLOCK = 5_000, 200


@dataclass(frozen=True, slots=True)
class CrowdLife:
    """All of an invented case but who it is: rows as fixtures have them, and the forms in which the name is found.

    `names`: the rows of the name without their texts, which `written` give. `published`: how many days ago each version
    was, on the `minute` of its day. `closed`: whether the versions before the last may no longer be read. `withdrawn`: how
    many days ago, None for a public case.
    """

    number: int
    ethnicity: Ethnicity
    sex: Sex
    prisoner: Row
    parts: dict[str, list[Row]]
    names: list[Row]
    written: tuple[Written, ...]
    published: tuple[int, ...]
    minute: int
    closed: bool
    withdrawn: int | None

    @property
    def is_named(self) -> bool:
        return bool(self.prisoner["consent"] == Consent.FULL)


@dataclass(frozen=True, slots=True)
class Called:
    """Who leads a life: the code, the texts of the name in the order of its forms, and what heads a page by language."""

    code: str
    texts: tuple[str, ...]
    heads: dict[str, str]


@dataclass(frozen=True, slots=True)
class CrowdCase:
    """One invented case: a life and who leads it."""

    life: CrowdLife
    called: Called

    @property
    def parts(self) -> dict[str, list[Row]]:
        """The rows of the case, those of the name among them."""
        names = [{**row, "text": text} for row, text in zip(self.life.names, self.called.texts, strict=True)]
        return {**self.life.parts, "names": names}


def code_of(seed: int, number: int, alphabet: str) -> str:
    """Return the code of a case: four signs for the seed, five for the number. Raises ValueError beyond what they hold."""
    return _signs(seed, SEED_SIGNS, alphabet) + _signs(number, NUMBER_SIGNS, alphabet)


def number_of(code: str, alphabet: str) -> tuple[int, int] | None:
    """Return the seed and the number that a code tells; None for a code that no crowd has."""
    if len(code) != SEED_SIGNS + NUMBER_SIGNS or set(code) - set(alphabet):
        return None
    return _value(code[:SEED_SIGNS], alphabet), _value(code[SEED_SIGNS:], alphabet)


def _signs(value: int, width: int, alphabet: str) -> str:
    if not 0 <= value < len(alphabet) ** width:
        raise ValueError(f"{value} is not between 0 and {len(alphabet) ** width - 1}.")
    signs = ""
    for _place in range(width):
        value, sign = divmod(value, len(alphabet))
        signs = alphabet[sign] + signs
    return signs


def _value(signs: str, alphabet: str) -> int:
    value = 0
    for sign in signs:
        value = value * len(alphabet) + alphabet.index(sign)
    return value


def life_of(number: int) -> int:
    """Return which life the case with this number has: one of its own up to `OWN_LIVES`, then one that others share.

    Neighbours have different lives, and those who share one are near enough to be written at once.
    """
    if number <= OWN_LIVES:
        return number
    block, place = divmod(number - OWN_LIVES - 1, BLOCK)
    return OWN_LIVES + block * LIVES_OF_BLOCK + place % LIVES_OF_BLOCK + 1


def crowd_life(number: int, *, seed: int, today: date, world: World) -> CrowdLife:
    """Make up the life with this number; `today` is the day on which its status is to hold."""
    rng = Random(f"{seed}/{number}/crowd")  # noqa: S311 - chance, not a secret
    now = rng.randrange(100) < OF_OUR_DAYS
    sex = Sex.FEMALE if rng.random() < WOMEN else Sex.MALE
    ethnicity = (PEOPLES_NOW if now else PEOPLES_THEN).pick(rng)
    draft = Draft(number=number, code="", rng=rng, town=_town(rng, world, ethnicity), world=world, today=today)
    if now:
        STORIES[STATUSES.pick(rng)](draft)
        _age(draft)
    else:
        (past.deported if _was_deported(rng, ethnicity) else past.STORIES.pick(rng))(draft)
        past.reviewed(draft)
    forms = name_forms(rng, TRADITIONS[ethnicity])
    _who(draft, ethnicity, sex, now=now)
    first = rng.randint(1, FIRST_PUBLISHED)
    later = sorted((rng.randint(0, first - 1) for _version in range(MORE_VERSIONS.pick(rng))), reverse=True)
    last = later[-1] if later else first
    return CrowdLife(
        number=number,
        ethnicity=ethnicity,
        sex=sex,
        prisoner=draft.cited(**draft.prisoner),
        parts=draft.parts,
        names=[
            draft.cited(language=form.language.value, kind=form.kind.value, is_preferred=form.preferred)
            for form in forms
        ],
        written=tuple(form.written for form in forms),
        published=(first, *later),
        minute=rng.randrange(MINUTES),
        closed=rng.random() < 0.1,
        withdrawn=rng.randint(0, last) if rng.random() < WITHDRAWN else None,
    )


def who_leads(life: CrowdLife, number: int, *, seed: int, world: World) -> Called:
    """Make up who the case with this number is of; the life is that of its number."""
    person = crowd_person(Random(f"{seed}/{number}/person"), life.ethnicity, life.sex)  # noqa: S311 - no secret
    texts = tuple(written(person) for written in life.written)
    return Called(
        code=code_of(seed, number, world.code_alphabet),
        texts=texts,
        heads=_heads(life, texts) if life.is_named else person_initials(person),
    )


def _heads(life: CrowdLife, texts: Sequence[str]) -> dict[str, str]:
    by_language = {row["language"]: text for row, text in reversed([*zip(life.names, texts, strict=True)])}
    return {language: by_language[language] for language in ("en", "uk")}


def crowd_case(number: int, *, seed: int, today: date, world: World) -> CrowdCase:
    """Make up the case with this number."""
    life = crowd_life(life_of(number), seed=seed, today=today, world=world)
    return CrowdCase(life, who_leads(life, number, seed=seed, world=world))


def _was_deported(rng: Random, ethnicity: Ethnicity) -> bool:
    return ethnicity is E.CRIMEAN_TATAR and rng.random() < 0.7


def _town(rng: Random, world: World, ethnicity: Ethnicity) -> tuple[str, str, str]:
    """Choose a home: for Crimean Tatars in Crimea, for others anywhere."""
    while True:
        town = rng.choice(world.towns)
        if ethnicity is not E.CRIMEAN_TATAR or town[0].startswith(CRIMEA):
            return town


def _who(draft: Draft, ethnicity: Ethnicity, sex: Sex, *, now: bool) -> None:
    """Say who the person is; what may be shown of them varies."""
    rng = draft.rng
    role, english, ukrainian = rng.choice(ROLES if now else ROLES_OF_THE_PAST)
    home_is_public = rng.random() < 0.85
    consent = Consent.INITIALS if now and rng.random() < 0.08 else Consent.FULL
    tells_home = home_is_public and consent is Consent.FULL
    place = (f" from {draft.town[1]}", f", {draft.town[2]}") if tells_home else ("", "")
    draft.prisoner |= {
        "kind": (CaseKind.CONTEMPORARY if now else CaseKind.HISTORICAL).value,
        "sex": sex.value,
        "ethnicity": ethnicity.value if now or rng.random() < 0.94 else "",
        "religion": FAITHS[ethnicity].value if ethnicity in FAITHS and rng.random() < 0.1 else "",
        "home": draft.town[0] if home_is_public else "",
        "consent": consent.value,
        "born_detail": (DateDetail.YEAR if now and rng.random() < 0.3 else DateDetail.DAY).value,
        "summary_en": f"An invented person: {english}{place[0]}. The case is made up by make_demo.",
        "summary_uk": f"Особа для показу, якої не існує: {ukrainian}{place[1]}.",
    }
    draft.add("roles", role=role.value)
    if not now:
        return
    draft.add("citizenships", country="UA", basis="birth_or_choice")
    if rng.random() < 0.3:
        draft.add("citizenships", country="RU", basis="imposed")


def _age(draft: Draft) -> None:
    """Give somebody of our days a date of birth: a minor at arrest now and then, otherwise an adult."""
    rng = draft.rng
    arrests = [row for row in draft.parts.get("events", []) if row["kind"] == EventKind.ARREST.value]
    if arrests and rng.random() < 0.01:
        arrested = parse(arrests[0]["happened"]).earliest or draft.today
        draft.prisoner["born"] = (arrested - timedelta(days=rng.randint(16 * 366, 17 * 365))).isoformat()
        return
    born = draft.today - timedelta(days=rng.randint(27 * 365, 68 * 365))
    draft.prisoner["born"] = born.isoformat() if rng.random() < 0.8 else f"{born.year}~"
