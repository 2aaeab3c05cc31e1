"""The law at the desk: penalties as rows of a provision, designations as rows of an organisation, answers on a case."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from cases.models import Charge, Citation, Designation, Penalty
from tests import factories
from tests.admin.forms import filled

pytestmark = pytest.mark.django_db


def test_a_penalty_is_added_to_a_provision_and_cited(reviewer: Client) -> None:
    provision, source = factories.ProvisionFactory(), factories.SourceFactory()
    address = reverse("admin:cases_provision_change", args=[provision.pk])
    boxes = {
        "penalties-TOTAL_FORMS": 1,
        "penalties-0-in_force_from": "20.07.2016",
        "penalties-0-least_months": 120,
        "penalties-0-most_months": 240,
        "penalties-0-life": "false",
        "penalties-0-enacted_by": "375-FZ of 6 Jul 2016",
        "penalties-0-cited_source": source.pk,
    }
    answer = reviewer.post(address, filled(reviewer, address, boxes))
    assert answer.status_code == 302, answer.content[:2000]
    row = Penalty.objects.get()
    assert (str(row.in_force_from), row.least_months, row.most_months, row.life) == ("2016-07-20", 120, 240, False)
    cited = Citation.objects.filter(content_type=ContentType.objects.get_for_model(Penalty), object_id=row.pk)
    assert [one.source for one in cited] == [source]


def test_a_researcher_reads_the_penalties_that_are_there(researcher: Client) -> None:
    row = factories.PenaltyFactory()
    page = researcher.get(reverse("admin:cases_provision_change", args=[row.provision_id])).content.decode()
    assert f"penalty-{row.pk}" in page
    assert 'name="penalties-0-most_months"' not in page


def test_a_designation_is_added_to_an_organisation(reviewer: Client) -> None:
    organisation = factories.OrganisationFactory()
    address = reverse("admin:cases_organisation_change", args=[organisation.pk])
    boxes = {
        "designations-TOTAL_FORMS": 1,
        "designations-0-state": "RU",
        "designations-0-kind": "terrorist",
        "designations-0-designated": "1.06.2022",
    }
    answer = reviewer.post(address, filled(reviewer, address, boxes))
    assert answer.status_code == 302, answer.content[:2000]
    assert str(Designation.objects.get().designated) == "2022-06-01"


def test_the_law_page_of_a_case_says_whether_a_charge_is_retroactive(researcher: Client) -> None:
    prisoner = factories.case()
    charge = Charge.objects.get(defendant__prisoner=prisoner)
    charge.provision.in_force_from = "2013-11-14"
    charge.provision.save()
    charge.act_from = charge.act_to = "2012"
    charge.save()
    page = researcher.get(reverse("admin:cases_prisoner_law", args=[prisoner.pk])).content.decode()
    assert f"{charge.provision.number}: Retroactive. The alleged act (2012) was over before" in page
    assert "Legal data awaiting review." in page
