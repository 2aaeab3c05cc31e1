"""Assessments where all of them can be searched: those of a case that is somebody else's are read, not changed."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.actions.accounts import RESEARCHER
from cases.models import Assessment
from tests import factories
from tests.admin.forms import filled

pytestmark = pytest.mark.django_db

ADD = "admin:cases_assessment_add"


@pytest.fixture
def assessment(researcher: Client) -> Assessment:
    """An assessment of a case that is assigned to somebody else."""
    return factories.AssessmentFactory(prisoner__assigned_to=factories.UserFactory(group=RESEARCHER))


def test_an_assessment_of_somebody_elses_case_is_read_and_not_changed_or_deleted(
    researcher: Client, assessment: Assessment
) -> None:
    change, delete = (reverse(f"admin:cases_assessment_{page}", args=[assessment.pk]) for page in ("change", "delete"))
    assert researcher.get(change).status_code == 200
    assert researcher.post(change, {"document_number": "7"}).status_code == 403
    assert researcher.post(delete, {"post": "yes"}).status_code == 403
    bulk = {"action": "delete_selected", "_selected_action": assessment.pk, "post": "yes"}
    assert researcher.post(reverse("admin:cases_assessment_changelist"), bulk).status_code == 403
    assert Assessment.objects.get().document_number == assessment.document_number


def test_an_assessment_is_not_added_to_somebody_elses_case(researcher: Client, assessment: Assessment) -> None:
    names = ("body_id", "scheme", "decision", "decided_on")
    said = {name.removesuffix("_id"): getattr(assessment, name) for name in names}
    sent = filled(researcher, reverse(ADD)) | {**said, "decided_on": "2021", "prisoner": assessment.prisoner_id}
    answer = researcher.post(reverse(ADD), sent)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors == {
        "prisoner": ["This case is assigned to somebody else: ask them, or a reviewer."]
    }
    free = factories.PrisonerFactory()
    assert researcher.post(reverse(ADD), sent | {"prisoner": free.pk}).status_code == 302
    assert free.assessments.count() == 1
