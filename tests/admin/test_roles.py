"""Who reaches which address of the desk: every list, form, history and search, as a stranger and as each role."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.accounts import ADMINISTRATOR, ANALYST, FAMILY, GROUPS, RESEARCHER, REVIEWER, SUPPORT
from cases.models import Household, Prisoner, ReviewComment
from tests import factories
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db

CASES = ("prisoner", "proceeding", "source", "detentionsite", "provision", "organisation")
EVERYONE = tuple(GROUPS)
SECRET = "Vyhadana Taiemna"


def family() -> dict[str, Any]:
    household = factories.HouseholdFactory(label=SECRET)
    return {
        "household": household,
        "relative": factories.RelativeFactory(household=household, full_name=SECRET),
        "need": factories.NeedFactory(household=household),
        "aid": factories.AidFactory(household=household),
    }


def addresses(model: str, pk: int) -> list[str]:
    name = f"admin:cases_{model}"
    return [
        reverse(f"{name}_changelist"),
        reverse(f"{name}_add"),
        reverse(f"{name}_change", args=[pk]),
        reverse(f"{name}_history", args=[pk]),
        reverse(f"{name}_delete", args=[pk]),
    ]


def test_a_stranger_is_sent_to_the_sign_in_page_from_every_address() -> None:
    prisoner = factories.case()
    pages = [reverse("admin:index"), reverse("admin:review"), *addresses("prisoner", prisoner.pk)]
    pages += [reverse(f"admin:cases_prisoner_{page}", args=[prisoner.pk]) for page in ("preview", "submit", "withdraw")]
    for page in pages:
        answer = Client().get(page)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("admin:login"))


@pytest.mark.parametrize("group", EVERYONE)
@pytest.mark.parametrize("model", FAMILY)
def test_family_tables_answer_the_support_coordinator_alone(sign_in: SignIn, group: str, model: str) -> None:
    record = family()[model]
    client = sign_in(group)
    expected = 200 if group == SUPPORT else 403
    assert {client.get(address).status_code for address in addresses(model, record.pk)} == {expected}


@pytest.mark.parametrize("group", EVERYONE)
def test_the_first_page_names_families_to_the_support_coordinator_alone(sign_in: SignIn, group: str) -> None:
    family()
    page = sign_in(group).get(reverse("admin:index")).content.decode()
    assert (reverse("admin:cases_household_changelist") in page) == (group == SUPPORT)
    assert SECRET not in page


@pytest.mark.parametrize("group", EVERYONE)
def test_a_case_leads_to_its_family_for_the_support_coordinator_alone(sign_in: SignIn, group: str) -> None:
    prisoner = factories.case()
    family()["household"].prisoners.add(prisoner)
    client = sign_in(group)
    pages = [client.get(reverse(f"admin:cases_prisoner_{page}", args=[prisoner.pk])) for page in ("change", "history")]
    assert [page.status_code for page in pages] == [200, 200]
    text = "".join(page.content.decode() for page in pages)
    assert SECRET not in text
    assert ("household" in text.lower()) == (group == SUPPORT)


@pytest.mark.parametrize("group", EVERYONE)
def test_suggestions_from_family_tables_come_to_the_support_coordinator_alone(sign_in: SignIn, group: str) -> None:
    household = family()["household"]
    asked = {"app_label": "cases", "model_name": "need", "field_name": "household", "term": SECRET}
    answer = sign_in(group).get(reverse("admin:autocomplete"), asked)
    assert answer.status_code == (200 if group == SUPPORT else 403)
    assert (household.code in answer.content.decode()) == (group == SUPPORT)
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("group", EVERYONE)
def test_a_relative_cannot_be_found_through_the_search_for_cases(sign_in: SignIn, group: str) -> None:
    prisoner = factories.case()
    household = family()["household"]
    household.prisoners.add(prisoner)
    page = sign_in(group).get(reverse("admin:cases_prisoner_changelist"), {"q": SECRET})
    assert page.context["cl"].result_count == 0


@pytest.mark.parametrize("lookup", ["households__label__contains", "relatives__full_name__contains"])
def test_a_list_of_cases_cannot_be_filtered_by_what_families_say(sign_in: SignIn, lookup: str) -> None:
    family()["household"].prisoners.add(factories.case())
    answer = sign_in(RESEARCHER).get(reverse("admin:cases_prisoner_changelist"), {lookup: SECRET})
    assert answer.status_code == 400


@pytest.mark.parametrize("model", CASES)
def test_an_analyst_reads_and_changes_nothing(sign_in: SignIn, model: str) -> None:
    case = factories.case()
    charge = case.defendants.get().charges.get()
    records = {
        "prisoner": case,
        "proceeding": charge.defendant.proceeding,
        "source": case.case_citations.first().source,
        "detentionsite": case.stays.get().site,
        "provision": charge.provision,
        "organisation": factories.OrganisationFactory(),
    }
    name, record, client = f"admin:cases_{model}", records[model], sign_in(ANALYST)
    change = reverse(f"{name}_change", args=[record.pk])
    assert [client.get(reverse(f"{name}_changelist")).status_code, client.get(change).status_code] == [200, 200]
    assert client.post(change, {"code": "x"}).status_code == 403
    assert client.get(reverse(f"{name}_add")).status_code == 403
    assert client.post(reverse(f"{name}_delete", args=[record.pk]), {"post": "yes"}).status_code == 403


REVIEWING = ("submission", "assign-submission", "submission-priority", "comment")


@pytest.mark.parametrize("group", EVERYONE)
def test_pages_of_the_review_answer_reviewers_alone(sign_in: SignIn, group: str) -> None:
    waiting = factories.SubmissionFactory(prisoner=factories.case())
    said = ReviewComment.objects.create(
        submission=waiting, text="Which day?", author=factories.UserFactory(), at=timezone.now()
    )
    client = sign_in(group)
    pages = [reverse(f"admin:{page}", args=[waiting.pk]) for page in REVIEWING]
    pages += [reverse("admin:settle-comment", args=[said.pk])]
    pages += [reverse("admin:bulk-approval"), reverse("admin:held-back"), reverse("admin:review")]
    answered = {client.get(page).status_code for page in pages} | {client.post(page, {}).status_code for page in pages}
    assert (answered == {403}) == (group != REVIEWER)
    assert (403 in answered) == (group != REVIEWER)


PAGES = ("submit", "withdraw", "republish")
MAY = {
    RESEARCHER: {"submit"},
    REVIEWER: {"submit", "withdraw", "republish"},
    SUPPORT: set(),
    ANALYST: set(),
    ADMINISTRATOR: set(),
}


@pytest.mark.parametrize("group", EVERYONE)
def test_pages_that_change_what_is_public_answer_those_who_may(sign_in: SignIn, group: str) -> None:
    prisoner = factories.case()
    client = sign_in(group)
    refused = {
        page
        for page in PAGES
        if client.post(reverse(f"admin:cases_prisoner_{page}", args=[prisoner.pk]), {"reason": ""}).status_code == 403
    }
    assert refused == set(PAGES) - MAY[group]
    assert (client.get(reverse("admin:review")).status_code == 200) == (group == REVIEWER)


@pytest.mark.parametrize("group", EVERYONE)
def test_accounts_answer_the_administrator_alone(sign_in: SignIn, group: str) -> None:
    client = sign_in(group)
    expected = 200 if group == ADMINISTRATOR else 403
    assert client.get(reverse("admin:auth_user_changelist")).status_code == expected
    assert client.get(reverse("admin:auth_user_add")).status_code == 403


def test_an_administrator_makes_no_superuser_and_does_not_change_their_own_groups(sign_in: SignIn) -> None:
    client = sign_in(ADMINISTRATOR)
    me = User.objects.get()
    root = User.objects.create_superuser("root")
    assert client.post(reverse("admin:auth_user_change", args=[root.pk]), {"username": "owned"}).status_code == 403
    form = client.get(reverse("admin:auth_user_change", args=[me.pk])).context["adminform"].form
    assert set(form.fields).isdisjoint({"is_superuser", "user_permissions", "groups", "is_staff"})
    other = factories.UserFactory()
    form = client.get(reverse("admin:auth_user_change", args=[other.pk])).context["adminform"].form
    assert "groups" in form.fields
    assert set(form.fields).isdisjoint({"is_superuser", "user_permissions"})


def test_a_role_is_read_and_not_edited(sign_in: SignIn) -> None:
    client = sign_in(ADMINISTRATOR)
    group = User.objects.get().groups.get()
    address = reverse("admin:auth_group_change", args=[group.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"name": "Everything"}).status_code == 403


def test_deleting_a_case_is_nobodys_daily_work(sign_in: SignIn) -> None:
    prisoner = factories.case()
    for group in EVERYONE:
        answer = sign_in(group).post(reverse("admin:cases_prisoner_delete", args=[prisoner.pk]), {"post": "yes"})
        assert answer.status_code == 403
    assert Prisoner.objects.filter(pk=prisoner.pk).exists()


def test_a_support_coordinator_writes_down_a_household_with_relatives_and_needs(sign_in: SignIn) -> None:
    prisoner = factories.case()
    answer = sign_in(SUPPORT).post(
        reverse("admin:cases_household_add"),
        {
            "label": "Invented household",
            "prisoners": [prisoner.pk],
            **empty_rows("relatives", 1),
            "relatives-0-full_name": SECRET,
            "relatives-0-kinship": "spouse",
            "relatives-0-prisoner": prisoner.pk,
            **empty_rows("needs", 1),
            "needs-0-kind": "food",
            "needs-0-urgency": "soon",
            "needs-0-state": "open",
            **empty_rows("aid", 0),
        },
    )
    assert answer.status_code == 302
    household = Household.objects.get()
    assert [household.label.open(), household.relatives.get().full_name.open()] == ["Invented household", SECRET]
    assert household.needs.get().kind == "food"


def empty_rows(prefix: str, total: int) -> dict[str, int]:
    return {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": 0}
