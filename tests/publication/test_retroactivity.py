"""What the law of statutes says about a case as it is recorded: inputs, answers, words, and nothing that is hidden."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from cases.models import Charge, Prisoner
from cases.publication.casefile import read_case, read_public_case
from cases.publication.document import build_case
from cases.publication.legal_findings import Standing, offered_findings
from cases.publication.retroactivity import LegalAnswer, retroactivity_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def charge() -> Charge:
    """A charge under 905.5(2): 5–10 years until 19 July 2016, 10–20 since; an act of 2015, fourteen years in 2020."""
    prisoner = factories.case()
    found = Charge.objects.get(defendant__prisoner=prisoner)
    provision = found.provision
    provision.article, provision.in_force_from, provision.introduced_by = "905.5", "2013-11-14", "302-FZ"
    provision.save()
    factories.PenaltyFactory(provision=provision, in_force_to="2016-07-19", enacted_by="302-FZ")
    factories.PenaltyFactory(
        provision=provision, in_force_from="2016-07-20", least_months=120, most_months=240, enacted_by="375-FZ"
    )
    found.act_from, found.act_to, found.act_place = "2015-02-01", "2015-03-31", factories.PlaceFactory(region="UA-43")
    found.save()
    return found


def answers(charge: Charge) -> dict[str, LegalAnswer]:
    return {one.key: one for one in retroactivity_of(read_case(charge.defendant.prisoner))}


def shown_answers(charge: Charge) -> dict[str, LegalAnswer]:
    return {one.key: one for one in retroactivity_of(read_public_case(charge.defendant.prisoner))}


def test_a_sentence_above_the_penalty_of_the_act_makes_the_charge_retroactive(charge: Charge) -> None:
    sentence = charge.defendant.sentences.get()
    found = answers(charge)
    assert {key: one.answer for key, one in found.items()} == {
        f"retroactive:{charge.pk}": "yes",
        f"above_maximum:{sentence.pk}": "yes",
    }
    assert found[f"retroactive:{charge.pk}"].tell("en") == (
        "905.5(2): Retroactive. At the time of the alleged act (1 February 2015 to 31 March 2015) the penalty was 5 to "
        "10 years. The harsher one, 10 to 20 years, came only later (20 July 2016), and the sentence is above what the "
        "earlier one allowed."
    )
    assert found[f"above_maximum:{sentence.pk}"].tell("en") == (
        "905.5(2): Above the maximum. The sentence (14 years) is above the maximum at the time of the alleged act; the "
        "penalty was then: 5 to 10 years."
    )


def test_an_answer_is_told_in_both_languages_with_the_rows_and_what_it_is_computed_from(charge: Charge) -> None:
    found = answers(charge)[f"retroactive:{charge.pk}"]
    assert found.tell("uk").startswith("905.5(2): Має зворотну дію. На час інкримінованих дій")
    with override("en"):
        assert [(row.label, row.source, row.verified) for row in found.law] == [
            ("Penalty of article 905.5(2), in force from: 14 November 2013", "302-FZ", False),
            ("Penalty of article 905.5(2), in force from: 20 July 2016", "375-FZ", False),
        ]
        assert found.from_facts == [
            "alleged act: 1 February 2015 to 31 March 2015",
            "last decision: 16 September 2020",
            f"place of the alleged act: {charge.act_place}",
        ]
    assert not found.is_verified


def test_a_second_charge_leaves_open_which_penalty_was_applied(charge: Charge) -> None:
    factories.ChargeFactory(defendant=charge.defendant, provision=charge.provision, act_from="2017", act_to="2017")
    found = answers(charge)
    assert found[f"retroactive:{charge.pk}"].answer == "possibly"
    assert [one.answer for one in found.values() if one.kind == "above_maximum"] == ["no"]


def test_a_sentence_by_a_decision_that_is_hidden_is_not_used_for_the_public(charge: Charge) -> None:
    decision = charge.defendant.sentences.get().decision
    decision.is_public = False
    decision.save()
    found = shown_answers(charge)
    assert {one.kind: one.answer for one in found.values()} == {"retroactive": "possibly"}
    assert "2020" not in " ".join(found[f"retroactive:{charge.pk}"].from_facts)


def test_a_hidden_sentence_that_may_have_been_added_keeps_an_answer_from_the_public(charge: Charge) -> None:
    other = factories.DefendantFactory(prisoner=charge.defendant.prisoner)
    decision = factories.DecisionFactory(proceeding=other.proceeding, decided_on="2018-01-01", is_public=False)
    factories.SentenceFactory(decision=decision, defendant=other, years=5)
    key = f"above_maximum:{charge.defendant.sentences.get().pk}"
    assert (shown_answers(charge)[key].answer, answers(charge)[key].answer) == ("yes", "possibly")
    offered = offered_findings(read_case(charge.defendant.prisoner)).of(key)
    assert offered is not None
    assert offered.standing is Standing.WITHHELD


def test_a_decision_without_a_day_stands_where_it_was_written_down_on_every_database(charge: Charge) -> None:
    appeal = factories.DecisionFactory(
        proceeding=charge.defendant.proceeding, instance="appeal", outcome="reduced", decided_on=None
    )
    sentence = factories.SentenceFactory(decision=appeal, defendant=charge.defendant, years=9)
    found = [one for one in answers(charge).values() if one.kind == "above_maximum"]
    assert [(one.key, one.answer) for one in found] == [(f"above_maximum:{sentence.pk}", "no")]


def test_a_place_of_arrest_that_is_hidden_is_not_used_for_the_public(charge: Charge) -> None:
    arrest = charge.defendant.prisoner.events.get()
    charge.act_place, charge.act_from, charge.act_to = None, "2014-02", "2014-02"
    charge.save()
    key = f"retroactive:{charge.pk}"
    arrest.place = factories.PlaceFactory(region="UA-43")
    arrest.save()
    with override("en"):
        assert f"place of arrest: {arrest.place}" in answers(charge)[key].from_facts
    arrest.is_public = False
    arrest.save()
    with override("en"):
        assert [fact for fact in shown_answers(charge)[key].from_facts if "place" in fact] == []


def test_a_charge_that_rests_on_a_designation_needs_the_organisation_and_its_day(charge: Charge) -> None:
    charge.provision.rests_on = "terrorist"
    charge.provision.save()
    charge.act_from, charge.act_to = "2021", "2021"
    charge.save()
    key = f"retroactive:{charge.pk}"
    assert answers(charge)[key].answer == "unknown"
    designation = factories.DesignationFactory(designated="2022-06-01", verified=True)
    charge.organisation = designation.organisation
    charge.save()
    found = answers(charge)[key]
    assert (found.answer, [row.about.value for row in found.rows]) == ("yes", ["designation"])
    factories.DesignationFactory(organisation=designation.organisation, state="UA", designated="2000")
    designation.designated = "2020"
    designation.save()
    assert answers(charge)[key].answer == "no"


def test_the_act_place_and_organisation_of_a_charge_are_published_where_recorded(charge: Charge) -> None:
    def shown() -> dict[str, object]:
        (document,) = build_case(Prisoner.objects.get(pk=charge.defendant.prisoner_id))["proceedings"][0]["charges"]
        return {name: document[name]["slug"] for name in ("act_place", "organisation") if name in document}

    assert shown() == {"act_place": charge.act_place.slug}
    charge.act_place, charge.organisation = None, factories.OrganisationFactory()
    charge.save()
    assert shown() == {"organisation": charge.organisation.slug}


def test_more_charges_need_no_more_queries(charge: Charge) -> None:
    def queries() -> int:
        case = read_case(charge.defendant.prisoner)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            retroactivity_of(case)
        return len(asked)

    before = queries()
    for _number in range(3):
        factories.ChargeFactory(
            defendant=charge.defendant, act_from="2015", organisation=factories.OrganisationFactory()
        )
    first = queries()
    for _number in range(3):
        factories.ChargeFactory(
            defendant=charge.defendant, act_from="2015", organisation=factories.OrganisationFactory()
        )
    assert (queries(), before <= first) == (first, True)


def test_a_case_without_charges_has_no_answers() -> None:
    assert retroactivity_of(read_case(factories.PrisonerFactory())) == []
