"""What the history kept comes back as it was: a field, a row, a whole case, or nothing of it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.actions import accounts
from cases.actions.permissions import ActionRefused
from cases.actions.restore_history import restore_moment, restore_version
from cases.enums import AuditAction
from cases.models import AuditEntry, Citation, Household, PersonName, Prisoner, Proceeding, Publication, Relative, Stay
from cases.queries.restoration import plan_for_moment, plan_for_version
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> User:
    accounts.ensure_groups()
    return factories.UserFactory(group=accounts.REVIEWER)


@pytest.fixture
def coordinator() -> User:
    accounts.ensure_groups()
    return factories.UserFactory(group=accounts.SUPPORT)


def put_back(actor: User, record: Any, row: Any, version: Any, *, column: str = "") -> list[Prisoner]:
    kind = row._meta.model_name
    plan = plan_for_version(record, kind, version.history_id, column=column)
    state = plan.state if plan else ""
    return restore_version(actor, record, kind=kind, version=version.history_id, column=column, state=state)


def first(row: Any) -> Any:
    return row.history.earliest()


def test_one_field_comes_back_and_the_others_stay(reviewer: User) -> None:
    prisoner = factories.case()
    stay = prisoner.stays.get()
    stay.started, stay.is_public = "2020", False
    stay.save()
    assert put_back(reviewer, prisoner, stay, first(stay), column="started") == [prisoner]
    stay.refresh_from_db()
    assert (str(stay.started), stay.is_public) == ("2018-05-21", False)
    assert str(stay.started_earliest) == "2018-05-21"


def test_the_audit_says_who_restored_what_and_from_which_version(reviewer: User) -> None:
    prisoner = factories.case()
    stay = prisoner.stays.get()
    stay.is_public = False
    stay.save()
    put_back(reviewer, prisoner, stay, first(stay))
    entry = AuditEntry.objects.first()
    assert entry is not None
    version = first(stay)
    assert (entry.action, entry.actor_name, entry.case) == (
        AuditAction.RESTORED.value,
        reviewer.username,
        prisoner.code,
    )
    assert entry.payload == {
        "fields": {"is_public": [False, True]},
        "restored_from": {"version": version.history_id, "at": version.history_date.isoformat()},
    }
    assert stay.history.latest().history_user == reviewer


def test_a_deleted_row_comes_back_under_its_number_with_what_was_sealed(coordinator: User) -> None:
    household = factories.HouseholdFactory()
    relative = factories.RelativeFactory(household=household, full_name="Vyhadana Taiemna", phone="+380 50 111 22 33")
    number, lookup = relative.pk, relative.phone_lookup
    relative.delete()
    version = Relative.history.filter(id=number).latest()
    plan = plan_for_version(household, "relative", version.history_id)
    assert plan is not None
    assert "Taiemna" not in str(plan.steps)
    restore_version(coordinator, household, kind="relative", version=version.history_id, state=plan.state)
    back = Relative.objects.get(pk=number)
    assert (back.full_name.open(), back.phone.open()) == ("Vyhadana Taiemna", "+380 50 111 22 33")
    assert back.phone_lookup == lookup


def test_a_sealed_field_comes_back_and_is_found_again(coordinator: User) -> None:
    household = factories.HouseholdFactory(phone="+380 50 111 22 33")
    lookup = household.phone_lookup
    household.phone = "+380 50 999 88 77"
    household.save()
    assert household.phone_lookup != lookup
    put_back(coordinator, household, household, first(household), column="phone")
    household = Household.objects.get()
    assert (household.phone.open(), household.phone_lookup) == ("+380 50 111 22 33", lookup)
    assert AuditEntry.objects.first().payload["fields"] == {"phone": ["sealed", "sealed"]}


def test_links_come_back_with_the_row(coordinator: User) -> None:
    household, prisoner = factories.HouseholdFactory(), factories.PrisonerFactory()
    household.prisoners.add(prisoner)
    version = household.history.latest()
    household.address = "Vulytsia 2"
    household.save()
    household.prisoners.clear()
    put_back(coordinator, household, household, version)
    assert list(household.prisoners.all()) == [prisoner]


def test_nothing_comes_back_when_the_row_changed_after_the_page_was_shown(reviewer: User) -> None:
    prisoner = factories.case()
    stay = prisoner.stays.get()
    stay.started = "2020"
    stay.save()
    plan = plan_for_version(prisoner, "stay", first(stay).history_id)
    assert plan is not None
    stay.started = "2021"
    stay.save()
    with pytest.raises(ActionRefused, match="Somebody changed this"):
        restore_version(reviewer, prisoner, kind="stay", version=first(stay).history_id, state=plan.state)
    stay.refresh_from_db()
    assert str(stay.started) == "2021"


def test_what_breaks_a_rule_today_is_refused_in_words_and_nothing_is_written(reviewer: User) -> None:
    prisoner = factories.case()
    name = PersonName.objects.create(prisoner=prisoner, text="Vyhadanyi", language="uk", kind="legal")
    name.delete()
    PersonName.objects.create(prisoner=prisoner, text="Vyhadanyi", language="uk", kind="legal")
    version = PersonName.history.filter(text="Vyhadanyi", history_type="-").latest()
    before = AuditEntry.objects.count()
    with pytest.raises(ActionRefused, match="This name is already there"):
        put_back(reviewer, prisoner, name, version)
    assert AuditEntry.objects.count() == before


def test_a_row_that_refers_to_what_was_deleted_is_refused_in_words(reviewer: User) -> None:
    prisoner = factories.case()
    event = factories.EventFactory(prisoner=prisoner, place=factories.PlaceFactory())
    place, event.place = event.place, None
    event.save()
    place.delete()
    with pytest.raises(ActionRefused, match="Place: what it referred to was deleted since"):
        put_back(reviewer, prisoner, event, first(event))


def test_a_row_of_another_case_cannot_be_reached_through_this_one(reviewer: User) -> None:
    one, other = factories.case(), factories.case()
    stay = other.stays.get()
    stay.started = "2020"
    stay.save()
    assert plan_for_version(one, "stay", first(stay).history_id) is None
    with pytest.raises(ActionRefused):
        restore_version(reviewer, one, kind="stay", version=first(stay).history_id, state="")


def test_publication_is_no_matter_of_the_history(reviewer: User) -> None:
    prisoner = factories.case()
    publication = Publication(
        prisoner=prisoner, published_at=timezone.now(), published_by=reviewer, version=1, sha256="0" * 64
    )
    publication.save()
    publication.reason = "An invented reason"
    publication.save()
    assert plan_for_version(prisoner, "publication", first(publication).history_id) is None


@pytest.mark.parametrize("group", [accounts.ANALYST, accounts.SUPPORT, accounts.ADMINISTRATOR])
def test_who_may_not_change_a_row_does_not_put_it_back(group: str) -> None:
    accounts.ensure_groups()
    prisoner = factories.case()
    stay = prisoner.stays.get()
    stay.started = "2020"
    stay.save()
    with pytest.raises(PermissionDenied):
        put_back(factories.UserFactory(group=group), prisoner, stay, first(stay))
    with pytest.raises(PermissionDenied):
        back_to(factories.UserFactory(group=group), prisoner, first(stay).history_date)


def test_a_case_of_somebody_else_is_theirs_to_put_back() -> None:
    accounts.ensure_groups()
    prisoner = factories.case()
    prisoner.assigned_to = factories.UserFactory(group=accounts.RESEARCHER)
    prisoner.save()
    stay = prisoner.stays.get()
    stay.started = "2020"
    stay.save()
    with pytest.raises(PermissionDenied):
        put_back(factories.UserFactory(group=accounts.RESEARCHER), prisoner, stay, first(stay))
    put_back(prisoner.assigned_to, prisoner, stay, first(stay))


def test_a_researcher_puts_no_case_back_into_their_own_hands() -> None:
    accounts.ensure_groups()
    alice, reviewer = (factories.UserFactory(group=group) for group in (accounts.RESEARCHER, accounts.REVIEWER))
    prisoner = factories.case(assigned_to=alice)
    former = first(prisoner)
    prisoner.assigned_to, prisoner.sex = None, "female"
    prisoner.save()
    with pytest.raises(PermissionDenied):
        put_back(alice, prisoner, prisoner, former, column="assigned_to")
    put_back(alice, prisoner, prisoner, former)
    prisoner.refresh_from_db()
    assert (prisoner.sex, prisoner.assigned_to) == ("male", None)
    put_back(reviewer, prisoner, prisoner, former, column="assigned_to")
    prisoner.refresh_from_db()
    assert prisoner.assigned_to == alice


def test_a_trial_that_a_case_was_once_in_is_put_back_by_those_whose_it_is_now() -> None:
    accounts.ensure_groups()
    alice, bob = (factories.UserFactory(group=accounts.RESEARCHER) for _number in range(2))
    mine, theirs = factories.case(assigned_to=alice), factories.case(assigned_to=bob)
    decision = theirs.defendants.get().proceeding.decisions.get()
    passing = factories.DefendantFactory(prisoner=mine, proceeding=decision.proceeding)
    for row in (decision, decision.proceeding):
        field = "judges" if row == decision else "number"
        setattr(row, field, "7")
        row.save()
        put_back(alice, mine, row, first(row))
    passing.delete()
    for row in (decision, decision.proceeding):
        setattr(row, "judges" if row == decision else "number", "8")
        row.save()
        with pytest.raises(PermissionDenied):
            put_back(alice, mine, row, first(row))
        put_back(bob, theirs, row, first(row))


def test_a_charge_of_a_defendant_who_was_moved_is_put_back_by_those_whose_case_it_is_in_now() -> None:
    accounts.ensure_groups()
    alice, bob = (factories.UserFactory(group=accounts.RESEARCHER) for _number in range(2))
    mine, theirs = factories.case(assigned_to=alice), factories.PrisonerFactory(assigned_to=bob)
    defendant = mine.defendants.get()
    charge = defendant.charges.get()
    defendant.prisoner = theirs
    defendant.save()
    charge.outcome = "acquitted"
    charge.save()
    with pytest.raises(PermissionDenied):
        put_back(alice, mine, charge, first(charge))


# A whole case ---------------------------------------------------------------------------------------------------


def everything(prisoner: Prisoner) -> dict[str, Any]:
    """Return what the case says, row by row."""
    proceedings = Proceeding.objects.filter(defendants__prisoner=prisoner)
    sets = {
        "prisoner": Prisoner.objects.filter(pk=prisoner.pk),
        "names": prisoner.names.all(),
        "stays": prisoner.stays.all(),
        "events": prisoner.events.all(),
        "defendants": prisoner.defendants.all(),
        "charges": [charge for one in prisoner.defendants.all() for charge in one.charges.all()],
        "proceedings": proceedings,
        "decisions": [decision for one in proceedings for decision in one.decisions.all()],
        "sentences": [sentence for one in prisoner.defendants.all() for sentence in one.sentences.all()],
        "citations": prisoner.case_citations.all(),
    }
    return {
        name: sorted(
            [
                [column.name, str(getattr(row, column.attname))]
                for column in row._meta.concrete_fields
                if column.name not in ("created_at", "updated_at")
            ]
            for row in rows
        )
        for name, rows in sets.items()
    }


def back_to(actor: User, prisoner: Prisoner, moment: Any) -> list[Prisoner]:
    return restore_moment(actor, prisoner, moment=moment, state=plan_for_moment(prisoner, moment).state)


def test_a_whole_case_comes_back_with_every_row_that_was_changed_removed_or_added_since(reviewer: User) -> None:
    prisoner = factories.case()
    old = PersonName.objects.create(prisoner=prisoner, text="Staryi", language="ru", kind="legal", is_preferred=True)
    new = PersonName.objects.create(prisoner=prisoner, text="Novyi", language="ru", kind="legal")
    moment, then = timezone.now(), everything(prisoner)
    prisoner.ethnicity = "crimean_tatar"
    prisoner.save()
    old.is_preferred = False
    old.save()
    new.is_preferred = True
    new.save()
    prisoner.stays.get().delete()
    factories.StayFactory(prisoner=prisoner)
    factories.CitationFactory(record=factories.EventFactory(prisoner=prisoner), prisoner=prisoner)
    prisoner.defendants.get().delete()
    assert everything(prisoner) != then
    assert back_to(reviewer, prisoner, moment) == [prisoner]
    assert everything(prisoner) == then
    assert AuditEntry.objects.filter(action=AuditAction.RESTORED.value, payload__has_key="moment").count() == 1


def test_a_case_that_comes_back_only_in_part_does_not_come_back(reviewer: User) -> None:
    prisoner = factories.case()
    place = factories.PlaceFactory()
    event = factories.EventFactory(prisoner=prisoner, place=place)
    moment = timezone.now()
    event.place = None
    event.save()
    place.delete()
    stay = prisoner.stays.get()
    stay.started = "2020"
    stay.save()
    with pytest.raises(ActionRefused, match="was deleted since"):
        back_to(reviewer, prisoner, moment)
    stay.refresh_from_db()
    assert str(stay.started) == "2020"


def test_a_trial_that_others_share_stays_as_it_is(reviewer: User) -> None:
    prisoner = factories.case()
    proceeding = Proceeding.objects.get()
    factories.DefendantFactory(prisoner=factories.case(), proceeding=proceeding)
    moment = timezone.now()
    decision = proceeding.decisions.get()
    decision.outcome = "acquitted"
    decision.save()
    stay = prisoner.stays.get()
    stay.started = "2020"
    stay.save()
    plan = plan_for_moment(prisoner, moment)
    assert [step.model for step in plan.steps] == [Stay]
    assert plan.left_out == [str(proceeding)]
    back_to(reviewer, prisoner, moment)
    decision.refresh_from_db()
    assert decision.outcome == "acquitted"


def test_a_case_that_changed_since_the_page_was_shown_stays(reviewer: User) -> None:
    prisoner = factories.case()
    moment = timezone.now()
    stay = prisoner.stays.get()
    stay.started = "2020"
    stay.save()
    state = plan_for_moment(prisoner, moment).state
    factories.CitationFactory(record=stay, prisoner=prisoner)
    with pytest.raises(ActionRefused, match="Somebody changed this"):
        restore_moment(reviewer, prisoner, moment=moment, state=state)
    assert Citation.objects.filter(object_id=stay.pk, content_type__model="stay").exists()
