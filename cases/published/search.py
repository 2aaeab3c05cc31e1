"""Finding cases by what a reader types: a name in any spelling, its beginning, a code, words of the public texts.

A question is asked ever more loosely until enough is found: every word as it sounds or in another language; without
patronymics and initials, one word as two and two as one; one word mistyped or only begun, then every word; with the nearest
words of the vocabulary; at last with one word left out. What is found so is compared in full with the names of each case
(`domain.name_matching`).

The answer is one set of cases, for the page, the API and the exports alike, whatever other filters do to it. While the first
step finds many cases the set is whatever has the words; else it is the cases that were compared and found near.
"""

import logging
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.domain.name_matching import Match, Pair, Reason, is_near, score
from cases.domain.name_reading import Form, Word, read_forms, rejoined
from cases.domain.name_terms import (
    INITIAL,
    begun_terms,
    code_terms,
    exact_terms,
    main_words,
    names_of_key,
    plain_words,
    whole_words,
)
from cases.domain.text_questions import read_question
from cases.published.joined_words import taken_apart
from cases.published.models import PublishedCase, PublishedCaseQuerySet, PublishedName
from cases.published.name_models import PublishedNames
from cases.published.name_neighbours import begun, frequencies, further, meant, slipped, together
from cases.published.name_vocabulary import is_complete
from cases.published.term_lookup import Terms, by_bitmap_alone, having_any_terms

log = logging.getLogger(__name__)

#: How many cases are compared in full at each step, and how many an answer ranks.
MOST_COMPARED = 300
MOST_RANKED = 100
#: With so many near cases no looser question is asked.
ENOUGH = 20
MOST_FORMS = 3
MOST_SUGGESTIONS = 5
#: With so many words that nobody has, no question with a single slip is asked.
MOST_UNKNOWN = 2
#: So many cases may have the rarest of the words, or those near it, that are left when one is left out.
MOST_TOGETHER, MOST_ALONE = 40_000, 3_000
CLOSE_WORD, MISTYPED_WORD = 0.1, 0.25


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that was found; without a match where only its texts have the words."""

    code: str
    match: Match | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found: the cases of `among` that are `having` it. `hits` are the best, best first.

    Where `is_more`, the cases are more than the hits. `asked` and `steps` say how names were looked for.
    """

    among: PublishedCaseQuerySet
    having: Q
    hits: list[Hit] = field(default_factory=list)
    is_more: bool = False
    suggestions: list[str] = field(default_factory=list)
    asked: tuple[Form, ...] = ()
    steps: tuple[Terms, ...] = ()

    @property
    def cases(self) -> PublishedCaseQuerySet:
        """All the cases."""
        return self.among.filter(self.having)


@dataclass(frozen=True, slots=True)
class Best:
    """The best answers with their cases, without documents, the best first; `is_cut` where there are more cases."""

    rows: list[tuple[PublishedCase, Hit]]
    is_cut: bool


def best_of(found: Found, among: PublishedCaseQuerySet | None = None) -> Best:
    """Return the best answers, at most a hundred; where further filters narrow the list, among the cases that they leave.

    Of a name that very many have, the best of those that are left are looked for anew.
    """
    # Each hit is `having` what was asked for. To ask so again would name a hundred keys twice, for which PostgreSQL reads
    # through the table.
    narrowed = found.among if among is None else among
    hits = found.hits
    if found.steps and among is not None:
        gathering = _Gathering(among, found.asked)
        gathering.gather(found.steps)
        hits = gathering.near()
    if len(hits) > MOST_RANKED:
        left = set(narrowed.filter(_of(hits)).values_list("pk", flat=True))
        hits = [hit for hit in hits if hit.code in left]
    best, room = _with_cases(narrowed, hits[:MOST_RANKED]), MOST_RANKED
    if not found.is_more or len(hits) > room:
        return Best(best, is_cut=len(hits) > room)
    room -= len(best)
    others = narrowed.filter(found.having).exclude(_of(hits)).order_by().values_list("pk", flat=True)
    further = [Hit(code, None) for code in sorted(others[: room + 1])]
    return Best([*best, *_with_cases(narrowed, further[:room])], is_cut=len(further) > room)


def _with_cases(cases: PublishedCaseQuerySet, hits: Sequence[Hit]) -> list[tuple[PublishedCase, Hit]]:
    """Return those of the hits that are among the cases, with the rows of these."""
    rows = cases.filter(_of(hits)).defer("document").in_bulk() if hits else {}
    return [(rows[hit.code], hit) for hit in hits if hit.code in rows]


@dataclass(slots=True)
class _Gathering:
    """The cases compared so far, with the best match of each."""

    among: PublishedCaseQuerySet
    asked: tuple[Form, ...]
    matches: dict[str, Match] = field(default_factory=dict)

    def gather(self, alternatives: Sequence[Terms], *, also_asked: Sequence[Form] = ()) -> int:
        """Compare the cases that have a term of every group of any of the alternatives; return how many there were.

        They are compared with what was asked for, and with `also_asked`.
        """
        number = 0
        for names in _names_having_any(alternatives):
            found = list(_shown(names, self.among).values_list("pk", "forms")[: MOST_COMPARED + 1])
            number = max(number, len(found))
            for code, forms in found:
                if code not in self.matches:
                    self.matches[code] = _score((*self.asked, *also_asked), code, forms)
        return number

    def near(self) -> list[Hit]:
        hits = [Hit(code, match) for code, match in self.matches.items() if is_near(match)]
        return sorted(hits, key=_rank)

    def is_answered(self, word: float = CLOSE_WORD) -> bool:
        """Whether a name has every word that was asked for at a cost of `word` each, or enough names cost no more."""
        limit = word * min(len(plain_words(form)) for form in self.asked)
        close = [match for match in self.matches.values() if match.cost <= limit]
        return len(close) >= ENOUGH or any(match.is_whole for match in close)


def is_searchable(text: str) -> bool:
    """Tell whether the text has anything to search by."""
    return bool(read_forms(text))


def is_ready() -> bool:
    """Tell whether names can be searched; if not, say in the log what is to be done."""
    if is_complete(PublishedNames.objects.db):
        return True
    log.error("The index of names is not complete, so names cannot be searched. Run: manage.py rebuild_published")
    return False


def find(text: str, among: PublishedCaseQuerySet) -> Found:
    """Return the cases of `among`, which has only cases that may be shown, that `text` means.

    Nothing is found for a text without a letter or digit (`is_searchable`). Ask `is_ready` first: an index that was never
    built finds nobody.
    """
    asked = read_forms(text)[:MOST_FORMS]
    if not asked:
        return Found(among, Q(pk__in=[]))
    with by_bitmap_alone(PublishedNames.objects.db):
        return _found(text, asked, among)


def _found(text: str, asked: tuple[Form, ...], among: PublishedCaseQuerySet) -> Found:
    gathering = _Gathering(among, asked)
    if not any(letter.isalpha() for letter in text):  # the number of an article, or a code
        gathering.gather([[code_terms(text)]])
        return _with_texts(text, gathering)
    for steps in (_exact(asked), _begun(asked)):
        if gathering.gather(steps) > MOST_COMPARED:
            having = Q(pk__in=_having_any([*steps, *_text_groups(text)]))
            return Found(among, having, gathering.near(), is_more=True, asked=asked, steps=tuple(steps))
        if gathering.is_answered():
            return _with_texts(text, gathering)
    others = [other for form in asked for other in (*taken_apart(form), *rejoined(form))]
    for alternatives in _looser(asked, others):
        gathering.gather(alternatives, also_asked=others)
        others = []
        if gathering.is_answered(MISTYPED_WORD):
            break
    return _with_texts(text, gathering)


def _with_texts(text: str, gathering: _Gathering) -> Found:
    """Return the near names, and after them the cases whose texts have every word.

    Texts are not looked at where several words are just somebody's name.
    """
    hits, among = gathering.near(), gathering.among
    if len(plain_words(gathering.asked[0])) > 1 and gathering.is_answered():
        return Found(among, _of(hits), hits)
    texts, is_more = _text_hits(text, among, {hit.code for hit in hits})
    found = [*hits, *texts]
    if is_more:
        return Found(among, Q(pk__in=_having_any(_text_groups(text))) | _of(hits), hits, is_more=True)
    return Found(among, _of(found), found, suggestions=[] if found else _suggestions(gathering))


def _of(hits: Sequence[Hit]) -> Q:
    return Q(pk__in=[hit.code for hit in hits])


def _rank(hit: Hit) -> tuple[float, str]:
    return (hit.match.cost if hit.match else 9.0, hit.code)


def _score(asked: tuple[Form, ...], code: str, forms: str) -> Match:
    names = [form for line in forms.split("\n") for form in read_forms(line)]
    if any(len(form.words) == 1 and code.lower().startswith(form.words[0].text) for form in asked):
        return Match(0.0, code, (Pair(asked[0].words[0].text, code, Reason.CODE),))
    return score(asked, names) or Match(9.0, "", ())


def _names_having_any(alternatives: Sequence[Terms]) -> list[QuerySet[PublishedNames]]:
    """Return the names with a term of every group of any of the alternatives, in as few queries as the database needs."""
    return having_any_terms(PublishedNames.objects.order_by(), PublishedName.objects.order_by(), alternatives)


def _shown(names: QuerySet[PublishedNames], among: PublishedCaseQuerySet) -> QuerySet[PublishedNames]:
    """Return those of the names that are of cases of `among`, each looked up by its key."""
    return names.filter(Exists(among.filter(pk=OuterRef("pk"))))


def _having_any(alternatives: Sequence[Terms]) -> QuerySet[PublishedNames, Any]:
    first, *others = (names.values("pk") for names in _names_having_any(alternatives))
    return first.union(*others, all=True) if others else first


def _text_groups(text: str) -> list[Terms]:
    return [[[term] for term in terms] for terms in read_question(text).ways]


def _text_hits(text: str, among: PublishedCaseQuerySet, named: set[str]) -> tuple[list[Hit], bool]:
    """Return cases that are not among the named ones and whose texts have every word, and whether there are more."""
    codes: set[str] = set()
    is_more = False
    for names in _names_having_any(_text_groups(text)):
        found = list(_shown(names, among).values_list("pk", flat=True)[: MOST_COMPARED + 1])
        codes.update(sorted(found)[:MOST_COMPARED])
        is_more = is_more or len(found) > MOST_COMPARED
    return [Hit(code, None) for code in sorted(codes - named)], is_more


def _exact(asked: Sequence[Form]) -> list[Terms]:
    """Return the strictest questions: every word as it sounds, or in another language; hyphens as the reader has them."""
    questions: list[Terms] = []
    for form in asked:
        plain, whole = plain_words(form), whole_words(form)
        questions.append([exact_terms(word) for word in plain])
        if len(whole) < len(plain):
            questions.append([exact_terms(word) for word in whole])
    return questions


def _begun(asked: Sequence[Form]) -> list[Terms]:
    """Return the question with the one word of it as a beginning; several words are taken so with their neighbours."""
    words = plain_words(asked[0])
    return [[begun_terms(word) for word in words]] if len(asked) == 1 and len(words) == 1 else []


def _looser(asked: Sequence[Form], others: Sequence[Form]) -> Iterator[list[Terms]]:
    """Yield alternatives from the stricter to the looser; the first have the words of the `others`, too."""
    by_form = [_wordings(form) for form in asked]
    wordings = [words for found in by_form for words in found]
    strict = [words for _plain, *shortened in by_form for words in shortened] + [plain_words(form) for form in others]
    yield [[exact_terms(word) for word in words] for words in strict]
    exact = {word: exact_terms(word) for words in wordings for word in words}
    slips = slipped(exact)
    # Whoever still types has begun the last word, even where it is a name by itself.
    unfinished = begun({*slips.unknown, *(words[-1] for words in wordings)})
    suspected = slips.unknown or frozenset(exact)
    near = together(exact, slips.near, meant(suspected))
    names = {
        word: list(dict.fromkeys(term for key in near[word] for term in names_of_key(key))) for word in slips.unknown
    }
    near = together(exact, near, names, unfinished)
    if len(slips.unknown) < MOST_UNKNOWN:
        wrong = suspected | set(unfinished)
        yield [groups for words in wordings for groups in _one_slip(words, wrong, exact, near)]
    near = together(exact, exact, near, meant(exact.keys() - suspected))
    yield [[near[word] for word in words] for words in wordings]
    groups = together(exact, near, further(exact))
    yield [[groups[word] for word in words] for words in wordings]
    counted = frequencies(term for terms in groups.values() for term in terms)
    often = {word: sum(counted.get(term, 0) for term in terms) for word, terms in groups.items()}
    for form in asked:
        yield from _without_one(plain_words(form), groups, often)


def _wordings(form: Form) -> list[list[Word]]:
    """Return the words that a name should have, and where it has any, those without patronymics, initials and particles.

    Of several that may be patronymics one is the surname: Hurevych.
    """
    plain, main = plain_words(form), main_words(form.words)
    if main == plain:
        return [plain]
    patronymics = [word for word in plain if word.fathers and not word.is_initial]
    if len(main) == 1 and len(patronymics) > 1:
        return [plain, *([word for word in plain if word is not left_out] for left_out in patronymics)]
    return [plain, main]


def _one_slip(
    words: Sequence[Word], suspected: Container[Word], exact: Mapping[Word, list[str]], near: Mapping[Word, list[str]]
) -> Iterator[Terms]:
    """Yield the question with each suspected word in turn mistyped and the others right."""
    for wrong in words:
        if wrong in suspected and near[wrong]:
            yield [near[word] if word is wrong else exact[word] for word in words]


def _without_one(
    words: Sequence[Word], groups: Mapping[Word, list[str]], often: Mapping[Word, int]
) -> Iterator[list[Terms]]:
    """Yield the question with each word left out in turn, where one word is left with the first sound of the other.

    Then each word alone: what that finds is mostly too far to be an answer and is suggested. Something rare must be left: of
    what thousands have, hundreds taken at random have nothing to do with the question.
    """
    alone: list[tuple[Word, list[str]]] = []
    for left_out in words:
        rest = [word for word in words if word is not left_out and not word.is_initial]
        most = MOST_TOGETHER if len(rest) > 1 else MOST_ALONE
        if not rest or min(often[word] for word in rest) > most:
            continue
        if len(rest) > 1:
            yield [[groups[word] for word in rest]]
        else:
            alone.append((left_out, groups[rest[0]]))
    for word, group in alone:
        yield [[group, [f"{INITIAL}{sound}" for sound in sorted(word.initials)]]]
    for _word, group in alone:
        yield [[group]]


def _suggestions(gathering: _Gathering) -> list[str]:
    """Return names to try instead: the nearest of those that were compared and were not near enough."""
    ranked = sorted(gathering.matches.values(), key=lambda match: match.cost)
    return list(dict.fromkeys(match.form for match in ranked if match.form))[:MOST_SUGGESTIONS]
