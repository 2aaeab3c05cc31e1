"""What a form shows and takes of sealed values: shut, opened with a reason, and when the time is over."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from cases.actions.accounts import ADMINISTRATOR, ANALYST, GROUPS, RESEARCHER, REVIEWER, SUPPORT, ensure_groups
from cases.domain.sealing import new_key
from cases.models import AuditEntry, Household, Prisoner, Relative
from tests import factories
from tests.admin.conftest import SignIn
from tests.admin.forms import filled
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db

HEALTH, NOTE, NAME, PHONE = "invented asthma", "meets them on Mondays", "Вигадана Таємна", "067 123 45 67"
REASON = {"reason": "the lawyer asks for the diagnosis"}


@pytest.fixture
def case() -> Prisoner:
    prisoner = factories.case(health=HEALTH)
    stay = prisoner.stays.get()
    stay.private_notes = NOTE
    stay.save()
    return prisoner


@pytest.fixture
def household() -> Household:
    relative = factories.RelativeFactory(full_name=NAME, phone=PHONE)
    Household.objects.filter(pk=relative.household_id).get().save()
    return relative.household


def form_of(record: object) -> str:
    return reverse(f"admin:cases_{record._meta.model_name}_change", args=[record.pk])


def unseal_page(record: object) -> str:
    return reverse("admin:unseal", args=[record._meta.model_name, record.pk])


def opened(client: Client, record: object) -> Client:
    answer = client.post(unseal_page(record), REASON)
    assert (answer.status_code, answer.headers.get("Location")) == (302, form_of(record))
    return client


@pytest.mark.parametrize("group", GROUPS)
def test_a_case_shows_no_sealed_value_to_anybody_who_has_not_opened_it(
    sign_in: SignIn, group: str, case: Prisoner
) -> None:
    client = sign_in(group)
    Prisoner.objects.update(assigned_to=User.objects.last())
    pages = [form_of(case), reverse("admin:cases_prisoner_history", args=[case.pk]), reverse("admin:index")]
    pages += [reverse("admin:cases_prisoner_preview", args=[case.pk]), reverse("admin:cases_prisoner_changelist")]
    texts = [client.get(page).content.decode() for page in pages]
    assert [page for page, text in zip(pages, texts, strict=True) if HEALTH in text or NOTE in text] == []
    assert "▪▪▪" in texts[0]


def test_a_family_shows_nothing_sealed_until_it_is_opened_and_then_everything(
    sign_in: SignIn, household: Household
) -> None:
    coordinator = sign_in(SUPPORT)
    pages = [form_of(household), form_of(Relative.objects.get()), reverse("admin:cases_relative_changelist")]
    assert [page for page in pages if NAME in (text := coordinator.get(page).content.decode()) or PHONE in text] == []
    page = opened(coordinator, household).get(form_of(household)).content.decode()
    assert NAME in page
    assert PHONE in page
    assert "Sealed values are open to you until" in page


@pytest.mark.parametrize("group", [REVIEWER, RESEARCHER])
def test_opening_shows_the_values_of_the_case_and_its_rows_for_some_minutes(
    sign_in: SignIn, group: str, case: Prisoner
) -> None:
    client = sign_in(group)
    Prisoner.objects.update(assigned_to=User.objects.last())
    page = opened(client, case).get(form_of(case)).content.decode()
    assert HEALTH in page
    assert NOTE in page
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        later = client.get(form_of(case)).content.decode()
    assert HEALTH not in later
    assert NOTE not in later


def test_that_they_are_open_is_said_once(reviewer: Client, case: Prisoner) -> None:
    page = reviewer.post(unseal_page(case), {"reason": "To check the dose"}, follow=True).content.decode()
    assert "Sealed values are open to you until" in page
    assert "messagelist" not in page


def test_closing_shuts_them_at_once(reviewer: Client, case: Prisoner) -> None:
    opened(reviewer, case)
    assert reviewer.post(reverse("admin:close-seals", args=["prisoner", case.pk])).status_code == 302
    assert HEALTH not in reviewer.get(form_of(case)).content.decode()


def test_another_session_of_the_same_person_sees_them_shut(sign_in: SignIn, case: Prisoner) -> None:
    first = opened(sign_in(REVIEWER), case)
    second = signed_in(User.objects.last())
    assert HEALTH in first.get(form_of(case)).content.decode()
    assert HEALTH not in second.get(form_of(case)).content.decode()


def test_without_a_reason_the_page_asks_again_and_nothing_opens(reviewer: Client, case: Prisoner) -> None:
    entries = AuditEntry.objects.count()
    assert reviewer.post(unseal_page(case), {"reason": ""}).status_code == 200
    assert reviewer.post(unseal_page(case), {"reason": "hm"}).status_code == 200
    assert HEALTH not in reviewer.get(form_of(case)).content.decode()
    assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize(
    ("group", "expected"), [(RESEARCHER, 403), (REVIEWER, 200), (SUPPORT, 403), (ANALYST, 403), (ADMINISTRATOR, 403)]
)
def test_the_page_answers_those_who_may_open_the_case(
    sign_in: SignIn, group: str, expected: int, case: Prisoner
) -> None:
    client = sign_in(group)
    assert client.get(unseal_page(case)).status_code == expected
    assert client.post(unseal_page(case), REASON).status_code == (302 if expected == 200 else 403)


def test_opening_asks_again_who_is_there(case: Prisoner) -> None:
    ensure_groups()
    client = signed_in(factories.UserFactory(group=REVIEWER), confirmed=False)
    for answer in (client.get(unseal_page(case)), client.post(unseal_page(case), REASON)):
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_reauthenticate"))
    assert HEALTH not in client.get(form_of(case)).content.decode()


def test_a_kind_of_record_without_seals_has_no_such_page(reviewer: Client) -> None:
    assert reviewer.get(reverse("admin:unseal", args=["court", 1])).status_code == 404
    assert reviewer.get(reverse("admin:unseal", args=["user", 1])).status_code == 404


def test_saving_a_form_that_is_shut_keeps_what_is_sealed_whatever_is_sent(reviewer: Client, case: Prisoner) -> None:
    data = filled(reviewer, form_of(case), {"sex": "male", "health": "", "stays-0-private_notes": "overwritten"})
    assert reviewer.post(form_of(case), data).status_code == 302
    saved = Prisoner.objects.get()
    assert [saved.sex, saved.health.open(), saved.stays.get().private_notes.open()] == ["male", HEALTH, NOTE]


def test_an_empty_sealed_box_can_be_filled_without_opening_anything(reviewer: Client, case: Prisoner) -> None:
    data = filled(reviewer, form_of(case), {"consent_notes": "asked by phone"})
    assert reviewer.post(form_of(case), data).status_code == 302
    assert Prisoner.objects.get().consent_notes.open() == "asked by phone"


def test_an_opened_value_is_changed_and_an_opened_form_that_sends_none_keeps_it(
    reviewer: Client, case: Prisoner
) -> None:
    opened(reviewer, case)
    data = filled(reviewer, form_of(case), {"health": "asthma, and the heart"})
    assert reviewer.post(form_of(case), data).status_code == 302
    assert Prisoner.objects.get().health.open() == "asthma, and the heart"
    data = filled(reviewer, form_of(case), {"sex": "male"})
    del data["health"]
    assert reviewer.post(form_of(case), data).status_code == 302
    saved = Prisoner.objects.get()
    assert [saved.sex, saved.health.open()] == ["male", "asthma, and the heart"]


def test_what_was_typed_while_open_is_saved_although_the_time_is_over(reviewer: Client, case: Prisoner) -> None:
    opened(reviewer, case)
    data = filled(reviewer, form_of(case), {"health": "typed for eleven minutes"})
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert reviewer.post(form_of(case), data).status_code == 302
    assert Prisoner.objects.get().health.open() == "typed for eleven minutes"


def test_when_the_time_is_over_a_form_with_an_error_shows_what_was_typed_and_nothing_that_is_sealed(
    sign_in: SignIn, case: Prisoner, household: Household
) -> None:
    for client, record, sent in (
        (sign_in(REVIEWER), case, {"born": "no date", "health": "typed late"}),
        (sign_in(SUPPORT), household, {"relatives-0-born": "typed late", "relatives-0-kinship": "no kinship"}),
    ):
        data = filled(opened(client, record), form_of(record), sent)
        for name in ("stays-0-private_notes", "label", "relatives-0-full_name", "relatives-0-phone"):
            data.pop(name, None)
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            answer = client.post(form_of(record), data)
            shown = answer.content.decode()
        assert answer.status_code == 200
        assert "typed late" in shown
        assert [word for word in (HEALTH, NOTE, NAME, PHONE) if word in shown] == []


def test_a_required_sealed_value_that_was_hidden_again_is_kept(sign_in: SignIn, household: Household) -> None:
    coordinator = opened(sign_in(SUPPORT), household)
    data = filled(coordinator, form_of(household), {"relatives-0-phone": "050 111 22 33"})
    del data["relatives-0-full_name"]
    answer = coordinator.post(form_of(household), data)
    assert answer.status_code == 302
    relative = Relative.objects.get()
    assert [relative.full_name.open(), relative.phone.open()] == [NAME, "050 111 22 33"]


@pytest.mark.parametrize("typed", [NAME, "таємна ВИГАДАНА", "+38 (067) 123-45-67"])
def test_a_family_is_found_by_exactly_a_name_or_a_phone_and_by_nothing_less(
    sign_in: SignIn, household: Household, typed: str
) -> None:
    coordinator = sign_in(SUPPORT)
    factories.RelativeFactory(full_name="Інша Вигадана", phone="0990000000")
    for model in ("household", "relative"):
        address = reverse(f"admin:cases_{model}_changelist")
        found = coordinator.get(address, {"q": typed}).context["cl"]
        assert [getattr(row, "household", row) for row in found.queryset] == [household]
        assert coordinator.get(address, {"q": typed[:5]}).context["cl"].result_count == 0


def test_with_its_key_lost_the_form_says_so_and_keeps_what_is_there(
    reviewer: Client, case: Prisoner, settings: Settings
) -> None:
    right, settings.SEALING_KEYS = settings.SEALING_KEYS, [new_key()]
    opened(signed_in(User.objects.get(groups__name=REVIEWER), reviewer), case)
    page = reviewer.get(form_of(case))
    assert page.status_code == 200
    assert "which is not among the sealing keys" in page.content.decode()
    assert "Sealed values cannot be opened, so nobody can tell" in page.content.decode()
    assert reviewer.post(form_of(case), filled(reviewer, form_of(case), {"sex": "male"})).status_code == 302
    settings.SEALING_KEYS = right
    saved = Prisoner.objects.get()
    assert [saved.sex, saved.health.open()] == ["male", HEALTH]


def test_a_case_assigned_to_somebody_else_is_read_and_not_changed(sign_in: SignIn, case: Prisoner) -> None:
    alice = sign_in(RESEARCHER)
    data = filled(alice, form_of(case), {"sex": "male"})
    Prisoner.objects.update(assigned_to=factories.UserFactory(group=RESEARCHER))
    assert alice.get(form_of(case)).status_code == 200
    assert alice.post(form_of(case), data).status_code == 403
    assert alice.post(reverse("admin:cases_prisoner_submit", args=[case.pk])).status_code == 403
    assert sign_in(REVIEWER).post(form_of(case), data).status_code == 302


def test_a_proceeding_of_others_alone_is_read_and_not_changed(sign_in: SignIn, case: Prisoner) -> None:
    alice, proceeding = sign_in(RESEARCHER), case.defendants.get().proceeding
    data = filled(alice, form_of(proceeding), {"number": "1-2026"})
    Prisoner.objects.update(assigned_to=factories.UserFactory(group=RESEARCHER))
    assert alice.get(form_of(proceeding)).status_code == 200
    assert alice.post(form_of(proceeding), data).status_code == 403
    factories.DefendantFactory(proceeding=proceeding)
    assert alice.post(form_of(proceeding), data).status_code == 302


def test_only_reviewers_say_whose_a_case_is(sign_in: SignIn, case: Prisoner) -> None:
    alice, bob = sign_in(RESEARCHER), sign_in(REVIEWER)
    account = User.objects.get(groups__name=RESEARCHER)
    data = filled(bob, form_of(case)) | {"assigned_to": account.pk, "sex": "female"}
    data["_version"] = filled(alice, form_of(case))["_version"]
    assert alice.post(form_of(case), data).status_code == 302
    case.refresh_from_db()
    assert (case.sex, case.assigned_to) == ("female", None)
    assert bob.post(form_of(case), filled(bob, form_of(case), {"assigned_to": account.pk})).status_code == 302
    case.refresh_from_db()
    assert case.assigned_to == account


def test_a_new_case_is_assigned_to_whoever_wrote_it_down(researcher: Client) -> None:
    data = filled(researcher, reverse("admin:cases_prisoner_add"))
    assert researcher.post(reverse("admin:cases_prisoner_add"), data).status_code == 302
    assert Prisoner.objects.get().assigned_to == User.objects.get()
