"""Cases that may be of one person: names of other cases that are near those of this one, in any script and spelling.

For those who may see every case of the desk; the same comparison as the public search, over the private names.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.domain.name_keys import misses
from cases.domain.name_matching import Match, is_near, score
from cases.domain.name_reading import Form, Word, read_forms
from cases.domain.name_terms import main_words
from cases.models import PersonName, Prisoner

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Another case, and how well a name of it fits one of this case."""

    prisoner: Prisoner
    match: Match


def resembling(prisoner: Prisoner) -> list[Resemblance]:
    """Return up to twenty other cases with a name near one of the case, the nearest first.

    Names with an initial in place of a given name count, single words do not: half of a country is called so.
    """
    asked = [form for text in prisoner.names.values_list("text", flat=True) for form in read_forms(text)]
    asked = [form for form in asked if len(main_words(form.words)) > 1]
    sounds = _sounds(word for form in asked for word in main_words(form.words))
    best: dict[int, Match] = {}
    others = PersonName.objects.exclude(prisoner=prisoner).order_by("pk").values_list("prisoner_id", "text")
    for key, text in others.iterator(chunk_size=2000):
        match = _compared(asked, sounds, read_forms(text))
        if match is not None and (key not in best or match.cost < best[key].cost):
            best[key] = match
    nearest = sorted(best, key=lambda key: (best[key].cost, key))[:MOST_SHOWN]
    found = Prisoner.objects.prefetch_related("names").in_bulk(nearest)
    return [Resemblance(found[key], best[key]) for key in nearest if key in found]


def _compared(asked: list[Form], sounds: set[str], forms: tuple[Form, ...]) -> Match | None:
    """Return the best match if it is near; names without one word that sounds nearly alike are not compared in full."""
    if sounds.isdisjoint(_sounds(word for form in forms for word in form.words)):
        return None
    match = score(asked, [form for form in forms if len(form.words) > 1])
    return match if match is not None and match.is_whole_person and is_near(match) else None


def _sounds(words: Iterable[Word]) -> set[str]:
    found: set[str] = set()
    for word in words:
        found |= word.families
        found.update(*(misses(key) for key in word.keys[:2]))
    return found
