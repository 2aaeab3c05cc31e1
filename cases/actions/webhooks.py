"""Registering partners' programs at the desk: added, paused, tried, removed; the audit keeps who did it."""

from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.permissions import ActionRefused, Actor, require
from cases.domain.webhook_messages import new_secret
from cases.enums import AuditAction, Told
from cases.models import AuditEntry, Webhook, WebhookEvent
from cases.outgoing import AddressRefused, read_address
from cases.publication.outbox import queue
from cases.published.filters import CaseFilter

MAY_MANAGE = "cases.manage_webhook"


@transaction.atomic
def add_webhook(actor: Actor, name: str, *, address: str, query: str, at: datetime) -> tuple[Webhook, str]:
    """Register an address and return it with its secret, which is shown once: the partner checks signatures with it."""
    keeper = require(actor, MAY_MANAGE)
    try:
        read_address(address)
    except AddressRefused as refusal:
        raise ActionRefused(str(refusal)) from refusal
    if not CaseFilter(QueryDict(query), on=timezone.localdate(at)).is_valid():
        raise ActionRefused(_("This is no list: copy the address of the page of a list."))
    if Webhook.objects.filter(name=name).exists():
        raise ActionRefused(_("There is a partner of this name already: choose another name."))
    secret = new_secret()
    webhook = Webhook(name=name, address=address, query=query, added_at=at, added_by=keeper, secret=secret)
    webhook.save(force_insert=True)
    _tell(keeper, webhook, at, added=True)
    return webhook, secret


@transaction.atomic
def set_webhook_active(actor: Actor, webhook: Webhook, *, active: bool, at: datetime) -> None:
    """Pause a partner's messages, or go on. While it is paused nothing is noted for it; what waits, waits."""
    keeper = require(actor, MAY_MANAGE)
    if Webhook.objects.filter(pk=webhook.pk).exclude(is_active=active).update(is_active=active):
        _tell(keeper, webhook, at, active=active)


@transaction.atomic
def remove_webhook(actor: Actor, webhook: Webhook, *, at: datetime) -> None:
    """Forget a partner's address, its secret and everything that waits for it."""
    keeper = require(actor, MAY_MANAGE)
    _tell(keeper, webhook, at, removed=True)
    webhook.delete()


def send_test(actor: Actor, webhook: Webhook, *, at: datetime) -> WebhookEvent:
    """Note a message that is about no case, to see whether the partner's program takes it."""
    require(actor, MAY_MANAGE)
    if not webhook.is_active:
        raise ActionRefused(_("This partner is paused: let it go on first."))
    return queue(Told.TEST, "", [webhook.pk], at=at)[0]


def _tell(actor: Actor, webhook: Webhook, at: datetime, **done: bool) -> None:
    payload = {"name": webhook.name, "address": webhook.address, "list": webhook.query, **done}
    AuditEntry.objects.append(AuditAction.WEBHOOK, actor=actor, subject=webhook, payload=payload, at=at)
