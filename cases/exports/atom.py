"""A feed by RFC 4287, paged by RFC 5005, with the tombstones of RFC 6721. The same entries give the same bytes."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
MEDIA_TYPE = "application/atom+xml"
#: The year since which the site answers to its name, as a tag URI has to say it (RFC 4151).
SINCE = "2026"
#: When a feed changed in which nothing ever stood.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
#: What XML 1.0 cannot hold.
CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One case as it is published now. `id` stays while it lives; `updated` moves with each change."""

    id: str
    title: str
    summary: str
    address: str
    published: datetime
    updated: datetime
    status: str
    status_label: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A case that may no longer be shown: the identifier of its entry and since when, nothing else."""

    id: str
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What stands around the entries. `links` are (relation, media type, address)."""

    id: str
    title: str
    subtitle: str
    rights: str
    language: str
    author: str
    author_address: str
    links: list[tuple[str, str, str]]


def tag(site_address: str, name: str) -> str:
    """Return a tag URI (RFC 4151) of this site: the same for ever, wherever the page moves."""
    host = (urlsplit(site_address).hostname or "").lower()
    authority = host if host and ":" not in host else "localhost"
    return f"tag:{authority},{SINCE}:{quote(name, safe='/:=&?+%')}"


def atom_of(feed: Feed, entries: Iterable[Entry], gone: Iterable[Gone]) -> bytes:
    """Return the file."""
    shown, left = list(entries), list(gone)
    out = io.StringIO()
    xml = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
    xml.startDocument()
    spaces = {"xmlns": ATOM, "xml:lang": feed.language} | ({"xmlns:at": TOMBSTONES} if left else {})
    xml.startElement("feed", AttributesImpl(spaces))
    _text(xml, "id", feed.id)
    _text(xml, "title", feed.title)
    _text(xml, "subtitle", feed.subtitle)
    _text(xml, "updated", _moment(max([one.updated for one in shown] + [one.when for one in left], default=NEVER)))
    _text(xml, "rights", feed.rights)
    _text(xml, "generator", "Case tracker")
    for relation, media_type, address in feed.links:
        xml.addQuickElement("link", attrs={"rel": relation, "type": media_type, "href": address})
    xml.startElement("author", AttributesImpl({}))
    _text(xml, "name", feed.author)
    _text(xml, "uri", feed.author_address)
    xml.endElement("author")
    for one in left:
        xml.addQuickElement("at:deleted-entry", attrs={"ref": one.id, "when": _moment(one.when)})
    for entry in shown:
        _write(xml, entry, feed.language)
    xml.endElement("feed")
    return out.getvalue().encode()


def _write(xml: SimplerXMLGenerator, entry: Entry, language: str) -> None:
    xml.startElement("entry", AttributesImpl({}))
    _text(xml, "id", entry.id)
    _text(xml, "title", entry.title)
    page = {"rel": "alternate", "type": "text/html", "hreflang": language, "href": entry.address}
    xml.addQuickElement("link", attrs=page)
    _text(xml, "published", _moment(entry.published))
    _text(xml, "updated", _moment(entry.updated))
    xml.addQuickElement("category", attrs={"term": entry.status, "label": _clean(entry.status_label)})
    _text(xml, "summary", entry.summary)
    xml.endElement("entry")


def _text(xml: SimplerXMLGenerator, name: str, text: str) -> None:
    xml.addQuickElement(name, _clean(text))


def _clean(text: str) -> str:
    return text.translate(CONTROLS)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
