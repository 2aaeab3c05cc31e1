"""Alarms that follow from recorded facts: long transport, hearings without an outcome, uncited facts, unchecked law."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import ngettext
from translated_fields import to_attribute

from cases.domain.custody import current_stay
from cases.domain.event_kinds import ENDS_OF_CUSTODY
from cases.enums import PublicationState, StayKind
from cases.models import (
    Assessment,
    Charge,
    Citation,
    Decision,
    Event,
    Hearing,
    Penalty,
    Prisoner,
    Provision,
    Rehabilitation,
    Stay,
)
from cases.models.base import CONTENT_LANGUAGES
from cases.publication.policy import NEVER_SHOWN
from cases.queries.alarms import SHOWN, Alarm
from cases.queries.custody import custody_facts, with_facts

#: How many of the longest transports are looked at more closely.
LOOKED_AT = 60

#: Rows of a case that state facts, and the way from each to its prisoner.
FACTS: tuple[tuple[type[models.Model], str], ...] = (
    (Stay, "prisoner"),
    (Event, "prisoner"),
    (Rehabilitation, "prisoner"),
    (Assessment, "prisoner"),
    (Charge, "defendant__prisoner"),
    (Hearing, "proceeding__defendants__prisoner"),
    (Decision, "proceeding__defendants__prisoner"),
)


def long_transports(on: date, *, days: int, cases: QuerySet[Prisoner], limit: int = SHOWN) -> list[Alarm]:
    """Return who has been in transit for more than so many days, the longest first.

    Nothing is said of one whose transport may have begun later.
    """
    since = on - timedelta(days=days)
    later = Stay.objects.filter(prisoner=OuterRef("prisoner"), started_earliest__gt=OuterRef("started_earliest"))
    over = Event.objects.filter(
        prisoner=OuterRef("prisoner"),
        kind__in=[kind.value for kind in ENDS_OF_CUSTODY],
        happened_latest__gte=OuterRef("started_earliest"),
    )
    stays = (
        Stay.objects.filter(kind=StayKind.IN_TRANSIT.value, ended__isnull=True, started_latest__lt=since)
        .filter(~Exists(later), ~Exists(over), prisoner__in=cases, prisoner__died__isnull=True)
        .order_by("started_latest", "pk")
    )
    started = {stay.prisoner_id: stay.started_latest for stay in stays[:LOOKED_AT]}  # type: ignore[attr-defined]
    found = []
    for prisoner in with_facts(Prisoner.objects.filter(pk__in=started)):
        now = current_stay(custody_facts(prisoner), on)
        if now is not None and now.kind is StayKind.IN_TRANSIT:
            found.append((started[prisoner.pk], prisoner))
    found.sort(key=lambda pair: (pair[0], pair[1].pk))
    return [Alarm(prisoner, _transport_in_words((on - begun).days)) for begun, prisoner in found[:limit]]


def _transport_in_words(days: int) -> str:
    return ngettext(
        "In transit for at least %(count)s day, and nobody knows where.",
        "In transit for at least %(count)s days, and nobody knows where.",
        days,
    ) % {"count": days}


def hearings_without_outcome(on: date, *, cases: QuerySet[Prisoner], limit: int = SHOWN) -> list[Alarm]:
    """Return the cases with hearings that have passed and of which nothing is told, the last one first.

    What was decided on the day of a hearing or later in the same proceeding tells what came of it.
    """
    untold = Q(**{to_attribute("note", language): "" for language in CONTENT_LANGUAGES})
    decided = Decision.objects.filter(
        proceeding=OuterRef("proceeding"), decided_on_latest__gte=OuterRef("held_on_earliest")
    )
    passed = Hearing.objects.filter(untold, ~Exists(decided), held_on_latest__lt=on)
    rows = list(
        passed.filter(proceeding__defendants__prisoner__in=cases)
        .values(person=F("proceeding__defendants__prisoner"))
        .annotate(
            number=Count("pk", distinct=True),
            last=Max("held_on_latest"),
            trial=Max("proceeding"),
            trials=Count("proceeding", distinct=True),
        )
        .order_by("-last", "person")[:limit]
    )
    people = _people(row["person"] for row in rows)
    return [
        Alarm(
            people[row["person"]],
            _hearings_in_words(row["number"], row["last"]),
            proceeding=row["trial"] if row["trials"] == 1 else None,
        )
        for row in rows
        if row["person"] in people
    ]


def _hearings_in_words(number: int, last: date) -> str:
    return ngettext(
        "%(count)s hearing has passed without an outcome: %(day)s.",
        "%(count)s hearings have passed without an outcome, the last on %(day)s.",
        number,
    ) % {"count": number, "day": date_format(last)}


def uncited_facts(*, cases: QuerySet[Prisoner], limit: int = SHOWN) -> list[Alarm]:
    """Return the published cases that state facts without any source, those with the most first."""
    counted: Counter[int] = Counter()
    kinds = ContentType.objects.get_for_models(*(model for model, _way in FACTS))
    for model, way in FACTS:
        rows = _published(model, way).exclude(_is_cited(model, kinds[model])).filter(**{f"{way}__in": cases})
        counted.update(dict(rows.order_by().values_list(way).annotate(Count("pk", distinct=True))))
    most = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:limit]
    people = _people(pk for pk, _number in most)
    return [Alarm(people[pk], _uncited_in_words(number)) for pk, number in most if pk in people]


def _published(model: type[models.Model], way: str) -> QuerySet[models.Model]:
    """Return the rows that a published case shows as it was published."""
    rows = model._default_manager.filter(
        **{
            f"{way}__publication__state": PublicationState.PUBLISHED.value,
            "created_at__lte": F(f"{way}__publication__published_at"),
        }
    )
    rows = rows.filter(is_public=True) if model is not Charge else rows
    return rows.exclude(kind__in=NEVER_SHOWN) if model is Event else rows


def _is_cited(model: type[models.Model], kind: ContentType) -> Q:
    cited = Q(Exists(Citation.objects.filter(content_type=kind, object_id=OuterRef("pk"))))
    return cited | Q(source__isnull=False) if model is Assessment else cited


def _uncited_in_words(number: int) -> str:
    return ngettext("%(count)s published fact has no source.", "%(count)s published facts have no source.", number) % {
        "count": number
    }


def unchecked_law(*, cases: QuerySet[Prisoner], limit: int = SHOWN) -> list[Alarm]:
    """Return the provisions that published cases are charged under and nobody checked, those with the most people first.

    A provision is checked when each of its penalties is, too.
    """
    unchecked = Penalty.objects.filter(provision=OuterRef("provision"), verified=False)
    used = (
        Charge.objects.filter(
            Q(provision__verified=False) | Exists(unchecked),
            defendant__prisoner__publication__state=PublicationState.PUBLISHED.value,
            defendant__prisoner__in=cases,
        )
        .order_by()
        .values("provision")
        .annotate(people=Count("defendant__prisoner", distinct=True))
        .order_by("-people", "provision")[:limit]
    )
    rows = list(used)
    provisions = Provision.objects.in_bulk([row["provision"] for row in rows])
    return [
        Alarm(None, _unchecked_in_words(row["people"]), provision=provisions[row["provision"]])
        for row in rows
        if row["provision"] in provisions
    ]


def _unchecked_in_words(people: int) -> str:
    return ngettext(
        "Not checked against the law; %(count)s published case uses it.",
        "Not checked against the law; %(count)s published cases use it.",
        people,
    ) % {"count": people}


def _people(pks: Iterable[int]) -> dict[int, Prisoner]:
    rows = Prisoner.objects.filter(pk__in=list(pks)).prefetch_related("names")
    return {row.pk: row for row in rows}
