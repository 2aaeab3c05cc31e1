"""What people type at the desk: provisions by number, days with the day first."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Aid
from tests import factories
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("term", ["205.5(2)", "ч. 2 ст. 205.5"])
def test_a_provision_is_found_by_its_number(researcher: Client, term: str) -> None:
    code = factories.LegalCodeFactory()
    for part in ("1", "2"):
        factories.ProvisionFactory(code=code, article="205.5", part=part)
    query = {"app_label": "cases", "model_name": "charge", "field_name": "provision", "term": term}
    found = researcher.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [row["text"][:8] for row in found] == ["205.5(2)"]


@pytest.mark.parametrize("typed", ["05.10.2027", "05/10/2027", "2027-10-05"])
@pytest.mark.parametrize("language", ["en", "uk"])
def test_days_are_read_with_the_day_first(sign_in: SignIn, language: str, typed: str) -> None:
    coordinator = sign_in("Support coordinator")
    household = factories.HouseholdFactory()
    data = {"household": household.pk, "kind": "food", "given_on": typed}
    answer = coordinator.post(reverse("admin:cases_aid_add"), data, headers={"accept-language": language})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert Aid.objects.get().given_on.isoformat() == "2027-10-05"
