"""Work that is under way at the desk: who has which form open, and what was typed and not saved yet.

Both tables are transient and so no records: presence is forgotten after a minute, and a history of drafts would keep what
their author threw away. They are not classified in `publication/policy_table.py`, because nothing there reads them.
"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.sealed import RecordKey, SealedField

#: How long someone counts as present after the last sign of life; a form gives one every twenty seconds.
GONE_AFTER = timedelta(seconds=60)


def _at(record: models.Model) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(record), "object_id": record.pk}


class PresenceQuerySet(models.QuerySet["EditingPresence"]):
    """Who is where."""

    def at(self, record: models.Model) -> "PresenceQuerySet":
        return self.filter(**_at(record))

    def present(self, at: datetime) -> "PresenceQuerySet":
        return self.filter(seen_at__gt=at - GONE_AFTER)

    def gone(self, at: datetime) -> "PresenceQuerySet":
        """Return what can be deleted."""
        return self.exclude(seen_at__gt=at - GONE_AFTER)

    def others(self, user: User, record: models.Model, at: datetime) -> "PresenceQuerySet":
        """Return everybody else who has the record open, the first to come first."""
        return self.at(record).present(at).exclude(user=user).select_related("user").order_by("since", "pk")


class EditingPresence(models.Model):
    """One person who has the form of one record open."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who"))
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last sign"), db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("presence at a form")
        verbose_name_plural = _("presences at forms")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "user"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.content_type_id}/{self.object_id}"


class DraftQuerySet(models.QuerySet["FormDraft"]):
    """Drafts; every reading of them begins with `of`, because they are their author's own."""

    def of(self, user: User, address: str) -> "DraftQuerySet":
        """Return what the user wrote at the form with this address, the latest first."""
        return self.filter(user=user, address=address).order_by("-updated_at", "-pk")

    def about(self, record: models.Model) -> "DraftQuerySet":
        """Return everybody's drafts of the record's form, to be deleted, never to be read."""
        return self.filter(**_at(record))

    def expired(self, at: datetime) -> "DraftQuerySet":
        """Return what was not touched for DRAFT_DAYS."""
        return self.filter(updated_at__lt=at - timedelta(days=settings.DRAFT_DAYS))


class FormDraft(models.Model):
    """What one person typed into one form in one window, and did not save.

    `window` tells the windows of one form apart: text of yesterday is not written over by what is typed today.
    """

    id = RecordKey(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    address = models.CharField(max_length=300)
    window = models.CharField(max_length=32)
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    version = models.TextField(blank=True)
    payload = SealedField()
    began_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("text that was not saved")
        verbose_name_plural = _("texts that were not saved")
        default_permissions = ()
        indexes = [models.Index(fields=["content_type", "object_id"], name="draft_about")]
        constraints = [
            models.UniqueConstraint(fields=["user", "address", "window"], name="draft_once_a_window"),
        ]

    @property
    def begun_with(self) -> list[tuple[str, str]]:
        """What the form of a new record began with: the boxes that its address fills, and their values."""
        return parse_qsl(urlsplit(self.address).query)

    def __str__(self) -> str:
        return f"{self.address}, {self.window}"
