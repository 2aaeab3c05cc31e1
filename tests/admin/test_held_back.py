"""The pages that say what is not public and why, as each role."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.accounts import GROUPS, REVIEWER, SUPPORT
from cases.admin import held_back
from cases.models import Prisoner
from tests import factories
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db

OVERVIEW = reverse("admin:held-back")
SECRET = "Vyhadana khvoroba"
RELATIVE = "Vyhadana Taiemna"


def page_of(prisoner: Prisoner) -> str:
    return reverse("admin:cases_prisoner_held_back", args=[prisoner.pk])


@pytest.fixture
def prisoner(db: None) -> Prisoner:
    made = factories.case(health=SECRET, religion="muslim")
    factories.EventFactory(prisoner=made, title_en="Hidden at the desk", is_public=False)
    household = factories.HouseholdFactory(label=RELATIVE)
    household.prisoners.add(made)
    factories.RelativeFactory(household=household, prisoner=made, full_name=RELATIVE)
    return made


def text_of(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", client.get(address).content.decode())


def test_the_page_of_a_case_says_why_and_never_what_is_sealed(researcher: Client, prisoner: Prisoner) -> None:
    text = text_of(researcher, page_of(prisoner))
    for words in (
        "The case was never submitted for review.",
        "The religion is not ticked to be shown.",
        "The row is marked not to be shown.",
        "Hidden at the desk",
        "something is written",
    ):
        assert words in text
    assert SECRET not in text
    assert page_of(prisoner) in text_of(researcher, reverse("admin:cases_prisoner_change", args=[prisoner.pk]))


def test_one_reason_can_be_read_alone_and_all_fields_together(researcher: Client, prisoner: Prisoner) -> None:
    alone = researcher.get(page_of(prisoner), {"reason": "religion"}).context["rows"]
    assert [(title, [(one.label, one.value) for one in fields]) for title, fields in alone] == [
        ("The person", [("Religion", "Muslim")])
    ]
    held = researcher.get(page_of(prisoner)).context["rows"]
    everything = researcher.get(page_of(prisoner), {"all": "1"}).context["rows"]
    nonsense = researcher.get(page_of(prisoner), {"reason": "x"}).context["rows"]
    assert sum(len(fields) for _title, fields in everything) > sum(len(fields) for _title, fields in held)
    assert nonsense == held


@pytest.mark.parametrize("group", GROUPS)
def test_families_are_listed_for_the_support_coordinator_alone_and_nothing_of_them_is_told(
    sign_in: SignIn, prisoner: Prisoner, group: str
) -> None:
    text = text_of(sign_in(group), page_of(prisoner))
    assert ("Household" in text) == (group == SUPPORT)
    assert ("Relative" in text) == (group == SUPPORT)
    for secret in (SECRET, RELATIVE, "Spouse"):
        assert secret not in text


@pytest.mark.parametrize("group", GROUPS)
def test_the_overview_answers_reviewers_alone(sign_in: SignIn, group: str) -> None:
    assert sign_in(group).get(OVERVIEW).status_code == (200 if group == REVIEWER else 403)


def test_the_overview_counts_by_reason_and_never_tells_what_is_sealed(reviewer: Client, prisoner: Prisoner) -> None:
    numbers = {str(reason): number for reason, number in reviewer.get(OVERVIEW).context["cases"][0].numbers}
    assert (numbers["religion"], numbers["sealed"]) == (1, 1)
    assert numbers["never_submitted"] > 0
    text = text_of(reviewer, OVERVIEW)
    assert page_of(prisoner) in text
    assert SECRET not in text


def test_the_overview_finds_the_cases_of_one_reason(reviewer: Client, prisoner: Prisoner) -> None:
    factories.case("Taras Vydumanyi")
    found = reviewer.get(OVERVIEW, {"reason": "religion"}).context["cases"]
    assert [one.prisoner for one in found] == [prisoner]
    assert len(reviewer.get(OVERVIEW, {"reason": "nonsense", "before": "x"}).context["cases"]) == 2


def test_the_overview_comes_in_pages_that_leave_nothing_out(reviewer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_back, "PAGE", 2)
    made = [factories.case() for _number in range(5)]
    seen, asked = [], ""
    for _page in range(3):
        context = reviewer.get(OVERVIEW + asked).context
        seen += [one.prisoner for one in context["cases"]]
        asked = context["next"]
    assert (seen, asked) == (made[::-1], "")
