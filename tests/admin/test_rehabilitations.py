"""Rehabilitation on the form of a case: each decision is a row; events and decisions of courts no longer tell of it."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import AuditEntry, Rehabilitation
from tests import factories
from tests.admin.forms import filled

pytestmark = pytest.mark.django_db


def kinds_offered(client: Client, address: str) -> dict[int | None, set[str]]:
    page = client.get(address)
    events = next(one for one in page.context["inline_admin_formsets"] if one.formset.prefix == "events").formset
    return {
        form.instance.pk: {value for value, _label in form.fields["kind"].choices if "rehabilitation" in value}
        for form in [*events.forms, events.empty_form]
    }


def test_a_decision_is_added_below_those_that_stand(researcher: Client) -> None:
    prisoner = factories.case()
    first = factories.RehabilitationFactory(prisoner=prisoner, decided_on="1992")
    address = reverse("admin:cases_prisoner_change", args=[prisoner.pk])
    sent = filled(researcher, address) | {
        "rehabilitations-TOTAL_FORMS": "2",
        "rehabilitations-1-outcome": "rescinded",
        "rehabilitations-1-decided_on": "2024/2025",
        "rehabilitations-1-is_public": "on",
        "rehabilitations-1-prisoner": prisoner.pk,
    }
    assert researcher.post(address, sent).status_code == 302
    rows = Rehabilitation.objects.filter(prisoner=prisoner).order_by("pk")
    assert [(row.outcome, str(row.decided_on)) for row in rows] == [("granted", "1992"), ("rescinded", "2024/2025")]
    assert rows[0].pk == first.pk
    entry = AuditEntry.objects.order_by("number").filter(subject_kind="rehabilitation").last()
    assert (entry.action, entry.case) == ("created", prisoner.code)


def test_an_event_is_no_longer_of_this_kind_unless_it_is_already(researcher: Client) -> None:
    prisoner = factories.case()
    arrest = prisoner.events.get()
    old = factories.EventFactory(prisoner=prisoner, kind="rehabilitation_granted", happened="1992")
    address = reverse("admin:cases_prisoner_change", args=[prisoner.pk])
    assert kinds_offered(researcher, address) == {arrest.pk: set(), old.pk: {"rehabilitation_granted"}, None: set()}
