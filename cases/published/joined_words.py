"""Two names that a reader typed without the space between them, told apart by the words that published names have."""

from cases.domain.name_reading import Form, read_forms, read_word
from cases.published.name_neighbours import frequencies

SHORTEST_PART = 3
MOST_PLACES = 4


def taken_apart(form: Form) -> tuple[Form, ...]:
    """Return the pairs of published words that the one word of a form may be, at most four, those of most people first.

    "MustafayevServer" may be "mustafayev server". Nothing for several words, or where one half is no word of anybody.
    """
    if len(form.words) != 1:
        return ()
    text = form.words[0].text
    halves = [(text[:place], text[place:]) for place in range(SHORTEST_PART, len(text) - SHORTEST_PART + 1)]
    keys = {half: read.keys for pair in halves for half in pair if (read := read_word(half))}
    sounds = {key for found in keys.values() for key in found}
    people = frequencies(sounds)
    rarer = {pair: min(max(people.get(key, 0) for key in keys.get(half, ("",))) for half in pair) for pair in halves}
    known = sorted((pair for pair in halves if rarer[pair]), key=lambda pair: -rarer[pair])
    return tuple(read_forms(" ".join(pair))[0] for pair in known[:MOST_PLACES])
