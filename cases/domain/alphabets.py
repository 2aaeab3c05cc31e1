"""Sort keys: text as ASCII that any database compares byte by byte into the order of the language's alphabet."""

import re
import unicodedata

LATIN = "abcdefghijklmnopqrstuvwxyz"
ALPHABETS: dict[str, tuple[str, ...]] = {
    "en": tuple(LATIN),
    "uk": tuple("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    "ru": tuple("абвгдежзийклмнопрстуфхцчшщъыьэюя"),
    "crh-latn": tuple("abcçdefgğhıijklmnñoöpqrsştuüvwxyz"),
    "crh-cyrl": (
        *("а", "б", "в", "г", "гъ", "д", "е", "ё", "ж", "з", "и", "й", "к", "къ", "л", "м", "н", "нъ", "о", "п", "р"),
        *("с", "т", "у", "ф", "х", "ц", "ч", "дж", "ш", "щ", "ъ", "ы", "ь", "э", "ю", "я"),
    ),
}
"""The letters in their order. Ё is a letter of its own in Crimean Tatar and a variant of Е in Russian."""

CYRILLIC = "".join(dict.fromkeys("абвгґдеєёжзиіїйклмнопрстуфхцчшщъыьэюя"))
FALLBACK = "en"
CYRILLIC_FIRST = frozenset({"uk", "ru", "crh-cyrl"})
LONGEST_KEY = 400
#: Numbers are compared as numbers, up to so many digits: colony No. 2 comes before No. 10.
DIGITS = 5
NUMBER = re.compile("[0-9]+")

BETWEEN_WORDS = "02"
FIRST_DIGIT = 0x10
FIRST_LETTER = 0x20
FIRST_OF_OTHER_SCRIPT = 0x80
ANY_OTHER = "fe"
MARKS_OF_ANOTHER_CASE = str.maketrans({"I": "ı", "İ": "i"})


def _weights(language: str) -> dict[str, str]:
    own = ALPHABETS[language]
    other = tuple(LATIN) if language in CYRILLIC_FIRST else tuple(CYRILLIC)
    weights = {letter: f"{FIRST_OF_OTHER_SCRIPT + place:02x}" for place, letter in enumerate(other)}
    weights |= {digit: f"{FIRST_DIGIT + place:02x}" for place, digit in enumerate("0123456789")}
    if language in CYRILLIC_FIRST:
        first = FIRST_OF_OTHER_SCRIPT + len(LATIN)
        weights |= {letter: f"{first + place:02x}" for place, letter in enumerate(CYRILLIC) if letter not in own}
    weights |= {letter: f"{FIRST_LETTER + place:02x}" for place, letter in enumerate(own)}
    if language == "ru":
        weights["ё"] = weights["е"]
    weights |= {" ": BETWEEN_WORDS, "-": BETWEEN_WORDS}
    return weights


WEIGHTS = {language: _weights(language) for language in ALPHABETS}
DIGRAPHS = {language: frozenset(one for one in letters if len(one) == 2) for language, letters in ALPHABETS.items()}


def _weight(letter: str, weights: dict[str, str]) -> str:
    """Return the weight of a letter; with an unknown accent that of its base; another script comes last."""
    if letter in weights:
        return weights[letter]
    kind = unicodedata.category(letter)
    if letter.isspace() or kind == "Pd":
        return BETWEEN_WORDS
    if kind[0] in "MPSC" or kind == "Lm":
        return ""
    bases = [one for one in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(one)]
    if bases and bases != [letter]:
        return "".join(weights.get(one, "") for one in bases)
    return f"{ANY_OTHER}{ord(letter):06x}"


def sort_key(text: str, language: str) -> str:
    """Return an ASCII key (two hexadecimal digits a letter, at most 400 characters) in the order of the language.

    `language` is a BCP 47 tag in any case; a language without an alphabet here sorts as English. Letters of the other
    script come after its own; spaces and hyphens before every letter; numbers by their size; apostrophes and accents do not
    count.
    """
    tag = language.lower() if language.lower() in ALPHABETS else language.lower().split("-")[0]
    tag = tag if tag in ALPHABETS else FALLBACK
    weights, digraphs = WEIGHTS[tag], DIGRAPHS[tag]
    if tag == "crh-latn":
        text = text.translate(MARKS_OF_ANOTHER_CASE)
    letters = unicodedata.normalize("NFC", " ".join(text.split())).lower()
    letters = NUMBER.sub(lambda found: found.group().zfill(DIGITS), letters)
    if not digraphs:
        try:
            return "".join([weights[letter] for letter in letters])[:LONGEST_KEY]
        except KeyError:
            pass  # an accent, a sign, or a letter of no alphabet here: letter by letter
    key, place = [], 0
    while place < len(letters):
        width = 2 if letters[place : place + 2] in digraphs else 1
        key.append(
            _weight(letters[place : place + width], weights) if width == 1 else weights[letters[place : place + 2]]
        )
        place += width
    return "".join(key)[:LONGEST_KEY]
