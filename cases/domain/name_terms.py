"""The terms under which a name or a text is indexed and asked for: the same on both sides, whatever the database.

    mustafaiv   a sound key (`name_keys`)            ^m        the first sound of a word, for initials
    @mykola     the family of a given name           #k7qf2m   the code of a case
    +mykola     a patronymic made of one             ~rastav   the stem of a word of a text

A term is ASCII without spaces and quotes. One that ends in "*" stands, in a question, for all that begin so.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from cases.domain.given_names import families_by_key
from cases.domain.name_keys import misses, skeleton, sound_keys
from cases.domain.name_reading import Form, Word, fathers_of, read_forms
from cases.domain.names import CYRILLIC, words_of

SKELETON, FAMILY, FATHER, INITIAL, CODE, STEM = "_@+^#~"
ANY_ENDING = "*"
MOST_TERMS = 400
LONGEST_TERM = 60
SHORTEST_WORD = 2
SHORTEST_STEM = 4
SHORTEST_TEXT_WORD = 3
MOST_TAILS = 14
LATIN_TAILS = ("h", "ch", "hch", "zh", "z", "s", "a", "e", "i", "o", "u")
CYRILLIC_TAILS = ("а", "е", "и", "о", "у", "ьо", "ж", "ч")

ADJECTIVE = re.compile("sk[aiu]*[hm]?[aiu]*$")
ENDING = re.compile("(?:[aiu]+(?:[mh]|mi|ha|mu)?)$")


def index_terms(
    names: Iterable[str], *, code: str, texts: Iterable[str] = (), numbers: Iterable[str] = ()
) -> list[str]:
    """Return everything under which a case is found: by its names in any form, its code, the words of its texts.

    `numbers` are found as they are written: articles of law, numbered sites.
    """
    return joined_terms(code, names, text_terms(texts, numbers))


def joined_terms(code: str, names: Iterable[str], of_texts: Iterable[str]) -> list[str]:
    """Return the same where the terms of the texts are known already (`text_terms`)."""
    found: dict[str, None] = {f"{CODE}{code.lower()}": None}
    for name in names:
        for form in read_forms(name):
            for word in form.words:
                found |= dict.fromkeys(_word_terms(word))
    found |= dict.fromkeys(of_texts)
    return list(dict.fromkeys(term[:LONGEST_TERM] for term in found))[:MOST_TERMS]


def text_terms(texts: Iterable[str], numbers: Iterable[str]) -> list[str]:
    """Return under what a case is found by the words of its texts and by numbers."""
    stems = {stem for text in texts for stem in text_stems(text)}
    return sorted(f"{STEM}{stem}" for stem in stems | {number.lower() for number in numbers})


@lru_cache(maxsize=50_000)
def _word_terms(word: Word) -> tuple[str, ...]:
    return (
        *word.keys,
        *(f"{FAMILY}{one}" for one in sorted(word.families)),
        *(f"{FATHER}{one}" for one in sorted(word.fathers)),
        f"{INITIAL}{word.keys[0][0]}",
    )


@lru_cache(maxsize=20_000)
def names_of_key(key: str) -> tuple[str, ...]:
    """Return the terms of the given name that a word of the vocabulary is, and of the one that a patronymic is made of."""
    return (
        *(f"{FAMILY}{one}" for one in sorted(families_by_key().get(key, ()))),
        *(f"{FATHER}{one}" for one in sorted(fathers_of(key))),
    )


def vocabulary_words(terms: Iterable[str]) -> list[str]:
    """Return the sound keys among terms, as often as they are there: those among which misspellings are looked for."""
    return [term for term in terms if term[0].isalnum() and len(term) >= SHORTEST_WORD]


def near_terms(word: str) -> set[str]:
    """Return under what a word of the vocabulary is found when it or its question is misspelt, skeletons marked."""
    return misses(word) | {f"{SKELETON}{one}" for one in misses(skeleton(word))}


def exact_terms(word: Word) -> list[str]:
    """Return the terms one of which a name has that holds this word, in any spelling or language."""
    if word.is_initial:
        return [*word.keys, *(f"{INITIAL}{one}" for one in sorted({one[-1] for one in word.initials}))]
    return [
        *word.keys,
        *(f"{FAMILY}{one}" for one in sorted(word.families)),
        *(f"{FATHER}{one}" for one in sorted(word.fathers)),
    ]


def begun_terms(word: Word, *, tails: bool = True) -> list[str]:
    """Return the exact terms, and those of names of which the reader has typed only the beginning.

    With `tails` also where the last letter typed is half of a letter: "k" begins Х as well, "mari" Maria ("mara").
    """
    if word.is_initial:
        return exact_terms(word)
    ends = ("", *(CYRILLIC_TAILS if CYRILLIC.search(word.text) else LATIN_TAILS)) if tails else ("",)
    begun: list[str] = []
    for key in (key for end in ends for key in sound_keys(word.text + end)[:2]):
        if not any(key.startswith(known) for known in begun):
            begun.append(key)
    return [*exact_terms(word), *(f"{one}{ANY_ENDING}" for one in begun[:MOST_TAILS]), *code_terms(word.text)]


def code_terms(text: str) -> list[str]:
    """Return the term of the codes that begin so; none where the text is too short or no code."""
    is_code = text.isascii() and text.isalnum() and len(text) >= SHORTEST_STEM
    return [f"{CODE}{text.lower()}{ANY_ENDING}"] if is_code else []


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """Return the stem of a lower-case word of a text; "" where it has no letter or digit."""
    keys = sound_keys(word)
    if not keys:
        return ""
    key = keys[0]
    for ending in (ADJECTIVE, ENDING):
        bare = ending.sub("", key)
        key = bare if len(bare) >= SHORTEST_STEM else key
    return key


@lru_cache(maxsize=5_000)  # titles and places are the same in thousands of cases
def text_stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words of a text, each once: Ростов, Ростові, ростовський and Rostov are "rastav"."""
    words = (part for word in words_of(text) for part in word.split("-"))
    return tuple(dict.fromkeys(stem for word in words if len(word) >= SHORTEST_TEXT_WORD and (stem := stem_of(word))))


def plain_parts(words: Sequence[Word]) -> list[Word]:
    """Return the words that are no whole of a hyphenated one: its parts stand among them."""
    return [word for word in words if not word.is_joined]


def main_words(words: Sequence[Word]) -> list[Word]:
    """Return the words of a question without patronymics, initials and particles, unless it has no others."""
    rest = [word for word in words if not (word.is_joined or word.is_particle)] or plain_parts(words)
    return [word for word in rest if not (word.is_initial or word.fathers)] or rest


def plain_words(form: Form) -> list[Word]:
    """Return the words of a question that a name should have: the parts of hyphenated words, not their wholes."""
    words = plain_parts(form.words)
    return [word for word in words if not word.is_particle] or words


def whole_words(form: Form) -> list[Word]:
    """Return the words of a question with hyphenated words as one, "Emir-Usein" as "Emirusein"."""
    wholes = [word for word in form.words if word.is_joined]
    return [*wholes, *(word for word in plain_words(form) if not any(word.text in one.text for one in wholes))]
