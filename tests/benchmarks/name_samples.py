"""Names to search among and questions to ask: people of files, invented people by the million, mistakes of typing."""

import csv
import json
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

from cases.domain.given_name_families import FAMILIES

LETTERS = {"latin": "abcdefghijklmnopqrstuvwxyz", "cyrillic": "абвгдежзийклмнопрстуфхцчшщыьюяіїє"}
PAIRS = ("асеорхіуАСЕОРХІТНКМВ", "aceopxiyACEOPXITHKMB")
LOOKALIKES = str.maketrans("".join(PAIRS), "".join(reversed(PAIRS)))
ENDINGS = [
    "енко",
    "ов",
    "ев",
    "ин",
    "ський",
    "чук",
    "ко",
    "ук",
    "ян",
    "швілі",
    "ич",
    "ець",
    "ик",
    "юк",
    "ак",
    "ер",
    "ман",
]
ONSETS = ["", *"бвгджзклмнпрстфхцчш", "бр", "гр", "др", "кр", "пр", "ст", "тр", "хл", "шв", "ск", "зв"]
CODAS = ["", "", "", *"рлнсткмвш", "рн", "нд", "ст"]
ROMAN = str.maketrans(
    dict(zip("абвгґдезиіїйклмнопрстуфь", [*"abvhgdezy", *"iiiklmnoprstuf", ""], strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "ю": "iu", "я": "ia", "є": "ie"}
)


def people_of_forms(path: Path) -> list[tuple[str, list[str]]]:
    """Return (id, forms) of every line of the file."""
    rows = map(json.loads, path.read_text().splitlines())
    return [(row["id"], row["forms"]) for row in rows]


def is_for_tuning(key: str) -> bool:
    return zlib.crc32(key.encode()) % 2 == 0


def names_of_people(path: Path) -> list[str]:
    """Return the column NAME of a file of people."""
    with path.open() as stream:
        return [row["NAME"] for row in csv.DictReader(stream)]


def invented_names(count: int, seed: int = 1) -> Iterator[str]:
    """Yield names of nobody: few given names and surnames are frequent and most are rare, half of them in Latin letters."""
    chance = random.Random(seed)  # noqa: S311 - names of nobody, the same in every run
    given = [
        form
        for line in FAMILIES.split("\n")
        for form in line.split()[1:3]
        if form[0] in "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЮЯ"
    ]
    surnames = ["".join(_syllables(chance)).capitalize() for _ in range(max(500, min(200_000, count // 8)))]
    for _ in range(count):
        first, father = (given[int(len(given) * chance.random() ** 2.5)] for _ in range(2))
        surname = surnames[int(len(surnames) * chance.random() ** 3)]
        patronymic = f"{father.rstrip('йьаяо')}ович" if chance.random() < 0.8 else ""
        name = " ".join(filter(None, (first, patronymic, surname)))
        yield (
            name
            if chance.random() < 0.5
            else " ".join(word.lower().translate(ROMAN).capitalize() for word in name.split())
        )


def _syllables(chance: random.Random) -> list[str]:
    count = 1 if chance.random() < 0.6 else 2
    body = [f"{chance.choice(ONSETS)}{chance.choice('аоуеиія')}{chance.choice(CODAS)}" for _ in range(count)]
    return [*body, chance.choice("бвгдзклмнпрстхчш"), chance.choice(ENDINGS)]


def with_lookalikes(name: str, chance: random.Random) -> str:
    """Return the name with a third of its letters that have a look-alike in the other alphabet replaced by it."""
    return "".join(one.translate(LOOKALIKES) if chance.random() < 0.34 else one for one in name)


def mistyped(name: str, chance: random.Random, *, mistakes: int = 1, first: bool = False) -> str:
    """Return the name with a letter left out, added, changed or swapped in each of `mistakes` of its longer words."""
    words = name.split()
    long = [place for place, word in enumerate(words) if len(word) > 3]
    for place in chance.sample(long, min(mistakes, len(long))):
        words[place] = _mistake(words[place], chance, at=0 if first else None)
    return " ".join(words)


def _mistake(word: str, chance: random.Random, *, at: int | None) -> str:
    place = chance.randrange(1, len(word) - 1) if at is None else at
    letters = LETTERS["latin" if word.isascii() else "cyrillic"]
    other = chance.choice([one for one in letters if one != word[place].lower()])
    kind = chance.randrange(4)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + other + word[place:]
    if kind == 2:
        return word[:place] + other + word[place + 1 :]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
