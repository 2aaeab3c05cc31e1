"""What publishing the reference pages would change in public: page by page, field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext

from cases.enums import SiteKind
from cases.models import DetentionSite, Provision
from cases.publication.publish import public_side
from cases.publication.reference import build_provisions, build_sites
from cases.published.documents import canonical, sha256
from cases.published.models import PublishedProvision, PublishedReference, PublishedSite
from cases.queries.changes import Change, changes


@dataclass(frozen=True, slots=True)
class PageChange:
    """One page that would change: its record (None where there is none any more), and what differs.

    `sha256` is that of the text that would be public, "" where the page would go.
    """

    title: str
    record: models.Model | None
    is_new: bool
    changes: list[Change]
    slug: str
    sha256: str

    @property
    def is_gone(self) -> bool:
        return not self.sha256


def page_changes() -> list[PageChange]:
    """Return every page of sites and provisions that would change. Raises PublicSideUnreachable."""
    sites = list(DetentionSite.objects.filter(is_public=True).select_related("place"))
    provisions = list(Provision.objects.select_related("code", "source"))
    with public_side(writes=False) as alias:
        return [
            *_of_table(PublishedSite, sites, build_sites(sites), using=alias),
            *_of_table(PublishedProvision, provisions, build_provisions(provisions), using=alias),
        ]


def digest_of(pages: Sequence[PageChange]) -> str:
    """Return one hash of all that would change: whoever publishes says by it what they have read."""
    return sha256(canonical([[page.slug, page.sha256] for page in pages]))


def _of_table(
    table: type[PublishedReference], records: Sequence[models.Model], documents: Sequence[Any], *, using: str
) -> Iterator[PageChange]:
    rows = table._default_manager.using(using)
    public = dict(rows.values_list("slug", "sha256"))
    new = [(record, one, sha256(canonical(one))) for record, one in zip(records, documents, strict=True)]
    different = [(record, one, digest) for record, one, digest in new if public.get(one["slug"]) != digest]
    gone = public.keys() - {one["slug"] for one in documents}
    before = dict(rows.filter(slug__in=[one["slug"] for _, one, _ in different]).values_list("slug", "document"))
    for record, one, digest in different:
        old = before.get(one["slug"])
        found = changes(_worded(old) if old else None, _worded(one))
        yield PageChange(str(record), record, old is None, found, one["slug"], digest)
    for slug in sorted(gone):
        hidden = _model_of(table).objects.filter(slug=slug).first()
        yield PageChange(str(hidden or slug), hidden, is_new=False, changes=[], slug=slug, sha256="")


def _model_of(table: type[PublishedReference]) -> type[DetentionSite] | type[Provision]:
    return DetentionSite if table is PublishedSite else Provision


def _worded(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document with the kind of a site in words: on a page of its own, `kind` is that of a case."""
    kinds = dict(SiteKind.choices())
    kind = document.get("kind")
    return {**document, "kind": gettext(kinds[kind])} if kind in kinds else dict(document)
