"""The audit: who did what, when, to which record. Entries are appended and chained; nothing changes or removes them.

The one exception is the payload of an entry about a person who is erased at lawful request: it goes, its digest stays,
and an entry of its own says so. `cases/domain/audit_chain.py` explains the chain.
"""

import json
import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeAlias

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import connections, models, router, transaction
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.domain.audit_chain import BEGINNING, Head, Link, digest_of, head_holds, head_seal, seal_of
from cases.enums import AuditAction
from cases.fields import VocabularyField
from cases.sealed import Sealed, SealedField

Someone: TypeAlias = User | AnonymousUser | None
#: A number below every number that a row can be given by SQL: the walk meets those, too, that no entry has.
BEFORE_ALL = -(2**63)


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
        with transaction.atomic(using=router.db_for_write(AuditEntry), savepoint=False):
            head = AuditHead.objects.locked()
            if not head.holds():
                self._continue_after(head)
            return self._add(
                head,
                at=at or timezone.now(),
                actor_id=actor.pk if actor else None,
                actor_name=actor.get_username() if actor else "",
                action=str(action),
                subject_kind=str(subject._meta.model_name) if subject is not None else "",
                subject_id=subject.pk if subject is not None else None,
                case=case,
                payload=payload or {},
            )

    def _add(self, head: "AuditHead", *, payload: dict[str, Any], **said: Any) -> "AuditEntry":
        """Seal an entry after the last one, and the head after it."""
        # As it will be read again: JSON has neither tuples nor numbers for keys.
        payload, salt = json.loads(json.dumps(payload)), secrets.token_hex(16)
        digest = digest_of(payload, salt)
        number, previous = head.entries + 1, head.last
        link = Link(**said, number=number, payload=payload, salt=salt, digest=digest, previous=previous, seal="")
        entry = AuditEntry(**{field: getattr(link, field) for field in Link.__slots__})
        entry.seal = seal_of(link, settings.AUDIT_KEY)
        entry.save(force_insert=True)
        head.move_to(entry.number, entry.seal)
        return entry

    def _continue_after(self, head: "AuditHead") -> None:
        """Go on after the last entry that is there where somebody altered the head, and write that down for ever.

        To refuse would stop all work; to go on in silence would seal the head again and hide what was cut off.
        """
        said = head.entries
        last = self.order_by("-number").first()
        head.entries, head.last = (last.number, last.seal) if last else (0, BEGINNING)
        found = {"said": said, "found": head.entries}
        nobody = {"actor_id": None, "actor_name": "", "subject_kind": "", "subject_id": None, "case": ""}
        action = AuditAction.HEAD_BROKEN.value
        self._add(head, at=timezone.now(), action=action, payload=found, **nobody)

    def links(self, *, after: int = BEFORE_ALL, batch: int = 2000) -> Iterator[Link]:
        """Yield every entry as the chain sees it, in constant memory, and those written meanwhile.

        Read as text and in batches: what somebody broke so that it cannot be read is yielded too, and no transaction
        is held open for the length of a walk.
        """
        texts = {f"{name}_text": Cast(name, models.TextField()) for name in ("at", "payload")}
        names = [name for name in Link.__slots__ if name not in ("at", "payload")]
        rows = self.annotate(**texts).order_by("number").values(*names, *texts)
        if connections[self.db].vendor == "sqlite":  # which takes anything into any column
            rows = rows.annotate(kind=models.Func("number", function="typeof", output_field=models.TextField()))
            rows, strange = rows.filter(kind="integer"), rows.exclude(kind="integer")
            yield from (_link({**row, "number": 0}) for row in strange)
        while found := list(rows.filter(number__gt=after)[:batch]):
            yield from map(_link, found)
            after = found[-1]["number"]


def _link(row: dict[str, Any]) -> Link:
    fields = {name: value for name, value in row.items() if name in Link.__slots__}
    return Link(**fields, at=_moment(row["at_text"]), payload=_json(row["payload_text"]))


def _moment(text: Any) -> Any:
    """Return the time that a column holds, or the text itself where it is none: then the seal does not hold."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return text
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _json(text: Any) -> Any:
    try:
        return None if text is None else json.loads(text)
    except (TypeError, ValueError):
        return text


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
            models.Index(fields=["subject_kind", "number"], name="audit_kind"),
            models.Index(fields=["case", "number"], name="audit_case"),
            models.Index(fields=["actor_id", "number"], name="audit_actor"),
            models.Index(fields=["action", "number"], name="audit_action"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_action_display()}"


class AuditHeadQuerySet(models.QuerySet["AuditHead"]):
    """The one row."""

    def locked(self) -> "AuditHead":
        """Return the head, held until the transaction ends; made where there is none."""
        statement, values = _locking(self.db)
        found = next(iter(self.raw(statement, values, using=self.db)), None)
        if found is None:
            self.get_or_create(pk=AuditHead.ONLY)
            found = self.locked()
        return found


@cache
def _locking(alias: str) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that locks the head, written once: each change of a record runs it."""
    later = AuditEntry.objects.filter(number__gt=models.OuterRef("entries"))
    row = AuditHead.objects.using(alias).select_for_update().annotate(is_behind=models.Exists(later))
    statement, values = row.filter(pk=AuditHead.ONLY).query.get_compiler(alias).as_sql()
    return statement, tuple(values)


class AuditHead(models.Model):
    """Where the chain ends: the one row that says how many entries there are. Its lock puts writers in a queue."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True)
    entries = models.PositiveBigIntegerField(default=0)
    last = models.CharField(max_length=64, default=BEGINNING)
    seal = models.CharField(max_length=64, blank=True)

    objects = AuditHeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("head of the audit")
        verbose_name_plural = _("head of the audit")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="audit_one_head", condition=models.Q(pk=1)),
        ]

    def __str__(self) -> str:
        return f"{self.entries} {self.last[:12]}"

    def as_sealed(self) -> Head:
        """Return the head as the chain sees it."""
        return Head(self.entries, self.last, self.seal)

    def holds(self) -> bool:
        """Tell whether the head is as it was left; one that was never moved stands before the first entry."""
        if getattr(self, "is_behind", False):
            return False
        is_new = not self.seal and not self.entries and self.last == BEGINNING
        return is_new or head_holds(self.as_sealed(), settings.AUDIT_KEY)

    def move_to(self, entries: int, last: str) -> None:
        """Stand after the entry of this number and seal."""
        self.entries, self.last = entries, last
        self.seal = head_seal(entries, last, settings.AUDIT_KEY)
        AuditHead.objects.filter(pk=self.pk).update(entries=entries, last=last, seal=self.seal)


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
