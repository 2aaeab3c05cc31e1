"""The alarms on the desk's first page: what they are about, whom they can be narrowed to, who sees them."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from cases.models import Prisoner
from tests import factories
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")


def alarms(client: Client, **choice: str) -> BeautifulSoup | None:
    page = client.get(INDEX, choice)
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html5lib").select_one("#alarms")


def words(element) -> str:
    return " ".join(element.get_text(" ").split())


@pytest.fixture
def lost() -> Prisoner:
    """Somebody from Crimea who has been in transit since the year 2019, and is assigned to nobody."""
    prisoner = factories.case(home=factories.PlaceFactory(region="UA-43"))
    prisoner.stays.all().delete()
    factories.StayFactory(prisoner=prisoner, kind="in_transit", site=None, started="2019-01-01")
    return prisoner


def test_each_kind_stands_under_its_heading_with_its_number_and_the_setting_it_follows(
    researcher: Client, lost: Prisoner
) -> None:
    kind = alarms(researcher).select_one(".kind")
    assert words(kind.summary) == "Long in transit 1"
    assert kind.a["href"] == reverse("admin:cases_prisoner_change", args=[lost.pk])
    assert "Told after more than 30 days." in words(kind)


def test_an_alarm_leads_to_where_it_is_mended(researcher: Client) -> None:
    defendant = factories.DefendantFactory()
    factories.HearingFactory(proceeding=defendant.proceeding, held_on="2020-11-01")
    kind = alarms(researcher).select_one(".kind")
    assert words(kind.summary) == "Hearings without an outcome 1"
    assert kind.a["href"] == reverse("admin:cases_proceeding_change", args=[defendant.proceeding.pk])


def test_setting_says_after_how_many_days_somebody_is_looked_for(researcher: Client, lost: Prisoner, settings) -> None:
    settings.TRANSIT_ALARM_DAYS = 36_000
    assert alarms(researcher) is None


@pytest.mark.parametrize(
    ("choice", "is_told"),
    [
        ({"region": "UA-43"}, True),
        ({"region": "UA-65"}, False),
        ({"assignee": "nobody"}, True),
        ({"assignee": "1"}, False),
    ],
)
def test_alarms_are_narrowed_and_the_choice_stays_to_be_changed(
    researcher: Client, lost: Prisoner, choice: dict[str, str], is_told: bool
) -> None:
    shown = alarms(researcher, **choice)
    assert bool(shown.select(".kind")) is is_told
    assert ("Nothing to look at among these cases." in words(shown)) is not is_told


def test_an_account_without_a_role_sees_no_alarm(db, lost: Prisoner) -> None:
    assert alarms(signed_in(factories.UserFactory())) is None
