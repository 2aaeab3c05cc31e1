"""Finding entries of the audit: by who, what, which record, which case, when and why; always the newest first.

Pages follow the numbers of the entries, so that the last page of millions costs what the first one does.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.models import AuditEntry

SHOWN = 50
#: How many numbers one page looks through for words in a reason, which no index can find.
READ_THROUGH = 100_000
#: Entries may stand a little out of the order of time: an action tells when it was begun.
OUT_OF_ORDER = 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; nothing means everything."""

    who: str = ""
    action: str = ""
    kind: str = ""
    case: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, the newest first, and the numbers from which the pages beside this one go on."""

    entries: list[AuditEntry]
    older: int | None
    newer: int | None


def kinds_seen_by(reader: User | AnonymousUser) -> frozenset[str]:
    """Return the kinds of records whose values the reader may read: what is closed elsewhere is closed here."""
    models = [*apps.get_app_config("cases").get_models(), *apps.get_app_config("auth").get_models()]
    return frozenset(
        str(model._meta.model_name)
        for model in models
        if reader.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    )


def matching(wanted: Wanted, *, reader: User | AnonymousUser) -> QuerySet[AuditEntry]:
    """Return the entries that are looked for, in no order."""
    found: QuerySet[AuditEntry] = AuditEntry.objects.all()
    for column in ("action", "case"):
        if getattr(wanted, column):
            found = found.filter(**{column: getattr(wanted, column)})
    if wanted.kind:
        found = found.filter(subject_kind=wanted.kind)
    if wanted.who:
        account = User.objects.filter(username=wanted.who).values_list("pk", flat=True).first()
        found = found.filter(actor_id=account) if account else found.filter(actor_name=wanted.who)
    if wanted.since:
        found = _not_before(found, _midnight(wanted.since))
    if wanted.until:
        found = _before(found, _midnight(wanted.until + timedelta(days=1)))
    if wanted.text:
        # A hit is an answer too: nobody learns by it what a reason says that they may not read.
        found = found.filter(_said(wanted.text), subject_kind__in=["", *kinds_seen_by(reader)])
    return found


def _said(text: str) -> Q:
    """Match words of a reason; SQLite compares letters beyond ASCII as they are written."""
    spellings = {text, text.lower(), text.upper(), text.capitalize()}
    return reduce(or_, (Q(payload__reason__icontains=spelling) for spelling in sorted(spellings)))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _not_before(found: QuerySet[AuditEntry], moment: datetime) -> QuerySet[AuditEntry]:
    """Keep what was done since; the numbers bound it, so that nothing older is even looked at."""
    first = AuditEntry.objects.filter(at__gte=moment).order_by("at").values_list("number", flat=True).first()
    found = found.filter(at__gte=moment)
    return found.none() if first is None else found.filter(number__gt=first - OUT_OF_ORDER)


def _before(found: QuerySet[AuditEntry], moment: datetime) -> QuerySet[AuditEntry]:
    last = AuditEntry.objects.filter(at__lt=moment).order_by("-at").values_list("number", flat=True).first()
    found = found.filter(at__lt=moment)
    return found.none() if last is None else found.filter(number__lt=last + OUT_OF_ORDER)


def page_of(
    wanted: Wanted, *, reader: User | AnonymousUser, before: int | None = None, after: int | None = None
) -> Page:
    """Return the newest entries, or those before or after a number."""
    found = matching(wanted, reader=reader)
    if after is not None:
        return _after(found, after, is_slow=bool(wanted.text))
    start = before if before is not None else _last() + 1
    floor = start - READ_THROUGH if wanted.text else 0
    rows = list(found.filter(number__lt=start, number__gte=floor).order_by("-number")[: SHOWN + 1])
    older = rows[SHOWN - 1].number if len(rows) > SHOWN else (floor if floor > 1 else None)
    entries = rows[:SHOWN]
    return Page(entries, older=older, newer=None if before is None else (entries[0].number if entries else start - 1))


def _after(found: QuerySet[AuditEntry], after: int, *, is_slow: bool) -> Page:
    ceiling = after + READ_THROUGH if is_slow else None
    if ceiling is not None:
        found = found.filter(number__lte=ceiling)
    rows = list(found.filter(number__gt=after).order_by("number")[: SHOWN + 1])
    more = rows[SHOWN - 1].number if len(rows) > SHOWN else None
    if more is None and ceiling is not None and ceiling < _last():
        more = ceiling
    entries = rows[:SHOWN][::-1]
    return Page(entries, older=entries[-1].number if entries else after + 1, newer=more)


def _last() -> int:
    return AuditEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0


def all_of(wanted: Wanted, *, reader: User | AnonymousUser, until: int, batch: int = 1000) -> Any:
    """Yield every entry that is looked for up to a number, the oldest first, in constant memory."""
    found = matching(wanted, reader=reader).filter(number__lte=until).order_by("number")
    after = 0
    while rows := list(found.filter(number__gt=after)[:batch]):
        yield from rows
        after = rows[-1].number
