"""Reading a name as it is written: its forms, its words, and what each word may be — a given name, a patronymic, an initial.

"Іван (Ян) Козак, a.k.a. Jan Kozak" is three forms. A hyphenated word gives its parts, and the whole as one word more.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from cases.domain.given_names import families_by_stem, families_of, first_sounds
from cases.domain.name_keys import VOWELS, skeleton, sound_keys
from cases.domain.names import fold, words_of

MOST_FORMS = 12
MOST_WORDS = 12

ALSO = re.compile(
    r"\b(?:a\.?\s?k\.?\s?a\b\.?|alias|also known as|f\.?k\.?a\b\.?|formerly|born|née|nee|geb\.|он же|она же|він же|вона ж|"
    r"також|урожд[её]нная|урожд\.|уроджена|ур\.|отож|псевдо)(?=\s|:|,|$)[:,]?",
    re.IGNORECASE,
)
LABEL = re.compile(r"\b[^\W\d_]{4,}:")
BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]?")
BETWEEN_FORMS = re.compile(r"\s*[/;|\n]\s*")
SPACED_HYPHEN = re.compile(r"(?<=\w)\s+[-‐‑–—]\s*(?=\w)|(?<=\w)\s*[-‐‑–—]\s+(?=\w)")
_LETTERS = [one for one in map(chr, range(0x530)) if one.isalpha()]
_SMALL, _CAPITAL = ("".join(filter(is_so, _LETTERS)) for is_so in (str.islower, str.isupper))
#: Where two words are written as one: SergeiPetrov. Not in СЕРГiЙ, with a letter of another alphabet.
INNER_CAPITAL = re.compile(f"(?<=[{_SMALL}]{{2}})(?=[{_CAPITAL}][{_SMALL}])")
PARTICLES = frozenset(
    ["ahlu", "kizi", "ulu", "van", "fan", "fon", "di", "da", "la", "al", "bin", "ibn", "mladxi", "maladxi"]
)
"""Keys of words that names carry or leave out: Crimean Tatar oğlu and qızı, von, ben, молодший."""
SUFFIXES = frozenset(["jr", "junior", "sr", "senior"])

#: Letters that may stand for a glide before the vowel (Ю, Ya, Jo), and those that by themselves do not tell the vowel.
IOTATED, UNTOLD = frozenset("yjiюяйієїиеё"), frozenset("yjiйіиї")

PATRONYMIC = re.compile(r"(.{2,}?)(?:[aiu]*v(?:iqna|iq|na)|(?:in)?i?qna)")
SHORT_PATRONYMIC = re.compile(r"(.{2,}?)iq")


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word of a name; read once and then the same object.

    `families` and `fathers` are given names that it may be, or may be made of.
    """

    text: str
    key: str  # names.fold: finer than the sound keys
    keys: tuple[str, ...]
    skeletons: tuple[str, ...]
    families: frozenset[str]
    fathers: frozenset[str]
    initials: frozenset[str]  # sounds with which it may begin; "ia" and "iu" where a glide comes before the vowel
    is_joined: bool = False  # the whole of a hyphenated word, whose parts stand beside it

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1

    @property
    def is_particle(self) -> bool:
        return self.keys[0] in PARTICLES or self.text in SUFFIXES


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a person's name is written."""

    text: str
    words: tuple[Word, ...]


def fathers_of(key: str) -> frozenset[str]:
    """Return the families of the father's name in the key of a patronymic, or its stem with a "?"; none if it is none.

    -ович -евич -ич, -івна -овна -евна -ічна -инична in any spelling: Миколаївна and Nikolaevna are both of "mykola".
    """
    if found := PATRONYMIC.fullmatch(key):
        stem = found[1].rstrip(VOWELS) or found[1]
        return families_by_stem().get(stem) or frozenset({f"?{stem}"})
    if found := SHORT_PATRONYMIC.fullmatch(key):
        return families_by_stem().get(found[1].rstrip(VOWELS), frozenset())
    return frozenset()


@lru_cache(maxsize=50_000)
def read_word(text: str, *, is_joined: bool = False) -> Word | None:
    """Return a lower-case word without hyphens as read; None where nothing of it can be heard ("ь")."""
    keys = sound_keys(text)
    if not keys:
        return None
    spelling = fold(text)
    families = families_of(spelling, keys)
    begin = {key[0] for key in keys} | {sound for name in families for sound in first_sounds()[name]}
    if text[0] in IOTATED:
        begin |= {f"i{key[0]}" for key in keys if key[0] in "au"}
    if text in UNTOLD:
        begin |= {"ia", "iu"}
    return Word(
        text=text,
        key=spelling,
        keys=keys,
        skeletons=tuple(dict.fromkeys(filter(None, map(skeleton, keys)))),
        families=families,
        fathers=frozenset(name for key in keys for name in fathers_of(key)),
        initials=frozenset(begin),
        is_joined=is_joined,
    )


def read_words(text: str) -> tuple[Word, ...]:
    """Return the words of one name in order, at most twelve; the wholes of hyphenated ones last."""
    parts: list[Word | None] = []
    wholes: list[Word | None] = []
    for word in words_of(INNER_CAPITAL.sub("-", SPACED_HYPHEN.sub("-", text)))[:MOST_WORDS]:
        pieces = word.split("-")
        parts += [read_word(piece) for piece in pieces]
        if len(pieces) > 1:
            wholes.append(read_word("".join(pieces), is_joined=True))
    return tuple(word for word in (*parts, *wholes) if word is not None)


def rejoined(form: Form) -> list[Form]:
    """Return the forms in which two neighbouring words are one: Çelebi Cihan is Çelebicihan."""
    words = [word.text for word in form.words if not word.is_joined]
    groups = ([*words[:place], words[place] + words[place + 1], *words[place + 2 :]] for place in range(len(words) - 1))
    read = (tuple(word for text in texts if (word := read_word(text))) for texts in groups)
    return [Form(form.text, words) for words in read]


@lru_cache(maxsize=20_000)
def read_forms(text: str) -> tuple[Form, ...]:
    """Return the forms that a written name holds, at most twelve, the first without what stands in brackets."""
    found: dict[str, None] = {}
    pieces = [piece for part in BETWEEN_FORMS.split(LABEL.sub("\n", text)) for piece in _without_brackets(part)]
    for piece in pieces:
        first, *others = (one.strip(" ,.") for one in ALSO.split(piece))
        for name in (*_listed(first), *others):
            whole = _completed(name, found)
            if whole:
                found.setdefault(whole)
    return tuple(Form(form, words) for form in list(found)[:MOST_FORMS] if (words := read_words(form)))


def _without_brackets(text: str) -> list[str]:
    """Return a name without its brackets, and once more for each of them: "Анна (Ганна) Кіт" also as "Ганна Кіт"."""
    outside = " ".join(BRACKETED.sub(" ", text).split())
    forms = [outside]
    for found in BRACKETED.finditer(text):
        for alias in re.split(r"[,;/]", ALSO.sub(" ", found[1])):
            if len(alias.split()) > 1 or not outside:
                forms.append(alias.strip())
            elif alias.strip():
                before = text[: found.start()].rsplit(None, 1)
                rest = BRACKETED.sub(" ", text[found.end() :])
                forms.append(" ".join([*before[:-1], alias.strip(), *rest.split()]))
    return [BRACKETED.sub(" ", form) for form in forms]


def _listed(text: str) -> list[str]:
    """Return the names of a list with commas; "Kim, Chol" is one name, its family name first."""
    names = [one.strip() for one in text.split(",") if one.strip()]
    is_list = len(names) > 1 and all(len(one.split()) > 1 for one in names)
    return names if is_list else [" ".join(names)]


def _completed(name: str, before: dict[str, None]) -> str:
    """Return a form; a single word after another form is its family name written otherwise, or a name of its own."""
    name = name.strip(" ,.‘’'\"“”«»")
    if len(name.split()) != 1 or not before:
        return name
    *given, _family = next(iter(before)).split()
    return " ".join([*given, name])
