"""Why cases and their fields are not public, as the desk reads it."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.actions import accounts
from cases.actions.publication import withdraw
from cases.actions.review import approve, recall, send_back, submit
from cases.enums import Consent, EventKind
from cases.models import Prisoner
from cases.publication.held_back import Reason
from cases.queries.held_back import HeldCase, held_back, numbers_of, with_state
from cases.queries.held_back_search import FILTERS, SEARCHED
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def alice() -> User:
    accounts.ensure_groups()
    return factories.UserFactory(group=accounts.RESEARCHER)


@pytest.fixture
def bob(alice: User) -> User:
    return factories.UserFactory(group=accounts.REVIEWER)


def state(prisoner: Prisoner) -> str:
    return with_state(Prisoner.objects.filter(pk=prisoner.pk), TODAY).values_list("held", flat=True).get()


def reason_of(held: HeldCase, kind: str, name: str) -> set[Reason | None]:
    return {one.reason for row in held.rows if row.kind == kind for one in row.fields if one.name == name}


def test_a_case_is_not_public_for_one_reason_at_each_step_of_its_way(alice: User, bob: User) -> None:
    prisoner, now = factories.case(), timezone.now()
    seen = [state(prisoner)]
    waiting = submit(alice, prisoner, at=now)
    seen.append(state(prisoner))
    send_back(bob, waiting, note="Which court?", at=now)
    seen.append(state(prisoner))
    recall(alice, submit(alice, prisoner, at=timezone.now()), at=timezone.now())
    seen.append(state(prisoner))
    approve(bob, submit(alice, prisoner, at=timezone.now()), at=timezone.now())
    seen.append(state(prisoner))
    withdraw(bob, prisoner, reason="Asked.", at=timezone.now())
    seen.append(state(prisoner))
    Prisoner.objects.filter(pk=prisoner.pk).update(consent_expires=TODAY - datetime.timedelta(days=1))
    seen.append(state(prisoner))
    Prisoner.objects.filter(pk=prisoner.pk).update(consent=Consent.NONE.value)
    seen.append(state(prisoner))
    assert seen == [
        "never_submitted",
        "waiting",
        "sent_back",
        "recalled",
        "",
        "withdrawn",
        "consent_ended",
        "no_consent",
    ]


def test_what_was_changed_since_publication_is_told_field_by_field(alice: User, bob: User) -> None:
    prisoner = factories.case()
    approve(bob, submit(alice, prisoner, at=timezone.now()), at=timezone.now())
    assert Reason.CHANGED not in held_back(prisoner, on=TODAY).numbers
    prisoner.summary_en = "An invented teacher of music."
    prisoner.save()
    event = prisoner.events.get()
    event.happened = "2018-05-22"
    event.save()
    factories.PublicRoleFactory(prisoner=prisoner, detail_en="New role")
    held = held_back(prisoner, on=TODAY)
    changed = {(row.kind, one.name) for row in held.rows for one in row.fields if one.reason is Reason.CHANGED}
    assert changed == {("prisoner", "summary"), ("event", "happened"), ("publicrole", "role"), ("publicrole", "detail")}
    assert reason_of(held, "prisoner", "sex") == {None}


def test_a_new_source_is_held_back_until_the_case_is_published_again(alice: User, bob: User) -> None:
    prisoner = factories.case()
    approve(bob, submit(alice, prisoner, at=timezone.now()), at=timezone.now())
    factories.CitationFactory(
        record=prisoner.events.get(), prisoner=prisoner, source=factories.SourceFactory(title="Another report")
    )
    held = held_back(prisoner, on=TODAY)
    sources = [row for row in held.rows if row.kind == "source"]
    values = {one.value: one.reason for row in sources for one in row.fields if one.name == "title"}
    assert values["Another report"] is Reason.CHANGED
    assert set(values.values()) == {Reason.CHANGED, None}


def test_what_is_sealed_is_never_told_only_that_it_is_there(alice: User) -> None:
    secret = "Vyhadana khvoroba"
    prisoner = factories.case(health=secret)
    family = factories.RelativeFactory(prisoner=prisoner, full_name="Vyhadana Taiemna", phone="+380 00 000 00 00")
    family.household.prisoners.add(prisoner)
    held = held_back(prisoner, on=TODAY, with_family=True)
    told = [one for row in held.rows for one in row.fields if one.reason is Reason.SEALED]
    assert {one.value for one in told} == {"something is written"}
    assert {row.kind for row in held.rows if row.kind in accounts.FAMILY} == {"household", "relative"}
    words = repr(held)
    assert secret not in words
    assert "Taiemna" not in words
    assert "000 00" not in words
    without = held_back(prisoner, on=TODAY)
    assert {row.kind for row in without.rows}.isdisjoint(accounts.FAMILY)


def test_a_row_that_was_hidden_and_is_still_public_is_pointed_out(alice: User, bob: User) -> None:
    prisoner = factories.case()
    approve(bob, submit(alice, prisoner, at=timezone.now()), at=timezone.now())
    assert not held_back(prisoner, on=TODAY).still_shown
    event = prisoner.events.get()
    event.is_public = False
    event.save()
    assert held_back(prisoner, on=TODAY).still_shown


def hidden_site(prisoner: Prisoner) -> None:
    factories.StayFactory(prisoner=prisoner, site=factories.DetentionSiteFactory(is_public=False), started="2010")


def hidden_home(prisoner: Prisoner) -> None:
    write(home=factories.PlaceFactory(), home_is_public=False)(prisoner)


def confidential(prisoner: Prisoner) -> None:
    factories.CitationFactory(record=prisoner, prisoner=prisoner, source=factories.SourceFactory(is_public=False))


def write(**fields: object) -> Callable[[Prisoner], object]:
    return lambda prisoner: Prisoner.objects.filter(pk=prisoner.pk).update(**fields)


MADE: dict[Reason, Callable[[Prisoner], object]] = {
    Reason.NEVER_SHOWN: lambda prisoner: factories.EventFactory(prisoner=prisoner, kind=EventKind.VISIT.value),
    Reason.ROW_HIDDEN: lambda prisoner: factories.PublicRoleFactory(prisoner=prisoner, is_public=False),
    Reason.INITIALS: write(consent="initials"),
    Reason.BORN_HIDDEN: write(born_detail="hidden"),
    Reason.BORN_YEAR: write(born_detail="year"),
    Reason.HOME: hidden_home,
    Reason.RELIGION: write(religion="muslim"),
    Reason.PHOTO: write(photo="photos/x.jpg", photo_sha256="0" * 64),
    Reason.SITE: hidden_site,
    Reason.SOURCE: confidential,
    Reason.NO_CONSENT: write(consent="none"),
    Reason.CONSENT_ENDED: write(consent_expires=TODAY - datetime.timedelta(days=1)),
    Reason.NEVER_SUBMITTED: lambda _prisoner: None,
    Reason.WAITING: lambda prisoner: factories.SubmissionFactory(prisoner=prisoner),
    Reason.SENT_BACK: lambda prisoner: decided(prisoner, "sent_back"),
    Reason.RECALLED: lambda prisoner: decided(prisoner, "recalled"),
    Reason.WITHDRAWN: lambda prisoner: published(prisoner, withdrawn=True),
    Reason.CHANGED: lambda prisoner: published(prisoner, withdrawn=False),
}


def decided(prisoner: Prisoner, what: str) -> None:
    factories.SubmissionFactory(
        prisoner=prisoner, state=what, decided_by=factories.UserFactory(), decided_at=timezone.now()
    )


def published(prisoner: Prisoner, *, withdrawn: bool) -> None:
    """Publish a case through both people; a public one is changed afterwards."""
    author, reviewer = (factories.UserFactory(group=group) for group in (accounts.RESEARCHER, accounts.REVIEWER))
    approve(reviewer, submit(author, prisoner, at=timezone.now()), at=timezone.now())
    if withdrawn:
        withdraw(reviewer, prisoner, reason="Asked.", at=timezone.now())
    else:
        factories.PublicRoleFactory(prisoner=prisoner)


def test_every_reason_that_is_searched_for_is_tried_here() -> None:
    assert set(MADE) == set(FILTERS) == set(SEARCHED)


@pytest.mark.parametrize("reason", SEARCHED, ids=str)
def test_the_search_by_reason_finds_the_cases_whose_numbers_have_it(alice: User, reason: Reason) -> None:
    prisoner, other = factories.case(), factories.case("Taras Vydumanyi")
    MADE[reason](prisoner)
    if reason is Reason.NEVER_SUBMITTED:
        factories.SubmissionFactory(prisoner=other)
    cases = with_state(Prisoner.objects.all(), TODAY)
    assert list(FILTERS[reason](cases)) == [prisoner]
    numbers = {one.prisoner.pk: dict(one.numbers) for one in numbers_of(cases)}
    assert numbers[prisoner.pk].get(reason, 0) > 0
    assert reason not in numbers[other.pk]


def test_the_numbers_of_a_draft_are_those_of_its_page() -> None:
    prisoner = factories.case(health="Something.", religion="muslim", born_detail="year")
    factories.EventFactory(prisoner=prisoner, title_en="Hidden", is_public=False)
    factories.InvolvementFactory(proceeding=prisoner.defendants.get().proceeding, note="A private note.")
    (found,) = numbers_of(with_state(Prisoner.objects.all(), TODAY))
    assert dict(found.numbers) == dict(held_back(prisoner, on=TODAY).numbers)


def test_numbers_of_three_cases_ask_as_often_as_of_one() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert numbers_of(with_state(Prisoner.objects.all(), TODAY).order_by("-pk")[:20])
        return len(queries)

    factories.case(health="Something.")
    asked()
    one = asked()
    factories.case("Taras Vydumanyi")
    factories.EventFactory(prisoner=factories.case("Ostap Vydumanyi"), is_public=False)
    assert asked() == one
