"""Writing the invented cases of the demonstration down, and bringing each as far on its way to the public as it says.

A case is known by its code, which follows from the seed: one that is there already is kept as it is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.contrib.auth.models import User
from django.db import models, transaction

from cases.actions.case_writing import CaseWriter
from cases.actions.fixture_accounts import sign
from cases.actions.fixture_rows import Finder
from cases.actions.legal_findings import tick
from cases.actions.publication import withdraw
from cases.actions.reference import find_reference
from cases.actions.review import send_back, submit
from cases.actions.seed_cases import publish
from cases.domain.demo_cases import DemoCase, Review, demo_cases
from cases.domain.demo_past import INVENTED_BODY
from cases.domain.demo_world import SOURCES, World
from cases.enums import Kinship, NeedKind, NeedState, OrganisationKind, PlaceKind, SiteKind, SourceKind, Urgency
from cases.models import (
    Aid,
    DetentionSite,
    Household,
    Need,
    Organisation,
    Place,
    Prisoner,
    Proceeding,
    Provision,
    Relative,
    Source,
)
from cases.models.base import CODE_ALPHABET
from cases.publication.casefile import read_case
from cases.publication.legal_findings import Standing, offered_findings
from cases.publication.publish import public_side
from cases.queries.erased import erased_among

REASON = "demonstration: "
NOTE = "Invented for the demonstration"

TITLES = (
    ("Invented source 1: an observer's notes from the courtroom", SourceKind.REPORT),
    ("Invented source 2: a list kept by volunteers", SourceKind.DATASET),
    ("Invented source 3: a newspaper's report", SourceKind.NEWS),
    ("Invented source 4: the text of a verdict", SourceKind.COURT_DOCUMENT),
    ("Invented source 5: an interview", SourceKind.INTERVIEW),
)


@dataclass(frozen=True, slots=True)
class Made:
    """How many invented cases were written now, and how many were there already."""

    added: int
    kept: int


class DemoNeedsReference(Exception):
    """The reference data are missing; load them first."""


def make_demo(author: User, reviewer: User, *, count: int, seed: int, today: date, now: Callable[[], datetime]) -> Made:
    """Write down so many invented cases, publish most of them, and leave the rest where the desk shows its work.

    `now` is asked after writing. Raises DemoNeedsReference; then, as after any error, nothing was written.
    """
    with transaction.atomic(), public_side():  # the public side shows all of them at once, or none
        invented = demo_cases(count=count, seed=seed, today=today, world=read_world())
        there = set(Prisoner.objects.filter(code__in=[case.code for case in invented]).values_list("code", flat=True))
        there |= erased_among(case.code for case in invented)
        sources = invented_sources(author)
        invented_body(author)

        def find(model: type[models.Model], key: str) -> models.Model:
            return sources[key] if model is Source and key in sources else find_reference(model, key)

        writer = CaseWriter(author=author, reason=REASON + "case", find=_remembering(find), checks=False)
        written: list[tuple[DemoCase, Prisoner]] = []
        for case in invented:
            if case.code in there:
                _remember_shared(writer, case)
                continue
            prisoner = writer.write(f"invented case {case.code}", case.document)
            if case.household is not None:
                _household(prisoner, case.household, seed=seed, today=today)
            written.append((case, prisoner))
        _review(written, author=author, reviewer=reviewer, at=now())
    return Made(added=len(written), kept=len(there))


def read_world() -> World:
    """Return the reference data that invented cases name."""
    sites = DetentionSite.objects.select_related("place").order_by("slug")

    def slugs(**conditions: str) -> list[str]:
        return [site.slug for site in sites.filter(**conditions)]

    occupied = Place.objects.filter(sovereign="UA", controlled_by="RU", kind=PlaceKind.SETTLEMENT.value)
    towns = occupied.order_by("slug").values_list("slug", "name_en", "name_uk")
    world = World(
        towns=list(towns),
        local_sizos=slugs(kind=SiteKind.SIZO.value, place__region="UA-43"),
        rostov_sizos=slugs(kind=SiteKind.SIZO.value, place__region="RU-ROS"),
        colonies=slugs(kind=SiteKind.COLONY.value, place__sovereign="RU"),
        provisions=frozenset(Provision.objects.values_list("slug", flat=True)),
        code_alphabet=CODE_ALPHABET,
    )
    if not (world.towns and world.local_sizos and world.rostov_sizos and world.colonies and world.provisions):
        raise DemoNeedsReference("The reference data are not loaded: run load_reference first.")
    return world


def _remembering(find: Finder) -> Finder:
    found: dict[tuple[type[models.Model], str], models.Model] = {}

    def remembering(model: type[models.Model], key: str) -> models.Model:
        if (model, key) not in found:
            found[model, key] = find(model, key)
        return found[model, key]

    return remembering


def invented_sources(author: User) -> dict[str, Source]:
    """Return the invented sources, written down on the first run."""
    sources = {}
    for key, (title, kind) in zip(SOURCES, TITLES, strict=True):
        source = Source.objects.filter(title=title, is_invented=True).first()
        if source is None:
            source = Source(title=title, kind=kind.value, is_invented=True, publisher="Nobody", language="en")
            sign(source, author, REASON + key)
            source.full_clean()
            source.save()
        sources[key] = source
    return sources


def invented_body(author: User) -> None:
    """Write down the invented body that decides on rehabilitation, on the first run."""
    if Organisation.objects.filter(slug=INVENTED_BODY).exists():
        return
    body = Organisation(
        slug=INVENTED_BODY,
        name_en="Invented review commission",
        name_uk="Комісія з перегляду справ (для показу)",
        kind=OrganisationKind.STATE.value,
    )
    sign(body, author, REASON + INVENTED_BODY)
    body.full_clean()
    body.save()


def _remember_shared(writer: CaseWriter, case: DemoCase) -> None:
    """Let new cases join a proceeding that an earlier run wrote."""
    proceeding = Proceeding.objects.filter(defendants__prisoner__code=case.code, kind="criminal").order_by("pk").first()
    if proceeding is not None:
        writer.shared[case.code] = proceeding, list(proceeding.decisions.order_by("pk"))


def _household(prisoner: Prisoner, number: int, *, seed: int, today: date) -> None:
    """Give the prisoner a family with needs, one of them met; none of it is ever public."""
    rng = Random(f"{seed}/household/{number}")  # noqa: S311 - chance, not a secret
    household = Household(
        label=f"Invented household {number}",
        address=f"вул. Вигадана, {number}",
        phone=f"+380 00 000 {number:04d}",
        safe_contact="Through the invented neighbour",
    )
    household.full_clean()
    household.save()
    household.prisoners.add(prisoner)
    for name, kinship in (("Зоряна Потаємна", Kinship.SPOUSE), ("Мар’яна Потаємна", Kinship.CHILD)):
        relative = Relative(household=household, prisoner=prisoner, full_name=f"{name} {number}", kinship=kinship.value)
        relative.full_clean()
        relative.save()
    kinds: Sequence[NeedKind] = rng.sample(list(NeedKind), 3)
    for position, kind in enumerate(kinds):
        met = position == 0
        need = Need(
            household=household,
            kind=kind.value,
            urgency=rng.choice(list(Urgency)).value,
            state=(NeedState.MET if met else NeedState.OPEN).value,
            amount=rng.randrange(1000, 30000, 500),
            currency="UAH",
            due=today + timedelta(days=rng.randint(-10, 60)),
        )
        need.full_clean()
        need.save()
        if met:
            aid = Aid(
                household=household, need=need, kind=kind.value, given_on=today - timedelta(days=rng.randint(1, 90))
            )
            aid.amount, aid.currency = need.amount, "UAH"
            aid.full_clean()
            aid.save()


def _review(written: Sequence[tuple[DemoCase, Prisoner]], *, author: User, reviewer: User, at: datetime) -> None:
    def those(*reviews: Review) -> list[Prisoner]:
        return [prisoner for case, prisoner in written if case.review in reviews]

    _tick([prisoner for case, prisoner in written if case.is_ticked], reviewer=reviewer, at=at)
    publish(those(Review.PUBLISHED, Review.WITHDRAWN), author=author, reviewer=reviewer, note=NOTE, at=at)
    for prisoner in those(Review.WITHDRAWN):
        withdraw(reviewer, prisoner, reason="Invented: the family asked for it", at=at)
    for prisoner in those(Review.WAITING):
        submit(author, prisoner, note=NOTE, at=at)
    for prisoner in those(Review.SENT_BACK):
        submission = submit(author, prisoner, note=NOTE, at=at)
        send_back(reviewer, submission, note="Invented: the date of the appeal needs a second source", at=at)


def _tick(prisoners: Sequence[Prisoner], *, reviewer: User, at: datetime) -> None:
    """Let everything that the law says about these cases be published with them."""
    for prisoner in prisoners:
        for one in offered_findings(read_case(prisoner)).offered:
            if one.standing is Standing.OPEN:
                tick(reviewer, prisoner, key=one.finding.key, seen=one.finding.digest, at=at)
