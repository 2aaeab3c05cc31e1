"""What a list is asked for, as plain data: words of a cell, any of some facet values, ranges of columns, a text.

Different parts narrow one another; the values inside one part widen it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_

from django.db.models import Q

from cases.published.models import Facet

Pair = tuple[str, str]

#: The facets of which a case has one value at most, so that the numbers of several values may be added.
COUNTED_ONCE = frozenset(
    str(facet)
    for facet in {
        Facet.SITE,
        Facet.SENTENCE,
        Facet.RELIGION,
        Facet.REHABILITATION,
        Facet.HOME_REGION,
        Facet.SITE_REGION,
    }
)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Any of some (facet, value). `fields` are the parameters that ask for it."""

    fields: tuple[str, ...]
    pairs: tuple[Pair, ...]

    @property
    def having(self) -> Q:
        """The condition on a table that has the columns `facet` and `value`."""
        values: dict[str, list[str]] = {}
        for facet, value in self.pairs:
            values.setdefault(facet, []).append(value)
        return reduce(or_, (_among(facet, found) for facet, found in values.items()))

    @property
    def counts_nobody_twice(self) -> bool:
        """Whether no case has two of the values: a case that is at a site now was not at the same one before."""
        facets = {str(facet) for facet, _value in self.pairs}
        one_value = len({value for _facet, value in self.pairs}) == 1
        if one_value and facets <= {Facet.SITE.value, Facet.PAST_SITE.value}:
            return True
        return len(self.pairs) == 1 or (len(facets) == 1 and facets <= COUNTED_ONCE)


def _among(facet: str, values: list[str]) -> Q:
    return Q(facet=facet, value=values[0]) if len(values) == 1 else Q(facet=facet, value__in=values)


@dataclass(frozen=True, slots=True)
class Range:
    """A condition on columns of the case.

    `wider` holds of facets that every such case has; `along` holds of `column`, the first of an index, in every such case.
    """

    fields: tuple[str, ...]
    condition: Q
    wider: Q | None = None
    along: Q | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that a list is asked for. `words` holds the accepted words of each field of a cell."""

    words: Mapping[str, Collection[str]] = field(default_factory=dict)
    one_of: tuple[OneOf, ...] = ()
    ranges: tuple[Range, ...] = ()
    text: str = ""

    @property
    def is_counted_in_totals(self) -> bool:
        """Whether totals count it: words of a cell, and at most one further part that counts nobody twice."""
        return (
            not self.text
            and not self.ranges
            and (not self.one_of or (len(self.one_of) == 1 and self.one_of[0].counts_nobody_twice))
        )

    def without(self, name: str) -> "Asked":
        """Return the same without what the parameter `name` asks for."""
        return replace(
            self,
            words={one: words for one, words in self.words.items() if one != name},
            one_of=tuple(one for one in self.one_of if name not in one.fields),
            ranges=tuple(one for one in self.ranges if name not in one.fields),
        )
