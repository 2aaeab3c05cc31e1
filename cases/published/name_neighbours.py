"""The words of the vocabulary that a misspelt word may mean: those one slip away; where these do not help, those further.

The first are found among what remains of words when a letter is left out, by one question. The second have two mistakes or
other vowels; they are the nearest of many more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cases.domain.name_keys import misses, skeleton
from cases.domain.name_reading import Word
from cases.domain.name_slips import UNKNOWN, undone, without_unknown
from cases.domain.name_terms import SKELETON
from cases.published.name_models import PublishedNameMiss, PublishedNameWord
from cases.published.term_lookup import beginning_with

#: Of surnames as short as Petkov, with one letter wrong, three and a half million people have up to sixty.
MOST_SLIPPED, MOST_FURTHER = 60, 12
#: Words that more cases have than this together, with what the reader has begun, are not what tells the person.
MOST_BEGUN, MOST_READ_BEGUN, MOST_WITH_BEGUN = 60, 120, 10_000
MOST_READ = 4000
KEYS_ASKED = 2
SHORTEST_BONES = 3
MOST_LETTERS = 3
MOST_WEIGHED = 50
#: Skeletons with so many consonants are compared with those that differ by two, shorter ones by one.
SHORT_BONES, BONES_APART, MOST_BONES = 5, 2, 80
SAME_BONES = 0.5
"""So many letters less count as different where the consonants are the same."""

Near = Mapping[Word, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Slips:
    """The words one slip away from each word, those with the same consonants first; and which of the words nobody has."""

    near: Near
    unknown: frozenset[Word]


def slipped(words: Iterable[Word]) -> Slips:
    """Return the words whose keys are one letter from those of each word, and which of the words nobody has; no initials."""
    wanted = {word: {miss for key in word.keys[:KEYS_ASKED] for miss in misses(key)} for word in _heard(words)}
    met = _having_misses({miss for terms in wanted.values() for miss in terms})
    found = {word: _met(terms, met) for word, terms in wanted.items()}
    unknown = (word for word in found if not word.families and found[word].isdisjoint(word.keys[:KEYS_ASKED]))
    return Slips(
        {word: _one_letter_away(word, word.keys[:KEYS_ASKED], near) for word, near in found.items()}, frozenset(unknown)
    )


def meant(words: Iterable[Word]) -> Near:
    """Return further words one slip away from each word: a slip that is heard in the letters beside it, too."""
    patterns = {word: undone(word.text) for word in _heard(words)}
    met = _having_misses({without_unknown(key) for keys in patterns.values() for key in keys})
    return {
        word: _one_letter_away(word, keys, _met(map(without_unknown, keys), met)) for word, keys in patterns.items()
    }


def _heard(words: Iterable[Word]) -> Iterator[Word]:
    return (word for word in words if not word.is_initial)


def _one_letter_away(word: Word, patterns: Iterable[str], found: set[str]) -> list[str]:
    """Return what was found and differs from a pattern by one letter: the unknown one, where the pattern has such."""
    choices = sorted(found.difference(word.keys))
    near: set[str] = set()
    for pattern in patterns:
        most = 1 if pattern in word.keys or UNKNOWN in pattern else 0
        hits = process.extract_iter(pattern, choices, scorer=OSA.distance, score_cutoff=most)
        near.update(one for one, _distance, _place in hits)
    return sorted(near, key=lambda key: (skeleton(key) not in word.skeletons, key))[:MOST_SLIPPED]


def begun(words: Iterable[Word]) -> Near:
    """Return for each word the most frequent words that begin so; initials and single sounds begin too many."""
    keys = {word: tuple(key for key in word.keys[:KEYS_ASKED] if len(key) > 1) for word in _heard(words)}
    asked = sorted({key for found in keys.values() for key in found})
    if not asked:
        return {}
    table = PublishedNameWord.objects
    rows = table.filter(beginning_with(table.db, "word", asked)).order_by("-frequency", "word")
    found = list(rows.values_list("word", "frequency")[: MOST_READ_BEGUN * len(asked)])
    return {word: _affordable(one for one in found if one[0].startswith(starts)) for word, starts in keys.items()}


def _affordable(counted: Iterable[tuple[str, int]]) -> list[str]:
    """Return the first sixty of (word, frequency) that few enough cases have together."""
    chosen: list[str] = []
    left = MOST_WITH_BEGUN
    for word, frequency in counted:
        if frequency <= left and len(chosen) < MOST_BEGUN:
            chosen.append(word)
            left -= frequency
    return chosen


def frequencies(words: Iterable[str]) -> dict[str, int]:
    """Return how many cases have each of the words; those that nobody has are left out."""
    asked = sorted(set(words))
    rows = PublishedNameWord.objects.filter(word__in=asked).order_by()
    return dict(rows.values_list("word", "frequency")) if asked else {}


def together(words: Iterable[Word], *found: Near) -> dict[Word, list[str]]:
    """Return for each word all that was found for it, one after the other."""
    return {word: [one for near in found for one in near.get(word, ())] for word in words}


def further(words: Iterable[Word]) -> Near:
    """Return for each word of a question, initials aside, the twelve nearest words, one slip or more away."""
    wanted = {word: _two_slips(word) for word in _heard(words)}
    met = _having_misses({miss for terms in wanted.values() for miss in terms})
    by_word = {word: _near_bones(word, _met(terms, met)) for word, terms in wanted.items()}
    bones = {one.removeprefix(SKELETON) for found in by_word.values() for one in found if one.startswith(SKELETON)}
    by_bone: dict[str, list[tuple[str, int]]] = {}
    frequency: dict[str, int] = {}
    rows = PublishedNameWord.objects.filter(skeleton__in=bones).order_by("-frequency")
    for key, bone, count in rows.values_list("word", "skeleton", "frequency")[:MOST_READ]:
        by_bone.setdefault(bone, []).append((key, count))
        frequency[key] = count
    return {word: _nearest(word, found, by_bone, frequency) for word, found in by_word.items()}


def _having_misses(misses_asked: set[str]) -> dict[str, set[str]]:
    """Return the words, and the skeletons as they are marked, that have each of the misses."""
    met: dict[str, set[str]] = {}
    if misses_asked:
        rows = PublishedNameMiss.objects.filter(miss__in=misses_asked).order_by()
        for miss, word in rows.values_list("miss", "word")[:MOST_READ]:
            met.setdefault(miss, set()).add(word)
    return met


def _met(terms: Iterable[str], met: dict[str, set[str]]) -> set[str]:
    return {word for term in terms for word in met.get(term, ())}


def _near_bones(word: Word, found: set[str]) -> set[str]:
    """Return what was found without the skeletons that only share a miss with those of the word: most are far from them."""
    bones = [one for one in found if one.startswith(SKELETON)]
    near = {one for one in found if not one.startswith(SKELETON)}
    for key in word.keys[:KEYS_ASKED]:
        asked = f"{SKELETON}{skeleton(key)}"
        most = BONES_APART if len(asked) > SHORT_BONES else 1
        hits = process.extract(asked, bones, scorer=OSA.distance, score_cutoff=most, limit=MOST_BONES)
        near.update(bone for bone, _distance, _place in hits)
    return near


def _two_slips(word: Word) -> set[str]:
    """Return what to look up: the misses of the keys, and those of the skeletons that are not too short to tell anything."""
    found: set[str] = set()
    for key in word.keys[:KEYS_ASKED]:
        bones = skeleton(key)
        found |= misses(key, two=True)
        found |= {f"{SKELETON}{one}" for one in misses(bones, two=True) if len(one) >= SHORTEST_BONES or one == bones}
    return found


def _nearest(
    word: Word, found: set[str], by_bone: dict[str, list[tuple[str, int]]], frequency: dict[str, int]
) -> list[str]:
    keys = {one for one in found if not one.startswith(SKELETON)}
    keys |= {key for one in found if one.startswith(SKELETON) for key, _count in by_bone.get(one[1:], ())}
    choices = sorted(keys - set(word.keys))
    ranked: dict[str, tuple[float, int]] = {}
    for asked in word.keys[:KEYS_ASKED]:
        near = process.extract(asked, choices, scorer=OSA.distance, score_cutoff=MOST_LETTERS, limit=MOST_WEIGHED)
        for key, distance, _place in near:
            if distance <= max(1, len(key) // 2):
                weight = (distance - SAME_BONES * (skeleton(key) in word.skeletons), -frequency.get(key, 0))
                ranked[key] = min(weight, ranked.get(key, weight))
    return sorted(ranked, key=ranked.__getitem__)[:MOST_FURTHER]
