"""Lists ask the database as often for three rows as for one, and say dates, yes and no in words."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.actions.accounts import ADMINISTRATOR, ANALYST, REVIEWER, SUPPORT
from tests import factories
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db


def household() -> object:
    made = factories.HouseholdFactory()
    prisoner = factories.case()
    made.prisoners.add(prisoner)
    factories.RelativeFactory(household=made, prisoner=prisoner)
    factories.NeedFactory(household=made)
    return factories.AidFactory(household=made)


LISTS: list[tuple[str, str, Callable[[], object]]] = [
    (REVIEWER, "cases_prisoner_changelist", factories.case),
    (REVIEWER, "cases_proceeding_changelist", factories.case),
    (REVIEWER, "cases_source_changelist", factories.case),
    (REVIEWER, "cases_detentionsite_changelist", factories.case),
    (REVIEWER, "cases_place_changelist", factories.case),
    (REVIEWER, "cases_provision_changelist", factories.case),
    (REVIEWER, "cases_legalcode_changelist", factories.case),
    (REVIEWER, "cases_court_changelist", factories.CourtFactory),
    (REVIEWER, "cases_organisation_changelist", factories.OrganisationFactory),
    (REVIEWER, "cases_official_changelist", factories.OfficialFactory),
    (REVIEWER, "cases_assessment_changelist", lambda: factories.AssessmentFactory(prisoner=factories.case())),
    (REVIEWER, "review", lambda: factories.SubmissionFactory(prisoner=factories.case())),
    (REVIEWER, "held-back", factories.case),
    (REVIEWER, "index", lambda: factories.SubmissionFactory(prisoner=factories.case())),
    (SUPPORT, "cases_household_changelist", household),
    (SUPPORT, "cases_relative_changelist", household),
    (SUPPORT, "cases_need_changelist", household),
    (SUPPORT, "cases_aid_changelist", household),
    (ADMINISTRATOR, "auth_user_changelist", lambda: factories.UserFactory(group=REVIEWER)),
]


def count(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize(("group", "name", "make"), LISTS, ids=[name for _group, name, _make in LISTS])
def test_a_list_asks_as_often_for_three_rows_as_for_one(
    sign_in: SignIn, group: str, name: str, make: Callable[[], object]
) -> None:
    client, address = sign_in(group), reverse(f"admin:{name}")
    make()
    client.get(address)
    one = count(client, address)
    make()
    make()
    assert count(client, address) == one


def test_a_page_of_text_in_the_search_box_does_not_keep_the_database_busy(sign_in: SignIn) -> None:
    case = factories.case("Vyhadan Nikhto")
    page = sign_in(REVIEWER).get(reverse("admin:cases_prisoner_changelist"), {"q": "nikhto " * 3000})
    assert list(page.context["cl"].result_list) == [case]


def test_a_list_says_what_can_be_looked_for_and_counts_without_a_noun(sign_in: SignIn) -> None:
    client, address = sign_in(SUPPORT), reverse("admin:cases_household_changelist")
    for _number in range(5):
        household()
    client.post(reverse("admin:choose-language"), {"language": "uk"})
    page = client.get(address).content.decode()
    assert '<label for="searchbar">Код, будь-яка форма імені' in page
    assert "Усього: 5" in page
    assert "Знайдено" not in page
    found = client.get(address, {"q": "nobodyofthisname"}).content.decode()
    assert "Знайдено: 0" in found


def test_lists_and_boxes_that_are_only_read_say_dates_yes_and_no_in_words(sign_in: SignIn) -> None:
    source = factories.SourceFactory(published="2002-07-24", is_public=False)
    page = sign_in(REVIEWER).get(reverse("admin:cases_source_changelist"), headers={"accept-language": "uk"})
    assert '<td class="field-published">24 липня 2002</td>' in page.content.decode()
    assert '<td class="field-is_public">ні</td>' in page.content.decode()
    assert "/admin/img/icon-" not in page.content.decode()
    read = sign_in(ANALYST).get(reverse("admin:cases_source_change", args=[source.pk])).content.decode()
    assert "/admin/img/icon-" not in read
