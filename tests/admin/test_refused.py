"""What is closed or missing is told to who is inside on a page of the desk, in their language."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.accounts import GROUPS
from cases.admin.roles import WORDS
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db


def test_a_closed_page_says_so_with_the_way_back(sign_in: SignIn) -> None:
    answer = sign_in("Analyst").get(reverse("admin:cases_household_changelist"))
    assert (answer.status_code, next(one.name for one in answer.templates)) == (403, "desk/refused.html")
    assert "This page is not open to you" in answer.content.decode()
    assert f'href="{reverse("admin:index")}"' in answer.content.decode()


def test_a_missing_page_says_nothing_of_what_is_missing(researcher: Client) -> None:
    answer = researcher.get(reverse("admin:cases_prisoner_restore", args=[987654, "prisoner", 1]))
    assert (answer.status_code, next(one.name for one in answer.templates)) == (404, "desk/refused.html")
    assert "There is no page at this address" in answer.content.decode()
    assert answer.context["words"] == ""


def test_what_a_script_asks_is_not_answered_with_a_page(sign_in: SignIn) -> None:
    answer = sign_in("Analyst").get(reverse("admin:cases_household_changelist"), headers={"x-requested-with": "desk"})
    assert answer.status_code == 403
    assert "desk/refused.html" not in [one.name for one in answer.templates]


def test_every_group_has_its_words() -> None:
    assert set(WORDS) == set(GROUPS)
