"""How well a name that is asked for fits one that is recorded, and why: pure, the same for every database and language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from cases.domain.name_reading import Form, Word

FARTHEST_WORD = 0.7
NEAR_BASE, NEAR_WORD = 0.15, 0.22
UNMATCHED = 1.0
UNMATCHED_PATRONYMIC = 0.3
OTHER_PATRONYMIC = 0.6
LEFT_OVER = 0.02
ANOTHER_ORDER = 0.005
SHORTEST_BEGINNING = 2
MOST_IN_SHORT = 2
"""So many letters may differ in a short word; in a longer one, each third."""


class Reason(Enum):
    """Why one word of a name matches another, from the best to the weakest."""

    SAME = "same"
    SPELLING = "spelling"  # another script or spelling: Mustafayev, Мустафаєв
    GIVEN_NAME = "given_name"  # the form of another language: Микола, Nikolai
    PATRONYMIC = "patronymic"  # made of a form of the same given name
    INITIAL = "initial"
    BEGINNING = "beginning"  # the reader has typed the beginning of it
    ONE_LETTER = "one_letter"
    LETTERS = "letters"  # two or more letters differ
    CODE = "code"  # of the case, not a name
    MISSING = "missing"  # this word of the question is not in the name


@dataclass(frozen=True, slots=True)
class Pair:
    """How one word that was asked for was met; `word` is "" where it was not."""

    asked: str
    word: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Match:
    """How well a name fits. `cost` is 0 where it is written just so, and grows; below about 0.5 it is worth showing."""

    cost: float
    form: str
    pairs: tuple[Pair, ...]

    @property
    def reason(self) -> Reason:
        """The weakest of the reasons."""
        return max((pair.reason for pair in self.pairs), key=ORDER.__getitem__, default=Reason.SAME)

    @property
    def is_whole(self) -> bool:
        """Whether every word of the question was met."""
        return all(pair.reason is not Reason.MISSING for pair in self.pairs)

    @property
    def is_whole_person(self) -> bool:
        """Whether at least two words were met, so that more than a given name is the same."""
        return sum(pair.reason is not Reason.MISSING for pair in self.pairs) > 1


def is_near(match: Match) -> bool:
    """Tell whether a match is near enough to be shown as one: so much for a name, and so much for each of its words."""
    return match.cost <= NEAR_BASE + NEAR_WORD * len(match.pairs)


ORDER = {reason: place for place, reason in enumerate(Reason)}


@lru_cache(maxsize=100_000)
def compare(asked: Word, word: Word) -> tuple[float, Reason] | None:
    """Return the cost (0 to 0.7) and the reason for which `asked` may mean `word`; None where it may not."""
    if asked.text != word.text and (asked.is_initial or word.is_initial):
        return (0.15, Reason.INITIAL) if asked.initials & word.initials else None
    if found := _same_name(asked, word):
        return found
    candidates = [found for found in (_mistyped(asked, word), _begun(asked, word)) if found]
    return min(candidates, key=lambda found: found[0], default=None)


def _same_name(asked: Word, word: Word) -> tuple[float, Reason] | None:
    """Tell whether both are one name, from the same letters down to forms of different languages."""
    alike = not set(asked.keys).isdisjoint(word.keys)
    ladder = (
        (asked.text == word.text, 0.0, Reason.SAME),
        (asked.key == word.key, 0.01, Reason.SPELLING),
        (alike and asked.families == word.families, 0.03, Reason.SPELLING),
        (bool(asked.families & word.families), 0.05, Reason.GIVEN_NAME),
        (bool(asked.fathers & word.fathers), 0.05, Reason.PATRONYMIC),
        (alike, 0.06, Reason.SPELLING),
    )
    return next(((cost, reason) for holds, cost, reason in ladder if holds), None)


def _mistyped(asked: Word, word: Word) -> tuple[float, Reason] | None:
    """Compare letter by letter, as written, by sound and by spelling; a swap of neighbours is one letter.

    As written too, because a letter typed in the place of a glide is two of the sounds: Lutfide for Lutfiie.
    """
    best = FARTHEST_WORD + 1.0
    fewest = 9
    same_bones = not set(asked.skeletons).isdisjoint(word.skeletons)
    spoken = product((*asked.keys[:3], asked.key), (*word.keys[:2], word.key))
    for one, other in ((asked.text, word.text), *spoken):
        longest = max(len(one), len(other))
        most = max(MOST_IN_SHORT, longest // 3)
        distance = OSA.distance(one, other, score_cutoff=most)
        if distance > most:
            continue
        cost = 0.1 + 0.9 * distance / longest
        if same_bones:
            cost *= 0.8
        best, fewest = min(best, cost), min(fewest, distance)
    if best > FARTHEST_WORD:
        return None
    return best, Reason.ONE_LETTER if fewest <= 1 else Reason.LETTERS


def _begun(asked: Word, word: Word) -> tuple[float, Reason] | None:
    if len(asked.text) < SHORTEST_BEGINNING:
        return None
    for one in asked.keys:
        for other in word.keys:
            if other.startswith(one):
                return 0.12 + 0.03 * min(8, len(other) - len(one)), Reason.BEGINNING
    return None


def match_form(asked: Sequence[Word], form: Form) -> Match:
    """Compare a question with one form: each word of it with the word that fits best, in any order."""
    options = [
        (found[0], left, right, found[1])
        for left, one in enumerate(asked)
        for right, other in enumerate(form.words)
        if (found := compare(one, other))
    ]
    options.sort(key=lambda option: option[:3])
    return _joined(asked, form, options)


def _joined(asked: Sequence[Word], form: Form, options: list[tuple[float, int, int, Reason]]) -> Match:
    met: dict[int, tuple[float, int, Reason]] = {}
    used: set[int] = set()
    for cost, left, right, reason in options:
        if left not in met and right not in used:
            met[left] = (cost, right, reason)
            used.add(right)
    rest = [word for place, word in enumerate(form.words) if place not in used and not word.is_joined]
    total = LEFT_OVER * sum(not word.fathers and not word.is_particle for word in rest) + 0.005 * len(rest)
    pairs = []
    wholes = [asked[place].text for place in met if asked[place].is_joined]
    for place, word in enumerate(asked):
        if place in met:
            cost, right, reason = met[place]
            total += cost
            pairs.append(Pair(word.text, form.words[right].text, reason))
        elif not (word.is_joined or word.is_particle or any(word.text in whole for whole in wholes)):
            total += _missing(word, rest)
            pairs.append(Pair(word.text, "", Reason.MISSING))
    order = [met[place][1] for place in sorted(met)]
    if order != sorted(order):
        total += ANOTHER_ORDER
    return Match(total, form.text, tuple(pairs))


def _missing(word: Word, rest: Iterable[Word]) -> float:
    """Return what a word costs that the name does not have: little for a patronymic, unless the name has another."""
    if word.is_initial:
        return UNMATCHED_PATRONYMIC
    if not word.fathers:
        return UNMATCHED
    return OTHER_PATRONYMIC if any(other.fathers for other in rest) else UNMATCHED_PATRONYMIC


def score(asked: Sequence[Form], forms: Iterable[Form]) -> Match | None:
    """Return the best match of any form of the question with any form of a name; None where there is nothing to compare."""
    matches = (match_form(question.words, form) for form in forms for question in asked if question.words)
    return min(matches, key=lambda match: match.cost, default=None)
