"""Who has the sealed values of which record open, for some minutes. The audit keeps the act; these rows may go."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UnsealingQuerySet(models.QuerySet["Unsealing"]):
    """Which unsealings hold."""

    def of(self, record: models.Model) -> "UnsealingQuerySet":
        return self.filter(kind=record._meta.model_name, object_id=record.pk)

    def in_session(self, actor_id: int | None, session: str) -> "UnsealingQuerySet":
        return self.filter(actor_id=actor_id, session=session)

    def open_at(self, at: datetime) -> "UnsealingQuerySet":
        return self.filter(opened_at__lte=at, ends_at__gt=at, closed_at__isnull=True)


class Unsealing(models.Model):
    """One person's opening of one record's sealed values, in one session, with the reason they gave."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who"))
    session = models.CharField(_("hash of the session"), max_length=64)
    kind = models.CharField(_("kind of record"), max_length=60)
    object_id = models.BigIntegerField(_("record"))
    opened_at = models.DateTimeField(_("opened"))
    ends_at = models.DateTimeField(_("ends"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    objects = UnsealingQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening of sealed values")
        verbose_name_plural = _("openings of sealed values")
        default_permissions = ()
        indexes = [models.Index(fields=["actor", "kind", "object_id", "ends_at"], name="unsealing_of_record")]
        constraints = [
            models.CheckConstraint(name="unsealing_ends", condition=Q(ends_at__gt=models.F("opened_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
