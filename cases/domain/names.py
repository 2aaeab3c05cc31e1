"""Names across scripts: one key for the common spellings of a name, to find it by; initials; and sort keys.

A key is made letter by letter: look-alikes of the wrong script are repaired, Cyrillic is written in Latin, and what
Ukrainian, Russian and Crimean Tatar romanisations write differently becomes one letter (г g h kh, и і ы y j, я ya ia).
Glides disappear beside vowels, doubled letters become one. Other scripts keep their letters as code points.
"""

import re
import unicodedata
from functools import lru_cache

from cases.domain.alphabets import sort_key

__all__ = [
    "CYRILLIC",
    "LATIN",
    "base_letters",
    "fold",
    "initials",
    "repaired",
    "sort_key",
    "words_of",
]

LONGEST_TOKEN = 100

LATIN_LOOKALIKES = "aceiopxykmthbëïâ"
CYRILLIC_LOOKALIKES = "асеіорхукмтнвёїа"
SMALL_LOOKALIKES = "aceiopxyëïâасеіорхуёї"
"""Those that look alike as small letters too; к м т н в and k m t h b do so as capitals."""

TO_CYRILLIC = str.maketrans(LATIN_LOOKALIKES, CYRILLIC_LOOKALIKES)
TO_LATIN = str.maketrans("асеіорхукмтнвёїј", "aceiopxykmthbëïj")


def _table(pairs: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in pairs.split())


FROM_CYRILLIC = dict(zip("абвгґдезийклмнопрстуф", "abvhhdeziiklmnoprstuf", strict=True)) | _table(
    "є=ie ж=zh і=i ї=i х=h ц=ts ч=ch ш=sh щ=sh ы=i ъ= ь= э=e ю=iu я=ia ё=e ў=u ј=i љ=l њ=n"
)
SOFT_O = re.compile("ьо")

FROM_LATIN_MARKED = _table("š=sh ş=sh ș=sh ŝ=sh č=ch ç=ch ž=zh ğ=g ı=i ł=l đ=d ð=d þ=t ß=s æ=e ø=o œ=e")
CARON = re.compile("[čšžŭ]")  # then c is ц
CRIMEAN_TATAR = re.compile("[çğıñöşü]")  # then c is дж; so it is in Cemil, Cafer, Mecit
DZH = re.compile("^c(?=[aeiuâ])|c(?=[eiâ])")
FROM_LATIN = _table(
    "shch=sh sch=sh tch=ch dzh=dzh ch=ch cz=ch sz=sh sh=sh zh=zh kh=h gh=h dj=dzh ph=f th=t ts=ts tz=ts ck=k "
    "c=k g=h j=i q=k w=v x=ks y=i"
)
LATIN_UNITS = re.compile("|".join(sorted(FROM_LATIN, key=len, reverse=True)))

LEVELLED = (
    (re.compile("tch"), "ch"),
    (re.compile("shch"), "sh"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("(?<=.)io|(?<=[csz]h)o"), "e"),
    (re.compile("(?<=[aeou])i|i(?=[aeou])"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("sander$|sander(?=[^aeiou])"), "sandr"),
)
"""What the spellings still differ in, after both scripts are Latin; in this order."""

WORD = re.compile(r"[^\W_]+")
DROPPED_INSIDE = re.compile("['’ʼ‘`´′ʹʺ\"“”ˈ]")
HYPHENS = re.compile("[-‐‑‒–—]")
CYRILLIC = re.compile("[Ѐ-ӿ]")
LATIN = re.compile("[a-zà-ɏ]")


def base_letters(letter: str) -> str:
    """Return the ASCII letters of a Latin letter with marks; a letter of any other script as x and its code point."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(one))
    if bare.isascii():
        return bare
    return "".join(f"x{ord(one):05x}" for one in bare if one.isalnum())


def repaired(word: str) -> str:
    """Return the lower-case word in one script: that of the letters that no other script has, else of most letters.

    Where all look like others, those count first that do so as capitals alone, after the first letter. Cyrillic where they
    are even.
    """
    cyrillic, latin = CYRILLIC.findall(word), LATIN.findall(word)
    if not cyrillic or not latin:
        return word
    own = sum(one not in CYRILLIC_LOOKALIKES for one in cyrillic), sum(one not in LATIN_LOOKALIKES for one in latin)
    if own[0] == own[1]:
        small = [one for one in word[1:] if one not in SMALL_LOOKALIKES]
        own = len(CYRILLIC.findall("".join(small))), len(LATIN.findall("".join(small)))
    if own[0] == own[1]:
        own = len(cyrillic), len(latin)
    return word.translate(TO_CYRILLIC if own[0] >= own[1] else TO_LATIN)


def _latin(word: str) -> str:
    """Return the ASCII units of a lower-case word."""
    if CYRILLIC.search(word):
        word = SOFT_O.sub("ио", word)
        return "".join(FROM_CYRILLIC[one] if one in FROM_CYRILLIC else base_letters(one) for one in word)
    if CARON.search(word):
        word = word.replace("c", "ts")
    word = word.replace("c", "dzh") if CRIMEAN_TATAR.search(word) else DZH.sub("dzh", word)
    marked = "".join(FROM_LATIN_MARKED.get(one, one) for one in word)
    if not LATIN.search(marked):
        return "".join(base_letters(one) for one in marked)
    ascii_word = "".join(base_letters(one) for one in marked)
    return LATIN_UNITS.sub(lambda unit: FROM_LATIN[unit.group()], ascii_word)


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    key = _latin(repaired(word))
    if CYRILLIC.search(word) or LATIN.search(word):
        for pattern, replacement in LEVELLED:
            key = pattern.sub(replacement, key)
    return key[:LONGEST_TOKEN]


def words_of(text: str) -> list[str]:
    """Return the lower-case words of a text, with hyphenated ones still whole."""
    text = unicodedata.normalize("NFKC", text).lower().replace("i̇", "i")
    text = unicodedata.normalize("NFC", DROPPED_INSIDE.sub("", text))
    text = "".join(one for one in text if not unicodedata.combining(one))
    text = HYPHENS.sub("-", text)
    return ["-".join(WORD.findall(word)) for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", text)]


def fold(text: str) -> str:
    """Return the keys of the words of a text, in order, separated by one space; "" where it has no letter or digit."""
    return " ".join(filter(None, (_key(part) for word in words_of(text) for part in word.split("-"))))


def initials(*parts: str) -> str:
    """Return "S. M." for ("Server", "Mustafayev") or "Server Mustafayev", "E.-U. K." for "Emir-Usein Kuku"."""
    words = [word for part in parts for word in re.findall(r"[^\W\d_][\w'’ʼ-]*", part)]
    return " ".join("-".join(f"{one[0].upper()}." for one in word.split("-") if one) for word in words)
