"""Saved rows fold to one line; what is new or wrong stands open; what is said of a case leads to its row."""

import re

import pytest
from django import forms
from django.apps import apps
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.admin.forms import BOXES, KnownAutocomplete
from cases.admin.site import desk
from cases.models import DetentionSite, Prisoner, Stay
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


def test_two_preferred_names_in_one_language_are_refused_beside_the_box_and_nothing_is_lost(researcher: Client) -> None:
    address = reverse("admin:cases_prisoner_add")
    name = {"language": "en", "kind": "legal", "is_preferred": "on"}
    boxes = {f"names-{row}-{box}": value for row in (0, 1) for box, value in name.items()}
    boxes |= {"names-TOTAL_FORMS": 2, "names-0-text": "Vyhadan Nikhto", "names-1-text": "Vyhadan N."}
    answer = researcher.post(address, filled(researcher, address, boxes))
    assert answer.status_code == 200
    assert [(one.words, one.address) for one in answer.context["problems"]] == [
        (
            "Name · Preferred in its language: Only one name can be the preferred one in a language.",
            "#id_names-1-is_preferred",
        )
    ]
    assert "Vyhadan N." in answer.content.decode()
    assert not Prisoner.objects.exists()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_another_name_becomes_the_preferred_one_in_one_save(researcher: Client, order: tuple[int, int]) -> None:
    prisoner = factories.PrisonerFactory()
    names = [factories.PersonNameFactory(prisoner=prisoner, text=text) for text in ("One", "Two")]
    old, new = (names[place] for place in order)
    old.is_preferred = True
    old.save()
    address = address_of(prisoner)
    data = filled(researcher, address)
    row = {int(data[f"names-{place}-id"]): place for place in (0, 1)}
    data.pop(f"names-{row[old.pk]}-is_preferred")
    data[f"names-{row[new.pk]}-is_preferred"] = "on"
    assert researcher.post(address, data).status_code == 302
    assert [name.text for name in prisoner.names.filter(is_preferred=True)] == [new.text]
    assert [version.is_preferred for version in old.history.order_by("history_id")][-2:] == [True, False]


@pytest.mark.parametrize(
    ("boxes", "box", "message"),
    [
        ({"stays-0-site": ""}, "stays-0-site", "names the site"),
        ({"stays-0-started": "30.02.2018"}, "stays-0-started", "no such day"),
        ({"stays-0-ended": "2001"}, "stays-0-ended", "ends before it begins"),
        ({"events-0-title_en": "x" * 2000}, "events-0-title_en", "at most"),
        ({"consent": "full", "consent_given_by": ""}, "consent_given_by", "who gave the consent"),
        ({"died": "1950"}, "died", "before the date of birth"),
        ({"names-0-text": ""}, "names-0-text", "required"),
    ],
)
def test_bad_input_is_answered_at_its_box_and_at_the_top(
    researcher: Client, boxes: dict[str, str], box: str, message: str
) -> None:
    prisoner = factories.case()
    answer = researcher.post(address_of(prisoner), filled(researcher, address_of(prisoner), boxes))
    assert answer.status_code == 200
    (problem,) = answer.context["problems"]
    assert problem.address == f"#id_{box}"
    assert message in problem.words


def test_life_and_years_are_refused_at_the_box(researcher: Client) -> None:
    proceeding = factories.case().defendants.get().proceeding
    address = reverse("admin:cases_proceeding_change", args=[proceeding.pk])
    answer = researcher.post(address, filled(researcher, address, {"decisions-0-sentences-0-life": "on"}))
    (problem,) = answer.context["problems"]
    assert (problem.words, problem.address) == (
        "Sentence · Life: A sentence is a term or life, not both.",
        "#id_decisions-0-sentences-0-life",
    )


def test_every_rule_that_is_placed_is_a_rule_and_its_box_a_field() -> None:
    rules = {
        rule.name: model for model in apps.get_app_config("cases").get_models() for rule in model._meta.constraints
    }
    boxes = {(name, box) for name, box in BOXES.items() if box != "term"}
    assert all(rules[name]._meta.get_field(box) for name, box in boxes)


def test_a_form_with_more_rows_asks_as_many_queries(researcher: Client) -> None:
    prisoner = factories.case()
    trial = prisoner.defendants.get().proceeding

    def queries() -> tuple[int, int]:
        found = []
        for address in (address_of(prisoner), reverse("admin:cases_proceeding_change", args=[trial.pk])):
            with CaptureQueriesContext(connection) as asked:
                assert researcher.get(address).status_code == 200
            found.append(len(asked))
        return found[0], found[1]

    def more() -> None:
        stay = factories.StayFactory(prisoner=prisoner)
        factories.EventFactory(prisoner=prisoner, place=factories.PlaceFactory())
        factories.HearingFactory(proceeding=trial, court=factories.CourtFactory())
        factories.CitationFactory(record=stay, prisoner=prisoner)

    more()
    queries()
    few = queries()
    for _more in range(3):
        more()
    assert queries() == few


def test_the_page_of_a_case_reads_the_case_once(researcher: Client) -> None:
    """Ticks of findings are read with the whole case, and by nothing else of the page."""
    with CaptureQueriesContext(connection) as asked:
        assert researcher.get(address_of(factories.case())).status_code == 200
    assert sum('FROM "cases_findingtick"' in query["sql"] for query in asked) == 1


@pytest.mark.parametrize("required", [True, False])
def test_a_search_box_with_nothing_chosen_offers_what_djangos_own_does(required: bool) -> None:
    column = Stay._meta.get_field("site")
    ours, theirs = (
        forms.ModelChoiceField(DetentionSite.objects.all(), widget=kind(column, desk), required=required).widget
        for kind in (KnownAutocomplete, AutocompleteSelect)
    )
    assert ours.optgroups("site", [""]) == theirs.optgroups("site", [""])
