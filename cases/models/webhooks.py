"""Partners' programs that are told what was published, changed and withdrawn; and what waits to be told (the outbox).

Rows of the outbox are written in the transaction that publishes. They hold a code and nothing else of a case.
"""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.enums import Told
from cases.fields import VocabularyField
from cases.sealed import RecordKey, SealedField


class Webhook(models.Model):
    """One address of one partner. `query` is the list that it follows, as the address of its page has it; "" is all."""

    id = RecordKey(primary_key=True)
    name = models.CharField(_("name of the partner"), max_length=120, unique=True)
    address = models.CharField(_("address"), max_length=500)
    secret: Any = SealedField()
    query = models.CharField(_("list"), max_length=2000, blank=True)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name"]
        default_permissions = ()
        permissions = [("manage_webhook", _("Can register the programs of partners"))]

    def __str__(self) -> str:
        return self.name


class WebhookEventQuerySet(models.QuerySet["WebhookEvent"]):
    """What waits, and what is over."""

    def waiting(self) -> Self:
        return self.filter(delivered_at=None, dead_at=None)

    def over(self, before: datetime) -> Self:
        """Return what was delivered or given up before."""
        return self.filter(Q(delivered_at__lt=before) | Q(dead_at__lt=before))


class WebhookEvent(models.Model):
    """One message to one partner; those of one partner are delivered in the order of their keys."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="events")
    message_id = models.CharField(max_length=60, unique=True)
    kind = VocabularyField(Told)
    code = models.CharField(max_length=12, blank=True)
    version = models.PositiveIntegerField(null=True)
    queued_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the last answer; empty where there was none")
    delivered_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)

    objects: Any = WebhookEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to a partner")
        verbose_name_plural = _("messages to partners")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["webhook", "id"], name="webhook_waiting", condition=Q(delivered_at=None, dead_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
