"""Taking a case off the public side, putting it back, and publishing reference pages."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.permissions import ActionRefused, Actor, require
from cases.actions.presence import wait_for_turn
from cases.enums import AuditAction, PublicationState
from cases.models import AuditEntry, DetentionSite, Prisoner, Provision, Publication
from cases.publication.document import build_case
from cases.publication.publish import (
    close_earlier_versions,
    public_side,
    publish_provisions,
    publish_sites,
    republish_case,
    withdraw_case,
    withdraw_references,
)
from cases.published.documents import canonical, sha256
from cases.published.models import DocumentKind
from cases.queries.reference_changes import digest_of, page_changes

MAY_WITHDRAW = "cases.withdraw_publication"
MAY_REPUBLISH = "cases.republish_publication"
MAY_PUBLISH_REFERENCE = "cases.publish_reference"


def withdraw(actor: Actor, prisoner: Prisoner, *, reason: str, at: datetime) -> Publication:
    """Take the case off every public page, list, export, API and version at once; they answer that it is gone."""
    reviewer = require(actor, MAY_WITHDRAW)
    if not reason.strip():
        raise ActionRefused(_("Write why the case is withdrawn."))
    with transaction.atomic():
        publication = _publication(prisoner)
        if publication.state == PublicationState.WITHDRAWN.value:
            raise ActionRefused(_("The case is already withdrawn."))
        publication.state = PublicationState.WITHDRAWN.value
        publication.withdrawn_at, publication.withdrawn_by, publication.reason = at, reviewer, reason.strip()
        publication.full_clean()
        publication.save()
        withdraw_case(prisoner.code, at=at)
        tell(AuditAction.WITHDRAWN, publication, actor=reviewer, at=at)
    return publication


def republish(actor: Actor, prisoner: Prisoner, *, reason: str, at: datetime) -> Publication:
    """Publish a withdrawn case again, exactly as it was approved.

    A case that was changed since is refused: what is new has to be seen by a second person first.
    """
    reviewer = require(actor, MAY_REPUBLISH)
    if not reason.strip():
        raise ActionRefused(_("Write why the case is published again."))
    with transaction.atomic():
        wait_for_turn()  # a change of the consent that is being saved sees a case that is not public, and leaves it
        publication = _publication(prisoner)
        if publication.state == PublicationState.PUBLISHED.value:
            raise ActionRefused(_("The case is public already."))
        document = build_case(prisoner)
        if sha256(canonical(document)) != publication.sha256:
            raise ActionRefused(_("The case has changed since it was public: submit it for review instead."))
        withdrawn_at = publication.withdrawn_at or at
        published = republish_case(prisoner, document, withdrawn_at=withdrawn_at, at=at)
        publication.state = PublicationState.PUBLISHED.value
        publication.withdrawn_at = publication.withdrawn_by = None
        publication.reason = reason.strip()
        publication.published_at, publication.published_by = at, reviewer
        publication.version, publication.sha256 = published.version, published.sha256
        publication.full_clean()
        publication.save()
        tell(AuditAction.PUBLISHED, publication, actor=reviewer, at=at)
    return publication


def close_earlier(actor: Actor, prisoner: Prisoner, *, at: datetime) -> None:
    """Close every version but the present one, for a text that should never have been public. It cannot be undone."""
    require(actor, MAY_WITHDRAW)
    publication = _publication(prisoner)
    if publication.state != PublicationState.PUBLISHED.value:
        raise ActionRefused(_("The case is not public: all its versions are closed already."))
    close_earlier_versions(prisoner.code, at=at)


def tell(action: AuditAction, publication: Publication, *, actor: Actor | None, at: datetime, **facts: Any) -> None:
    """Write into the audit which version of a case became public or stopped being so."""
    AuditEntry.objects.append(
        action,
        actor=actor,
        subject=publication,
        case=publication.prisoner.code,
        payload={"version": publication.version, "sha256": publication.sha256, **facts},
        at=at,
    )


def _publication(prisoner: Prisoner) -> Publication:
    found = Publication.objects.select_for_update().filter(prisoner=prisoner).first()
    if found is None:
        raise ActionRefused(_("The case was never published."))
    return found


@dataclass(frozen=True, slots=True)
class ReferencePublished:
    """How many reference pages were handed to the public side."""

    sites: int
    provisions: int


def publish_reference(
    actor: Actor, *, at: datetime, seen: str | None = None, but: Collection[str] = ()
) -> ReferencePublished:
    """Bring every site and provision page of the public side up to the records.

    `seen`: the digest of the changes that the actor read; refused where others would be published.
    `but`: the slugs of pages that stay as they are.
    """
    require(actor, MAY_PUBLISH_REFERENCE)
    if seen is not None and seen != digest_of(page_changes()):
        raise ActionRefused(_("What would be published has changed since you read it: read it again."))
    sites = list(DetentionSite.objects.exclude(slug__in=but).select_related("place"))
    provisions = list(Provision.objects.exclude(slug__in=but).select_related("code", "source"))
    shown = {site.slug for site in sites if site.is_public}
    named = {provision.slug for provision in provisions}
    with transaction.atomic(), public_side():
        publish_sites(sites, at=at)
        publish_provisions(provisions, at=at)
        withdraw_references(DocumentKind.SITE, but={*shown, *but}, at=at)
        withdraw_references(DocumentKind.PROVISION, but={*named, *but}, at=at)
    return ReferencePublished(sites=len(shown), provisions=len(provisions))
