"""The page of a case that names others with nearly the same name."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.sign_in import signed_in

pytestmark = pytest.mark.django_db


def test_the_page_names_the_other_case_and_says_why(researcher: Client) -> None:
    prisoner = factories.case()
    other = factories.PrisonerFactory()
    factories.PersonNameFactory(prisoner=other, text="Vyhadan Nihto")
    page = researcher.get(reverse("admin:cases_prisoner_resembling", args=[prisoner.pk])).content.decode()

    assert reverse("admin:cases_prisoner_change", args=[other.pk]) in page
    assert "also written Vyhadan Nihto" in page


def test_who_may_not_see_cases_is_refused() -> None:
    prisoner = factories.case()
    nobody = signed_in(factories.UserFactory())

    assert nobody.get(reverse("admin:cases_prisoner_resembling", args=[prisoner.pk])).status_code == 403
