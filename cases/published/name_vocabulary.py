"""The words that published names have, and what remains of each when a letter is left out: for misspelt questions.

Frequencies stay right without any row that all publishers must lock. A publisher writes by how much each word changes
(`PublishedNameChange`, only ever added to), and then counts what is written: in the same transaction if nobody else is
counting just now, else after its commit. Nobody waits, so nobody can wait in a circle; whoever commits last counts the rest.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F

from cases.domain.name_keys import skeleton
from cases.domain.name_terms import SKELETON, near_terms, vocabulary_words
from cases.enums import PublicationState
from cases.published.engine import (
    add_sums,
    alone,
    hold,
    insert_missing,
    insert_rows,
    wait_to_be_alone,
)
from cases.published.models import PublishedCase, PublishedName
from cases.published.name_models import (
    PublishedNameChange,
    PublishedNameIndex,
    PublishedNameMiss,
    PublishedNames,
    PublishedNameWord,
)
from cases.published.state import renew
from cases.published.term_lookup import count_terms

#: Of what the terms are made; to be raised whenever `domain.name_terms` gives other terms for the same name.
RULES = 2
COUNTING = 0x6E616D65
CHUNK, AT_ONCE = 500, 5_000
#: The databases of which this process knows that their index is complete: it then stays so.
_complete: set[str] = set()


def record(terms: Iterable[str], *, by: int, using: str) -> None:
    """Write that cases have these terms (1) or no longer (-1). Call `count_changes` when all are written."""
    words = Counter(vocabulary_words(terms))
    rows = [(word, by * number) for word, number in sorted(words.items())]
    insert_rows(PublishedNameChange, ("word", "by"), rows, using=using)


def record_gone(code: str, *, using: str) -> None:
    """Write that a case no longer has the terms that it is found by just now."""
    for terms in PublishedNames.objects.using(using).filter(case_id=code).values_list("terms", flat=True):
        record(terms.split(), by=-1, using=using)


def count_changes(using: str) -> None:
    """Bring frequencies up to date in this transaction; after it where another one is doing so."""
    _count(using)
    transaction.on_commit(partial(count_what_waits, using), using=using, robust=True)


def count_many(words: Mapping[str, int], *, using: str) -> None:
    """Count the words of many new cases at once, in this transaction; it waits for whoever else counts.

    Before totals are locked: who holds those never waits for this.
    """
    wait_to_be_alone(using, COUNTING)
    known: set[str] = set()
    for chunk in _chunks(sorted(words), AT_ONCE):
        known.update(PublishedNameWord.objects.using(using).filter(word__in=chunk).values_list("word", flat=True))
    rows = [(word, skeleton(word), number) for word, number in sorted(words.items())]
    add_sums(PublishedNameWord, ("word",), ("frequency",), rows, carried=("skeleton",), using=using)
    new = [word for word, _skeleton, _number in rows if word not in known]
    insert_missing(PublishedNameMiss, ("miss", "word"), sorted(misses_of(new)), using=using)
    transaction.on_commit(partial(count_what_waits, using), using=using, robust=True)


def count_what_waits(using: str) -> None:
    """Count what others have written and nobody has counted; it waits for nobody."""
    if PublishedNameChange.objects.using(using).exists():
        with transaction.atomic(using=using):
            _count(using)
            renew(using)  # a search that is written nearly so may find another


def _count(using: str) -> None:
    if not alone(using, COUNTING):
        return
    changes = list(PublishedNameChange.objects.using(using).values_list("pk", "word", "by"))
    total: Counter[str] = Counter()
    for _pk, word, by in changes:
        total[word] += by
    for chunk in _chunks(sorted(word for word, by in total.items() if by)):
        _apply({word: total[word] for word in chunk}, using)
    for keys in _chunks([pk for pk, _word, _by in changes]):
        PublishedNameChange.objects.using(using).filter(pk__in=keys).delete()


def _apply(changes: dict[str, int], using: str) -> None:
    words = PublishedNameWord.objects.using(using)
    known = set(words.filter(word__in=changes).values_list("word", flat=True))
    for by in {changes[word] for word in known}:
        words.filter(word__in=[word for word in known if changes[word] == by]).exclude(frequency__lt=-by).update(
            frequency=F("frequency") + by
        )
    new = sorted(word for word, by in changes.items() if by > 0 and word not in known)
    words.bulk_create(PublishedNameWord(word=word, skeleton=skeleton(word), frequency=changes[word]) for word in new)
    PublishedNameMiss.objects.using(using).bulk_create(
        (PublishedNameMiss(miss=miss, word=word) for miss, word in misses_of(new)), ignore_conflicts=True
    )
    _forget([word for word in known if changes[word] < 0], using)


def _forget(words: list[str], using: str) -> None:
    """Remove those of the words that no case has any more, and skeletons that no word has."""
    table, misses = PublishedNameWord.objects.using(using), PublishedNameMiss.objects.using(using)
    gone = dict(table.filter(word__in=words, frequency=0).values_list("word", "skeleton"))
    if not gone:
        return
    table.filter(word__in=gone).delete()
    bones = set(gone.values()) - set(table.filter(skeleton__in=gone.values()).values_list("skeleton", flat=True))
    misses.filter(word__in=[*gone, *(f"{SKELETON}{one}" for one in bones)]).delete()


def misses_of(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (miss, word) for words, and for each of their skeletons once, as skeletons are marked."""
    seen: set[str] = set()
    for word in words:
        bare = f"{SKELETON}{skeleton(word)}"
        for miss in sorted(near_terms(word)):
            if not miss.startswith(SKELETON):
                yield miss, word
            elif bare not in seen:
                yield miss, bare
        seen.add(bare)


def rebuild_vocabulary(*, at: datetime, using: str) -> int:
    """Make the vocabulary anew from the index of every case; return how many words it has. In a transaction of its own.

    Whoever publishes meanwhile waits for the end of it.
    """
    with transaction.atomic(using=using):
        hold(using, COUNTING, PublishedNameChange._meta.db_table)
        for table in (PublishedNameChange, PublishedNameWord, PublishedNameMiss, PublishedNameIndex):
            table._default_manager.using(using).all().delete()
        counted = count_terms(using, PublishedNames._meta.db_table, PublishedName._meta.db_table)
        found = {term: number for term, number in counted if vocabulary_words([term])}
        rows = ((word, skeleton(word), number) for word, number in found.items())
        insert_rows(PublishedNameWord, ("word", "skeleton", "frequency"), rows, using=using)
        insert_rows(PublishedNameMiss, ("miss", "word"), misses_of(found), using=using)
        PublishedNameIndex.objects.using(using).create(rules=RULES, built_at=at)
        renew(using)
    return len(found)


def is_complete(using: str) -> bool:
    """Tell whether every published case stands in the index, made by the present rules."""
    if using not in _complete:
        rules = set(PublishedNameIndex.objects.using(using).values_list("rules", flat=True))
        if RULES in rules or not (rules or _is_left_out(using)):
            _complete.add(using)
    return using in _complete


def note_complete(*, at: datetime, using: str) -> None:
    """Write down that the index is complete, if it is, so that no process has to look through all cases for that."""
    indexes = PublishedNameIndex.objects.using(using)
    if not indexes.exists() and not _is_left_out(using):
        indexes.get_or_create(rules=RULES, defaults={"built_at": at})


def _is_left_out(using: str) -> bool:
    """Tell whether a case that is published has no row: the index was never built, or this is a copy without it."""
    shown = PublishedCase.objects.using(using).filter(state=PublicationState.PUBLISHED.value)
    return shown.filter(names__isnull=True).exists()


def _chunks(items: list[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))
