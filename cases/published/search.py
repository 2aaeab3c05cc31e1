"""Finding cases by what a reader types: the beginnings of any public name form, in any script, or the code."""

from functools import reduce
from operator import or_

from django.db import connections
from django.db.models import Q

from cases.domain.names import beginnings
from cases.published.models import PublishedCaseQuerySet, PublishedName

AFTER_EVERY_LETTER = "\x7f"


def matching(queryset: PublishedCaseQuerySet, text: str) -> PublishedCaseQuerySet:
    """Return the cases of which each word of `text` begins some name form or the code.

    Every case matches a text without a letter or digit: ask `is_searchable` first.
    """
    for words in beginnings(text):
        found = PublishedName.objects.filter(_begins(words, queryset.db))
        queryset = queryset.filter(pk__in=found.values("case"))
    return queryset


def is_searchable(text: str) -> bool:
    """Tell whether the text has anything to search by."""
    return bool(beginnings(text))


def _begins(words: tuple[str, ...], using: str) -> Q:
    """Return the condition that a token begins with one of `words`, in the form for which the database has an index.

    SQLite compares byte by byte and does not use an index for LIKE; PostgreSQL does (varchar_pattern_ops), in any collation.
    """
    if connections[using].vendor == "sqlite":
        return reduce(or_, (Q(token__gte=word, token__lt=word + AFTER_EVERY_LETTER) for word in words))
    return reduce(or_, (Q(token__startswith=word) for word in words))
