"""Numbered sources: each fact of a document carries the numbers of its sources, and what sources say otherwise."""

from collections.abc import Callable, Iterable

from django.contrib.contenttypes.models import ContentType

from cases.domain.partial_dates import PartialDateError, parse
from cases.fields import PartialDateField
from cases.models import Citation, Source
from cases.publication.policy import disclosure, shown, weighed
from cases.publication.policy_table import Disclosure
from cases.published.documents import Assertion, Cites, Fact, SourceDocument

TEXTS = ("title", "publisher", "author", "url")


class Numbering:
    """Gives sources their numbers in the order in which a document first cites them.

    `names_somebody` tells whether a text contains what the case withholds: such a source stays unnamed, and such a
    quotation is left out.
    """

    def __init__(self, names_somebody: Callable[[str], bool]) -> None:
        self._numbers: dict[int, int] = {}
        self._sources: list[SourceDocument] = []
        self._names_somebody = names_somebody

    def number(self, source: Source) -> int:
        """Return the number of a source, giving it the next one on its first use."""
        if source.pk not in self._numbers:
            self._numbers[source.pk] = len(self._numbers) + 1
            self._sources.append(self._describe(source))
        return self._numbers[source.pk]

    @property
    def sources(self) -> list[SourceDocument]:
        """The sources numbered so far, in order."""
        return self._sources

    def fact(self, citations: Iterable[Citation], *, hidden: frozenset[str] = frozenset()) -> Fact:
        """Return the numbers by field and the differing assertions of one row; `hidden` fields have neither."""
        cites: Cites = {}
        assertions: list[Assertion] = []
        for citation in citations:
            field = weighed(citation, "field")
            asserts = bool(weighed(citation, "value"))
            if field in hidden or not _may_be_known(citation) or (asserts and not self._may_assert(citation)):
                continue
            number = self.number(weighed(citation, "source"))
            if asserts:
                assertions.append(self._assertion(citation, number))
                continue
            numbers = cites.setdefault(field, [])
            if number not in numbers:
                numbers.append(number)
        return Fact(cites=cites, assertions=assertions)

    def _may_assert(self, citation: Citation) -> bool:
        model = citation.content_type.model_class()
        field = weighed(citation, "field")
        if model is None or self._names_somebody(weighed(citation, "value")):
            return False
        kind = disclosure(model, field)
        return kind is Disclosure.PUBLIC or (kind is Disclosure.DERIVED and (model._meta.model_name, field) in WEIGHED)

    def _assertion(self, citation: Citation, number: int) -> Assertion:
        quote = weighed(citation, "quote")
        confidential = self._sources[number - 1]["confidential"]
        keeps_quote = not confidential and not self._names_somebody(quote)
        return Assertion(
            field=weighed(citation, "field"),
            value=_canonical_value(citation),
            source=number,
            quote=quote if keeps_quote else "",
            page="" if confidential else weighed(citation, "page"),
            confidence=shown(citation, "confidence"),
        )

    def _describe(self, source: Source) -> SourceDocument:
        texts = {name: weighed(source, name) for name in TEXTS}
        confidential = not weighed(source, "is_public") or any(map(self._names_somebody, texts.values()))
        accessed = weighed(source, "accessed")
        return SourceDocument(
            number=self._numbers[source.pk],
            confidential=confidential,
            title="" if confidential else texts["title"],
            publisher="" if confidential else texts["publisher"],
            author="" if confidential else texts["author"],
            url="" if confidential else texts["url"],
            published="" if confidential else str(weighed(source, "published") or ""),
            accessed="" if confidential or accessed is None else accessed.isoformat(),
            language="" if confidential else weighed(source, "language"),
            kind=shown(source, "kind"),
            reliability=shown(source, "reliability"),
            invented=shown(source, "is_invented"),
        )


def _may_be_known(citation: Citation) -> bool:
    """Tell whether the public may know that the cited field is filled: a source for a sealed one stays unlisted."""
    model, field = (
        ContentType.objects.get_for_id(citation.content_type_id).model_class(),
        weighed(citation, "field"),
    )
    if not field:
        return True
    return model is not None and disclosure(model, field) in (Disclosure.PUBLIC, Disclosure.DERIVED)


#: DERIVED fields that a document may show whole; where it shows less, the builder names them as hidden.
WEIGHED = frozenset({("prisoner", "born"), ("prisoner", "died"), ("prisoner", "religion"), ("personname", "text")})


def _canonical_value(citation: Citation) -> str:
    """Return a differing date as EDTF so that it can be told in the reader's language; other values as they are."""
    value = str(weighed(citation, "value"))
    model = citation.content_type.model_class()
    names = {field.name for field in model._meta.fields if isinstance(field, PartialDateField)} if model else set()
    if weighed(citation, "field") not in names:
        return value
    try:
        return str(parse(value))
    except PartialDateError:
        return value
