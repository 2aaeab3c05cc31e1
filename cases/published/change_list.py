"""What became of cases since a moment, for whoever keeps a copy: published, changed, withdrawn, in the order of time.

A case stands here once, with the last that happened to it. Of a withdrawn one there is its code and the time, nothing else;
a consent that ended withdraws at the beginning of the next day, whether or not the case was taken out already.
"""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.enums import PublicationState
from cases.published.models import PublishedCase

#: Publications at once are not seen in the order of their times: who asks again begins so much earlier.
UNSETTLED = timedelta(minutes=2)
CODE = re.compile(r"[2-9A-Z]{0,12}")


class ChangeKind(Enum):
    PUBLISHED = "published"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the order of changes: after this moment, and at this moment after this code."""

    at: datetime
    code: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened last to a case; `version` and `sha256` of one that can be read."""

    place: Place
    kind: ChangeKind
    version: int = 0
    sha256: str = ""


def changes_after(place: Place | None, *, on: date, limit: int) -> list[Change]:
    """Return the first changes after a place, or the first of all; three questions, whatever there is."""
    sources = (_shown(place, on)[:limit], _taken(place)[:limit], _ended(place, on)[:limit])
    found = [_change(case, on) for source in sources for case in source]
    return sorted(found, key=lambda one: one.place)[:limit]


def _after(column: str, place: Place | None) -> Q:
    if place is None:
        return Q()
    further = Q(**{f"{column}__gt": place.at}) | Q(code__gt=place.code)
    return Q(**{f"{column}__gte": place.at}) & further


def _shown(place: Place | None, on: date) -> QuerySet[PublishedCase]:
    rows = PublishedCase.objects.visible(on).filter(_after("published_at", place))
    return rows.order_by("published_at", "code").defer("document", "card")


def _taken(place: Place | None) -> QuerySet[PublishedCase]:
    rows = PublishedCase.objects.filter(_after("withdrawn_at", place), withdrawn_at__isnull=False)
    return rows.order_by("withdrawn_at", "code").only("code", "withdrawn_at")


def _ended(place: Place | None, on: date) -> QuerySet[PublishedCase]:
    """Return the cases whose consent has ended and that nobody has taken out yet: as a rule none."""
    rows = PublishedCase.objects.filter(state=PublicationState.PUBLISHED.value, show_until__lt=on)
    if place is not None:
        day = timezone.localdate(place.at)
        before = day - timedelta(days=1)
        wanted = Q(show_until__gte=day)
        if _end_of(before) == place.at:
            wanted |= Q(show_until=before, code__gt=place.code)
        rows = rows.filter(wanted)
    return rows.order_by("show_until", "code").only("code", "show_until", "withdrawn_at")


def _end_of(day: date) -> datetime:
    """Return the first moment after a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)).astimezone(UTC)


def _change(case: PublishedCase, on: date) -> Change:
    if case.withdrawn_at is not None:
        return Change(Place(case.withdrawn_at, case.code), ChangeKind.WITHDRAWN)
    if case.show_until is not None and case.show_until < on:
        return Change(Place(_end_of(case.show_until), case.code), ChangeKind.WITHDRAWN)
    is_new = case.published_at == case.first_published_at
    kind = ChangeKind.PUBLISHED if is_new else ChangeKind.CHANGED
    return Change(Place(case.published_at, case.code), kind, case.version, case.sha256)


def write_place(place: Place) -> str:
    """Return a place as an address carries it."""
    text = json.dumps([place.at.astimezone(UTC).isoformat(), place.code], separators=(",", ":"))
    return "c_" + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_place(text: str) -> Place:
    """Return the place that an address carries, or the one of a time; raises `ValueError` for anything else.

    A time is RFC 3339 with its offset, or a day, which begins at midnight UTC.
    """
    if not text.startswith("c_"):
        moment = datetime.fromisoformat(text.strip().replace(" ", "+") if "T" in text.upper() else text)
        return Place(_settled(moment if moment.tzinfo else _of_day(text, moment)))
    try:
        encoded = text.removeprefix("c_")
        at, code = json.loads(base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True))
        moment = datetime.fromisoformat(at)
    except (binascii.Error, RecursionError, TypeError, ValueError) as error:
        raise ValueError("The cursor is not one that is given out.") from error
    if moment.tzinfo is None or not isinstance(code, str) or not CODE.fullmatch(code):
        raise ValueError("The cursor is not one that is given out.")
    return Place(_settled(moment), code)


def _of_day(text: str, moment: datetime) -> datetime:
    if len(text) != len("2026-01-01"):
        raise ValueError("A time needs its offset from UTC.")
    return moment.replace(tzinfo=UTC)


def _settled(moment: datetime) -> datetime:
    """Return a moment in UTC, within the years for which databases and calendars have days."""
    first, last = datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
    return min(max(moment, first), last).astimezone(UTC)


def resumed(last: Place | None, at: datetime) -> Place:
    """Return from where to ask again, once everything up to `last` was read at the moment `at`.

    What was published meanwhile with an earlier time is not missed; some changes come twice.
    """
    settled = Place(at - UNSETTLED)
    return settled if last is None else min(last, settled)
