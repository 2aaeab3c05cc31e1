"""Under which names and words a published case is found, read off its document."""

from collections.abc import Iterator

from cases.domain.name_terms import index_terms, text_terms
from cases.domain.text_questions import numbered_words
from cases.published.documents import CaseDocument, OrganisationDocument, PlaceDocument, Words
from cases.published.facets import places_of


def terms_of(document: CaseDocument) -> tuple[str, ...]:
    """Return the terms under which a case is found: of its names, its code, its texts and the articles of its charges."""
    texts, numbers = texts_of(document), numbers_of(document)
    return tuple(index_terms(names_of(document), code=document["code"], texts=texts, numbers=numbers))


def text_terms_of(document: CaseDocument) -> list[str]:
    """Return those of the terms that follow from the texts of a case and its charges, not from its names and code."""
    return text_terms(texts_of(document), numbers_of(document))


def names_of(document: CaseDocument) -> list[str]:
    """Return the public name forms of a case, each once, without line breaks."""
    texts = [*document["name"].values(), *(name["text"] for name in document["names"])]
    return list(dict.fromkeys(" ".join(text.split()) for text in texts if text.strip()))


def texts_of(document: CaseDocument) -> list[str]:
    """Return the public texts by which a case is found beside its names: summary, places, sites, organisations, charges."""
    return [text for words in _texts(document) for text in words.values()]


def numbers_of(document: CaseDocument) -> set[str]:
    """Return the articles of the charges, with and without their parts, and the sites that have a number."""
    provisions = [charge["provision"] for trial in document["proceedings"] for charge in trial["charges"]]
    articles = {number for provision in provisions for number in (provision["article"], provision["number"])}
    sites = [text for stay in document["stays"] if stay["site"] for text in stay["site"]["name"].values()]
    return articles.union(*map(numbered_words, sites))


def _texts(document: CaseDocument) -> Iterator[Words]:
    yield document["summary"]
    yield from (place["name"] for place in _all_places(document))
    yield from (stay["site"]["name"] for stay in document["stays"] if stay["site"])
    yield from (one["name"] for one in _organisations(document))
    for trial in document["proceedings"]:
        yield trial["title"]
        yield from (charge["provision"]["title"] for charge in trial["charges"])
        yield from (decision["court"]["name"] for decision in trial["decisions"] if decision["court"])


def _all_places(document: CaseDocument) -> Iterator[PlaceDocument]:
    """Yield more places than a case is counted under: of birth and of every event and court as well."""
    yield from places_of(document)
    if document["birthplace"]:
        yield document["birthplace"]
    yield from (event["place"] for event in document["events"] if event["place"])
    courts = (decision["court"] for trial in document["proceedings"] for decision in trial["decisions"])
    yield from (court["place"] for court in courts if court and court["place"])


def _organisations(document: CaseDocument) -> Iterator[OrganisationDocument]:
    yield from (one["organisation"] for one in document["affiliations"])
    yield from (one["body"] for one in document["assessments"])
    yield from (event["organisation"] for event in document["events"] if event["organisation"])
