"""Cases and the whole of the data in the words of schema.org, as JSON-LD for search engines and catalogues.

Only what the page itself shows. What a state accuses somebody of is no property of a Person; occupied places lie in the
country to which they belong. Dates are given where they are certain to the day, month or year.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from cases.enums import EventKind, Role
from cases.published.documents import CaseDocument, OrganisationDocument, PlaceDocument, Words

Node = dict[str, Any]
Address = Callable[[str], str]

CONTEXT = "https://schema.org"
ADDRESS = re.compile(r"https?://\S+")
PLAIN = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
GENDERS = {"male": "Male", "female": "Female"}
INVENTED = "Invented demonstration case"
#: What would end the element, or begin another, written so that JSON reads it as the same.
ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def person_of(document: CaseDocument, *, address: Address, changed: datetime) -> Node:
    """Return the person of a published case; `changed` is when it was last published."""
    code, heads = document["code"], set(document["name"].values())
    pages = [address(_path(language, document)) for language in ("en", "uk")]
    others = [_text(name["text"], name["language"].lower()) for name in document["names"] if name["text"] not in heads]
    roles = [role["role"] for role in document["roles"] if role["role"] != Role.OTHER]
    labels = {role.value: role.label for role in Role}
    photo = document["photo"]
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "Person",
            "@id": f"{pages[0]}#person",
            "identifier": code,
            "url": pages,
            "name": _texts(document["name"]),
            "alternateName": others,
            "description": _texts(document["summary"]),
            "disambiguatingDescription": INVENTED if document["invented"] else "",
            "gender": GENDERS.get(document["sex"], ""),
            "birthDate": _date(document["born"]),
            "deathDate": _date(document["died"]),
            "birthPlace": _place(document["birthplace"]),
            "homeLocation": _place(document["home"]),
            "jobTitle": [labels[role] for role in roles if role in labels],
            "memberOf": [_organisation(one["organisation"]) for one in document["affiliations"]],
            "knowsLanguage": [one["language"] for one in document["languages"]],
            "award": list(_awards(document)),
            "image": _image(photo["sha256"], photo["credit"], address) if photo else {},
            "subjectOf": _filled(
                {
                    "@type": "WebPage",
                    "@id": pages[0],
                    "dateModified": changed.isoformat(),
                    "citation": list(_citations(document)),
                }
            ),
        }
    )


def dataset_of(
    *,
    name: str,
    description: str,
    page: str,
    language: str,
    licence: str,
    creator: Node,
    downloads: Iterable[tuple[str, str, str]],
) -> Node:
    """Return the whole of what is published as a Dataset; `downloads` are (name, address, media type).

    `licence` is a text; the address in it stands for it, if it has one.
    """
    address = ADDRESS.search(licence)
    return _filled(
        {
            "@context": CONTEXT,
            "@type": "Dataset",
            "@id": f"{page}#dataset",
            "name": name,
            "description": description,
            "url": page,
            "inLanguage": language,
            "isAccessibleForFree": True,
            "license": address[0] if address else licence,
            "creator": {"@type": "Organization", **creator},
            "keywords": ["political prisoners", "arbitrary detention", "human rights", "Ukraine", "Crimea"],
            "spatialCoverage": {"@type": "Place", "name": "Ukraine", "address": _address("UA", "")},
            "distribution": [
                {"@type": "DataDownload", "name": title, "contentUrl": at, "encodingFormat": media_type}
                for title, at, media_type in downloads
            ],
        }
    )


def data_block(node: Node) -> SafeString:
    """Return a block of data for the head of a page: it runs nothing, and no text in it can end it."""
    text = json.dumps(node, ensure_ascii=False, separators=(",", ":")).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def _path(language: str, document: CaseDocument) -> str:
    slug = f"{document['slug']}/" if document["slug"] else ""
    return f"/{language}/cases/{document['code']}/{slug}"


def _filled(node: Node) -> Node:
    """Return a node without what is empty."""
    return {name: value for name, value in node.items() if value not in ("", [], {}, None)}


def _text(text: str, language: str) -> Node:
    return {"@value": text, "@language": language}


def _texts(words: Words) -> Any:
    """Return a text in each language; one text without its language where all are the same."""
    if len(set(words.values())) == 1:
        return next(iter(words.values()))
    return [_text(text, language) for language, text in words.items() if text]


def _date(text: str) -> str:
    return text if PLAIN.fullmatch(text) else ""


def _place(place: PlaceDocument | None) -> Node:
    if place is None:
        return {}
    return {"@type": "Place", "name": _texts(place["name"]), "address": _address(place["sovereign"], place["region"])}


def _address(country: str, region: str) -> Node:
    return _filled({"@type": "PostalAddress", "addressCountry": country, "addressRegion": region})


def _organisation(one: OrganisationDocument) -> Node:
    return {"@type": "Organization", "name": _texts(one["name"])}


def _awards(document: CaseDocument) -> Iterator[Any]:
    """Yield the title of each award in each language; a list in a list would be read by few."""
    for one in document["events"]:
        if one["kind"] == EventKind.AWARD:
            said = _texts(one["title"])
            yield from said if isinstance(said, list) else [said]


def _image(sha256: str, credit: str, address: Address) -> Node:
    return _filled({"@type": "ImageObject", "contentUrl": address(f"/photos/{sha256}.jpg"), "creditText": credit})


def _publisher(name: str) -> Node:
    return {"@type": "Organization", "name": name} if name else {}


def _citations(document: CaseDocument) -> Iterator[Node]:
    sources: Sequence[Any] = document["sources"]
    for source in sources:
        if not source["confidential"] and source["title"]:
            yield _filled(
                {
                    "@type": "CreativeWork",
                    "name": source["title"],
                    "url": source["url"],
                    "publisher": _publisher(source["publisher"]),
                    "datePublished": _date(source["published"]),
                }
            )
