"""Opening sealed values is an act of one person in one session, with a reason, for some minutes, and is kept."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from cases.actions.accounts import ADMINISTRATOR, ANALYST, GROUPS, RESEARCHER, REVIEWER, SUPPORT
from cases.actions.permissions import UNSEALED_BY, ActionRefused, may_unseal, may_work_on
from cases.actions.review import submit
from cases.actions.unsealing import seal_again, unseal, unsealed_until, was_unsealed
from cases.enums import AuditAction
from cases.models import AuditEntry, Unsealing
from cases.models.base import Record
from cases.sealed import SealedField
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 25, 10, tzinfo=UTC)
Account = Callable[[str], User]
REASON = "the lawyer asks for the diagnosis"


@pytest.fixture
def account(groups: None) -> Account:
    return lambda group: factories.UserFactory(group=group)


def test_opening_holds_for_minutes_in_that_session_alone(account: Account) -> None:
    alice, bob = account(REVIEWER), account(REVIEWER)
    case = factories.case(health="invented asthma")
    unseal(alice, case, reason=REASON, session="one", at=AT)
    assert unsealed_until(alice, case, session="one", at=AT) == AT + timedelta(minutes=10)
    assert unsealed_until(alice, case, session="one", at=AT + timedelta(minutes=9)) is not None
    for actor, record, session, at in (
        (alice, case, "one", AT + timedelta(minutes=10)),
        (alice, case, "two", AT),
        (bob, case, "one", AT),
        (alice, factories.case(), "one", AT),
    ):
        assert unsealed_until(actor, record, session=session, at=at) is None


def test_the_audit_keeps_who_opened_what_when_and_why(account: Account) -> None:
    alice = account(REVIEWER)
    case = factories.case(health="invented asthma")
    unseal(alice, case, reason=f"  {REASON}\n", session="one", at=AT)
    entry = AuditEntry.objects.first()
    assert (entry.action, entry.actor_id, entry.at) == (AuditAction.UNSEALED.value, alice.pk, AT)
    assert (entry.subject_kind, entry.subject_id, entry.case) == ("prisoner", case.pk, case.code)
    assert entry.payload == {"reason": REASON, "minutes": 10}


@pytest.mark.parametrize("reason", ["", "   ", "work", "\n\n because \n"])
def test_without_a_reason_nothing_opens_and_nothing_is_kept(account: Account, reason: str) -> None:
    alice, case = account(REVIEWER), factories.case()
    entries = AuditEntry.objects.count()
    with pytest.raises(ActionRefused, match="what you need to know and what for"):
        unseal(alice, case, reason=reason, session="one", at=AT)
    assert (Unsealing.objects.count(), AuditEntry.objects.count()) == (0, entries)


def test_closing_ends_it_at_once_and_is_kept(account: Account) -> None:
    alice, case = account(REVIEWER), factories.case()
    unseal(alice, case, reason=REASON, session="one", at=AT)
    with pytest.raises(ActionRefused, match="closed already"):
        seal_again(alice, case, session="two", at=AT)
    seal_again(alice, case, session="one", at=AT)
    assert unsealed_until(alice, case, session="one", at=AT) is None
    assert AuditEntry.objects.first().action == AuditAction.SEALED_AGAIN.value


WHO = {RESEARCHER: False, REVIEWER: True, SUPPORT: False, ANALYST: False, ADMINISTRATOR: False}


@pytest.mark.parametrize("group", GROUPS)
def test_a_case_opens_to_reviewers_and_to_whom_it_is_assigned(account: Account, group: str) -> None:
    actor, case = account(group), factories.case()
    assert may_unseal(actor, case) == WHO[group]
    case.assigned_to = actor
    case.save()
    assert may_unseal(actor, case) == (group in (RESEARCHER, REVIEWER))
    proceeding = case.defendants.get().proceeding
    assert may_unseal(actor, proceeding) == (group in (RESEARCHER, REVIEWER))


@pytest.mark.parametrize("group", GROUPS)
def test_a_family_opens_to_the_support_coordinator_alone(account: Account, group: str) -> None:
    household = factories.HouseholdFactory()
    assert may_unseal(account(group), household) == (group == SUPPORT)


def test_a_superuser_sees_nothing_sealed_without_the_same_act(account: Account) -> None:
    root, case = User.objects.create_superuser("root"), factories.case()
    assert unsealed_until(root, case, session="one", at=AT) is None
    with pytest.raises(ActionRefused):
        unseal(root, case, reason="", session="one", at=AT)
    unseal(root, case, reason=REASON, session="one", at=AT)
    assert AuditEntry.objects.first().actor_name == "root"


def test_who_loses_the_permission_loses_what_was_open(account: Account) -> None:
    alice = account(RESEARCHER)
    case = factories.case(assigned_to=alice)
    unseal(alice, case, reason=REASON, session="one", at=AT)
    case.assigned_to = account(RESEARCHER)
    case.save()
    assert unsealed_until(alice, case, session="one", at=AT) is None
    assert not was_unsealed(alice, case, session="one", at=AT)
    with pytest.raises(PermissionDenied, match="to whom the case is assigned"):
        unseal(alice, case, reason=REASON, session="one", at=AT)


def test_a_form_that_was_open_may_still_be_saved_for_an_hour(account: Account) -> None:
    alice, case = account(REVIEWER), factories.case()
    unseal(alice, case, reason=REASON, session="one", at=AT)
    assert was_unsealed(alice, case, session="one", at=AT + timedelta(minutes=69))
    assert not was_unsealed(alice, case, session="one", at=AT + timedelta(minutes=71))
    assert not was_unsealed(alice, case, session="two", at=AT)


def test_every_record_with_sealed_columns_of_its_own_form_can_be_opened_by_somebody() -> None:
    rows = {"stay", "event", "defendant", "involvement"}  # they stand in the forms of cases and proceedings
    sealed = {
        model._meta.model_name
        for model in Record.__subclasses__() + [one for base in Record.__subclasses__() for one in subclasses(base)]
        if not model._meta.abstract and any(isinstance(field, SealedField) for field in model._meta.local_fields)
    }
    assert sealed - rows <= set(UNSEALED_BY)


def subclasses(model: type) -> list[type]:
    return [one for child in model.__subclasses__() for one in (child, *subclasses(child))]


def test_a_case_assigned_to_somebody_else_is_not_a_researchers_to_change_or_submit(account: Account) -> None:
    alice, bob, reviewer = account(RESEARCHER), account(RESEARCHER), account(REVIEWER)
    case = factories.case()
    assert may_work_on(alice, case)
    case.assigned_to = bob
    case.save()
    assert [may_work_on(who, case) for who in (alice, bob, reviewer)] == [False, True, True]
    with pytest.raises(PermissionDenied, match="assigned to"):
        submit(alice, case, at=AT)
    assert submit(bob, case, at=AT).submitted_by == bob
