"""The words of the vocabulary that a misspelt word may mean."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from cases.domain.name_keys import misses, skeleton
from cases.domain.name_reading import Word
from cases.domain.name_terms import SKELETON
from cases.published.name_models import PublishedNameMiss, PublishedNameWord

MOST_NEIGHBOURS = 12
MOST_READ = 4000
KEYS_ASKED = 2
SHORTEST_BONES = 3
MOST_LETTERS = 3
MOST_WEIGHED = 50
#: Skeletons with so many consonants are compared with those that differ by two, shorter ones by one.
SHORT_BONES, BONES_APART, MOST_BONES = 5, 2, 80
SAME_BONES = 0.5
"""So many letters less count as different where the consonants are the same."""


def neighbours(words: Sequence[Word]) -> dict[Word, list[str]]:
    """Return for each word of a question, initials aside, up to twelve words of the vocabulary, the nearest first."""
    asked = {word: _asked(word) for word in words if not word.is_initial}
    wanted = {miss for terms in asked.values() for miss in terms}
    if not wanted:
        return {}
    met: dict[str, set[str]] = {}
    for miss, word in (
        PublishedNameMiss.objects.filter(miss__in=wanted).order_by().values_list("miss", "word")[:MOST_READ]
    ):
        met.setdefault(miss, set()).add(word)
    by_word = {
        word: _near_bones(word, {one for miss in terms for one in met.get(miss, ())}) for word, terms in asked.items()
    }
    bones = {one.removeprefix(SKELETON) for found in by_word.values() for one in found if one.startswith(SKELETON)}
    by_bone: dict[str, list[tuple[str, int]]] = {}
    frequency: dict[str, int] = {}
    rows = PublishedNameWord.objects.filter(skeleton__in=bones).order_by("-frequency")
    for key, bone, count in rows.values_list("word", "skeleton", "frequency")[:MOST_READ]:
        by_bone.setdefault(bone, []).append((key, count))
        frequency[key] = count
    return {word: _nearest(word, found, by_bone, frequency) for word, found in by_word.items()}


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


def _asked(word: Word) -> set[str]:
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
    return sorted(ranked, key=ranked.__getitem__)[:MOST_NEIGHBOURS]
