"""The audit: who did what, when, to which record. Entries are appended and chained; nothing changes or removes them.

The one exception is the payload of an entry about a person who is erased at lawful request: it goes, its digest stays,
and an entry of its own says so. `cases/domain/audit_chain.py` explains the chain.
"""

import secrets
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models, router, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.domain.audit_chain import BEGINNING, Link, digest_of, head_seal, seal_of
from cases.enums import AuditAction
from cases.fields import VocabularyField
from cases.sealed import Sealed, SealedField

Someone: TypeAlias = User | AnonymousUser | None


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Entries in the order of the chain, and the one way to add one."""

    def append(
        self,
        action: AuditAction,
        *,
        actor: Someone = None,
        subject: models.Model | None = None,
        case: str = "",
        payload: dict[str, Any] | None = None,
        at: datetime | None = None,
    ) -> "AuditEntry":
        """Add an entry to the chain, in the transaction of what it tells about.

        `case` is the code of the case concerned. `payload` is JSON, and never holds a sealed value: use
        `told` for values of fields.
        """
        database = router.db_for_write(AuditEntry)
        with transaction.atomic(using=database):
            head = AuditHead.objects.select_for_update().get_or_create(pk=AuditHead.ONLY)[0]
            payload, salt = payload or {}, secrets.token_hex(16)
            link = Link(
                number=head.entries + 1,
                at=at or timezone.now(),
                actor_id=actor.pk if actor else None,
                actor_name=actor.get_username() if actor else "",
                action=str(action),
                subject_kind=str(subject._meta.model_name) if subject is not None else "",
                subject_id=subject.pk if subject is not None else None,
                case=case,
                payload=payload,
                salt=salt,
                digest=digest_of(payload, salt),
                previous=head.last,
                seal="",
            )
            entry = AuditEntry(**{field: getattr(link, field) for field in Link.__slots__ if field != "seal"})
            entry.seal = seal_of(link, settings.AUDIT_KEY)
            entry.save(force_insert=True)
            head.entries, head.last = link.number, entry.seal
            head.seal = head_seal(head.entries, head.last, settings.AUDIT_KEY)
            head.save(update_fields=["entries", "last", "seal"])
        return entry

    def links(self) -> Iterator[Link]:
        """Yield every entry as the chain sees it, in constant memory."""
        for row in self.order_by("number").values(*(name for name in Link.__slots__)).iterator(chunk_size=2000):
            yield Link(**row)


class AuditEntry(models.Model):
    """One thing that was done, by whom and when. Kept without foreign keys, so that nothing deleted takes it along."""

    number = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"))
    actor_id = models.BigIntegerField(_("account number"), null=True)
    actor_name = models.CharField(_("who"), max_length=150, blank=True)
    action = VocabularyField(AuditAction, verbose_name=_("what"))
    subject_kind = models.CharField(_("kind of record"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("record"), null=True)
    case = models.CharField(_("case"), max_length=12, blank=True)
    payload = models.JSONField(_("details"), null=True)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit")
        ordering = ["-number"]
        default_permissions = ("view",)
        permissions = [("export_audit", _("Can export the audit"))]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "number"], name="audit_subject"),
            models.Index(fields=["case", "number"], name="audit_case"),
            models.Index(fields=["actor_id", "number"], name="audit_actor"),
            models.Index(fields=["action", "number"], name="audit_action"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_action_display()}"


class AuditHead(models.Model):
    """Where the chain ends: the one row that says how many entries there are. Its lock puts writers in a queue."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True)
    entries = models.PositiveBigIntegerField(default=0)
    last = models.CharField(max_length=64, default=BEGINNING)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("head of the audit")
        verbose_name_plural = _("head of the audit")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="audit_one_head", condition=models.Q(pk=1)),
        ]

    def __str__(self) -> str:
        return f"{self.entries} {self.last[:12]}"


def told(field: "models.Field[Any, Any]", value: Any) -> Any:
    """Return a field's value as an entry may tell it: JSON, and of a sealed value only that there is one."""
    if isinstance(field, SealedField) or isinstance(value, Sealed):
        return "sealed" if value else ""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(field, models.JSONField):
        return value
    return str(value)
