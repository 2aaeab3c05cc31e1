"""What a word of a name sounds like: a few short keys that its spellings share, a skeleton of consonants, near misses.

A key has one letter a sound, so that one mistyped letter is one letter of the key as well: x is ш щ sh sch, q ч ch, j ж zh,
c ц ts, y дж dzh, h г х g h kh. Of the vowels only a (а о я), i (е и і ы э є ї ё) and u (у ю) are left, and й stands nowhere
beside another vowel: Сергій, Sergei and Serhiy are "sirhi". Latin letters that languages read differently give several
keys: "ch" is ч, German and Polish х, French ш. A skeleton is what remains without vowels, with voiced and voiceless
consonants as one: Мустафаєв and Moustafaïeff are both "mstfv".

Everything here is pure, depends on no locale and gives ASCII for Latin and Cyrillic; other scripts keep code points.
"""

import re
from functools import lru_cache
from itertools import combinations

from cases.domain.names import CYRILLIC, LATIN, base_letters, repaired

MOST_KEYS = 6
LONGEST_KEY = 40
SHORTEST_TO_MISS_TWO = 5

FROM_CYRILLIC = dict(
    zip("абвгґдежзийіїклмнопрстуфхцчшщыэюяєёўђћљњј", "abvhhdejziiiiklmnaprstufhcqxxiiuaiivyqlni", strict=True)
)
FROM_CYRILLIC |= {"я": "ia", "ю": "iu", "є": "ie", "ё": "io", "о": "o", "е": "e", "э": "e", "ъ": "", "ь": ""}
CYRILLIC_UNITS = re.compile("дж|дз(?=[іиеяюєё])|тч|сч|зч|жч|тц|тс(?=к)|гъ|къ|нъ|ьо|йо|.", re.DOTALL)
CYRILLIC_GROUPS = {"дж": "y", "дз": "d", "тч": "q", "сч": "x", "зч": "x", "жч": "x", "тц": "c", "тс": "c", "къ": "k"}
CYRILLIC_GROUPS |= {"гъ": "h", "нъ": "n", "ьо": "io", "йо": "io"}


def _latin_units(table: str) -> dict[str, tuple[str, ...]]:
    pairs = (line.split("=") for line in table.split())
    return {unit: tuple(sounds.split("|")) for unit, sounds in pairs}


LATIN_UNITS = _latin_units(
    "schtsch=x chtch=x shtch=x szcz=x shch=x šč=x ştş=x stsch=x dzsch=y dsch=y dzh=y dzs=y dż=y dž=y dj=y tsch=q tch=q "
    "tsh=q cz=q č=q ć=q ç=q sch=x|sq|sh sh=x sz=x š=x ş=x ș=x ŝ=x ś=x zh=j ž=j ż=j ź=j rz=rz|j "
    "ch=q|h|x kh=h gh=h ğ=h ĝ=h ph=f th=t ts=c tz=c|z ț=c ck=k|ck qu=kv|k q=k x=ks w=v ў=v ŭ=v ł=l ll=l "
    "j=i|y|j c=k|c|y g=h h=h ñ=n ı=i đ=d ð=d þ=t ß=s æ=e ø=o|e œ=e ou=u|ov|ou eau=o oo=u|o ee=i|e "
    "ę=en|e ęb=emb|eb ęp=emp|ep ą=on|a ąb=omb|ab ąp=omp|ap cs=ks|q "
    "ö=o|e öh=oh|o|e oe=oe|e oeh=oeh|e ä=a|e äh=ah|e ae=ae|e aeh=aeh|e üh=uh|u ue=ue|u ueh=ueh|u "
    "gue=he|hue gué=he|hue gui=hi|hui dz=d|dz aŭ=av oŭ=ov eŭ=ev ff=f|v"
)
GERMAN = re.compile("sch|w")  # or Polish
GERMAN_UNITS = LATIN_UNITS | {"z": ("z", "c")}
LATIN_PATTERN = re.compile("|".join(sorted(map(re.escape, LATIN_UNITS), key=len, reverse=True)) + "|.", re.DOTALL)
CZECH_OR_POLISH = re.compile("[čšžŭěřćąęłńśźż]")  # then c is ц and ch is х
SLAVIC_C = re.compile("c(?![hz])")
CRIMEAN_TATAR = re.compile("[çğıñöşüâ]")
CRIMEAN_C = re.compile("c(?![hk])")  # those are German: Schröder, Höcherl, Brückner

LEVELLED = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("qx|xq|sq(?=.)"), "x"),
    (re.compile("(?<=.)io|(?<=[xqjc])o"), "e"),  # ё written yo, jo, io, o
    (re.compile("(?<=[aeou])i+|i+(?=[aeou])"), ""),  # glides
    (re.compile("e"), "i"),
    (re.compile("o"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("(?<=[aiu])f$"), "v"),  # Ivanoff
    (re.compile("sandir$|sandir(?=[^aiu])"), "sandr"),
)
BELARUSIAN_U = re.compile("(?<=[aeo])u(?=[^aeioutx]|$)|(?<=[ao])u(?=ts|tsk|[st]k)")

VOWELS = "aiu"
DEVOICED = str.maketrans("bdzjyfh", "ptsxqvk")


def _cyrillic_sounds(word: str) -> tuple[str, ...]:
    units = (CYRILLIC_GROUPS.get(one) or _of_letter(one) for one in CYRILLIC_UNITS.findall(word))
    return ("".join(units),)


def _of_letter(letter: str) -> str:
    return FROM_CYRILLIC[letter] if letter in FROM_CYRILLIC else base_letters(letter)


def _latin_sounds(word: str) -> list[str]:
    """Return the possible sounds of a Latin word, the likeliest first."""
    if CRIMEAN_TATAR.search(word):
        word = CRIMEAN_C.sub("dzh", word).replace("q", "k")
    elif CZECH_OR_POLISH.search(word):
        word = SLAVIC_C.sub("ts", word).replace("ch", "kh")
    table = GERMAN_UNITS if GERMAN.search(word) else LATIN_UNITS
    found = [""]
    for unit in LATIN_PATTERN.findall(word):
        sounds = table.get(unit) or (base_letters(unit).replace("y", "i"),)
        found = [head + sound for sound in sounds for head in found][:MOST_KEYS]
    return found


def _levelled(sounds: str) -> str:
    for pattern, replacement in LEVELLED:
        sounds = pattern.sub(replacement, sounds)
    return sounds[:LONGEST_KEY]


@lru_cache(maxsize=50_000)
def sound_keys(word: str) -> tuple[str, ...]:
    """Return up to six keys of one lower-case word (`names.words_of`), the likeliest first; () where it has no letter.

    Two spellings of a name nearly always share a key. A word of digits is its own key.
    """
    whole = repaired(word)
    if CYRILLIC.search(whole):
        sounds = list(_cyrillic_sounds(whole))
    elif LATIN.search(whole):
        sounds = _latin_sounds(whole)
    else:
        sounds = ["".join(map(base_letters, whole))]
        return tuple(filter(None, (sounds[0][:LONGEST_KEY],)))
    sounds += [BELARUSIAN_U.sub("v", one) for one in sounds]
    return tuple(dict.fromkeys(filter(None, map(_levelled, sounds))))[:MOST_KEYS]


def skeleton(key: str) -> str:
    """Return the consonants of a key, voiced as voiceless; with the first vowel as "a" where it begins with one."""
    bare = "".join(one for one in key if one not in VOWELS).translate(DEVOICED)
    bare = re.sub(r"(.)\1+", r"\1", bare)
    return f"a{bare}" if key[:1] in VOWELS else bare


def misses(key: str, *, two: bool = False) -> set[str]:
    """Return the key and what remains when any one letter of it is left out; of two letters with `two`.

    Two keys with a common miss differ by at most one letter left out, added, changed or swapped with its neighbour, in any
    place, the first included; with `two` on one side, by some pairs of such mistakes as well.
    """
    found = {key} | {key[:place] + key[place + 1 :] for place in range(len(key))}
    if two and len(key) >= SHORTEST_TO_MISS_TWO:
        found |= {
            "".join(one for place, one in enumerate(key) if place not in pair)
            for pair in combinations(range(len(key)), 2)
        }
    return {one for one in found if one}
