"""Publishing, withdrawing and publishing again: everything that is written on the public side of the door.

These functions write the public tables only. The desk's actions wrap them in their own transaction, so that either both
sides change or neither does: the public transaction commits inside the private one, and if the public side cannot be
reached, the private one is rolled back.
"""

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, router, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.enums import PublicationState, SubmissionState, Told
from cases.models import DetentionSite, Prisoner, Provision
from cases.publication.casefile import CaseFile, read_case
from cases.publication.document import build_from
from cases.publication.findings import Finding, blocking, findings_of
from cases.publication.outbox import queue, watchers
from cases.publication.photos import published_pixels
from cases.publication.policy import weighed
from cases.publication.purging import purge_at_once
from cases.publication.reference import build_provisions, build_sites
from cases.publication.releases import limit_holding
from cases.publication.shown_rows import shown_keys, sources_to_name
from cases.publication.versions import (
    add_version,
    close_all_versions,
    close_some,
    close_versions,
    limit_versions,
    remove_versions,
    reopen_versions,
)
from cases.publication.withheld import leaks
from cases.publication.withholding import withheld_in
from cases.published import courses, projections
from cases.published.documents import CaseDocument, canonical, sha256
from cases.published.engine import overwrite
from cases.published.line_models import PublishedLine
from cases.published.models import (
    DocumentKind,
    PublishedCase,
    PublishedPhoto,
    PublishedProvision,
    PublishedSite,
    PublishedVersion,
)
from cases.published.state import renew
from cases.published.subjects import hide_references


class PublicationError(Exception):
    """Nothing was published; the message says why and what to do."""


class PublicationRefused(PublicationError):
    """Something in the case forbids publishing it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        super().__init__(" ".join(f"{finding.field}: {finding.message}" for finding in findings))


class PublicSideUnreachable(PublicationError):
    """The public database does not answer."""


@dataclass(frozen=True)
class Published:
    """What is public now: the version, the SHA-256 of its text, and whether it is a new version."""

    version: int
    sha256: str
    is_new: bool


#: The database in whose transaction the mark was renewed already.
_WITHIN: ContextVar[str] = ContextVar("within", default="")


@contextmanager
def public_side(*, writes: bool = True) -> Iterator[str]:
    """Open one transaction on the database of the published tables and hand out its alias.

    With it what is public gets another mark, so that no page from before is taken for new, and caches are told.
    """
    alias = router.db_for_write(PublishedCase)
    try:
        with transaction.atomic(using=alias):
            if writes and _WITHIN.get() != alias:
                _renew(alias)
            token = _WITHIN.set(alias if writes else _WITHIN.get())
            try:
                yield alias
            finally:
                _WITHIN.reset(token)
    except (OperationalError, InterfaceError) as error:
        raise PublicSideUnreachable(
            _("The public side cannot be reached, so nothing was published and nothing has changed. Try again later.")
        ) from error


def _renew(alias: str) -> None:
    renew(alias)
    if settings.CACHE_PURGE_URLS:
        transaction.on_commit(partial(purge_at_once, alias), using=alias, robust=True)


def publish_case(prisoner: Prisoner, document: CaseDocument, *, at: dt.datetime) -> Published:
    """Make `document` what the public sees of the case from `at` on; an unchanged document makes no new version.

    `document` is the one that was reviewed. It is published only if the records still say the same. Earlier versions
    that show what the case withholds now are closed. Raises PublicationRefused or PublicSideUnreachable.
    """
    case = read_case(prisoner)
    today = timezone.localdate(at)
    _refuse_blocked(case, document, today)
    text = canonical(document)
    if text != canonical(build_from(case)):
        raise PublicationRefused(
            [blocking("document", _("The case was changed since it was submitted: submit and review it again."))]
        )
    may_be_read = _reader(case)
    with public_side() as alias:
        code = document["code"]
        current = PublishedCase.objects.using(alias).select_for_update().filter(pk=code).first()
        told_before = watchers(code, on=today)
        version, is_new = add_version(
            DocumentKind.CASE, code, text, at=at, show_until=case.prisoner.consent_expires, using=alias
        )
        unseen = current is None or current.state == PublicationState.WITHDRAWN
        projections.show_case(document, version, on=today, changed_at=at if is_new or unseen else None, using=alias)
        if is_new or unseen:
            kind = Told.PUBLISHED if unseen else Told.CHANGED
            queue(kind, code, told_before | watchers(code, on=today), version=version.number, at=at)
        _publish_photo(case.prisoner, code, using=alias)
        if close_versions(DocumentKind.CASE, code, may_be_read, but=version.number, at=at, using=alias):
            courses.recount([code], using=alias)
        _publish_references_of(case, at=at)
        transaction.on_commit(partial(overwrite, alias), using=alias)
    return Published(version.number, version.sha256, is_new)


def _reader(case: CaseFile) -> Callable[[str], bool]:
    """Return what tells whether the text of an earlier version may still be read, by what the case withholds now."""
    withheld = withheld_in(case)
    approved = list(case.prisoner.submissions.filter(state=SubmissionState.APPROVED.value))
    shown = {*shown_keys(case), *sources_to_name(key for row in approved for key in row.shown)}
    harmless = {row.sha256 for row in approved if shown.issuperset(row.shown)}

    def may_be_read(text: str) -> bool:
        return sha256(text) in harmless and not leaks(json.loads(text), withheld)

    return may_be_read


def _refuse_blocked(case: CaseFile, document: CaseDocument, on: dt.date) -> None:
    forbidding = [finding for finding in findings_of(case, document, on=on) if finding.blocks]
    if forbidding:
        raise PublicationRefused(forbidding)


def _publish_photo(prisoner: Prisoner, code: str, *, using: str) -> None:
    pixels = published_pixels(prisoner)
    photos = PublishedPhoto.objects.using(using)
    if pixels is None:
        photos.filter(case_id=code).delete()
        return
    photos.filter(case_id=code).exclude(sha256=pixels.sha256).delete()
    photos.update_or_create(
        sha256=pixels.sha256,
        case_id=code,
        defaults={"content": pixels.content, "width": pixels.width, "height": pixels.height},
    )


def withdraw_case(code: str, *, at: dt.datetime) -> None:
    """Take a case from the public at once: every address of it answers 410, and the public tables keep its code alone."""
    with public_side() as alias:
        _tell_of_withdrawal(code, at=at, using=alias)
        close_all_versions(DocumentKind.CASE, code, at=at, using=alias)
        projections.hide_case(code, at=at, using=alias)
        transaction.on_commit(partial(overwrite, alias), using=alias)


def erase_case(code: str, naming: Collection[int], *, at: dt.datetime) -> int:
    """Remove a case from the public side for good: texts, hashes, names, photographs. Its address answers 410.

    The random code stays, with the day of the erasure in place of every other date. `naming`: the keys of earlier versions
    of other cases that name the person; they are closed. Returns how many versions were removed or closed.
    """
    with public_side() as alias:
        _tell_of_withdrawal(code, at=at, using=alias)
        projections.hide_case(code, at=at, using=alias)
        done = remove_versions(DocumentKind.CASE, code, at=at, using=alias) + close_some(naming, at=at, using=alias)
        named = PublishedVersion.objects.using(alias).filter(pk__in=naming, kind=DocumentKind.CASE)
        courses.recount(set(named.values_list("key", flat=True)), using=alias)
        PublishedCase.objects.using(alias).filter(pk=code).update(
            sha256="", version=0, first_published_at=at, published_at=at
        )
        transaction.on_commit(partial(overwrite, alias), using=alias)
    return done


def _tell_of_withdrawal(code: str, *, at: dt.datetime, using: str) -> None:
    """Let every partner know, once, that a case is gone: whatever list they follow, their copy must go too."""
    if PublishedCase.objects.using(using).filter(pk=code, state=PublicationState.PUBLISHED.value).exists():
        queue(Told.WITHDRAWN, code, watchers("", on=timezone.localdate(at)), at=at)


def limit_case(code: str, until: dt.date) -> None:
    """Bring the last day on which a case may be shown forward, for its page and every version. It never moves later."""
    with public_side() as alias:
        later = Q(show_until__isnull=True) | Q(show_until__gt=until)
        PublishedCase.objects.using(alias).filter(later, pk=code).update(show_until=until)
        PublishedLine.objects.using(alias).filter(later, case=code).update(show_until=until)
        limit_versions(DocumentKind.CASE, code, until, using=alias)
        limit_holding(code, until, using=alias)


def withdraw_expired(*, on: dt.date, at: dt.datetime) -> int:
    """Withdraw every case whose last day is before `on`; return how many. This needs the public database alone."""
    with public_side() as alias:
        ended = PublishedCase.objects.using(alias).filter(state=PublicationState.PUBLISHED.value, show_until__lt=on)
        codes = list(ended.values_list("pk", flat=True))
        for code in codes:
            withdraw_case(code, at=at)
    return len(codes)


def close_earlier_versions(code: str, *, at: dt.datetime) -> None:
    """Close every version of a case but the present one, for a text that should never have been public."""
    with public_side() as alias:
        current = PublishedCase.objects.using(alias).get(pk=code)
        close_versions(DocumentKind.CASE, code, lambda _text: False, but=current.version, at=at, using=alias)
        courses.recount([code], using=alias)
        transaction.on_commit(partial(overwrite, alias), using=alias)


def republish_case(
    prisoner: Prisoner, document: CaseDocument, *, withdrawn_at: dt.datetime, at: dt.datetime
) -> Published:
    """Publish a withdrawn case again, unchanged.

    The earlier versions that the withdrawal closed (at `withdrawn_at`) return where they show nothing withheld today; a
    version that was closed for another reason stays closed.
    """
    case = read_case(prisoner)
    approved = case.prisoner.submissions.filter(state=SubmissionState.APPROVED.value)
    texts = [canonical(row.document) for row in approved]
    with public_side() as alias:
        published = publish_case(prisoner, document, at=at)
        reopen_versions(DocumentKind.CASE, document["code"], texts, _reader(case), closed_at=withdrawn_at, using=alias)
        courses.recount([document["code"]], using=alias)
    return published


def publish_sites(sites: Sequence[DetentionSite], *, at: dt.datetime) -> int:
    """Publish those of the detention sites that may have a public page; return how many changed. They need `place`."""
    shown = [site for site in sites if weighed(site, "is_public")]
    return _publish_reference(PublishedSite, DocumentKind.SITE, build_sites(shown), at=at)


def publish_provisions(provisions: Sequence[Provision], *, at: dt.datetime) -> int:
    """Publish provisions as they are recorded; return how many of them changed. Provisions need `code` and `source`."""
    return _publish_reference(PublishedProvision, DocumentKind.PROVISION, build_provisions(provisions), at=at)


def withdraw_references(kind: DocumentKind, *, but: Collection[str], at: dt.datetime) -> int:
    """Take every published page of this kind whose slug is not among `but` from the public; return how many."""
    table = PublishedSite if kind is DocumentKind.SITE else PublishedProvision
    with public_side() as alias:
        gone = [slug for slug in table._default_manager.using(alias).values_list("slug", flat=True) if slug not in but]
        table._default_manager.using(alias).filter(slug__in=gone).delete()
        hide_references(table, gone, using=alias)
        for slug in gone:
            close_all_versions(kind, slug, at=at, using=alias)
    return len(gone)


def _publish_references_of(case: CaseFile, *, at: dt.datetime) -> None:
    """Publish the sites and provisions to which the page of the case leads and that have no page yet.

    A later change of such a record waits for a reviewer who publishes the reference pages.
    """
    with public_side() as alias:
        sites, provisions = _without_page(case, using=alias)
        publish_sites(sites, at=at)
        publish_provisions(provisions, at=at)


def new_references(prisoner: Prisoner) -> list[DetentionSite | Provision]:
    """Return the sites and provisions whose pages would become public with the case, for whoever reviews it."""
    with public_side(writes=False) as alias:
        sites, provisions = _without_page(read_case(prisoner), using=alias)
    shown = {site.slug: site for site in sites if weighed(site, "is_public")}
    return [*shown.values(), *{provision.slug: provision for provision in provisions}.values()]


def _without_page(case: CaseFile, *, using: str) -> tuple[list[DetentionSite], list[Provision]]:
    sites = [row.site for row in case.prisoner.stays.all() if row.is_public and row.site]
    provisions = [charge.provision for trial in case.trials for charge in trial.charges]
    known = {
        *PublishedSite.objects.using(using).values_list("slug", flat=True).filter(slug__in=[s.slug for s in sites]),
        *PublishedProvision.objects.using(using)
        .values_list("slug", flat=True)
        .filter(slug__in=[provision.slug for provision in provisions]),
    }
    return (
        [site for site in sites if site.slug not in known],
        [provision for provision in provisions if provision.slug not in known],
    )


def _publish_reference(
    table: type[PublishedSite] | type[PublishedProvision],
    kind: DocumentKind,
    documents: Sequence[Any],
    *,
    at: dt.datetime,
) -> int:
    with public_side() as alias:
        known = dict(table._default_manager.using(alias).values_list("slug", "sha256"))
        changed = 0
        for document in {one["slug"]: one for one in documents}.values():
            text = canonical(document)
            if known.get(document["slug"]) == sha256(text):
                continue
            version, _is_new = add_version(kind, document["slug"], text, at=at, show_until=None, using=alias)
            projections.show_reference(table, document, version, using=alias)
            changed += 1
    return changed
