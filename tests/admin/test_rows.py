"""Saved rows fold to one line; what is new or wrong stands open; what is said of a case leads to its row."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Prisoner, Stay
from tests import factories
from tests.admin.forms import filled

pytestmark = pytest.mark.django_db


def address_of(prisoner: Prisoner) -> str:
    return reverse("admin:cases_prisoner_change", args=[prisoner.pk])


def rows_of(text: str) -> dict[str, bool]:
    """Return the anchors of the rows and whether each is open."""
    return {
        anchor: bool(is_open)
        for is_open, anchor in re.findall(
            r'<details class="row"\s*(open)?\s*>.*?<div class="row-body" id="([^"]+)">', text, re.DOTALL
        )
    }


def test_every_saved_row_is_folded_to_one_line(researcher: Client) -> None:
    prisoner = factories.case()
    event = prisoner.events.get()
    page = researcher.get(address_of(prisoner))
    rows = rows_of(page.content.decode())
    assert f"event-{event.pk}" in rows
    assert not any(rows.values())
    events = next(one for one in page.context["inline_admin_formsets"] if one.formset.prefix == "events")
    assert events.formset.forms[0].line == ["Arrest", "21 May 2018", "shown", "1 source"]


def test_a_citation_is_told_as_fact_source_and_confidence(researcher: Client) -> None:
    prisoner = factories.case()
    page = researcher.get(address_of(prisoner))
    citations = next(one for one in page.context["inline_admin_formsets"] if one.formset.prefix == "case_citations")
    source = str(prisoner.case_citations.first().source)
    assert ["Event: Arrest · 21 May 2018", source, "Certain"] in [form.line for form in citations.formset.forms]


def test_a_row_with_an_error_stands_open_and_the_others_do_not(researcher: Client) -> None:
    prisoner = factories.case()
    stay, event = prisoner.stays.get(), prisoner.events.get()
    answer = researcher.post(
        address_of(prisoner), filled(researcher, address_of(prisoner), {"stays-0-started": "30.02.2018"})
    )
    rows = rows_of(answer.content.decode())
    assert (rows[f"stay-{stay.pk}"], rows[f"event-{event.pk}"]) == (True, False)
    assert "30.02.2018" in answer.content.decode()


def test_a_row_inside_a_row_opens_both(researcher: Client) -> None:
    prisoner = factories.case()
    proceeding = prisoner.defendants.get().proceeding
    decision = proceeding.decisions.get()
    address = reverse("admin:cases_proceeding_change", args=[proceeding.pk])
    answer = researcher.post(address, filled(researcher, address, {"decisions-0-sentences-0-term": "many"}))
    rows = rows_of(answer.content.decode())
    assert rows[f"decision-{decision.pk}"]
    assert rows[f"sentence-{decision.sentences.get().pk}"]
    assert not rows[f"defendant-{prisoner.defendants.get().pk}"]


def test_a_contradiction_leads_to_its_rows(researcher: Client) -> None:
    prisoner = factories.case()
    factories.StayFactory(prisoner=prisoner, started="2018-06", ended="2019")
    page = researcher.get(address_of(prisoner))
    (warning,) = page.context["case"].warnings
    text = page.content.decode()
    assert {place.address for place in warning.places} == {f"#stay-{stay.pk}" for stay in Stay.objects.all()}
    assert all(f'href="{place.address}"' in text and f'id="{place.address[1:]}"' in text for place in warning.places)


def test_what_is_to_be_settled_names_the_facts_and_leads_to_them(researcher: Client) -> None:
    prisoner = factories.case()
    factories.EventFactory(prisoner=prisoner, kind="letter", happened="2019")
    charge = prisoner.defendants.get().charges.get()
    charge.citations.all().delete()
    (finding,) = [
        one for one in researcher.get(address_of(prisoner)).context["case"].findings if "No source" in one.message
    ]
    page = reverse("admin:cases_proceeding_change", args=[charge.defendant.proceeding_id])
    places = {place.words: place.address for place in finding.places}
    assert places["Events, 2: Letter · on 2019"] == "#events-group"
    assert f"{page}#defendants-group" in places.values()


def test_what_is_to_be_settled_leads_to_the_form_from_other_pages_too(researcher: Client) -> None:
    prisoner = factories.case(consent="none")
    text = researcher.get(reverse("admin:cases_prisoner_submit", args=[prisoner.pk])).content.decode()
    assert f'href="{address_of(prisoner)}#id_consent"' in text
