"""Numbered sources beside each fact: which are cited where, what others say differently, and the way back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from cases.domain.partial_dates import PartialDateError, describe, parse
from cases.published.documents import Assertion, Fact, SourceDocument
from cases.published.words import gettext
from cases.templatetags.tracker import beginning


@dataclass(frozen=True, slots=True)
class Mark:
    """One superscript number; `anchor` is its own id, by which the source leads back to it."""

    number: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Other:
    """What another source says instead of what is shown.

    `since` is the value as the beginning of what lasts ("since 2020"), and the value itself where it is no date;
    `language` is that of the quote, "" where it is not known or is the page's.
    """

    value: str
    since: str
    mark: Mark
    quote: str
    language: str
    page: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Notes:
    """All that stands beside one fact."""

    marks: tuple[Mark, ...] = ()
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source in the list at the end of the page, with the marks that lead to it."""

    source: SourceDocument
    marks: tuple[Mark, ...]


class Citer:
    """Gives out marks while a page is put together, and knows at the end where each source was cited."""

    def __init__(self, sources: Iterable[SourceDocument]) -> None:
        self._sources = tuple(sources)
        self._languages = {source["number"]: source["language"] for source in self._sources}
        self._given: dict[int, list[Mark]] = defaultdict(list)

    def _mark(self, number: int) -> Mark:
        mark = Mark(number, f"cite-{number}-{len(self._given[number]) + 1}")
        self._given[number].append(mark)
        return mark

    def notes(self, fact: Fact, *fields: str) -> Notes:
        """Return the notes of the named fields of a fact, or of the whole fact where none is named."""
        wanted = fields or tuple(fact["cites"])
        numbers = sorted({number for name in wanted for number in fact["cites"].get(name, [])})
        said = [one for one in fact["assertions"] if not fields or one["field"] in fields]
        return Notes(tuple(self._mark(number) for number in numbers), tuple(self._other(one) for one in said))

    def cited(self) -> tuple[CitedSource, ...]:
        """Return the sources with the marks given so far; call it last."""
        return tuple(CitedSource(source, tuple(self._given[source["number"]])) for source in self._sources)

    def _other(self, assertion: Assertion) -> Other:
        language = self._languages.get(assertion["source"], "")
        value, since = _as_date(assertion["value"])
        return Other(
            value=value,
            since=since,
            mark=self._mark(assertion["source"]),
            quote=assertion["quote"],
            language="" if language == get_language() else language,
            page=assertion["page"],
            doubtful=assertion["confidence"] == "doubtful",
        )


def _as_date(value: str) -> tuple[str, str]:
    """Say a value that is a date as one, by itself and after "since"; any other value as it is."""
    try:
        when = parse(value)
    except PartialDateError:
        return value, value
    return describe(when, get_language() or "en"), gettext("since %(date)s") % {"date": beginning(when)}
